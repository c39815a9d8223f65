/** Drawn areas as polygons. Pure. Lengths are metres on the ground, good to 0.5 % within a county. */

import { union } from 'polyclip-ts';

/** @typedef {import('../types').DrawnArea} DrawnArea */
/** @typedef {import('../types').Position} Position */

/** Mean radius of the earth: a degree of latitude is 111 195 m. */
const METRES_PER_DEGREE = (6_371_008.8 * Math.PI) / 180;
const CIRCLE_POINTS = 64;
const CORRIDOR_CAP_POINTS = 32;

/** @param {Position} centre @param {number} radiusM @param {number} points @returns {Position[]} closed, counter-clockwise */
export function circleRing(centre, radiusM, points = CIRCLE_POINTS) {
  const [lng, lat] = centre;
  const perDegreeLng = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  /** @type {Position[]} */
  const ring = [];
  for (let index = 0; index < points; index += 1) {
    const angle = (index / points) * 2 * Math.PI;
    ring.push([
      lng + (radiusM * Math.cos(angle)) / perDegreeLng,
      lat + (radiusM * Math.sin(angle)) / METRES_PER_DEGREE,
    ]);
  }
  return [...ring, ring[0]];
}

/** The four corners of a line widened to both sides. @param {Position} from @param {Position} to @param {number} halfM */
function widenedSegment(from, to, halfM) {
  const perDegreeLng = METRES_PER_DEGREE * Math.cos((from[1] * Math.PI) / 180);
  const [dx, dy] = [(to[0] - from[0]) * perDegreeLng, (to[1] - from[1]) * METRES_PER_DEGREE];
  const length = Math.hypot(dx, dy);
  if (!length) return null;
  const [offLng, offLat] = [(-dy / length) * (halfM / perDegreeLng), (dx / length) * (halfM / METRES_PER_DEGREE)];
  /** @type {Position[]} */
  const ring = [
    [from[0] - offLng, from[1] - offLat],
    [to[0] - offLng, to[1] - offLat],
    [to[0] + offLng, to[1] + offLat],
    [from[0] + offLng, from[1] + offLat],
  ];
  return [...ring, ring[0]];
}

/** @param {Position[]} line @param {number} widthM the whole width, both sides together @returns {Position[][][]} */
export function corridorPolygons(line, widthM) {
  const half = widthM / 2;
  /** @type {Position[][][]} */
  const pieces = line.map((position) => [circleRing(position, half, CORRIDOR_CAP_POINTS)]);
  for (let index = 1; index < line.length; index += 1) {
    const ring = widenedSegment(line[index - 1], line[index], half);
    if (ring) pieces.push([ring]);
  }
  return joined(pieces);
}

/** @param {Position[][][]} pieces @returns {Position[][][]} */
function joined(pieces) {
  const [first, ...rest] = pieces;
  return /** @type {Position[][][]} */ (union(/** @type {any} */ (first), .../** @type {any} */ (rest)));
}

/** @param {DrawnArea} area @returns {Position[][][]} polygons, each a list of closed rings, the outer one first */
export function polygonsOf(area) {
  if (area.kind === 'circle') return [[circleRing(area.path[0], area.sizeM)]];
  if (area.kind === 'corridor') return corridorPolygons(area.path, area.sizeM);
  return [[[...area.path, area.path[0]]]];
}

/** @param {import('../types').Geometry | null} ground a polygon or several @returns {Position[][][]} */
export function groundPolygons(ground) {
  if (!ground) return [];
  return ground.type === 'MultiPolygon' ? ground.coordinates : [ground.coordinates];
}

/**
 * One geometry for all drawn areas; where they overlap the ground counts once. A single polygon is passed on as drawn,
 * so that the server can say what is wrong with it.
 * @param {DrawnArea[]} areas at least one, where there is no ground
 * @param {import('../types').Geometry | null} [ground] what a log already has
 * @returns {import('../types').Geometry}
 */
export function unionOf(areas, ground = null) {
  if (ground && !areas.length) return ground;
  const polygons = [...groundPolygons(ground), ...areas.flatMap(polygonsOf)];
  const whole = polygons.length === 1 ? polygons : joined(polygons);
  const rounded = whole.map((polygon) => polygon.map((ring) => ring.map(roundPosition)));
  return rounded.length === 1
    ? { type: 'Polygon', coordinates: rounded[0] }
    : { type: 'MultiPolygon', coordinates: rounded };
}

/** Six decimals are a tenth of a metre. @param {Position} position @returns {Position} */
function roundPosition([lng, lat]) {
  return [Math.round(lng * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];
}

/** Ground length of a path. @param {Position[]} path @returns {number} metres */
export function pathLengthM(path) {
  let total = 0;
  for (let index = 1; index < path.length; index += 1) {
    const [from, to] = [path[index - 1], path[index]];
    const mid = (((from[1] + to[1]) / 2) * Math.PI) / 180;
    total += Math.hypot((to[0] - from[0]) * Math.cos(mid), to[1] - from[1]) * METRES_PER_DEGREE;
  }
  return total;
}
