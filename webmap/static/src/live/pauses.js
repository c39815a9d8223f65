/** How long to wait before a stream is asked for again. Pure. */

const FIRST_MS = 1_000;
const LONGEST_MS = 20_000;
/** What a server may ask for at the most; one that wants more is asked again before. */
const LONGEST_ASKED_MS = 300_000;

/**
 * Twice as long each time, from 1 s to 20 s, and each page a little differently, so that not all come back at once.
 * @param {number} failures in a row before this pause, from 0
 * @param {() => number} random from 0 to 1
 * @returns {number} milliseconds
 */
export function pauseMs(failures, random) {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return Math.max(FIRST_MS, longest * (0.5 + random() / 2));
}

/**
 * The pause that the server asked for, never shorter, and up to a fifth longer, so that not all come back at once.
 * @param {number | undefined} retryAfterS seconds of its answer; none where it said nothing that can be read
 * @param {number} usualMs where it asked for none
 * @param {() => number} random from 0 to 1
 * @returns {number} milliseconds
 */
export function askedPauseMs(retryAfterS, usualMs, random) {
  const askedMs = retryAfterS === undefined ? usualMs : Math.min(retryAfterS * 1000, LONGEST_ASKED_MS);
  return Math.max(FIRST_MS, askedMs) * (1 + random() / 5);
}

/**
 * @param {string | null} header Retry-After: seconds, or a date
 * @param {number} nowMs
 * @returns {number | undefined} seconds from now, 0 at the least; undefined for what cannot be read
 */
export function retryAfterS(header, nowMs) {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - nowMs) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
