/** Lines and nodes of all networks in typed arrays, with an index for the nearest. Knows no map library. */

import Flatbush from 'flatbush';

/** @typedef {import('../types').Feature} Feature */

/** Web Mercator on a square of this side, which is the world at zoom 0. */
const WORLD_SIDE = 256;

/** @param {number} lng degrees @returns {number} */
export function worldX(lng) {
  return ((lng + 180) / 360) * WORLD_SIDE;
}

/** @param {number} lat degrees @returns {number} */
export function worldY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD_SIDE;
}

/**
 * @typedef {object} Lines
 * @property {Feature[]} features
 * @property {Uint32Array} start first vertex of each line; one entry more than lines
 * @property {Float64Array} xy world coordinates, x and y in turn
 * @property {Float64Array} boxes least x, least y, greatest x, greatest y of each line
 * @property {Flatbush | null} index null when there are none
 */

/** @param {Feature[]} features with LineString geometry @returns {Lines} */
export function indexLines(features) {
  const start = new Uint32Array(features.length + 1);
  features.forEach((feature, line) => {
    start[line + 1] = start[line] + /** @type {any} */ (feature.geometry).coordinates.length;
  });
  const xy = new Float64Array(start[features.length] * 2);
  const boxes = new Float64Array(features.length * 4);
  const index = features.length ? new Flatbush(features.length) : null;
  features.forEach((feature, line) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    let at = start[line] * 2;
    for (const [lng, lat] of /** @type {any} */ (feature.geometry).coordinates) {
      const [x, y] = [worldX(lng), worldY(lat)];
      xy[at] = x;
      xy[at + 1] = y;
      at += 2;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    boxes.set(box, line * 4);
    index?.add(box[0], box[1], box[2], box[3]);
  });
  index?.finish();
  return { features, start, xy, boxes, index };
}

/**
 * @typedef {object} Nodes
 * @property {Feature[]} features
 * @property {Float64Array} xy
 * @property {Flatbush | null} index
 */

/** @param {Feature[]} features with Point geometry @returns {Nodes} */
export function indexNodes(features) {
  const xy = new Float64Array(features.length * 2);
  const index = features.length ? new Flatbush(features.length) : null;
  features.forEach((feature, node) => {
    const [lng, lat] = /** @type {any} */ (feature.geometry).coordinates;
    xy[node * 2] = worldX(lng);
    xy[node * 2 + 1] = worldY(lat);
    index?.add(xy[node * 2], xy[node * 2 + 1], xy[node * 2], xy[node * 2 + 1]);
  });
  index?.finish();
  return { features, xy, index };
}

/**
 * @param {Nodes} nodes @param {number} x @param {number} y @param {number} reach world units
 * @param {(feature: Feature) => boolean} wanted
 * @param {(feature: Feature) => number} weight a heavier node wins over a lighter one nearer by
 * @returns {Feature | null}
 */
export function nearestNode(nodes, x, y, reach, wanted, weight) {
  const near = nodes.index?.neighbors(x, y, 12, reach, (node) => wanted(nodes.features[node])) ?? [];
  let best = null;
  let score = Infinity;
  for (const node of near) {
    const gap = Math.hypot(nodes.xy[node * 2] - x, nodes.xy[node * 2 + 1] - y) / reach;
    const candidate = gap - weight(nodes.features[node]);
    if (candidate < score) [best, score] = [nodes.features[node], candidate];
  }
  return best;
}

/**
 * @param {Lines} lines @param {number} x @param {number} y @param {number} reach world units
 * @param {(feature: Feature) => boolean} wanted
 * @returns {Feature | null}
 */
export function nearestLine(lines, x, y, reach, wanted) {
  const near = lines.index?.search(x - reach, y - reach, x + reach, y + reach, (line) => wanted(lines.features[line]));
  let best = null;
  let distance = reach;
  for (const line of near ?? []) {
    const gap = distanceToLine(lines, line, x, y);
    if (gap < distance) [best, distance] = [lines.features[line], gap];
  }
  return best;
}

/** @param {Lines} lines @param {number} line @param {number} x @param {number} y */
function distanceToLine(lines, line, x, y) {
  const { xy, start } = lines;
  let best = Infinity;
  for (let vertex = start[line] + 1; vertex < start[line + 1]; vertex += 1) {
    const [ax, ay, bx, by] = [xy[vertex * 2 - 2], xy[vertex * 2 - 1], xy[vertex * 2], xy[vertex * 2 + 1]];
    const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = lengthSquared ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / lengthSquared : 0;
    const clamped = Math.min(Math.max(along, 0), 1);
    best = Math.min(best, Math.hypot(ax + (bx - ax) * clamped - x, ay + (by - ay) * clamped - y));
  }
  return best;
}
