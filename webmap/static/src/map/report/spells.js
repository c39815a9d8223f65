/** Faults, drawn areas and warnings: each there from a step until another. */

import * as L from 'leaflet';

import { h } from '../../element.js';
import { moment } from '../../format.js';
import { isThere } from '../../report/at_step.js';

/** @typedef {import('../../report/report').ReportData} ReportData */
/** @typedef {import('../../report/report').ReportSpell} ReportSpell */

const STYLES = {
  fault: {},
  damage: { color: '#0B4FB3', weight: 2, dashArray: '6 4', fillOpacity: 0.08 },
  warning: { color: '#B45309', weight: 2.5, dashArray: '2 5', fillOpacity: 0.06 },
};

/**
 * @param {import('leaflet').FeatureGroup} group @param {ReportSpell[]} told @param {'fault' | 'damage' | 'warning'} kind
 * @param {ReportData} data
 * @returns {(step: number) => void}
 */
export function spells(group, told, kind, data) {
  const drawn = told.map((spell) => ({ spell, layer: drawing(spell, kind, data) }));
  return (step) => {
    for (const { spell, layer } of drawn) {
      if (isThere(spell, step)) layer.addTo(group);
      else group.removeLayer(layer);
    }
  };
}

/** @param {ReportSpell} spell @param {'fault' | 'damage' | 'warning'} kind @param {ReportData} data */
function drawing(spell, kind, data) {
  const layer = L.geoJSON(spell.geometry, {
    style: STYLES[kind],
    pointToLayer: (_, place) => L.marker(place, {
      icon: L.divIcon({ html: h('span', { class: 'fault', 'data-fault': '' }, '✕'), className: 'fault-frame', iconSize: [26, 26] }),
      title: spell.name, alt: spell.name, zIndexOffset: 2000,
    }),
  });
  const { words, language } = data;
  const until = spell.until === null ? words.lasting : moment(spell.until, language);
  return layer.bindPopup(() => h('div', { class: 'popup' },
    h('h3', {}, spell.name), h('p', {}, spell.said),
    h('p', { class: 'popup-time' }, `${moment(spell.since, language)} – ${until}`)), { maxWidth: 320, autoPanPaddingTopLeft: [56, 12] });
}
