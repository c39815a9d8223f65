/** Per fault: what the isolation cuts out, devices that are open, damaged or out of order, and faults that overlap. */

import { h } from '../element.js';
import { exactNumber, moment } from '../format.js';
import { operatedAs } from '../state/operations.js';
import { placeButton } from './place_button.js';

/** @typedef {import('../types').Device} Device */
/** @typedef {import('../types').Isolation} Isolation */

/** Names told in a sentence; the rest behind a fold. */
const NAMED = 4;

/** @param {import('./context').PageContext} context */
export function createFaultBlocks(context) {
  const { words, titles, actions } = context;
  const { t, language } = words;
  /** @param {Device} device */
  const named = ({ id, name }) => placeButton(context, { kind: 'node', id }, name);

  /** @param {Isolation} entry @param {import('../types').Assessment} assessment */
  function block(entry, { outages, isolation }) {
    const total = outages[entry.network]?.customers ?? 0;
    const network = titles.network(entry.network);
    const key = `${entry.fault} ${entry.network}`;
    const others = entry.overlaps.map((id) => isolation.find((other) => other.fault === id)?.name ?? actions.nameOf(id));
    return h('section', { class: 'isolation', 'data-isolation': entry.fault, 'data-network': entry.network },
      h('h4', {}, entry.name, ' ', h('span', { class: 'facts' }, `${network} · ${moment(entry.at, language)}`)),
      !entry.active && h('p', { class: 'facts' }, t('isolation.later')),
      entry.active && h('p', { class: 'facts', 'data-lost': '' }, t('isolation.cut_out', { nodes: exactNumber(entry.lost.nodes), customers: exactNumber(entry.lost.customers) }),
        ' ', h('strong', {}, t('isolation.in_all', { network, customers: exactNumber(total) }))),
      others.length > 0 && h('p', { class: 'caution', 'data-overlaps': '' }, t('isolation.overlaps', { names: others.join(t('list_comma')) }),
        entry.overlaps_more > 0 && t('isolation.overlaps_more', { count: entry.overlaps_more })),
      ...devices(entry.devices_stuck, 'stuck', key), ...devices(entry.devices_damaged, 'damaged', key), ...devices(entry.devices_already_open, 'already', key));
  }

  /**
   * A few devices are named at once, many are counted behind a fold.
   * @param {Device[]} all @param {'stuck' | 'damaged' | 'already'} state @param {string} key
   */
  function devices(all, state, key) {
    const verbs = /** @type {const} */ (['switch', 'valve']);
    return verbs.map((verb) => {
      const found = all.filter(({ kind }) => operatedAs(kind) === verb);
      if (!found.length) return null;
      const label = t(`isolation.${state}.${verb}`, { count: found.length });
      if (found.length <= NAMED) return h('p', { class: state === 'stuck' ? 'caution' : 'facts', [`data-${state}`]: '' }, label, ...found.flatMap((device, index) => [index ? t('list_comma') : '', named(device)]));
      return h('details', { [`data-${state}`]: '', 'data-fold': `${key} ${state} ${verb}` }, h('summary', { class: 'facts' }, label), h('ul', { class: 'device-names' }, ...found.map((device) => h('li', {}, named(device)))));
    });
  }

  /** @param {import('../types').Assessment} assessment @returns {(Node | null)[]} */
  return (assessment) => (assessment.isolation.length
    ? [h('h3', {}, t('isolation.by_fault')), ...assessment.isolation.map((entry) => block(entry, assessment))] : []);
}
