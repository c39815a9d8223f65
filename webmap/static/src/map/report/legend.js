/** The legend: by what townships are shaded, the steps of loss, the states of facilities. */

import * as L from 'leaflet';

import { h } from '../../element.js';
import { CLASS_EDGES, LOSS_RAMP } from '../../classify.js';

/** @typedef {import('../../report/report').ReportData} ReportData */
/** @typedef {import('../../report/at_step.js').Shading} Shading */

/** @param {import('leaflet').Map} map @param {ReportData} data @param {(shading: Shading) => void} shade */
export function legend(map, data, shade) {
  const control = new L.Control({ position: 'bottomleft' });
  control.onAdd = () => {
    const box = h('details', { class: 'legend', open: window.innerWidth >= 700 }, h('summary', {}, data.words.legend), choice(data, shade), steps(data), states(data), signs(data));
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  };
  control.addTo(map);
}

/** @param {ReportData} data @param {(shading: Shading) => void} shade */
function choice(data, shade) {
  const { words, networks } = data;
  const options = networks.map((network, number) => h('option', { value: String(number), selected: number === data.shown_network }, `${network.title}${words.share_of_customers}`));
  const select = h('select', {
    id: 'shading', 'aria-label': words.shading,
    onchange: () => {
      shade(select.value === 'people' ? 'people' : Number(select.value));
      const zero = select.closest('.legend')?.querySelector('[data-zero]');
      if (zero) zero.textContent = zeroOf(words, select.value === 'people');
    },
  }, ...options, h('option', { value: 'people', selected: data.shown_network < 0 }, words.share_of_people));
  return select;
}

/** @param {ReportData} data */
function steps({ words, shown_network: shown }) {
  const edges = CLASS_EDGES.map((edge) => Math.round(edge * 100));
  const labels = edges.map((edge, number) => (number === edges.length - 1 ? `≥ ${edge} %` : `${number ? edge : '> 0'} – ${edges[number + 1]} %`));
  const rows = labels.map((label, number) => row(h('i', { class: 'swatch', style: `background:${LOSS_RAMP[number]}` }), label));
  return h('ul', {}, row(h('i', { class: 'swatch swatch-none' }), h('span', { 'data-zero': '' }, zeroOf(words, shown < 0))), ...rows, row(h('i', { class: 'swatch swatch-unknown' }), words.unknown));
}

/** @param {ReportData} data */
function states(data) {
  const shown = /** @type {const} */ (['failed', 'on_reserve', 'supplied']);
  return h('ul', {}, ...shown.map((state) => row(h('span', { class: `facility facility-${state}` }, data.words.sign), data.states[state])), row(h('span', { class: 'fault' }, '✕'), data.words.fault));
}

/** Without people customers may be out all the same. @param {Record<string, string>} words @param {boolean} ofPeople */
function zeroOf(words, ofPeople) {
  return ofPeople ? words.no_people : words.not_out;
}

/** What the signs mean; folded where the map is low. @param {ReportData} data */
function signs({ signs: listed, words }) {
  const rows = listed.map(([sign, title]) => row(h('span', { class: 'facility' }, sign), title));
  return h('details', { class: 'signs', open: window.innerHeight >= 1000 }, h('summary', {}, words.signs), h('ul', {}, ...rows));
}

/** @param {HTMLElement} sign @param {string | HTMLElement} label */
function row(sign, label) {
  return h('li', {}, sign, label);
}
