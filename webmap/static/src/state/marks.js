/** What the user has marked, and the incident document that says so. Pure. */

import { addHours } from './clock.js';
import { hasArea, interventionFields } from './interventions.js';

/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../types').DrawnArea} DrawnArea */
/** @typedef {import('../types').Network} Network */
/** @typedef {import('../types').FigureValue} FigureValue */

/** @type {Network[]} */
export const NETWORKS = ['electricity', 'gas', 'heat', 'water'];

/**
 * @param {string} plan
 * @param {string} at
 * @returns {IncidentMarks}
 */
export function emptyMarks(plan, at) {
  return {
    plan, at, horizonHours: 72, faults: [], areas: [], townships: [], networks: NETWORKS, figures: {}, orders: {}, inoperable: [],
    repairs: [], placements: [], operations: [], closedRoads: [], planned: null, response: null, logged: null,
  };
}

/** Whether there is anything to assess: something broken, or a figure reported. @param {IncidentMarks} marks */
export function hasIncident(marks) {
  return marks.faults.length > 0 || hasArea(marks) || Object.keys(reportedFigures(marks)).length > 0;
}

/** Figures reported for the plan in force. @param {IncidentMarks} marks @returns {Record<string, FigureValue>} */
export function reportedFigures(marks) {
  return marks.figures[marks.plan] ?? {};
}

/** The commander's order under the plan in force; null when it is the plan's own. @param {IncidentMarks} marks */
export function priorityOrder(marks) {
  return marks.orders[marks.plan] ?? null;
}

/** @param {IncidentMarks} marks @param {string} key @param {FigureValue | null} value null takes the figure back @returns {IncidentMarks} */
export function withFigure(marks, key, value) {
  const { [key]: now, ...rest } = reportedFigures(marks);
  if ((now ?? null) === value) return marks;
  const figures = value === null ? rest : { ...reportedFigures(marks), [key]: value };
  return { ...marks, figures: { ...marks.figures, [marks.plan]: figures } };
}

/** @param {IncidentMarks} marks @param {import('../types').PriorityOrder | null} order null gives back the plan's own @returns {IncidentMarks} */
export function withPriorityOrder(marks, order) {
  const { [marks.plan]: now, ...rest } = marks.orders;
  if (!order) return now ? { ...marks, orders: rest } : marks;
  return { ...marks, orders: { ...rest, [marks.plan]: order } };
}

/**
 * The marks without the reported figures that the server refused, so that one wrong entry does not take the answer away.
 * @param {IncidentMarks} marks @param {import('../types').Problem[]} problems
 * @returns {IncidentMarks | null} null when anything else was refused too
 */
export function withoutRefused(marks, problems) {
  const keys = problems.map(({ field }) => /^figures\.(.+)$/.exec(field)?.[1] ?? '');
  if (!keys.length || keys.some((key) => !(key in reportedFigures(marks)))) return null;
  return keys.reduce((kept, key) => withFigure(kept, key, null), marks);
}

/** @param {IncidentMarks} marks @param {string} element @param {string} [at] @returns {IncidentMarks} */
export function withFault(marks, element, at = marks.at) {
  if (marks.faults.some((fault) => fault.element === element)) return marks;
  return { ...marks, faults: [...marks.faults, { element, at }] };
}

/** @param {IncidentMarks} marks @param {string} element @returns {IncidentMarks} */
export function withoutFault(marks, element) {
  return {
    ...marks,
    faults: marks.faults.filter((fault) => fault.element !== element),
    repairs: marks.repairs.filter((repair) => repair.element !== element),
  };
}

/** @param {IncidentMarks} marks @param {string} element @param {string} at @returns {IncidentMarks} */
export function withFaultTime(marks, element, at) {
  return { ...marks, faults: marks.faults.map((fault) => (fault.element === element ? { ...fault, at } : fault)) };
}

/** @param {IncidentMarks} marks @param {DrawnArea} area @param {string} [at] when it broke, for an incident of the log @returns {IncidentMarks} */
export function withArea(marks, area, at) {
  return { ...damagedSince(marks, at), areas: [...marks.areas, area] };
}

/** The first area of an incident of the log is damaged since a time of its own. @param {IncidentMarks} marks @param {string} [at] @returns {IncidentMarks} */
function damagedSince(marks, at) {
  const { logged } = marks;
  return logged && at && !hasArea(marks) ? { ...marks, logged: { ...logged, areaAt: at } } : marks;
}

/** Without the area that the log tells of. @param {IncidentMarks} marks @returns {IncidentMarks} */
export function withoutGround(marks) {
  return marks.logged?.ground ? { ...marks, logged: { ...marks.logged, ground: null } } : marks;
}

/** @param {IncidentMarks} marks @param {number} index @param {number} sizeM @returns {IncidentMarks} */
export function withAreaSize(marks, index, sizeM) {
  return { ...marks, areas: marks.areas.map((area, position) => (position === index ? { ...area, sizeM } : area)) };
}

/** @param {IncidentMarks} marks @param {number} index @returns {IncidentMarks} */
export function withoutArea(marks, index) {
  return { ...marks, areas: marks.areas.filter((_, position) => position !== index) };
}

/** @param {IncidentMarks} marks @param {string} code @param {string} [at] when it broke, for an incident of the log @returns {IncidentMarks} */
export function withTownshipToggled(marks, code, at) {
  const townships = marks.townships.includes(code)
    ? marks.townships.filter((other) => other !== code)
    : [...marks.townships, code].sort();
  return { ...damagedSince(marks, at), townships };
}

/** @param {IncidentMarks} marks @param {Network} network @returns {IncidentMarks} */
export function withNetworkToggled(marks, network) {
  const wanted = new Set(marks.networks);
  if (wanted.has(network)) wanted.delete(network);
  else wanted.add(network);
  return wanted.size ? { ...marks, networks: NETWORKS.filter((key) => wanted.has(key)) } : marks;
}

/** @param {IncidentMarks} marks @param {string} device @param {boolean} inoperable whether it cannot be operated @returns {IncidentMarks} */
export function withInoperable(marks, device, inoperable) {
  if (marks.inoperable.includes(device) === inoperable) return marks;
  return { ...marks, inoperable: inoperable ? [...marks.inoperable, device] : marks.inoperable.filter((id) => id !== device) };
}

/**
 * The same incident moved to another start. Faults that began with it move along; a time of their own stays.
 * @param {IncidentMarks} marks @param {string} at @returns {IncidentMarks}
 */
export function withStart(marks, at) {
  const faults = marks.faults.map((fault) => (fault.at === marks.at ? { ...fault, at } : fault));
  // A plan of restoration holds for the start that it was made for.
  return { ...marks, at, faults, planned: at === marks.at ? marks.planned : null };
}

/**
 * The incident document for the moment `hours` after the incident's start. Faults and areas keep their own times, so
 * that reserves run on instead of starting anew.
 * @param {IncidentMarks} marks
 * @param {number} hours
 * @param {(areas: DrawnArea[], ground: import('../types').Geometry | null) => import('../types').Geometry} union joins drawn
 *   areas with what the log has into one geometry
 * @returns {import('../types').IncidentDocument}
 */
export function incidentDocument(marks, hours, union) {
  /** @type {import('../types').IncidentDocument} */
  const incident = {
    plan: marks.plan,
    at: addHours(marks.at, hours),
    horizon_hours: marks.horizonHours,
    faults: marks.faults,
  };
  const { ground = null, areaAt = null, networkAt = {}, startedAt = null, reserves = [] } = marks.logged ?? {};
  if (marks.areas.length || ground) incident.area = union(marks.areas, ground);
  if (marks.townships.length) incident.area_townships = marks.townships;
  if (incident.area || incident.area_townships) {
    incident.area_at = areaAt ?? marks.at;
    const begun = Object.entries(networkAt).filter(([network]) => marks.networks.includes(/** @type {import('../types').Network} */ (network)));
    if (begun.length) incident.area_network_at = Object.fromEntries(begun);
    if (marks.networks.length < NETWORKS.length) incident.networks = marks.networks;
  }
  const figures = reportedFigures(marks);
  if (Object.keys(figures).length) incident.figures = figures;
  const order = priorityOrder(marks);
  if (order) incident.priority_order = order;
  if (marks.inoperable.length) incident.inoperable = marks.inoperable;
  if (startedAt) incident.started_at = startedAt;
  if (reserves.length) incident.reserves = reserves;
  return Object.assign(incident, interventionFields(marks));
}
