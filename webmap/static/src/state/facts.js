/** From a change of the marks to facts for the log. Pure. */

import { unionOf } from './areas.js';
import { msFromIso } from './clock.js';
import { hasArea } from './interventions.js';
import { priorityOrder, reportedFigures } from './marks.js';

/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../log').NewFact} NewFact */
/** @typedef {import('../log').IncidentView} IncidentView */
/** @typedef {{before: IncidentMarks, after: IncidentMarks, happenedAt: string, when: (at: string) => string, number: (key: string) => number | undefined, fact: (number: number) => NewFact | null, known: Known}} Change */
/**
 * What is known beside the marks: the picture, the entries read so far, the office that an order of the classes is given
 * by, why something is taken back or set right, and whether it was only tried until now, so that it happens now.
 * @typedef {{happenedAt: string, view: {incident: {drill: boolean}} & Pick<IncidentView, 'faults' | 'fault_entries' | 'area_entries' | 'entries_of'>, entries?: import('../log').LogEntry[], office?: string | null, tried?: boolean, reasons: {withdrawn: string, corrected: string}}} Known
 */

/** What a what-if adds, and what a form asks for, is not among the facts: the plan of restoration, crews, reserves. */

/**
 * The facts that turn one state of the marks into another. In a real incident nothing has happened later than now.
 * @param {IncidentMarks} before @param {IncidentMarks} after @param {Known} known
 * @returns {NewFact[]} withdrawals first; empty where nothing is for the log
 */
export function factsBetween(before, after, known) {
  const { happenedAt, view, entries = [], tried = false } = known;
  /** @type {Change} */
  const change = {
    before, after, happenedAt, known,
    when: (at) => (view.incident.drill || (!tried && msFromIso(at) <= msFromIso(happenedAt)) ? at : happenedAt),
    number: (key) => view.entries_of[key],
    fact: (number) => entries.find((entry) => entry.number === number)?.fact ?? null,
  };
  const facts = [faults, area, repairs, placements, operations, inoperable, roads, figures, order].flatMap((part) => part(change));
  return [...facts.filter(isCorrection), ...facts.filter((fact) => !isCorrection(fact))];
}

/** @param {NewFact} fact */
const isCorrection = ({ kind }) => kind === 'correction';

/** @param {Change} change @param {number | undefined} number @returns {NewFact[]} nothing where the entry is not known */
function withdrawal({ happenedAt, known }, number) {
  if (number === undefined) return [];
  return [{ kind: 'correction', happened_at: happenedAt, corrects: number, replacement: null, reason: known.reasons.withdrawn }];
}

/** What one list has and the other has not. @template T @param {T[]} list @param {T[]} other @param {(item: T) => string} key */
function beyond(list, other, key) {
  const keys = new Set(other.map(key));
  return list.filter((item) => !keys.has(key(item)));
}

/** @param {Change} change @returns {NewFact[]} */
function faults(change) {
  const { before, after, when, known: { view, reasons }, happenedAt } = change;
  const by = (/** @type {import('../types').Fault} */ { element }) => element;
  const removed = beyond(before.faults, after.faults, by).flatMap(({ element }) =>
    // Two may have told of the same fault: it is gone when both are withdrawn.
    (view.fault_entries?.[element] ?? [view.faults[element]]).flatMap((number) => withdrawal(change, number)));
  const added = beyond(after.faults, before.faults, by).map(({ element, at }) => ({ kind: 'fault_located', happened_at: when(at), element }));
  const moved = after.faults.flatMap(({ element, at }) => {
    const was = before.faults.find((fault) => fault.element === element);
    const number = view.faults[element];
    if (!was || msFromIso(was.at) === msFromIso(at) || number === undefined) return [];
    const replacement = { ...change.fact(number), kind: 'fault_located', happened_at: when(at), element };
    return [{ kind: 'correction', happened_at: happenedAt, corrects: number, replacement, reason: reasons.corrected }];
  });
  return [...removed, ...moved, ...added];
}

/** The area as a whole, as a drawing replaces the one before. @param {Change} change @returns {NewFact[]} */
function area(change) {
  const { before, after, happenedAt, known: { view } } = change;
  /** @param {IncidentMarks} marks */
  const said = (marks) => JSON.stringify([marks.areas, marks.logged?.ground ?? null, marks.townships, marks.networks]);
  if (said(before) === said(after) || (!hasArea(before) && !hasArea(after))) return [];
  if (!hasArea(after)) return view.area_entries.flatMap((number) => withdrawal(change, number));
  const ground = after.logged?.ground ?? null;
  const drawn = after.areas.length || ground ? { area: unionOf(after.areas, ground) } : {};
  const townships = after.townships.length ? { townships: after.townships } : {};
  return [{ kind: 'area_drawn', happened_at: happenedAt, ...drawn, ...townships, networks: after.networks }];
}

/** @param {Change} change @returns {NewFact[]} */
function repairs(change) {
  const { before, after, when } = change;
  const by = (/** @type {import('../response').Repair} */ { element, at }) => `${element} ${msFromIso(at)}`;
  return [
    ...beyond(before.repairs, after.repairs, by).flatMap(({ element }) => withdrawal(change, change.number(`repaired ${element}`))),
    ...beyond(after.repairs, before.repairs, by).map(({ element, at }) => ({ kind: 'repaired', happened_at: when(at), element })),
  ];
}

/** @param {Change} change @returns {NewFact[]} */
function placements(change) {
  const { before, after, when } = change;
  const by = (/** @type {import('../response').Placement} */ { facility, commodity, at }) => `${facility} ${commodity} ${msFromIso(at)}`;
  return [
    ...beyond(before.placements, after.placements, by)
      .flatMap(({ facility, commodity }) => withdrawal(change, change.number(`placed ${facility} ${commodity}`))),
    ...beyond(after.placements, before.placements, by)
      .map(({ facility, commodity, at, unit }) => ({ kind: 'unit_placed', happened_at: when(at), facility, commodity, ...(unit ? { unit } : {}) })),
  ];
}

/** @param {Change} change @returns {NewFact[]} */
function operations(change) {
  const { before, after, when } = change;
  const by = (/** @type {import('../response').Operation} */ { device, action, at }) => `${device} ${action} ${msFromIso(at)}`;
  return [
    ...beyond(before.operations, after.operations, by).flatMap(({ device, at }) => withdrawal(change, change.number(`operated ${device} ${at}`))),
    ...beyond(after.operations, before.operations, by)
      .map(({ device, action, at }) => ({ kind: 'device_operated', happened_at: when(at), device, action, outcome: 'done' })),
  ];
}

/** The map marks that a device cannot be operated; it does not ask what was tried. @param {Change} change @returns {NewFact[]} */
function inoperable(change) {
  const { before, after, happenedAt } = change;
  const same = (/** @type {string} */ id) => id;
  return [
    ...beyond(before.inoperable, after.inoperable, same).flatMap((device) => withdrawal(change, change.number(`stuck ${device}`))),
    ...beyond(after.inoperable, before.inoperable, same)
      .map((device) => ({ kind: 'device_operated', happened_at: happenedAt, device, outcome: 'stuck' })),
  ];
}

/** @param {Change} change @returns {NewFact[]} */
function roads({ before, after, happenedAt }) {
  const same = (/** @type {string} */ id) => id;
  /** @param {string[]} ids @param {boolean} closed */
  const told = (ids, closed) => ids.map((road) => ({ kind: 'road_closed', happened_at: happenedAt, road, closed }));
  return [...told(beyond(after.closedRoads, before.closedRoads, same), true), ...told(beyond(before.closedRoads, after.closedRoads, same), false)];
}

/** @param {Change} change @returns {NewFact[]} */
function figures({ before, after, happenedAt }) {
  const [was, is] = [reportedFigures(before), reportedFigures(after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => (was[key] ?? null) !== (is[key] ?? null));
  return keys.map((figure) => ({ kind: 'figure_reported', happened_at: happenedAt, figure, value: is[figure] ?? null }));
}

/** @param {Change} change @returns {NewFact[]} */
function order({ before, after, happenedAt, known }) {
  const [was, is] = [priorityOrder(before), priorityOrder(after)];
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const reason = is?.reason ?? known.reasons.withdrawn;
  return [{ kind: 'priority_ordered', happened_at: happenedAt, office: known.office ?? '', categories: is?.categories ?? [], reason }];
}
