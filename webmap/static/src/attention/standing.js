/** Notices as they stand now: what becomes urgent as time goes on, what is counted, in which order. Pure. */

import { msFromIso } from '../state/clock.js';

/** @typedef {import('../attention').Notice} Notice */
/** @typedef {import('../attention').Standing} Standing */
/** @typedef {import('../attention').Urgency} Urgency */

/** So long before it is due a notice is to be done: as the server counts. */
const SOON_MS = 30 * 60_000;
/** @type {Urgency[]} */
const ORDER = ['now', 'soon', 'info'];

/** A drill's own clock stands between its entries. @param {Notice} notice @param {number} nowMs the server's present @returns {Standing} */
export function standingOf(notice, nowMs) {
  if (notice.due_at === null) return { notice, urgency: notice.urgency, leftMs: null };
  const leftMs = msFromIso(notice.due_at) - (notice.drill ? msFromIso(notice.at) : nowMs);
  const byTime = leftMs <= 0 ? 'now' : leftMs <= SOON_MS ? 'soon' : 'info';
  // What is to be done at once has a last moment as well.
  return { notice, urgency: ORDER[Math.min(ORDER.indexOf(byTime), ORDER.indexOf(notice.urgency))], leftMs };
}

/** @param {Notice[]} notices @param {number} nowMs @returns {Standing[]} real incidents before drills, the most urgent first */
export function standingNow(notices, nowMs) {
  const place = (/** @type {Standing} */ { notice, urgency, leftMs }) => [Number(notice.drill), ORDER.indexOf(urgency), leftMs ?? Infinity];
  return notices.map((notice) => standingOf(notice, nowMs)).sort((a, b) => {
    const [one, other] = [place(a), place(b)];
    const index = one.findIndex((part, at) => part !== other[at]);
    return index < 0 ? 0 : one[index] < other[index] ? -1 : 1;
  });
}

/**
 * What is to be done: of real incidents, and of the drill that is open.
 * @param {Standing[]} standing @param {string | null} open the incident that is open
 * @returns {{count: number, now: boolean}} `now` where something waits or is over
 */
export function toDo(standing, open) {
  const counted = standing.filter(({ notice, urgency }) => urgency !== 'info' && (!notice.drill || notice.incident === open));
  return { count: counted.length, now: counted.some(({ urgency }) => urgency === 'now') };
}

/** The window's title with what is to be done before it. @param {string} title @param {number} count */
export function titleWith(title, count) {
  const plain = title.replace(/^\(\d+\) /, '');
  return count > 0 ? `(${count}) ${plain}` : plain;
}
