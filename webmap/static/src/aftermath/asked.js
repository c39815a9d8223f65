/** Which incident, which moment and which entries the panel asks about, and the addresses that ask for it. Pure. */

import { addHours } from '../state/clock.js';
import { presentOf } from '../state/logged_marks.js';

/** @typedef {import('../aftermath').Asked} Asked */
/** @typedef {import('../types').PageState} PageState */

/** A moment so near to the present is the present, hours. */
const NOW_H = 1e-3;

/**
 * What is looked at of the open incident. Looking back, the entry and the moment of it; a moment that was chosen by hand on
 * the time bar counts while it is past: nothing is known yet of what comes.
 * @param {Pick<PageState, 'log' | 'marks' | 'hours'>} state @returns {Asked | null} null while no incident of the log is open
 */
export function askedOf({ log, marks, hours }) {
  const { id, view, known, following, now } = log;
  if (id === null || !view) return null;
  if (known !== null) return { id, at: view.at, known };
  const past = !following && hours < presentOf(/** @type {PageState} */ ({ log, marks })) - NOW_H;
  return { id, at: past && now ? addHours(marks.at, hours) : null, known: null };
}

/** @param {Asked | null} one @param {Asked | null} other */
export const sameAsked = (one, other) => one?.id === other?.id && one?.at === other?.at && one?.known === other?.known;

/**
 * The address below the incident that asks for something of it, told line by line while it is made.
 * @param {Asked} asked @param {string} path such as `impact` or `reports/final.docx`
 * @param {import('../types').Language} language @param {Record<string, string | number | null>} [options] null ones are left out
 */
export function addressOf({ id, at, known }, path, language, options = {}) {
  const query = new URLSearchParams({ lang: language, progress: '1' });
  for (const [key, value] of Object.entries({ ...options, at, known })) if (value !== null) query.set(key, String(value));
  return `/api/incidents/${encodeURIComponent(id)}/${path}?${query}`;
}
