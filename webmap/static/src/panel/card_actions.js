/** What a place's card offers to do there: repair, send a mobile unit, operate a device, close a road. */

import { h } from '../element.js';
import { duration, moment } from '../format.js';
import { effective, isOpen } from '../state/interventions.js';
import { hasIncident } from '../state/marks.js';
import { operatedAs } from '../state/operations.js';
import { addHours, msFromIso } from '../state/clock.js';
import { recordDialog } from './log/record/dialog.js';

/** @typedef {'electricity' | 'heat' | 'water'} UnitCommodity */

/** What a mobile unit can bring. @type {UnitCommodity[]} */
const UNIT_COMMODITIES = ['electricity', 'heat', 'water'];

/** @param {import('./context').PageContext} context */
export function createCardActions(context) {
  const { words, store, actions, data, log } = context;
  const { t, language } = words;

  /** @param {string} label @param {Record<string, string>} data @param {() => void} action @param {string} [className] */
  function button(label, data, action, className = 'secondary-button') {
    const element = h('button', { type: 'button', class: className, ...data }, label);
    element.addEventListener('click', action);
    return element;
  }

  /** @param {string} text @param {string} label of the way back @param {() => void} back */
  function doneLine(text, label, back) {
    return h('p', { class: 'done-line' }, h('strong', {}, text), button(t('operations.take_back'), { 'aria-label': label }, back, 'text-button'));
  }

  /** For an element that is marked as broken. @param {string} id @param {string} name */
  function repair(id, name) {
    const { marks } = store.get();
    if (!marks.faults.some(({ element }) => element === id)) return null;
    const known = effective(marks).repairs.find(({ element }) => element === id);
    if (!known) return button(t('repair.mark'), { 'data-repair': id }, () => actions.setRepair(id));
    const byHand = marks.repairs.includes(known);
    const text = t(byHand ? 'repair.at' : 'repair.planned', { at: moment(known.at, language) });
    return byHand ? doneLine(text, t('repair.take_back', { name }), () => actions.setRepair(id, null)) : h('p', { class: 'done-line' }, text);
  }

  /** @param {string} id of a facility */
  function travelHours(id, /** @type {string} */ commodity) {
    const unit = store.get().restoration.plan?.units.find((step) => step.facility === id && step.commodity === commodity);
    return unit ? unit.travel_hours : null;
  }

  /**
   * What a unit may bring to a facility: what it has lost, else what it needs, as far as the data say.
   * @param {string} id of a facility @param {Set<string>} placed what is on its way
   */
  function wanted(id, placed) {
    const lost = store.get().assessment?.facilities.find((entry) => entry.id === id)?.lost ?? [];
    const needs = data.features('supplies').filter(({ properties }) => properties.facility_id === id && properties.required).map(({ properties }) => properties.commodity);
    const known = data.has('supplies') ? needs : ['electricity', 'heat'];
    const offered = known.filter((commodity) => (lost.length ? lost.includes(commodity) : commodity !== 'water'));
    return UNIT_COMMODITIES.filter((commodity) => placed.has(commodity) || offered.includes(commodity));
  }

  /** @param {string} id of a facility @param {string} name */
  function units(id, name) {
    const { marks } = store.get();
    if (!hasIncident(marks)) return null;
    const { placements } = effective(marks);
    const placedHere = new Set(placements.filter(({ facility }) => facility === id).map(({ commodity }) => commodity));
    const parts = wanted(id, placedHere).map((commodity) => {
      const placed = placements.find((other) => other.facility === id && other.commodity === commodity);
      if (!placed) {
        const travel = travelHours(id, commodity);
        const note = travel === null ? t('place.travel_unknown') : t('place.travel', { travel: duration(travel, language) });
        const send = button(t(`place.${commodity}`), { 'data-place': commodity, title: note },
          () => actions.place(id, commodity, addHours(actions.now(), travel ?? 0)));
        return { send, note, line: null };
      }
      const there = msFromIso(placed.at) <= msFromIso(actions.now());
      const text = t(`${there ? 'feeding' : 'placed'}.${commodity}`, { at: moment(placed.at, language) });
      const own = marks.placements.includes(placed);
      return { send: null, note: '', line: own ? doneLine(text, t('place.take_back', { name }), () => actions.takeBack(id, commodity)) : h('p', { class: 'done-line' }, text) };
    });
    const offered = parts.filter(({ send }) => send);
    return h('div', { class: 'card-actions', 'data-units': id }, ...parts.map(({ line }) => line),
      offered.length > 0 && h('div', { class: 'field-row' }, ...offered.map(({ send }) => send)),
      offered.length > 0 && h('p', { class: 'source' }, offered[0].note));
  }

  /** What somebody there says of its own reserve goes into the log. @param {string} id of a facility */
  function reserve(id) {
    if (store.get().log.id === null || !log.canRecord()) return null;
    return button(t('record.reserve_of'), { 'data-report-reserve': id }, () => recordDialog(context).open({ kind: 'reserve_reported', values: { facility: id } }));
  }

  /** @param {Record<string, any>} properties of a node */
  function device({ id, kind, normally_open: normallyOpen }) {
    const { marks } = store.get();
    if ((kind !== 'switch' && kind !== 'valve') || !hasIncident(marks)) return null;
    const open = isOpen(marks, id, normallyOpen === true, actions.now());
    const action = open ? 'close' : 'open';
    const verb = t(`operations.do.${action}.${operatedAs(kind)}`);
    const done = marks.operations.filter((operation) => operation.device === id).map((operation) => {
      const said = t(`operations.do.${operation.action}.${operatedAs(kind)}`);
      return doneLine(t('operated.at', { verb: said, at: moment(operation.at, language) }), `${t('operations.take_back')}: ${said}`, () => actions.removeOperation(operation));
    });
    return h('div', { class: 'card-actions' }, ...done, button(verb, { 'data-operate': action }, () => actions.operate(id, action, verb)));
  }

  /** @param {Record<string, any>} properties of a road */
  function road({ id, closed: always }) {
    const closed = store.get().marks.closedRoads.includes(id);
    if (always && !closed) return h('p', { class: 'facts' }, t('road.closed_in_data'));
    return button(t(closed ? 'road.open' : 'road.close'), { 'data-close-road': id }, () => actions.closeRoad(id, !closed));
  }

  return { repair, units, reserve, device, road };
}
