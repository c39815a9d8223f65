/** How long it is until something is due, or how long it is over: a clock that counts, and when it warns. Pure. */

import { msFromIso } from '../state/clock.js';

/** @typedef {import('../command').Countdown} Countdown */

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** It warns once this much of the interval is left; without an interval so long before. */
const NEAR_SHARE = 1 / 3;
const NEAR_MS = 15 * MINUTE_MS;

/**
 * @param {string | null} due when it is due; null where nothing says by when
 * @param {number | null | undefined} intervalMinutes the span at whose end it is due
 * @param {number} nowMs the server's present
 * @param {boolean} [atOnce] whether it is due at once, whatever is left until it is late: then it warns from the beginning
 * @returns {Countdown | null} null without a deadline
 */
export function countdown(due, intervalMinutes, nowMs, atOnce = false) {
  if (due === null) return null;
  const left = msFromIso(due) - nowMs;
  const interval = (intervalMinutes ?? 0) * MINUTE_MS;
  const near = atOnce || (interval ? left <= interval * NEAR_SHARE : left < NEAR_MS);
  const tone = left < 0 ? 'over' : near ? 'near' : 'quiet';
  return { tone, left_ms: left, share: interval ? Math.min(1, Math.max(0, left / interval)) : null, clock: clockOf(left) };
}

/** Hours, minutes and seconds; what is left is rounded up and what is over down, so that 00:00 is the very moment. @param {number} leftMs */
function clockOf(leftMs) {
  const seconds = leftMs > 0 ? Math.ceil(leftMs / SECOND_MS) : Math.floor(-leftMs / SECOND_MS);
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}
