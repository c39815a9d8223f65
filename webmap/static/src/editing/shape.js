/** Corners of a line or an area, as they are dragged, added and taken away. Pure. */

/** @typedef {import('../types').Geometry} Geometry */
/** @typedef {import('../types').Position} Position */
/** Where a corner is: in which path of the geometry (a line has one, an area one for each ring), and its number. @typedef {{path: number, index: number}} Place */

const LEAST = { LineString: 2, Polygon: 3 };

/** The paths of a geometry; rings without the corner that closes them. @param {Geometry} geometry @returns {Position[][]} */
export function pathsOf(geometry) {
  switch (geometry.type) {
    case 'Point': return [[geometry.coordinates]];
    case 'LineString': return [geometry.coordinates];
    case 'Polygon': return geometry.coordinates.map((/** @type {Position[]} */ ring) => ring.slice(0, -1));
    case 'MultiPolygon': return geometry.coordinates.flat().map((/** @type {Position[]} */ ring) => ring.slice(0, -1));
    default: return [];
  }
}

/** A geometry with one of its paths put in place of another. @param {Geometry} geometry @param {number} path @param {Position[]} corners @returns {Geometry} */
function withPath(geometry, path, corners) {
  const closed = [...corners, corners[0]];
  switch (geometry.type) {
    case 'Point': return { type: 'Point', coordinates: corners[0] };
    case 'LineString': return { type: 'LineString', coordinates: corners };
    case 'Polygon': return { type: 'Polygon', coordinates: geometry.coordinates.map((/** @type {Position[]} */ ring, /** @type {number} */ number) => (number === path ? closed : ring)) };
    default: {
      let number = -1;
      const coordinates = geometry.coordinates.map((/** @type {Position[][]} */ polygon) => polygon.map((ring) => {
        number += 1;
        return number === path ? closed : ring;
      }));
      return { type: 'MultiPolygon', coordinates };
    }
  }
}

/** @param {Geometry} geometry @param {Place} place @param {Position} to @returns {Geometry} */
export function withCorner(geometry, { path, index }, to) {
  return withPath(geometry, path, pathsOf(geometry)[path].map((corner, number) => (number === index ? to : corner)));
}

/** A corner more, before the one at the place. @param {Geometry} geometry @param {Place} place @param {Position} at @returns {Geometry} */
export function withNewCorner(geometry, { path, index }, at) {
  const corners = pathsOf(geometry)[path];
  return withPath(geometry, path, [...corners.slice(0, index), at, ...corners.slice(index)]);
}

/** A corner less. @param {Geometry} geometry @param {Place} place @returns {Geometry | null} null where too few would be left */
export function withoutCorner(geometry, { path, index }) {
  const corners = pathsOf(geometry)[path];
  const least = geometry.type === 'LineString' ? LEAST.LineString : LEAST.Polygon;
  return corners.length <= least ? null : withPath(geometry, path, corners.filter((_, number) => number !== index));
}

/** The middles of its edges, each with the place where a new corner would stand. @param {Geometry} geometry @returns {{place: Place, at: Position}[]} */
export function middlesOf(geometry) {
  if (geometry.type === 'Point') return [];
  const closed = geometry.type !== 'LineString';
  return pathsOf(geometry).flatMap((corners, path) => corners.flatMap((from, index) => {
    const to = corners[index + 1] ?? (closed ? corners[0] : null);
    return to ? [{ place: { path, index: index + 1 }, at: /** @type {Position} */ ([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]) }] : [];
  }));
}

/** Whether a corner is an end of a line. @param {Geometry} geometry @param {Place} place @returns {'from' | 'to' | null} */
export function endAt(geometry, { index }) {
  if (geometry.type !== 'LineString') return null;
  if (index === 0) return 'from';
  return index === geometry.coordinates.length - 1 ? 'to' : null;
}

/** What was drawn as a geometry. @param {import('../editing').GeometryKind} kind @param {Position[]} corners @returns {Geometry | null} null while there are too few corners */
export function drawnShape(kind, corners) {
  if (kind === 'Point') return corners.length ? { type: 'Point', coordinates: corners[0] } : null;
  if (corners.length < LEAST[kind]) return null;
  return kind === 'LineString' ? { type: 'LineString', coordinates: corners } : { type: 'Polygon', coordinates: [[...corners, corners[0]]] };
}
