/** Entries of an incident's log as they are read: by day, filtered, with the place that each speaks of. Pure. */

import { isoFromMs, msFromIso } from './clock.js';

/** @typedef {import('../log').LogEntry} LogEntry */
/** @typedef {import('../log').EntryGroup} EntryGroup */
/** @typedef {import('../log').NewFact} NewFact */
/** No group chosen shows all; likewise an empty author and no words. @typedef {{groups: EntryGroup[], author: string, words: string}} LogFilter */

/** @type {EntryGroup[]} */
export const GROUPS = ['damage', 'figure', 'action', 'decision', 'warning', 'report', 'other'];
/** @type {LogFilter} */
export const NO_FILTER = { groups: [], author: '', words: '' };

/** What a fact says of a place. A correction speaks of the place of what it puts in place. @param {NewFact | null} fact @returns {string | null} */
export function placeIdOf(fact) {
  if (!fact) return null;
  if (fact.kind === 'correction') return placeIdOf(/** @type {NewFact | null} */ (fact.replacement ?? null));
  const [township] = Array.isArray(fact.townships) ? fact.townships : [];
  const id = fact.element ?? fact.device ?? fact.facility ?? fact.road ?? township;
  return typeof id === 'string' && !/^area(\/|$)/.test(id) ? id : null;
}

/** When it happened as that counts now: a correction may have moved it. @param {LogEntry} entry */
export const countingTime = (entry) => entry.counts?.happened_at ?? entry.happened_at;

/** @param {Pick<LogEntry, 'said' | 'clause'>} entry what it says without the clause, which stands beside it as a link */
export function saidWithoutClause({ said, clause }) {
  if (!clause) return said;
  for (const ending of [`（${clause}）`, ` (${clause})`, `(${clause})`]) {
    if (said.endsWith(ending)) return said.slice(0, -ending.length);
  }
  return said;
}

/** @param {LogFilter} filter */
export function isFiltering({ groups, author, words }) {
  return groups.length > 0 || author !== '' || words.trim() !== '';
}

/** @param {LogEntry} entry @param {LogFilter} filter words are looked for in what is said, the author and the number */
export function passes(entry, { groups, author, words }) {
  if (groups.length && !groups.includes(entry.group)) return false;
  if (author && entry.author !== author) return false;
  const text = `${entry.counts?.said ?? ''} ${entry.said} ${entry.author} #${entry.number}`.toLowerCase();
  return words.trim().toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** The newest first: by when it happened, then by number. @param {LogEntry[]} entries */
export function newestFirst(entries) {
  return [...entries].sort((a, b) => msFromIso(countingTime(b)) - msFromIso(countingTime(a)) || b.number - a.number);
}

/** @param {LogEntry[]} sorted @returns {{day: string, entries: LogEntry[]}[]} each with any time of its day */
export function byDay(sorted) {
  /** @type {{day: string, entries: LogEntry[]}[]} */
  const days = [];
  for (const entry of sorted) {
    const last = days.at(-1);
    if (last && dateOf(last.day) === dateOf(countingTime(entry))) last.entries.push(entry);
    else days.push({ day: countingTime(entry), entries: [entry] });
  }
  return days;
}

/** @param {string} iso @returns {string} the date in the district, 2026-01-12 */
export function dateOf(iso) {
  return isoFromMs(msFromIso(iso)).slice(0, 10);
}

/** @param {LogEntry[]} entries @returns {Record<string, number>} how many of each group that has any */
export function countByGroup(entries) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { group } of entries) counts[group] = (counts[group] ?? 0) + 1;
  return counts;
}

/** @param {LogEntry[]} entries @returns {string[]} who wrote any, in the order of their first */
export function authorsOf(entries) {
  return [...new Set(entries.map(({ author }) => author))];
}
