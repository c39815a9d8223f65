/** The report that is due next, in words: by when, and how long that is. Pure. */

import { countdown } from '../command/countdown.js';
import { duration, timeOn } from '../format.js';
import { isoFromMs, msFromIso } from '../state/clock.js';

/** @typedef {import('../reports').NextReport} NextReport */
/** @typedef {import('../reports').NextReportLine} NextReportLine */

const MINUTE_MS = 60_000;

/**
 * The present by which a deadline is counted: the server's clock; in a drill the moment looked at, but not before what its log tells.
 * @param {{drill: boolean, at: string, nowMs: number, lookedAt: string}} clock `at` is the last moment that the log tells of
 */
export function presentMs({ drill, at, nowMs, lookedAt }) {
  return drill ? Math.max(msFromIso(at), msFromIso(lookedAt)) : nowMs;
}

/** @param {NextReport} next @param {number} nowMs @param {import('../types').Language} language @returns {NextReportLine} */
export function nextReportLine({ kind, title, due_at: due, at_once: atOnce, interval_minutes: interval }, nowMs, language) {
  if (due === null) return { key: atOnce ? 'reports.next.at_once' : kind === 'final' ? 'reports.next.final' : 'reports.next.no_limit', values: { title }, tone: atOnce ? 'soon' : 'quiet' };
  const left = Math.floor((msFromIso(due) - nowMs) / MINUTE_MS) * MINUTE_MS;
  const late = Math.floor((nowMs - msFromIso(due)) / MINUTE_MS) * MINUTE_MS;
  const values = { title, at: timeOn(due, isoFromMs(nowMs), language), time: duration(Math.max(left, late) / 3_600_000, language) };
  if (late >= MINUTE_MS) return { key: 'reports.next.late', values, tone: 'late' };
  if (left < MINUTE_MS) return { key: 'reports.next.now', values, tone: 'soon' };
  const key = atOnce ? 'reports.next.at_once_by' : kind === 'follow_up' ? 'reports.next.follow_up' : 'reports.next.due';
  return { key, values, tone: atOnce || countdown(due, interval, nowMs)?.tone === 'near' ? 'soon' : 'quiet' };
}
