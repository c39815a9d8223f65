/** What lies near a press. Distances are in degrees of latitude; a degree of longitude counts as what it is worth there. Pure. */

/** @typedef {import('../types').Feature} Feature */
/** @typedef {import('../types').Position} Position */

/** @param {Position} at @param {Position} other @param {number} scale of longitude @returns {number} */
const apart = (at, other, scale) => Math.hypot((at[0] - other[0]) * scale, at[1] - other[1]);

/** @param {number} lat */
const scaleAt = (lat) => Math.cos((lat * Math.PI) / 180);

/** @param {Position} at @param {Position} from @param {Position} to @param {number} scale @returns {number} */
function fromSegment(at, from, to, scale) {
  const [dx, dy] = [(to[0] - from[0]) * scale, to[1] - from[1]];
  const length2 = dx * dx + dy * dy;
  const share = length2 ? Math.min(1, Math.max(0, ((at[0] - from[0]) * scale * dx + (at[1] - from[1]) * dy) / length2)) : 0;
  return Math.hypot((at[0] - from[0]) * scale - share * dx, at[1] - from[1] - share * dy);
}

/** @param {Position} at @param {Position[]} path @param {number} scale @param {number} reach */
function fromPath(at, path, scale, reach) {
  let best = Infinity;
  for (let index = 1; index < path.length; index += 1) {
    const [a, b] = [path[index - 1], path[index]];
    // What lies wholly aside is not looked at closely: there may be very many of them.
    if (Math.min(a[1], b[1]) - at[1] > reach || at[1] - Math.max(a[1], b[1]) > reach) continue;
    best = Math.min(best, fromSegment(at, a, b, scale));
  }
  return best;
}

/** @param {Position} at @param {Position[]} ring */
function isInside([x, y], ring) {
  let inside = false;
  for (let index = 0, last = ring.length - 1; index < ring.length; last = index, index += 1) {
    const [[ax, ay], [bx, by]] = [ring[index], ring[last]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** How far a geometry lies from a place; 0 within an area, which yields to what is nearer than an area can be. @param {Position} at @param {import('../types').Geometry} geometry @param {number} scale @param {number} reach */
function fromGeometry(at, geometry, scale, reach) {
  switch (geometry.type) {
    case 'Point': return apart(at, geometry.coordinates, scale);
    case 'LineString': return fromPath(at, geometry.coordinates, scale, reach);
    case 'Polygon': case 'MultiPolygon': {
      /** @type {Position[][][]} */
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      return polygons.some(([shell, ...holes]) => isInside(at, shell) && !holes.some((hole) => isInside(at, hole))) ? 0
        : Math.min(...polygons.flat().map((ring) => fromPath(at, ring, scale, reach)));
    }
    default: return Infinity;
  }
}

/**
 * The nearest feature within reach; of those equally near, the first.
 * @param {Iterable<Feature>} features @param {Position} at @param {number} reach degrees of latitude
 * @param {(feature: Feature) => boolean} [takes]
 * @returns {Feature | null}
 */
export function nearestFeature(features, at, reach, takes = () => true) {
  const scale = scaleAt(at[1]);
  /** @type {Feature | null} */
  let found = null;
  let best = reach;
  for (const feature of features) {
    if (!feature.geometry || !takes(feature)) continue;
    const away = fromGeometry(at, feature.geometry, scale, best);
    if (away < best || (away === best && !found)) [found, best] = [feature, away];
  }
  return found;
}
