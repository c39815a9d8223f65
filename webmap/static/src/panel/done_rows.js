/** What is done, under the marks: repairs beside their faults, then units, devices and roads, each to be corrected or taken back. */

import { h } from '../element.js';
import { moment } from '../format.js';
import { sign } from '../icons.js';
import { isoFromLocalField, localFieldValue } from '../state/clock.js';
import { effective } from '../state/interventions.js';
import { operatedAs } from '../state/operations.js';

/** @param {import('./context').PageContext} context */
export function createDoneRows({ words, store, actions, data, zoomTo }) {
  const { t, language } = words;

  /** @param {string} label @param {() => void} action */
  function removeButton(label, action) {
    const button = h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label }, sign('close'));
    button.addEventListener('click', action);
    return button;
  }

  /** @param {string} at @param {string} label @param {(at: string) => void} set */
  function timeField(at, label, set) {
    const field = h('input', { type: 'datetime-local', value: localFieldValue(at), 'aria-label': label });
    field.addEventListener('change', () => {
      const next = isoFromLocalField(field.value);
      if (next) set(next);
    });
    return field;
  }

  /** The line of a fault's repair. @param {string} element @param {string} name */
  function repair(element, name) {
    const { marks } = store.get();
    const known = effective(marks).repairs.find((entry) => entry.element === element);
    if (!known) {
      const button = h('button', { type: 'button', class: 'text-button quiet', 'data-mark-repaired': element, 'aria-label': `${t('repair.mark')}: ${name}` }, t('repair.mark'));
      button.addEventListener('click', () => actions.setRepair(element));
      return h('div', { class: 'repair-line' }, button);
    }
    if (!marks.repairs.includes(known)) return h('div', { class: 'repair-line facts', 'data-planned-repair': element }, t('repair.planned', { at: moment(known.at, language) }));
    return h('div', { class: 'repair-line', 'data-repaired': element }, h('strong', {}, t('repair.done')),
      timeField(known.at, t('repair.time', { name }), (at) => actions.setRepair(element, at)),
      removeButton(t('repair.take_back', { name }), () => actions.setRepair(element, null)));
  }

  /** @param {import('../types').PlaceRef} ref @param {string} name */
  function place(ref, name) {
    const button = h('button', { type: 'button', class: 'cell-button' }, name);
    button.addEventListener('click', () => zoomTo(ref));
    return button;
  }

  /** @param {import('../response').Placement} placement */
  function unitRow(placement) {
    const { facility, commodity, at } = placement;
    const name = actions.nameOf(facility);
    return h('li', { 'data-placement': facility }, h('span', {}, t(`unit.of.${commodity}`), ' ', place({ kind: 'facility', id: facility }, name)),
      timeField(at, t('place.time', { name }), (next) => actions.place(facility, commodity, next)),
      removeButton(t('place.take_back', { name }), () => actions.takeBack(facility, commodity)));
  }

  /** @param {import('../response').Operation} operation */
  function operationRow(operation) {
    const { device, action, at } = operation;
    const name = actions.nameOf(device);
    const verb = t(`operations.do.${action}.${operatedAs(data.find({ kind: 'node', id: device })?.properties.kind)}`);
    return h('li', { 'data-operation': device }, h('span', {}, verb, ' ', place({ kind: 'node', id: device }, name)),
      h('span', { class: 'facts' }, moment(at, language)), removeButton(t('remove', { name: `${verb} ${name}` }), () => actions.removeOperation(operation)));
  }

  /** @param {string} road */
  function roadRow(road) {
    const name = data.find({ kind: 'road', id: road })?.properties.name ?? road;
    return h('li', { 'data-closed-road': road }, h('span', {}, t('road.closed'), ' ', place({ kind: 'road', id: road }, name)),
      removeButton(t('road.open_named', { name }), () => actions.closeRoad(road, false)));
  }

  /** @returns {(HTMLElement | false)[]} */
  function section() {
    const { placements, operations, closedRoads } = store.get().marks;
    const rows = [...placements.map(unitRow), ...operations.map(operationRow), ...closedRoads.map(roadRow)];
    return rows.length ? [h('h3', {}, t('done.title')), h('ul', { class: 'cause-rows', 'data-done': '' }, ...rows)] : [];
  }

  return { repair, section };
}
