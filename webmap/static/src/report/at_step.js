/** What a report says of a step of its clock. Pure. */

/** @typedef {import('./report').ReportData} ReportData */

/** Measures of the shading: people, or a network by its number. @typedef {'people' | number} Shading */

/**
 * The share of a township's people or customers that is out.
 * @param {ReportData} data @param {Shading} shading @param {number} step @param {number} place
 * @returns {number | null} fraction of 1; null where it is not known
 */
export function shareAt(data, shading, step, place) {
  const township = data.townships[place];
  if (shading === 'people') return shareOf(data.people[step][place], township.population);
  const out = data.out[shading][step][place];
  const unknown = township.unknown[shading];
  if (!out && unknown && step >= unknown[0] && step < unknown[1]) return null;
  return shareOf(out, township.customers[shading]);
}

/** @param {number} out @param {number | null} total */
function shareOf(out, total) {
  if (!out) return 0;
  return total ? Math.min(out / total, 1) : null;
}

/**
 * A facility's state at a step.
 * @param {import('./report').ReportFacility} facility @param {number} step
 */
export function stateAt(facility, step) {
  let found = facility.states[0][1];
  for (const [from, state] of facility.states) {
    if (from <= step) found = state;
  }
  return found;
}

/** Whether something that lasted was there at a step. @param {import('./report').ReportSpell} spell @param {number} step */
export function isThere(spell, step) {
  return spell.from <= step && (spell.to === null || step < spell.to);
}

/**
 * Rows in another order: figures by size, texts as people of the language sort them, what is unknown last.
 * @param {(string | number | null)[][]} rows @param {number} column @param {boolean} falling @param {string} language
 */
export function sorted(rows, column, falling, language) {
  const compare = new Intl.Collator(language === 'zh' ? 'zh-Hans-CN' : 'en', { numeric: true });
  return [...rows].sort((first, second) => {
    const [a, b] = [first[column], second[column]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : compare.compare(String(a), String(b));
    return falling ? -order : order;
  });
}
