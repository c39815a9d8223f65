/** A film in the hand: any moment of it at once, forwards and backwards. Pure. */

/** @typedef {import('../film').FilmDocument} FilmDocument */
/** @typedef {import('../film').FilmStand} FilmStand */
/** @typedef {import('../film').FilmChanges} FilmChanges */
/** @typedef {import('../types').TownshipStatus} TownshipStatus */

/** @type {import('../types').FacilityState[]} */
export const STATES = ['supplied', 'on_reserve', 'failed', 'unknown'];
/** @type {FilmStand} */
const CALM = { state: 'supplied', failsS: null, reserveUnknown: false };
/** @type {import('../film').FilmFigures} */
const NO_FIGURES = { townships: 0, inside: 0, failed: 0, on_reserve: 0, unknown: 0, customers: [0, 0, 0, 0], customers_unknown: [0, 0, 0, 0] };

/** The last of sorted times that is not after `s`; -1 before all. @param {{s: number}[]} rows @param {number} s */
export function lastAt(rows, s) {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].s <= s) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Numbers that are told as distances. @param {number[]} distances */
export function unpacked(distances) {
  let number = 0;
  return distances.map((distance) => (number += distance));
}

/**
 * What was said of each thing, and when: for the state that holds after any moment.
 * @template T
 */
class Histories {
  /** @param {number} size */
  constructor(size) {
    /** @type {{s: number, value: T}[][]} */
    this.rows = Array.from({ length: size }, () => []);
  }

  /** @param {number} thing @param {number} index of the moment @param {T} value */
  add(thing, index, value) {
    this.rows[thing].push({ s: index, value });
  }

  /** @param {number} thing @param {number} index @returns {T | null} null where nothing was said yet */
  at(thing, index) {
    const rows = this.rows[thing];
    return rows[lastAt(rows, index)]?.value ?? null;
  }
}

/** @param {FilmDocument} film */
export function createReel(film) {
  const networks = film.networks.length;
  /** @type {Histories<FilmStand>} */
  const stands = new Histories(film.facilities.length);
  /** @type {Histories<[number, number, number]>} */
  const cells = new Histories(film.townships.length * networks);
  /** @type {Histories<import('../film').FilmFigures>} */
  const figures = new Histories(1);
  /** @type {Histories<number[]>} */
  const rankings = new Histories(1);
  const turns = film.moments.map((moment, index) => {
    for (const [number, state, failsS, reserveUnknown] of moment.facilities) stands.add(number, index, { state: STATES[state], failsS, reserveUnknown });
    for (const [township, network, ...cell] of moment.townships) cells.add(township * networks + network, index, cell);
    if (moment.figures) figures.add(0, index, moment.figures);
    if (moment.ranking) rankings.add(0, index, moment.ranking);
    return { nodes: unpacked(moment.nodes), lines: unpacked(moment.lines) };
  });
  return { film, turns, stands, cells, figures, rankings, networks };
}

/** @typedef {ReturnType<typeof createReel>} Reel */

/** What a reel shows: it goes from one moment to another by what lies between them. */
export class Screen {
  /** @param {Reel} reel */
  constructor(reel) {
    this.reel = reel;
    this.index = -1;
    /** @type {Set<string>} */
    this.deadNodes = new Set();
    /** @type {Set<string>} */
    this.deadLines = new Set();
  }

  /** @param {number} s seconds after the begin @returns {FilmChanges} what is other than before */
  goTo(s) {
    const target = lastAt(this.reel.film.moments, s);
    /** @type {FilmChanges} */
    const changes = { network: false, facilities: new Set(), townships: false, figures: false, ranking: false };
    for (let index = Math.min(this.index, target) + 1; index <= Math.max(this.index, target); index += 1) this.#turn(index, changes);
    this.index = target;
    return changes;
  }

  /** Forwards and backwards it is the same turn. @param {number} index @param {FilmChanges} changes */
  #turn(index, changes) {
    const { film, turns } = this.reel;
    turnAll(this.deadNodes, turns[index].nodes, film.nodes);
    turnAll(this.deadLines, turns[index].lines, film.lines);
    const moment = film.moments[index];
    changes.network ||= moment.nodes.length + moment.lines.length > 0;
    for (const [number] of moment.facilities) changes.facilities.add(number);
    changes.townships ||= moment.townships.length > 0;
    changes.figures ||= moment.figures !== null;
    changes.ranking ||= moment.ranking !== null;
  }

  /** @param {number} number of a facility @returns {FilmStand} */
  stand(number) {
    return this.reel.stands.at(number, this.index) ?? CALM;
  }

  get figures() {
    return this.reel.figures.at(0, this.index) ?? NO_FIGURES;
  }

  /** Numbers of the first facilities of the plan's list to protect. @returns {number[]} */
  get ranking() {
    return this.reel.rankings.at(0, this.index) ?? [];
  }

  /** @returns {TownshipStatus[]} */
  townships() {
    const { film, cells, networks } = this.reel;
    return film.townships.filter(({ code }) => code !== null).map((township, number) => {
      /** @type {TownshipStatus['commodities']} */
      const commodities = {};
      let people = 0;
      film.networks.forEach((network, place) => {
        const [out, unknown, population] = cells.at(number * networks + place, this.index) ?? [0, 0, 0];
        people = Math.max(people, population);
        const [whole, wholeUnknown] = [township.customers[place], township.customers_unknown[place]];
        commodities[network] = { customers_out: out, customers_unknown: unknown, customers: whole, share: knownShare(out, whole, unknown, wholeUnknown), population, vulnerable_people: 0 };
      });
      return { code: /** @type {string} */ (township.code), name: township.name, county_code: township.county_code ?? '', commodities, population_affected: people, facilities_failed: 0, facilities_on_reserve: 0 };
    });
  }
}

/** @param {Set<string>} set @param {number[]} numbers @param {string[]} ids */
function turnAll(set, numbers, ids) {
  for (const number of numbers) if (!set.delete(ids[number])) set.add(ids[number]);
}

/**
 * A share as the server counts it: not known where figures that nobody has could change it.
 * @param {number} part @param {number} whole @param {number} partUnknown @param {number} wholeUnknown
 */
export function knownShare(part, whole, partUnknown, wholeUnknown) {
  if (partUnknown || (part && wholeUnknown)) return null;
  if (!whole) return wholeUnknown ? 0 : null;
  return part / whole;
}

/** Hours until a facility fails, 0 once it has; null where no failure is foreseen. @param {FilmStand} stand @param {number} s */
export const hoursLeft = ({ failsS }, s) => (failsS === null ? null : Math.max(0, failsS - s) / 3600);

/** What the log says at a moment. @param {FilmDocument} film @param {number} s */
export function toldAt(film, s) {
  const row = film.course[lastAt(film.course, s)] ?? null;
  return { level: row?.level ?? null, phase: row?.phase ?? 'reported', known: row?.known ?? 0, report: row?.next_report ?? null, entry: film.entries[lastAt(film.entries, s)] ?? null };
}

/** The moments at which something is told or changes, in order, each once. @param {FilmDocument} film */
export function stopsOf(film) {
  const found = new Set([...film.moments, ...film.entries].map(({ s }) => s).filter((s) => s >= 0 && s <= film.length_s));
  return [...new Set([0, ...found, film.length_s])].sort((a, b) => a - b);
}

/** The stop before or after a moment; the ends where there is none. @param {number[]} stops @param {number} s @param {1 | -1} direction */
export function nextStop(stops, s, direction) {
  if (direction > 0) return stops.find((stop) => stop > s + 0.5) ?? stops[stops.length - 1] ?? 0;
  return stops.findLast((stop) => stop < s - 0.5) ?? 0;
}
