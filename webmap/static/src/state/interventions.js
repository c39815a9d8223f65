/** What is done about an incident: repairs, mobile units, devices operated, closed roads. Pure. */

import { msFromIso } from './clock.js';

/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../response').Interventions} Interventions */
/** @typedef {import('../response').Placement} Placement */
/** @typedef {import('../response').Operation} Operation */

/** What a repair names to mend everything that a drawn area has broken. */
export const AREA = 'area';

/** Whether an area is damaged: drawn, told by the log, or whole townships. @param {IncidentMarks} marks */
export function hasArea({ areas, townships, logged }) {
  return areas.length > 0 || townships.length > 0 || Boolean(logged?.ground);
}

/** Whether there is such a fault to repair. @param {IncidentMarks} marks @param {string} element */
export function isBroken(marks, element) {
  if (element.split('/')[0] === AREA) return hasArea(marks);
  return marks.faults.some((fault) => fault.element === element);
}

/** @param {IncidentMarks} marks @param {string} element @param {string | null} at null takes the repair back @returns {IncidentMarks} */
export function withRepair(marks, element, at) {
  const rest = marks.repairs.filter((repair) => repair.element !== element);
  if (at === null && rest.length === marks.repairs.length) return marks;
  return { ...marks, repairs: at === null ? rest : [...rest, { element, at }] };
}

/** A facility has one unit for each commodity. @param {IncidentMarks} marks @param {Placement} placement @returns {IncidentMarks} */
export function withPlacement(marks, placement) {
  return { ...marks, placements: [...withoutPlacement(marks, placement.facility, placement.commodity).placements, placement] };
}

/** @param {IncidentMarks} marks @param {string} facility @param {string} commodity @returns {IncidentMarks} */
export function withoutPlacement(marks, facility, commodity) {
  return { ...marks, placements: marks.placements.filter((other) => other.facility !== facility || other.commodity !== commodity) };
}

/** What was to be done with the device at the same moment is replaced. @param {IncidentMarks} marks @param {Operation} operation @returns {IncidentMarks} */
export function withOperation(marks, operation) {
  const rest = withoutOperation(marks, operation.device, operation.at).operations;
  return { ...marks, operations: [...rest, operation].sort((a, b) => msFromIso(a.at) - msFromIso(b.at)) };
}

/** @param {IncidentMarks} marks @param {string} device @param {string} at @returns {IncidentMarks} */
export function withoutOperation(marks, device, at) {
  return { ...marks, operations: marks.operations.filter((other) => other.device !== device || msFromIso(other.at) !== msFromIso(at)) };
}

/** @param {IncidentMarks} marks @param {string} road @param {boolean} closed @returns {IncidentMarks} */
export function withRoadClosed(marks, road, closed) {
  if (marks.closedRoads.includes(road) === closed) return marks;
  return { ...marks, closedRoads: closed ? [...marks.closedRoads, road] : marks.closedRoads.filter((id) => id !== road) };
}

/**
 * Whether a device is open at a moment: as last operated, else as it stands normally.
 * @param {IncidentMarks} marks @param {string} device @param {boolean} normallyOpen @param {string} at
 */
export function isOpen(marks, device, normallyOpen, at) {
  const done = effective(marks).operations.filter((other) => other.device === device && msFromIso(other.at) <= msFromIso(at));
  return done.length ? done[done.length - 1].action === 'open' : normallyOpen;
}

/**
 * What is entered by hand with what the plan adds; by hand counts first. Repairs of what is no longer marked are left out.
 * @param {IncidentMarks} marks @returns {Interventions}
 */
export function effective(marks) {
  const planned = marks.planned ?? { repairs: [], placements: [], operations: [] };
  /** @template T @param {T[]} own @param {T[]} added @param {(entry: T) => string} key */
  const merged = (own, added, key) => {
    const known = new Set(own.map(key));
    return [...own, ...added.filter((entry) => !known.has(key(entry)))];
  };
  return {
    repairs: merged(marks.repairs, planned.repairs, ({ element }) => element).filter(({ element }) => isBroken(marks, element)),
    placements: merged(marks.placements, planned.placements, ({ facility, commodity }) => `${facility} ${commodity}`),
    operations: merged(marks.operations, planned.operations, ({ device, at }) => `${device} ${msFromIso(at)}`)
      .sort((a, b) => msFromIso(a.at) - msFromIso(b.at)),
  };
}

/** Fields of the incident document; empty ones are left out. @param {IncidentMarks} marks */
export function interventionFields(marks) {
  const all = { ...effective(marks), closed_roads: marks.closedRoads };
  return Object.fromEntries(Object.entries(all).filter(([, entries]) => entries.length > 0));
}

/** What a plan's incident does. @param {Partial<Interventions>} incident @returns {Interventions} */
export function interventionsOf({ repairs = [], placements = [], operations = [] }) {
  return { repairs, placements, operations };
}

/** What mobile units feed a facility at a moment. @param {IncidentMarks} marks @param {string} facility @param {string} at @returns {Placement['commodity'][]} */
export function fedBy(marks, facility, at) {
  return effective(marks).placements.filter((unit) => unit.facility === facility && msFromIso(unit.at) <= msFromIso(at)).map(({ commodity }) => commodity);
}

/** Faults repaired by a moment. @param {IncidentMarks} marks @param {string} at @returns {Set<string>} */
export function repairedBy(marks, at) {
  return new Set(effective(marks).repairs.filter((repair) => msFromIso(repair.at) <= msFromIso(at)).map(({ element }) => element));
}
