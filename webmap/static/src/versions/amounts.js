/** What versions of the data changed, in numbers. Pure. */

/** @typedef {import('../versions').DataVersion} DataVersion */
/** @typedef {import('../versions').VersionCounts} VersionCounts */
/** @typedef {import('../versions').VersionComparison} VersionComparison */

/** The layers that a version changed, those with most changes first; counts are null where nobody counted. @param {DataVersion} version @returns {{layer: string, counts: VersionCounts | null}[]} */
export function countsOf({ changes, layers }) {
  if (!changes) return (Array.isArray(layers) ? layers : []).map((layer) => ({ layer, counts: null }));
  const size = (/** @type {VersionCounts} */ counts) => counts.added + counts.changed + counts.removed;
  return Object.entries(changes).filter(([, counts]) => size(counts) > 0).sort(([, a], [, b]) => size(b) - size(a)).map(([layer, counts]) => ({ layer, counts }));
}

/** @param {VersionCounts[]} counts @returns {VersionCounts} */
export function totals(counts) {
  return counts.reduce((sum, one) => ({ added: sum.added + one.added, changed: sum.changed + one.changed, removed: sum.removed + one.removed }), { added: 0, changed: 0, removed: 0 });
}

/** The layers that differ. @param {VersionComparison} comparison */
export function comparedRows({ layers }) {
  return Object.entries(layers).map(([layer, counts]) => ({ layer, ...counts })).filter(({ added, changed, removed }) => added + changed + removed > 0);
}

/** The way back: what was added goes, what was removed comes again. @param {VersionComparison} comparison @returns {VersionComparison} */
export function reversed({ from, to, layers }) {
  return { from: to, to: from, layers: Object.fromEntries(Object.entries(layers).map(([layer, { added, changed, removed }]) => [layer, { added: removed, changed, removed: added }])) };
}
