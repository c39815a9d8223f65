/** Where a place of the data stands. */

/** @typedef {import('../types').Position} Position */

/**
 * @param {import('../data.js').LayerData} data @param {import('../types').PlaceRef} ref
 * @returns {[number, number] | null} latitude, longitude: a point's own, a line's middle vertex; null for areas
 */
export function placeOf(data, ref) {
  const geometry = data.find(ref)?.geometry;
  if (geometry?.type === 'Point') return [geometry.coordinates[1], geometry.coordinates[0]];
  if (geometry?.type !== 'LineString') return null;
  const path = /** @type {Position[]} */ (geometry.coordinates);
  if (path.length === 2) return [(path[0][1] + path[1][1]) / 2, (path[0][0] + path[1][0]) / 2];
  const [lng, lat] = path[Math.floor(path.length / 2)];
  return [lat, lng];
}
