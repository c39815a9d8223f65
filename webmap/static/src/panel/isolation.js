/** What to open or close to isolate each fault, in the order of operation, with the numbers that stand on the map. */

import { h, replaceChildren } from '../element.js';
import { exactNumber, moment } from '../format.js';
import { operatedAs, operations } from '../state/operations.js';

/** @param {import('./context').PageContext} context @param {HTMLElement} element */
export function mountIsolation(context, element) {
  const { words, titles, actions, zoomTo } = context;
  const { t, language } = words;

  /** @param {import('../types').Isolation} entry @param {Map<string, number>} orders */
  function block(entry, orders) {
    const open = entry.devices_to_open.map((device) => deviceRow(device, orders.get(device.id)));
    const list = open.length ? h('ol', { class: 'devices' }, ...open) : h('p', { class: 'empty' }, t(entry.active ? 'isolation.none' : 'isolation.later'));
    return h('section', { class: 'isolation', 'data-isolation': entry.fault },
      h('h3', {}, entry.name, ' ', h('span', { class: 'facts' }, titles.network(entry.network))),
      h('p', { class: 'facts' }, t('isolation.lost', { at: moment(entry.at, language), nodes: exactNumber(entry.lost.nodes), customers: exactNumber(entry.lost.customers) })),
      list,
      ...byVerb(entry.devices_damaged).map(([verb, devices]) =>
        h('p', { class: 'facts' }, t(`isolation.damaged.${verb}`, { names: devices.map((device) => device.name).join(t('list_comma')) }))),
      ...byVerb(entry.devices_already_open).map(([verb, devices]) =>
        h('details', {}, h('summary', {}, t(`isolation.already.${verb}`, { count: devices.length })), h('ul', { class: 'devices' }, ...devices.map((device) => deviceRow(device, undefined))))));
  }

  /** Devices by what is done with them: switches are opened, valves are closed. @param {import('../types').Device[]} devices */
  function byVerb(devices) {
    return /** @type {const} */ (['switch', 'valve'])
      .map((verb) => /** @type {[typeof verb, import('../types').Device[]]} */ ([verb, devices.filter(({ kind }) => operatedAs(kind) === verb)]))
      .filter(([, found]) => found.length > 0);
  }

  /** @param {import('../types').Device} device @param {number | undefined} order */
  function deviceRow(device, order) {
    /** @type {import('../types').PlaceRef} */
    const ref = { kind: 'node', id: device.id };
    const button = h('button', { type: 'button', class: 'device-row' },
      order !== undefined && h('span', { class: 'device-mark' }, String(order)),
      h('span', {}, order !== undefined && h('strong', {}, t(`isolation.do.${operatedAs(device.kind)}`), ' '), device.name),
      h('span', { class: 'facts' }, titles.value('network_nodes', 'kind', device.kind)));
    button.addEventListener('click', () => {
      actions.select(ref);
      zoomTo(ref);
    });
    button.addEventListener('mouseenter', () => actions.hover(ref));
    button.addEventListener('mouseleave', () => actions.hover(null));
    return h('li', {}, button);
  }

  /** @param {import('../types').Assessment | null} assessment */
  function render(assessment) {
    if (!assessment) return replaceChildren(element);
    const orders = new Map(operations(assessment).map(({ device, order }) => [device.id, order]));
    const blocks = assessment.isolation.map((entry) => block(entry, orders));
    return replaceChildren(element, h('p', { class: 'note-line' }, t(!blocks.length ? 'isolation.empty' : orders.size > 30 ? 'isolation.note_many' : 'isolation.note')), ...blocks);
  }
  return { render };
}
