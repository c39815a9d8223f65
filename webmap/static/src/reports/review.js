/** A review of a response, ordered for reading: what was missed first, measures by level, minutes in words. Pure. */

import { duration } from '../format.js';
import { isoFromMs, msFromIso } from '../state/clock.js';

/** @typedef {import('../reports').Review} Review */
/** @typedef {import('../reports').ReviewMeasure} ReviewMeasure */
/** @typedef {import('../reports').ReviewReport} ReviewReport */
/** @typedef {import('../types').Language} Language */

/** A time that may be below zero: the second came before the first. @param {number} minutes @param {Language} language @returns {{text: string, before: boolean}} */
export function minutesSaid(minutes, language) {
  return { text: duration(Math.abs(minutes) / 60, language), before: minutes <= -1 };
}

/**
 * Measures by the level whose checklist they are on, in the order given; what was done beyond a checklist at the end.
 * @param {ReviewMeasure[]} measures @returns {{level: string | null, done: number, rows: ReviewMeasure[]}[]}
 */
export function byLevel(measures) {
  const levels = [...new Set(measures.map(({ level }) => level))].sort((a, b) => Number(a === null) - Number(b === null));
  return levels.map((level) => {
    const rows = measures.filter((row) => row.level === level);
    return { level, done: rows.filter(({ state }) => state === 'done').length, rows };
  });
}

/** How reports stand: how many had a deadline that is over or met, how many of them were in time; a row may stand for several. @param {ReviewReport[]} reports */
export function reportsCounted(reports) {
  const judged = reports.filter(({ state, due_at: due }) => due !== null && ['in_time', 'late', 'missing'].includes(state));
  return { due: judged.reduce((sum, { count }) => sum + count, 0), inTime: judged.filter(({ state }) => state === 'in_time').length };
}

/**
 * When it happened as first said and as corrected, as short as tells them apart: 01-13 22:40; null where the time did not change.
 * @param {Pick<import('../reports').ReviewCorrection, 'happened_at' | 'happened_at_after'>} row @returns {{before: string, after: string} | null}
 */
export function correctedTimes({ happened_at: before, happened_at_after: after }) {
  if (after === null || msFromIso(before) === msFromIso(after)) return null;
  const [one, other] = [before, after].map((at) => isoFromMs(msFromIso(at)).slice(0, 19).replace('T', ' '));
  const short = one.slice(5, 16) !== other.slice(5, 16);
  return short ? { before: one.slice(5, 16), after: other.slice(5, 16) } : { before: one, after: other };
}

/** What was not sent in time, in the order given: late, and due without being seen in the log. @param {ReviewReport[]} reports */
export const missed = (reports) => reports.filter(({ state }) => state === 'late' || state === 'missing');

/** The longest delay, minutes; null where nothing was late. @param {ReviewReport[]} reports */
export function longestDelay(reports) {
  const delays = missed(reports).map(({ late_minutes: late }) => late ?? 0);
  const longest = Math.max(0, ...delays);
  return longest > 0 ? longest : null;
}

/** The sign beside a state, so that no colour is needed. @param {string} state */
export function signOf(state) {
  return { in_time: '✓', done: '✓', late: '▲', missing: '○', ended_undone: '○', open: '…', waiting: '…' }[state] ?? '—';
}

/** Kendall's tau in plain words: how many of all pairs stand in the same order. @param {number} tau @param {number} places @returns {{same: number, pairs: number} | null} null where ties make it unsayable */
export function pairsInOrder(tau, places) {
  const pairs = (places * (places - 1)) / 2;
  const same = ((tau + 1) / 2) * pairs;
  return pairs > 0 && Math.abs(same - Math.round(same)) < 1e-6 ? { same: Math.round(same), pairs } : null;
}
