/** Two moments of a film beside each other: figure by figure, and the places that stand otherwise. Pure. */

import { Screen, toldAt } from './reel.js';

/** @typedef {import('./reel.js').Reel} Reel */
/** @typedef {{key: string, a: number | string | null, b: number | string | null, change: number | null}} CompareRow */

/**
 * @param {Reel} one @param {number} oneS @param {Reel} other @param {number} otherS
 * @returns {{rows: CompareRow[], places: {name: string, a: import('../film').FilmStand, b: import('../film').FilmStand}[]}} the
 *   level and the headline figures; the places of the plan's list whose state differs, the graver at the second moment first
 */
export function comparedAt(one, oneS, other, otherS) {
  const [a, b] = [new Screen(one), new Screen(other)];
  a.goTo(oneS);
  b.goTo(otherS);
  const levels = [toldAt(one.film, oneS).level, toldAt(other.film, otherS).level];
  /** @type {CompareRow[]} */
  const rows = [{ key: 'level', a: levels[0], b: levels[1], change: null }];
  const number = (/** @type {string} */ key, /** @type {number} */ before, /** @type {number} */ after) => rows.push({ key, a: before, b: after, change: after - before });
  number('townships', a.figures.townships, b.figures.townships);
  one.film.networks.forEach((network, place) => number(network, a.figures.customers[place], b.figures.customers[place]));
  number('failed', a.figures.failed, b.figures.failed);
  number('on_reserve', a.figures.on_reserve, b.figures.on_reserve);
  return { rows, places: placesOf(a, b) };
}

const GRAVITY = { supplied: 0, unknown: 1, on_reserve: 2, failed: 3 };

/** @param {Screen} a @param {Screen} b */
function placesOf(a, b) {
  const second = new Map(b.reel.film.facilities.map((facility, number) => [facility.id, number]));
  const first = new Map(a.reel.film.facilities.map((facility, number) => [facility.id, number]));
  /** @type {import('../film').FilmStand} */
  const calm = { state: 'supplied', failsS: null, reserveUnknown: false };
  const listed = new Map([...a.reel.film.facilities, ...b.reel.film.facilities].filter(({ tier }) => tier !== null).map((facility) => [facility.id, facility]));
  const standOf = (/** @type {Screen} */ screen, /** @type {number | undefined} */ number) => (number === undefined ? calm : screen.stand(number));
  return [...listed.values()]
    .map(({ id, name, tier }) => ({ name, tier: tier ?? 0, a: standOf(a, first.get(id)), b: standOf(b, second.get(id)) }))
    .filter((row) => row.a.state !== row.b.state)
    .sort((x, y) => GRAVITY[y.b.state] - GRAVITY[x.b.state] || x.tier - y.tier)
    .map(({ name, a: before, b: after }) => ({ name, a: before, b: after }));
}
