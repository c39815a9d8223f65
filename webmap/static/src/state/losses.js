/** Losses of plans beside each other, and the spells of places that stay without supply. Pure. */

/** @typedef {import('../response').LossLevel} LossLevel */
/** @typedef {import('../response').Uncovered} Uncovered */

/**
 * Levels of which a plan loses more than another, in the order of the levels.
 * @param {LossLevel[]} before @param {LossLevel[]} after
 * @returns {{title: string, unit: LossLevel['unit'], more: number}[]}
 */
export function worseLevels(before, after) {
  const known = new Map(before.map(({ key, value }) => [key, value]));
  return after
    .map(({ key, title, unit, value }) => ({ title, unit, more: value - (known.get(key) ?? value) }))
    .filter(({ more }) => more > 1e-9);
}

/**
 * Spells without supply by place, places in the order of their first, the spells of a place in time.
 * @param {Uncovered[]} rows one for each spell of each place
 * @returns {Uncovered[][]}
 */
export function spellsByPlace(rows) {
  /** @type {Map<string, Uncovered[]>} */
  const places = new Map();
  for (const row of rows) places.set(row.facility, [...(places.get(row.facility) ?? []), row]);
  return [...places.values()].map((spells) => spells.sort((a, b) => Date.parse(a.fails_at) - Date.parse(b.fails_at)));
}
