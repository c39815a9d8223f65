/** Which words the map should carry now, and what they must not cover. */

import * as L from 'leaflet';
import { shadedShare } from '../classify.js';
import { clockDuration } from '../format.js';
import { labelPosition } from './polygons.js';

/** @typedef {import('./labels.js').Label} Label */
/** @typedef {import('./labels.js').Box} Box */

/** From this zoom facilities carry their names where there is room. */
const FACILITY_NAME_ZOOM = 14.5;
/** From this zoom the affected ones do. */
const AFFECTED_NAME_ZOOM = 13.5;

/** How much larger signs and words are than usual: 2 on a wall. */
function enlargement() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** @param {[number, number]} lengths pixels at the usual size @returns {[number, number]} */
function sized([x, y]) {
  const factor = enlargement();
  return [x * factor, y * factor];
}

/**
 * @param {any} parts of the map view
 * @param {import('../types').PageState | null} state
 * @returns {[Label[], Box[]]}
 */
export function composeLabels(parts, state) {
  if (!state) return [[], []];
  const facilities = parts.facilities.list();
  const marks = [...parts.marks.signs(), ...parts.warnings.signs(), ...parts.siting.signs()].map((/** @type {any} */ { at, half, offset }) => box(parts.map, at, half, offset));
  return [
    [...townshipLabels(parts, state), ...facilityLabels(parts, state, facilities)],
    [...badgeBoxes(parts, facilities), ...marks],
  ];
}

/** @param {any} parts @param {import('../types').PageState} state @returns {Label[]} */
function townshipLabels({ map, data }, state) {
  if (state.layers.townships === false) return [];
  const bounds = map.getBounds();
  /** @type {[number, number, number, number]} */
  const view = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const affected = new Map(state.assessment?.townships.map((township) => [township.code, township.population_affected]));
  const worst = worstHit(state);
  const labels = [];
  for (const feature of data.features('townships')) {
    const at = labelPosition(feature, view);
    if (!at) continue;
    const { code, name } = feature.properties;
    /** @type {[number, number][]} */
    const offsets = [[0, 0], [0, -18], [0, 18], [0, -34], [0, 34], [34, 0], [-34, 0], [0, -50], [0, 50], [50, -26], [-50, 26]];
    const always = (affected.get(code) ?? 0) > 0;
    const priority = worst.has(code) ? -1 : always ? 500 : 1000;
    labels.push({ key: `t ${code}`, at: L.latLng(at[1], at[0]), text: name, kind: 'township', priority, offsets: offsets.map(sized), always });
  }
  return labels;
}

/**
 * The townships that are named before anything else: the one shaded darkest and the one with most
 * people affected, often the same.
 * @param {import('../types').PageState} state
 */
function worstHit({ assessment, shading }) {
  const hit = (assessment?.townships ?? []).filter((township) => township.population_affected > 0);
  const byPeople = [...hit].sort((a, b) => b.population_affected - a.population_affected);
  const byShare = [...byPeople].sort((a, b) => (shadedShare(b, shading).share ?? 0) - (shadedShare(a, shading).share ?? 0));
  return new Set([byPeople[0], byShare[0]].filter(Boolean).map(({ code }) => code));
}

/** @param {any} parts @param {import('../types').PageState} state @param {any[]} facilities @returns {Label[]} */
function facilityLabels({ map, facilities: badges }, state, facilities) {
  const ranks = new Map(state.assessment?.ranking.map((entry) => [entry.id, entry.rank]));
  const zoom = map.getZoom();
  const labels = [];
  for (const { feature, status, at } of facilities) {
    const { id, name } = feature.properties;
    const rank = ranks.get(id) ?? 900;
    const side = (badges.scale() === 'near' ? 21 : 17) * enlargement();
    const below = side + 12 * enlargement();
    if (badges.isBadge(status) && status?.state === 'on_reserve' && status.hours_left !== null) {
      const text = clockDuration(status.hours_left);
      /** @type {[number, number][]} */
      const offsets = [[side, 0], [-side, 0]];
      labels.push({ key: `h ${id}`, at, text, kind: 'hours', priority: rank, offsets });
    }
    const affected = status && status.state !== 'supplied';
    if (zoom >= FACILITY_NAME_ZOOM || (affected && zoom >= AFFECTED_NAME_ZOOM)) {
      /** @type {[number, number][]} */
      const offsets = [[0, below], [0, -below], [side, 16], [side, -16], [side, 0], [-side, 0]];
      labels.push({ key: `f ${id}`, at, text: name, kind: 'facility', priority: 1500 + rank, offsets });
    }
  }
  return labels;
}

/** @param {any} parts @param {any[]} facilities @returns {Box[]} */
function badgeBoxes({ map, facilities: badges }, facilities) {
  const half = badges.scale() === 'near' ? 18 : 12;
  return facilities.filter(({ status }) => badges.isBadge(status)).map(({ at }) => box(map, at, [half, half], [0, 0]));
}

/**
 * @param {L.Map} map @param {L.LatLng} at
 * @param {[number, number]} half of its sides, pixels at the usual size @param {[number, number]} offset of its middle @returns {Box}
 */
function box(map, at, [halfWidth, halfHeight], [dx, dy]) {
  const { x, y } = map.latLngToContainerPoint(at).add(sized([dx, dy]));
  const [width, height] = sized([halfWidth, halfHeight]);
  return { left: x - width, right: x + width, top: y - height, bottom: y + height };
}
