/** Asks for an incident's film: its making is told step by step, the film itself then comes packed. */

import { getJson } from '../request.js';
import { requestTold } from '../request_told.js';

/**
 * @param {string} incident @param {import('../film').FilmMode} mode @param {string} language
 * @param {{signal: AbortSignal, onStep: (told: import('../aftermath').Told) => void}} options
 * @returns {Promise<import('../film').FilmDocument>}
 */
export async function fetchFilm(incident, mode, language, { signal, onStep }) {
  const url = `/api/incidents/${encodeURIComponent(incident)}/film?mode=${mode}&lang=${language}`;
  await requestTold(`${url}&progress=1`, { signal, onStep });
  return getJson(url, signal);
}
