/** Townships shaded by what is out at a step; lines that were hit. */

import { h, replaceChildren } from '../../element.js';
import { LOSS_RAMP, shareClass } from '../../classify.js';
import { exactNumber, moment, percent } from '../../format.js';
import { shareAt } from '../../report/at_step.js';
import { addHatch } from '../hatch.js';

/** @typedef {import('../../report/report').ReportData} ReportData */
/** @typedef {import('../../report/at_step.js').Shading} Shading */
/** @typedef {L.Path & {feature: GeoJSON.Feature}} Outline */

const PANE = 'areas';

/**
 * @param {import('leaflet').Map} map @param {import('leaflet').GeoJSON} layer outlines whose feature ids are places in `data.townships`
 * @param {ReportData} data
 * @returns {{show: (step: number) => void, shade: (shading: Shading) => void}}
 */
export function townships(map, layer, data) {
  /** @type {Shading} */
  let shading = data.shown_network < 0 ? 'people' : data.shown_network;
  let step = 0;
  const outlines = /** @type {Outline[]} */ (layer.getLayers());
  /** @type {number | null} */
  let opened = null;
  const told = h('div', { class: 'popup' });
  for (const outline of outlines) {
    const place = Number(outline.feature.id);
    outline.bindPopup(() => {
      opened = place;
      tell(told, data, place, step);
      return told;
    }, { maxWidth: 340, autoPanPaddingTopLeft: [56, 12], autoPanPaddingBottomRight: [12, 12] });
    // An element, so that a name with signs of markup stays text.
    outline.bindTooltip(h('span', {}, data.townships[place].name), { permanent: true, direction: 'center', className: 'township-name' });
  }

  function draw() {
    addHatch(map, PANE, 'unknown-hatch', 'hatch-line', 45);
    for (const outline of outlines) {
      const place = Number(outline.feature.id);
      const found = shareClass(shareAt(data, shading, step, place));
      outline.setStyle(styleOf(found));
      const element = outline.getElement();
      element?.setAttribute('data-township', data.townships[place].code ?? '');
      element?.setAttribute('data-share-class', String(found));
    }
    if (opened !== null && told.isConnected) tell(told, data, opened, step);
  }
  layer.on('add', draw);
  // Leaflet moves the names after it has told of the zoom.
  map.on('zoomend viewreset resize', () => requestAnimationFrame(() => keepApart(outlines)));
  return {
    show(next) { step = next; draw(); },
    shade(next) { shading = next; draw(); },
  };
}

/** Hide names that would lie on others; larger townships keep theirs. @param {Outline[]} outlines */
function keepApart(outlines) {
  /** @type {DOMRect[]} */
  const taken = [];
  const names = outlines.map((outline) => outline.getTooltip()?.getElement()).filter((name) => name !== undefined);
  for (const name of names) {
    name.hidden = false;
    const box = name.getBoundingClientRect();
    const free = taken.every((other) => box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top);
    name.hidden = !free;
    if (free) taken.push(box);
  }
}

/** @param {number} found */
function styleOf(found) {
  if (found === -2) return { fillColor: 'url(#unknown-hatch)', fillOpacity: 1 };
  if (found === -1) return { fillColor: '#FFFFFF', fillOpacity: 0.35 };
  return { fillColor: LOSS_RAMP[found], fillOpacity: 0.78 };
}

/** @param {HTMLElement} popup @param {ReportData} data @param {number} place @param {number} step */
function tell(popup, data, place, step) {
  const { words, language, networks } = data;
  const township = data.townships[place];
  const rows = networks.map((network, number) => {
    const share = shareAt(data, number, step, place);
    const out = share === null ? words.unknown : exactNumber(data.out[number][step][place]);
    return h('tr', {}, h('th', { scope: 'row' }, network.title), h('td', {}, `${out} / ${exactNumber(township.customers[number])} ${words.customers}`), h('td', {}, percent(share, words.unknown)));
  });
  replaceChildren(popup,
    h('h3', {}, township.name, township.code ? h('small', {}, ` ${township.code}`) : null),
    h('p', { class: 'popup-time' }, moment(data.steps[step].at, language)),
    h('table', {}, h('tbody', {}, ...rows)),
    h('p', {}, `${words.people} ${exactNumber(data.people[step][place])}`),
    h('dl', {}, ...township.facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));
}

/** @param {import('leaflet').GeoJSON[]} layers one for each of `data.hits` @param {ReportData} data */
export function hitLines(layers, data) {
  layers.forEach((layer, number) => {
    const { title, at, lines } = data.hits[number];
    layer.bindPopup(() => h('div', { class: 'popup' }, h('h3', {}, title), h('p', {}, `${moment(at, data.language)} · ${exactNumber(lines)} ${data.words.lines}`), h('p', { class: 'popup-note' }, data.words.hit_note)));
  });
}
