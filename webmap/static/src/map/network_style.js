/** From which zoom each kind of line and node is drawn, and how. Colours and patterns come from the catalogue. */

/** Least zoom at which a kind can be told apart from its neighbours on the ground. */
const LINE_ZOOM = { transmission: 0, trunk: 0, busbar: 12, feeder: 11, branch: 12, service: 14 };
const NODE_ZOOM = {
  source: 8,
  substation: 9,
  pump: 12,
  regulator: 12,
  heat_exchange: 12.5,
  transformer: 14,
  switch: 14,
  valve: 14,
  consumer: 15,
  junction: 16,
};
/** Half the side or the radius of a node's symbol at zoom 14, pixels. */
const NODE_SIZE = {
  source: 7,
  substation: 6,
  pump: 4.5,
  regulator: 4.5,
  heat_exchange: 4.5,
  transformer: 3,
  switch: 3.2,
  valve: 3.2,
  consumer: 2,
  junction: 1.4,
};
/** How much a kind is preferred when several are under the cursor, in parts of the reach. */
const NODE_WEIGHT = { source: 0.8, substation: 0.8, pump: 0.5, regulator: 0.5, heat_exchange: 0.5, switch: 0.2, valve: 0.2 };
const LINE_WIDTH = { transmission: 1.7, trunk: 1.5, feeder: 0.9, branch: 0.9, busbar: 1.2, service: 0.6 };

/** @typedef {keyof typeof LINE_ZOOM} LineKind */
/** @typedef {keyof typeof NODE_ZOOM} NodeKind */

/** @param {string} kind @param {number} zoom @param {boolean} dead a dead line is shown a little earlier */
export function lineShown(kind, zoom, dead = false) {
  return zoom >= (LINE_ZOOM[/** @type {LineKind} */ (kind)] ?? 12) - (dead ? 1.5 : 0);
}

/** @param {string} kind @param {number} zoom */
export function nodeShown(kind, zoom) {
  return zoom >= (NODE_ZOOM[/** @type {NodeKind} */ (kind)] ?? 14);
}

/** @param {string} kind @param {number} zoom @returns {number} pixels */
export function nodeSize(kind, zoom) {
  const size = NODE_SIZE[/** @type {NodeKind} */ (kind)] ?? 2;
  return size * Math.min(Math.max(0.55 + (zoom - 11) * 0.16, 0.5), 1.8);
}

/** @param {string} kind @returns {number} */
export function nodeWeight(kind) {
  return NODE_WEIGHT[/** @type {keyof typeof NODE_WEIGHT} */ (kind)] ?? 0;
}

/** @param {string} kind @param {number} zoom @returns {number} factor on the symbol's own width */
export function lineWidth(kind, zoom) {
  const base = LINE_WIDTH[/** @type {LineKind} */ (kind)] ?? 1;
  return base * Math.min(Math.max(0.6 + (zoom - 11) * 0.14, 0.55), 1.6);
}

/** @param {string} pattern of a catalogue symbol @param {number} width pixels @returns {number[]} dashes, pixels */
export function dashes(pattern, width) {
  if (pattern === 'dash-dot') return [7 * width ** 0.5, 3, 1.5, 3];
  if (pattern === 'dotted') return [1, 3.5];
  return [];
}
