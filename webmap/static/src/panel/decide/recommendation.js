/** What is recommended at the moment for which somebody decides, from what was recorded by then: as the server will see it. */

import { msFromIso } from '../../state/clock.js';
import { getJson, postJson } from '../../request.js';

/** @typedef {import('../../types').LevelResult} LevelResult */

/**
 * @param {string} incident its id
 * @param {string} at
 * @param {import('../../types').Language} language
 * @param {AbortSignal} signal
 * @param {{number: number, plan: string} | null} [known] the last entry that was known then (0: none), null for all
 * @returns {Promise<LevelResult>}
 */
export async function recommendedAt(incident, at, language, signal, known = null) {
  const then = known ? `&known=${known.number}` : '';
  const view = known?.number === 0 ? null : await getJson(`/api/incidents/${encodeURIComponent(incident)}?at=${encodeURIComponent(at)}${then}&lang=${language}`, signal);
  const assessment = await postJson(`/api/assessments?lang=${language}`, view?.document ?? { plan: known?.plan, at }, signal);
  return assessment.level;
}

/** A decision recorded later than this after it was taken was taken on what was recorded by then; the server says the same. */
const LATE_MS = 5 * 60_000;

/**
 * What was known when a decision was taken.
 * @param {import('../../types').PageState['log']} log @param {string} at
 * @returns {{number: number, plan: string} | null} null for everything: in a drill, and of a decision taken just now
 */
export function knownThen({ view, entries, now }, at) {
  if (!view || !now || view.incident.drill || msFromIso(at) >= msFromIso(now) - LATE_MS) return null;
  const numbers = entries.filter((entry) => msFromIso(entry.written_at) <= msFromIso(at)).map(({ number }) => number);
  return { number: Math.max(0, ...numbers), plan: view.incident.plan };
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
