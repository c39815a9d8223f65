/** Own changes of the marks on top of what has meanwhile become known. Pure. */

/** @typedef {import('../types').IncidentMarks} IncidentMarks */

/** By what the entries of each list are told apart. @type {Record<string, (entry: any) => string>} */
const LISTS = {
  faults: ({ element }) => element,
  areas: JSON.stringify,
  townships: String,
  inoperable: String,
  repairs: ({ element }) => element,
  placements: ({ facility, commodity }) => `${facility} ${commodity}`,
  operations: ({ device, at }) => `${device} ${Date.parse(at)}`,
  closedRoads: String,
};

/**
 * What one has changed since `base`, made to `theirs`: added, changed and taken away alike. Crews and a plan of
 * restoration are always one's own, the incident's start and horizon never.
 * @param {IncidentMarks} base @param {IncidentMarks} mine @param {IncidentMarks} theirs @returns {IncidentMarks}
 */
export function rebased(base, mine, theirs) {
  const [was, own, is] = /** @type {Record<string, any>[]} */ ([base, mine, theirs]);
  const lists = Object.fromEntries(Object.entries(LISTS).map(([key, by]) => [key, list(was[key], own[key], is[key], by)]));
  return {
    ...theirs, ...lists,
    networks: same(base.networks, mine.networks) ? theirs.networks : mine.networks,
    figures: Object.fromEntries([...keys(mine.figures, theirs.figures)].map((plan) => [plan, record(base.figures[plan], mine.figures[plan], theirs.figures[plan])])),
    orders: record(base.orders, mine.orders, theirs.orders),
    planned: mine.planned, response: mine.response,
    logged: theirs.logged && { ...theirs.logged, ground: same(base.logged?.ground, mine.logged?.ground) ? theirs.logged.ground : mine.logged?.ground ?? null },
  };
}

/** @param {unknown} one @param {unknown} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** @param {object[]} records */
const keys = (...records) => new Set(records.flatMap((entries) => Object.keys(entries)));

/** @template T @param {T[]} base @param {T[]} mine @param {T[]} theirs @param {(entry: T) => string} by @returns {T[]} */
function list(base, mine, theirs, by) {
  const [was, own, is] = [base, mine, theirs].map((entries) => new Map(entries.map((entry) => [by(entry), entry])));
  const kept = theirs.filter((entry) => own.has(by(entry)) || !was.has(by(entry)))
    .map((entry) => {
      const changed = own.get(by(entry));
      return changed !== undefined && !same(changed, was.get(by(entry))) ? changed : entry;
    });
  return [...kept, ...mine.filter((entry) => !was.has(by(entry)) && !is.has(by(entry)))];
}

/** @template T @param {Record<string, T>} [base] @param {Record<string, T>} [mine] @param {Record<string, T>} [theirs] @returns {Record<string, T>} */
function record(base = {}, mine = {}, theirs = {}) {
  const entries = [...keys(mine, theirs)].map((key) => [key, same(base[key], mine[key]) ? theirs[key] : mine[key]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
