/** What stands on the film's bar: a tick for each entry, drawn together where they are dense, and the levels as bands. Pure. */

/** @typedef {import('../film').FilmDocument} FilmDocument */

/**
 * @param {FilmDocument} film @param {number} cells how many ticks have room side by side
 * @returns {{group: string, count: number, share: number}[]} groups in turn, each from the left; `share` of the bar's length
 */
export function ticksOf(film, cells) {
  /** @type {Map<string, {group: string, count: number, share: number}>} */
  const found = new Map();
  const length = Math.max(film.length_s, 1);
  for (const { s, group } of film.entries) {
    if (s < 0 || s > film.length_s) continue;
    const cell = Math.min(Math.floor((s / length) * cells), cells - 1);
    const key = `${group} ${cell}`;
    const tick = found.get(key);
    if (tick) tick.count += 1;
    else found.set(key, { group, count: 1, share: (cell + 0.5) / cells });
  }
  return [...found.values()];
}

/** @param {FilmDocument} film @returns {{level: string, from: number, to: number}[]} shares of the bar's length */
export function bandsOf(film) {
  const length = Math.max(film.length_s, 1);
  /** @type {{level: string, from: number, to: number}[]} */
  const bands = [];
  film.course.forEach(({ s, level }, index) => {
    if (level === null) return;
    const from = Math.max(s, 0) / length;
    const to = Math.min(film.course[index + 1]?.s ?? film.length_s, film.length_s) / length;
    const last = bands[bands.length - 1];
    if (last && last.level === level && last.to >= from) last.to = to;
    else if (to > from) bands.push({ level, from, to });
  });
  return bands;
}
