/** Taking back what was written into a log: corrections that withdraw, as nothing is deleted. Pure. */

/** @typedef {import('../log').LogEntry} LogEntry */
/** @typedef {import('../log').NewFact} NewFact */

/**
 * The corrections that undo entries, the last one first. A correction is undone by another one, which reads the entry
 * as it was read before.
 * @param {LogEntry[]} entries the log
 * @param {number[]} numbers of what is undone
 * @param {string} happenedAt @param {string} reason
 * @returns {NewFact[]} nothing for entries that are not known, or name a place that the viewer may not know of
 */
export function undoing(entries, numbers, happenedAt, reason) {
  /** @type {NewFact[]} */
  const facts = [];
  for (const number of [...numbers].sort((a, b) => b - a)) {
    const entry = entries.find((one) => one.number === number);
    if (!entry?.fact) continue;
    const corrects = entry.corrects ?? number;
    const replacement = entry.corrects === null ? null : factBefore(entries, entry.corrects, number);
    facts.push({ kind: 'correction', happened_at: happenedAt, corrects, replacement, reason, ...officeOf(entries, corrects) });
  }
  return facts;
}

/** How an entry was read before its correction `number`. @param {LogEntry[]} entries @param {number} corrects @param {number} number @returns {NewFact | null} */
function factBefore(entries, corrects, number) {
  const earlier = entries.filter((entry) => entry.corrects === corrects && entry.number < number);
  const last = earlier[earlier.length - 1];
  if (last) return /** @type {NewFact | null} */ (last.fact?.replacement ?? null);
  return entries.find((entry) => entry.number === corrects)?.fact ?? null;
}

/** A decision is corrected by the office that took it. @param {LogEntry[]} entries @param {number} number */
function officeOf(entries, number) {
  const office = entries.find((entry) => entry.number === number)?.fact?.office;
  return typeof office === 'string' ? { office } : {};
}
