/** Repairs, units, operated devices, crews and what is fixed by hand as parts of a link. Pure. */

import { isIsoTime } from './clock.js';
import { piece, pieceText } from './reports.js';

/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../response').Interventions} Interventions */
/** @typedef {import('../response').Response} Response */
/** @typedef {import('../types').Network} Network */

const COMMODITIES = /** @type {const} */ (['electricity', 'heat', 'water']);
const SKILLS = /** @type {Network[]} */ (['electricity', 'gas', 'heat', 'water']);
const UNIT_KINDS = /** @type {const} */ (['generator', 'boiler', 'tanker']);

/** @param {(string | number | undefined | null)[]} values */
const joined = (values) => values.map((value) => piece(String(value ?? ''))).join('~').replace(/~+$/, '');
/** @param {string} text @returns {string[]} a piece that cannot be read is empty */
const parted = (text) => text.split('~').map((part) => pieceText(part) ?? '');

/** @param {string} text `element~time` */
export function decodeRepair(text) {
  const [element, at] = parted(text);
  return element && isIsoTime(at ?? '') ? { element, at } : null;
}

/** @param {string} text `facility~commodity~time~unit` */
export function decodePlacement(text) {
  const [facility, kind, at, unit] = parted(text);
  const commodity = COMMODITIES.find((known) => known === kind);
  return facility && commodity && isIsoTime(at ?? '') ? { facility, commodity, at, ...(unit ? { unit } : {}) } : null;
}

/** @param {string} text `device~action~time` @returns {import('../response').Operation | null} */
export function decodeOperation(text) {
  const [device, action, at] = parted(text);
  return device && (action === 'open' || action === 'close') && isIsoTime(at ?? '') ? { device, action, at } : null;
}

/** @param {string} text `id~name~skill.skill~site~lng~lat` @returns {import('../response').CrewEntry | null} */
export function decodeCrew(text) {
  const [id, name, list, site, lng, lat] = parted(text);
  const skills = SKILLS.filter((skill) => (list ?? '').split('.').includes(skill));
  return id && name && skills.length ? { id, name, skills, ...placeOf(site, lng, lat) } : null;
}

/** @param {string} text `id~name~kind~site~lng~lat~capacity` @returns {import('../response').UnitEntry | null} */
export function decodeUnit(text) {
  const [id, name, wanted, site, lng, lat, capacity] = parted(text);
  const kind = UNIT_KINDS.find((known) => known === wanted);
  if (!id || !name || !kind) return null;
  return { id, name, kind, ...placeOf(site, lng, lat), ...(Number(capacity) > 0 ? { capacity: Number(capacity) } : {}) };
}

/** @param {string | undefined} site @param {string | undefined} lng @param {string | undefined} lat @returns {{site?: string, depot?: [number, number]}} */
function placeOf(site, lng, lat) {
  if (site) return { site };
  return lng && lat && Number.isFinite(Number(lng)) && Number.isFinite(Number(lat)) ? { depot: [Number(lng), Number(lat)] } : {};
}

/** @param {string} text `fault~hours` @returns {import('../response').RepairHours | null} */
export function decodeHours(text) {
  const [fault, hours] = parted(text);
  return fault && hours && Number(hours) >= 0 && Number(hours) <= 720 ? { fault, hours: Number(hours) } : null;
}

/** @param {string} text `fault~crew~position` @returns {import('../response').FixedStep | null} */
export function decodeFixed(text) {
  const [fault, crew, position] = parted(text);
  if (!fault || !crew) return null;
  return { fault, crew, ...(Number.isInteger(Number(position)) && Number(position) >= 1 ? { position: Number(position) } : {}) };
}

/** Parts of a link by key, each with its reader. @type {Record<string, (text: string) => unknown>} */
export const RESPONSE_PARTS = {
  r: decodeRepair, m: decodePlacement, d: decodeOperation, pr: decodeRepair, pm: decodePlacement, pd: decodeOperation,
  c: decodeCrew, u: decodeUnit, rh: decodeHours, fx: decodeFixed,
};

/** @param {URLSearchParams} link is added to @param {IncidentMarks} marks */
export function encodeResponse(link, marks) {
  encodeInterventions(link, marks, ['r', 'm', 'd']);
  if (marks.closedRoads.length) link.set('cr', marks.closedRoads.join(','));
  if (marks.planned) {
    encodeInterventions(link, marks.planned, ['pr', 'pm', 'pd']);
    link.set('pl', '1');
  }
  const { response } = marks;
  if (!response) return;
  link.set('cs', String(response.seconds));
  for (const crew of response.crews) link.append('c', joined([crew.id, crew.name, crew.skills.join('.'), crew.site, crew.depot?.[0], crew.depot?.[1]]));
  for (const unit of response.units) link.append('u', joined([unit.id, unit.name, unit.kind, unit.site, unit.depot?.[0], unit.depot?.[1], unit.capacity]));
  for (const entry of response.repairs) link.append('rh', joined([entry.fault, entry.hours]));
  for (const step of response.fixed) link.append('fx', joined([step.fault, step.crew, step.position]));
}

/** @param {URLSearchParams} link @param {Interventions} done @param {[string, string, string]} keys of repairs, placements, operations */
function encodeInterventions(link, done, [repair, placement, operation]) {
  for (const { element, at } of done.repairs) link.append(repair, joined([element, at]));
  for (const { facility, commodity, at, unit } of done.placements) link.append(placement, joined([facility, commodity, at, unit]));
  for (const { device, action, at } of done.operations) link.append(operation, joined([device, action, at]));
}

/** @param {URLSearchParams} link @returns {Pick<IncidentMarks, 'repairs' | 'placements' | 'operations' | 'closedRoads' | 'planned' | 'response'>} */
export function decodeResponse(link) {
  /** @template T @param {string} key @param {(text: string) => T | null} read @returns {T[]} */
  const all = (key, read) => link.getAll(key).map(read).filter((entry) => entry !== null);
  /** @param {string} prefix @returns {Interventions} */
  const done = (prefix) => ({
    repairs: all(`${prefix}r`, decodeRepair), placements: all(`${prefix}m`, decodePlacement), operations: all(`${prefix}d`, decodeOperation),
  });
  const seconds = Number(link.get('cs'));
  const response = !link.has('cs') ? null : {
    crews: all('c', decodeCrew), units: all('u', decodeUnit), repairs: all('rh', decodeHours), fixed: all('fx', decodeFixed),
    seconds: seconds > 0 && seconds <= 120 ? seconds : 10,
  };
  return {
    ...done(''), closedRoads: [...new Set((link.get('cr') ?? '').split(',').filter(Boolean))],
    planned: link.get('pl') === '1' ? done('p') : null, response,
  };
}
