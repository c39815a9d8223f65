/** What is under the pointer: the nearest facility, node, line or road that is drawn there, else the township. */

import { featureAt } from './polygons.js';
import { nearestLine, nearestNode, worldX, worldY } from './network_index.js';
import { lineVisible, nodeVisible } from './network_rating.js';
import { nodeWeight } from './network_style.js';

/** @typedef {import('../types').Feature} Feature */
/** @typedef {import('../types').PlaceKind} PlaceKind */
/** @typedef {{kind: PlaceKind, id: string, feature: Feature}} Picked */

/** Reach in pixels. A finger needs more than a mouse. */
const POINT_REACH = matchMedia('(pointer: coarse)').matches ? 24 : 14;
/** Below this zoom roads lie everywhere, and a click means the township. */
const ROAD_ZOOM = 13;
const LINE_REACH = matchMedia('(pointer: coarse)').matches ? 16 : 8;

/**
 * @param {object} sources
 * @param {import('./network_layer.js').NetworkPicture} sources.picture
 * @param {{feature: Feature, at: {lng: number, lat: number}}[]} sources.facilities
 * @param {Feature[]} sources.townships
 * @param {import('./network_index.js').Lines | null} sources.roads null while none are looked for
 * @param {{lng: number, lat: number}} at
 * @param {number} zoom
 * @param {boolean} stationsFirst whether a station hides the facility that stands at the same place, as when a fault is
 *   looked for, instead of the other way round
 * @returns {Picked | null}
 */
export function pick({ picture, facilities, townships, roads }, at, zoom, stationsFirst) {
  const scale = 2 ** zoom;
  const [x, y] = [worldX(at.lng), worldY(at.lat)];
  const shown = (/** @type {Feature} */ { properties }) =>
    nodeVisible(picture, properties, zoom);
  if (stationsFirst && picture.nodes) {
    const station = nearestNode(picture.nodes, x, y, POINT_REACH / scale,
      (feature) => shown(feature) && nodeWeight(feature.properties.kind) >= 0.5,
      ({ properties }) => nodeWeight(properties.kind));
    if (station) return { kind: 'node', id: station.properties.id, feature: station };
  }
  const facility = nearestFacility(facilities, x, y, POINT_REACH / scale);
  if (facility) return { kind: 'facility', id: facility.properties.id, feature: facility };
  const node = picture.nodes && nearestNode(picture.nodes, x, y, POINT_REACH / scale,
    shown, ({ properties }) => nodeWeight(properties.kind));
  if (node) return { kind: 'node', id: node.properties.id, feature: node };
  const line = picture.lines && nearestLine(picture.lines, x, y, LINE_REACH / scale,
    ({ properties }) => lineVisible(picture, properties, zoom));
  if (line) return { kind: 'line', id: line.properties.id, feature: line };
  const road = roads && zoom >= ROAD_ZOOM && nearestLine(roads, x, y, LINE_REACH / scale, () => true);
  if (road) return { kind: 'road', id: road.properties.id, feature: road };
  return pickTownship(townships, at);
}

/** @param {Feature[]} townships @param {{lng: number, lat: number}} at @returns {Picked | null} */
export function pickTownship(townships, at) {
  const township = featureAt(townships, at.lng, at.lat);
  return township && { kind: 'township', id: township.properties.code, feature: township };
}

/** @param {{feature: Feature, at: {lng: number, lat: number}}[]} facilities @param {number} x @param {number} y @param {number} reach */
function nearestFacility(facilities, x, y, reach) {
  let best = null;
  let distance = reach;
  for (const { feature, at } of facilities) {
    const gap = Math.hypot(worldX(at.lng) - x, worldY(at.lat) - y);
    if (gap < distance) [best, distance] = [feature, gap];
  }
  return best;
}
