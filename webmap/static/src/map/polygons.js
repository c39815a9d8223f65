/** Which polygon a point lies in, and where in it a label stands. Plain coordinates, no map library. */

/** @typedef {import('../types').Feature} Feature */
/** @typedef {import('../types').Position} Position */

/** @param {Feature} feature @returns {Position[][][]} polygons of rings */
export function polygonsOfFeature(feature) {
  const { geometry } = feature;
  if (!geometry) return [];
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** @param {Position[]} ring @param {number} x @param {number} y */
function insideRing(ring, x, y) {
  let inside = false;
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
    const [ax, ay] = ring[index];
    const [bx, by] = ring[before];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** @param {Position[][]} polygon @param {number} x @param {number} y */
function insidePolygon(polygon, x, y) {
  return insideRing(polygon[0], x, y) && !polygon.slice(1).some((hole) => insideRing(hole, x, y));
}

/** @param {Feature[]} features @param {number} lng @param {number} lat @returns {Feature | null} */
export function featureAt(features, lng, lat) {
  return features.find((feature) => polygonsOfFeature(feature).some((rings) => insidePolygon(rings, lng, lat))) ?? null;
}

/**
 * The roomiest place for a label inside the part of a polygon that is in view: the middle of the widest crossing.
 * @param {Feature} feature @param {[number, number, number, number]} view west, south, east, north
 * @returns {Position | null} null when no part is in view
 */
export function labelPosition(feature, view) {
  const [west, south, east, north] = view;
  /** @type {{at: Position, width: number} | null} */
  let best = null;
  for (const rings of polygonsOfFeature(feature)) {
    const latitudes = rings[0].map(([, lat]) => lat);
    const low = Math.max(Math.min(...latitudes), south);
    const high = Math.min(Math.max(...latitudes), north);
    if (low >= high) continue;
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const lat = low + (high - low) * part;
      const crossing = widestCrossing(rings, lat, west, east);
      if (!crossing) continue;
      const width = (crossing[1] - crossing[0]) * (1 - Math.abs(part - 0.5) * 0.8);
      if (!best || width > best.width) best = { at: [(crossing[0] + crossing[1]) / 2, lat], width };
    }
  }
  return best?.at ?? null;
}

/** @param {Position[][]} rings @param {number} lat @param {number} west @param {number} east @returns {Position | null} */
function widestCrossing(rings, lat, west, east) {
  /** @type {number[]} */
  const cuts = [];
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index += 1) {
      const [ax, ay] = ring[index - 1];
      const [bx, by] = ring[index];
      if (ay > lat !== by > lat) cuts.push(ax + ((bx - ax) * (lat - ay)) / (by - ay));
    }
  }
  cuts.sort((a, b) => a - b);
  /** @type {Position | null} */
  let best = null;
  for (let index = 0; index + 1 < cuts.length; index += 2) {
    const from = Math.max(cuts[index], west);
    const to = Math.min(cuts[index + 1], east);
    if (to > from && (!best || to - from > best[1] - best[0])) best = [from, to];
  }
  return best;
}
