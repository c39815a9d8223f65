/** What the page keeps of the film, and how a link says it. Pure. */

import { isIsoTime } from '../state/clock.js';
import { addHours, hoursBetween } from '../state/clock.js';

/** @typedef {import('../film').FilmState} FilmState */
/** @typedef {import('../film').FilmMode} FilmMode */
/** @typedef {import('../film').FilmPoint} FilmPoint */

/** @type {FilmState} */
export const NO_FILM = {
  open: false, mode: 'known', s: 0, playing: false, moving: false, pace: 60, skips: true, begin: null, told: null, failure: null, marked: null, compared: null, wanted: null,
};

/** @type {FilmMode[]} */
export const MODES = ['known', 'believed'];
const SHORT = { known: 'k', believed: 'b' };

/** @param {string} begin @param {number} s seconds after it */
export const isoAt = (begin, s) => addHours(begin, Math.round(s) / 3600);

/** @param {string} begin @param {string} iso */
export const secondsAt = (begin, iso) => Math.round(hoursBetween(begin, iso) * 3600);

/** @param {FilmState} film @returns {string | null} what stands in a link: the moment and the mode, or two of them; null while it is closed */
export function encodeFilm({ open, begin, mode, s, compared, wanted }) {
  if (!open) return null;
  if (begin === null) return wanted?.at ? `${wanted.at}~${SHORT[wanted.mode]}` : '1';
  const said = (/** @type {FilmPoint} */ point) => `${isoAt(begin, point.s)}~${SHORT[point.mode]}`;
  if (!compared) return said({ s, mode });
  return `${said(compared.a)}~${said(compared.b)}~${compared.split.toFixed(2)}`;
}

/** @param {string} text @returns {{at: string, mode: FilmMode} | null} */
function pointOf(text) {
  const [at, short, ...rest] = text.split('~');
  const mode = MODES.find((key) => SHORT[key] === short);
  return isIsoTime(at) && mode && !rest.length ? { at, mode } : null;
}

/**
 * @param {string} text of a link @returns {FilmState['wanted']} null where it cannot be read. The moments of a comparison are
 *   milliseconds since the epoch until the film is there.
 */
export function decodeFilm(text) {
  if (text === '1') return { at: null, mode: 'known', compared: null };
  const parts = text.split('~');
  const [a, b] = [pointOf(parts.slice(0, 2).join('~')), pointOf(parts.slice(2, 4).join('~'))];
  if (!a) return null;
  if (parts.length === 2) return { ...a, compared: null };
  const split = Number(parts[4]);
  if (!b || parts.length !== 5 || !(split >= 0 && split <= 1)) return null;
  const point = (/** @type {{at: string, mode: FilmMode}} */ { at, mode }) => ({ s: Date.parse(at), mode });
  return { ...a, compared: { a: point(a), b: point(b), split } };
}
