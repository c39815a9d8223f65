/** The parts of a warning's area, added, taken away and turned. Pure: each returns a new list. */

import { polygonsOf } from '../../../state/areas.js';

/** @typedef {import('../../../warnings').AreaPart} AreaPart */
/** @typedef {AreaPart['operation']} Operation */

/** A facility that the area leaves out is taken in with so much ground around it, metres. */
export const AROUND_PLACE_M = 200;
/** More places than this are not added one by one. */
export const MOST_PLACES = 20;
/** The server reads no wider strip, metres. */
export const WIDEST_M = 50_000;

/** @param {AreaPart[]} parts @param {AreaPart} part @returns {AreaPart[]} unchanged where the same part is there */
export function withPart(parts, part) {
  const same = JSON.stringify(part);
  return parts.some((one) => JSON.stringify(one) === same) ? parts : [...parts, part];
}

/** @param {AreaPart[]} parts @param {number} index @returns {AreaPart[]} */
export function withoutPart(parts, index) {
  return parts.filter((_, at) => at !== index);
}

/** Added ground is taken out and the other way round. @param {AreaPart[]} parts @param {number} index @returns {AreaPart[]} */
export function withTurned(parts, index) {
  return parts.map((part, at) => (at === index ? { ...part, operation: part.operation === 'plus' ? 'minus' : 'plus' } : part));
}

/** The codes of the townships that are added, or taken out, one by one. @param {AreaPart[]} parts @param {Operation} operation @returns {string[]} */
export function codesOf(parts, operation) {
  return parts.flatMap((part) => (part.kind === 'townships' && part.operation === operation ? part.codes : []));
}

/**
 * A township goes into the last part of townships of that operation, so that a few clicks make one part and not many.
 * @param {AreaPart[]} parts @param {string} code @param {Operation} operation @returns {AreaPart[]}
 */
export function withTownshipToggled(parts, code, operation) {
  if (codesOf(parts, operation).includes(code)) {
    return parts.flatMap((part) => {
      if (part.kind !== 'townships' || part.operation !== operation) return [part];
      const codes = part.codes.filter((one) => one !== code);
      return codes.length ? [{ ...part, codes }] : [];
    });
  }
  const last = parts.at(-1);
  if (last?.kind === 'townships' && last.operation === operation) return [...parts.slice(0, -1), { ...last, codes: [...last.codes, code] }];
  return [...parts, { kind: 'townships', codes: [code], operation }];
}

/** Whether all of these townships are added or taken out one by one. @param {AreaPart[]} parts @param {string[]} codes @param {Operation} operation */
export const hasAllTownships = (parts, codes, operation) => codes.length > 0 && codes.every((code) => codesOf(parts, operation).includes(code));

/**
 * A whole county with one press: its townships that are missing are chosen; where none is, all of them go again.
 * @param {AreaPart[]} parts @param {string[]} codes of the county's townships @param {Operation} operation @returns {AreaPart[]}
 */
export function withCountyToggled(parts, codes, operation) {
  const toggled = hasAllTownships(parts, codes, operation) ? codes : codes.filter((code) => !codesOf(parts, operation).includes(code));
  return toggled.reduce((all, code) => withTownshipToggled(all, code, operation), parts);
}

/** @param {import('../../../types').DrawnArea} area @param {Operation} operation @returns {AreaPart} */
export function drawnPart(area, operation) {
  const polygons = polygonsOf(area).map((rings) => rings.map((ring) => ring.map(([lng, lat]) => [round(lng), round(lat)])));
  const geometry = polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] } : { type: 'MultiPolygon', coordinates: polygons };
  return { kind: 'drawn', geometry, operation };
}

/** Six decimals are a tenth of a metre. @param {number} degrees */
const round = (degrees) => Math.round(degrees * 1e6) / 1e6;

/**
 * Places that the area leaves out are taken in: each with the ground around it, many by the reach of the outage.
 * @param {AreaPart[]} parts @param {string[]} ids of facilities @returns {AreaPart[]}
 */
export function withPlaces(parts, ids) {
  if (ids.length > MOST_PLACES) return withPart(parts, { kind: 'outage', until_horizon: true, operation: 'plus' });
  return ids.reduce((all, element) => withPart(all, { kind: 'strip', element, distance_m: AROUND_PLACE_M, operation: 'plus' }), parts);
}
