/** What is recommended at the moment for which somebody decides, from everything that is recorded: as the server will see it. */

import { getJson, postJson } from '../../request.js';

/** @typedef {import('../../types').LevelResult} LevelResult */

/**
 * @param {string} incident its id
 * @param {string} at
 * @param {import('../../types').Language} language
 * @param {AbortSignal} signal
 * @returns {Promise<LevelResult>}
 */
export async function recommendedAt(incident, at, language, signal) {
  const view = await getJson(`/api/incidents/${encodeURIComponent(incident)}?at=${encodeURIComponent(at)}&lang=${language}`, signal);
  const assessment = await postJson(`/api/assessments?lang=${language}`, view.document, signal);
  return assessment.level;
}

/**
 * What becomes of a recommendation when the question for it failed.
 * @param {LevelResult | null} before as it was known until then
 * @param {import('../../types').PageError} error
 * @returns {{recommended: LevelResult | null, failed: import('../../types').PageError}} null for one that could not be worked out
 */
export function afterFailure(before, error) {
  // Of the picture asked about nothing can be said; without an answer, what the page shows is still the best there is.
  const refused = error.status >= 400 && error.status < 500;
  return { recommended: refused ? null : before, failed: error };
}
