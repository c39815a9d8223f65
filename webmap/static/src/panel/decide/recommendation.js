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
