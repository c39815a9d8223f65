/** What an import does, in numbers. Pure. */

/** @typedef {import('../imports').ImportReport} ImportReport */
/** @typedef {import('../imports').Issue} Issue */
/** @typedef {import('../imports').Severity} Severity */

/** @type {Severity[]} */
export const SEVERITIES = ['error', 'warning', 'note'];

/** Layers that the import writes, those of the file first. @param {ImportReport} report @returns {{layer: string, added: number, changed: number, same: number, removed: number, written: number}[]} */
export function writtenLayers({ layer, layers }) {
  return Object.entries(layers)
    .map(([key, counts]) => ({ layer: key, ...counts, written: counts.added + counts.changed }))
    .filter((row) => row.layer === layer || row.written + row.removed > 0)
    .sort((a, b) => Number(b.layer === layer) - Number(a.layer === layer));
}

/** Whether there is anything to write. @param {ImportReport} report */
export const writesSomething = (report) => writtenLayers(report).some(({ written, removed }) => written + removed > 0);

/** Issues by severity, the worst first and the most frequent first among those. @param {Issue[]} issues */
export function issuesBySeverity(issues) {
  return SEVERITIES.map((severity) => ({ severity, issues: issues.filter((issue) => issue.severity === severity).sort((a, b) => b.count - a.count) }))
    .filter((group) => group.issues.length > 0);
}

/** What tells one issue of an import from another. @param {Issue} issue */
export const issueKey = ({ code, layer, column, severity }) => [code, severity, layer ?? '', column ?? ''].join('|');

/** Rows as a person says them: the first few, consecutive ones joined. @param {number[]} rows @param {number} most @returns {string[]} */
export function rowRanges(rows, most) {
  const ordered = [...new Set(rows)].sort((a, b) => a - b);
  /** @type {[number, number][]} */
  const ranges = [];
  for (const row of ordered) {
    const last = ranges[ranges.length - 1];
    if (last && row === last[1] + 1) last[1] = row;
    else ranges.push([row, row]);
  }
  const short = ranges.slice(0, most);
  return short.flatMap(([from, to]) => (to > from + 1 ? [`${from}–${to}`] : from === to ? [String(from)] : [String(from), String(to)]));
}

/** Topology changes in all. @param {ImportReport} report */
export const changeCount = ({ changes }) => Object.values(changes ?? {}).reduce((sum, count) => sum + count, 0);
