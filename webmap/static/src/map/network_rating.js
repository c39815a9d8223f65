/** How the vulnerability map draws: width of a line and ring of a node by the customers that its failure takes. */

import { lossStep } from '../state/vulnerability.js';
import { lineShown, nodeShown, nodeSize } from './network_style.js';

/** Least zoom at which each step is drawn, whatever the kind: the heaviest is always seen. */
const LINE_ZOOM = [14, 12.5, 11.5, 0, 0];
const RING_ZOOM = [15.5, 14.5, 13, 11.5, 0];
/** Nearer than this the breakers of a station can be told apart. */
const DEVICE_RING_ZOOM = 12.5;
const DEVICES = ['switch', 'valve'];
/** Pixels at zoom 12, the five steps. */
export const RATED_WIDTHS = [1.2, 2.2, 3.6, 5.6, 8.4];
const RING_WIDTHS = [1, 1.4, 2, 2.8, 3.8];
/** How far the rest of the map steps back. */
export const QUIET = 0.22;

/**
 * @typedef {object} Rating what the vulnerability map shows
 * @property {string} network
 * @property {Map<string, import('../types').RatedElement>} elements by id; an element without an entry takes nothing away
 */

/** @param {Rating | null} rating @param {Record<string, any>} properties of a line or node @returns {number} -1 to 4; -1 is not rated */
export function stepOf(rating, { network, id }) {
  if (!rating || network !== rating.network) return -1;
  const element = rating.elements.get(id);
  return element ? lossStep(element.customers) : -1;
}

/** @param {number} zoom @returns {number} factor on widths */
function growth(zoom) {
  return Math.min(Math.max(0.7 + (zoom - 11) * 0.12, 0.6), 1.35);
}

/** @param {number} step @param {number} zoom @returns {number} pixels */
export function ratedWidth(step, zoom) {
  return RATED_WIDTHS[step] * growth(zoom);
}

/**
 * Whether a line is on the canvas and so can be pointed at.
 * @param {import('./network_layer.js').NetworkPicture} picture @param {Record<string, any>} properties @param {number} zoom @param {boolean} dead
 */
export function lineVisible(picture, properties, zoom, dead = false) {
  const step = stepOf(picture.rating, properties);
  if (step >= 0 && zoom >= LINE_ZOOM[step]) return true;
  return (dead || picture.shownLines.has(properties.network)) && lineShown(properties.kind, zoom, dead);
}

/** @param {import('./network_layer.js').NetworkPicture} picture @param {Record<string, any>} properties @param {number} zoom */
export function nodeVisible(picture, properties, zoom) {
  return ringVisible(picture, properties, zoom) || (picture.shownNodes.has(properties.network) && nodeShown(properties.kind, zoom));
}

/**
 * Plain joints of lines carry no ring: the line through them says the same.
 * @param {import('./network_layer.js').NetworkPicture} picture @param {Record<string, any>} properties @param {number} zoom
 */
export function ringVisible(picture, properties, zoom) {
  const step = stepOf(picture.rating, properties);
  if (step < 0 || properties.kind === 'junction') return false;
  return zoom >= RING_ZOOM[step] && (zoom >= DEVICE_RING_ZOOM || !DEVICES.includes(properties.kind));
}

/** @param {string} kind @param {number} step @param {number} zoom @returns {{radius: number, width: number}} pixels */
export function ringSize(kind, step, zoom) {
  const width = RING_WIDTHS[step] * growth(zoom);
  return { radius: nodeSize(kind, zoom) + 2 + step * 1.5 + width / 2, width };
}
