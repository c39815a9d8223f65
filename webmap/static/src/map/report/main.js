/** The script of a report's page: Folium made the map and its layers, this moves them through time. */

import * as L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import './report.css';

import { find } from '../../element.js';
import { clock } from '../../report/clock.js';
import { panel } from '../../report/panel.js';
import { facilities } from './facilities.js';
import { legend } from './legend.js';
import { spells } from './spells.js';
import { hitLines, townships } from './townships.js';

/** @typedef {import('../../report/report').ReportData} ReportData */
/** @typedef {import('../../report/report').ReportLayers} ReportLayers */

/**
 * Called by the page once its map stands.
 * @param {L.Map} map @param {ReportLayers} layers
 */
function start(map, layers) {
  /** @type {ReportData} */
  const data = JSON.parse(find('#report-data').textContent ?? '{}');
  wordMap(map, data.words);
  const shaded = townships(map, layers.townships, data);
  hitLines(layers.hits, data);
  const moving = [
    shaded.show,
    facilities(map, layers.facilities, data),
    spells(layers.faults, data.faults, 'fault', data),
    spells(layers.damage, data.damage, 'damage', data),
    spells(layers.warnings, data.warnings, 'warning', data),
  ];
  legend(map, data, shaded.shade);
  const about = find('#report-about');
  find('#report-panel').append(panel(data, about));
  about.hidden = false;
  find('#report-time').append(clock(data, (step) => moving.forEach((show) => show(step))));
  // The panes have their sizes only now that clock and panel stand.
  map.invalidateSize({ animate: false });
  map.fitBounds(data.bounds, { padding: [12, 12], animate: false });
  document.documentElement.dataset.ready = '';
}

/** Leaflet's own words, in the language of the report. @param {L.Map} map @param {Record<string, string>} words */
function wordMap(map, words) {
  map.attributionControl?.setPrefix(false);
  const named = { '.leaflet-control-zoom-in': words.zoom_in, '.leaflet-control-zoom-out': words.zoom_out, '.leaflet-control-layers-toggle': words.layers };
  for (const [selector, word] of Object.entries(named)) {
    const control = map.getContainer().querySelector(selector);
    control?.setAttribute('title', word);
    control?.setAttribute('aria-label', word);
  }
  map.on('popupopen', ({ popup }) => {
    popup.getElement()?.querySelector('.leaflet-popup-close-button')?.setAttribute('aria-label', words.close);
  });
}

Object.assign(window, { L, reportMap: { start } });
