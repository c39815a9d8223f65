/** The open incident as its log has it at an earlier moment: figures, devices and areas of then, not of now. */

import { addHours, msFromIso } from '../state/clock.js';

/** @typedef {import('../types').IncidentDocument} IncidentDocument */

/** A moment so near to the present is the present. */
const NEAR_MS = 60_000;
/** Documents kept; stepping to and fro asks for the same ones. */
const KEPT = 40;
/** What there must be for anything to be assessed. */
const TOLD = /** @type {const} */ (['faults', 'area', 'area_townships', 'figures']);

/**
 * @param {import('../state/store.js').Store<import('../types').PageState>} store
 * @param {import('./api.js').LogApi} api
 */
export function createPast(store, api) {
  /** @type {Map<string, IncidentDocument>} */
  const kept = new Map();

  /**
   * The document for a moment that was chosen by hand before the incident's present.
   * @param {number} hours after the bar's start @param {AbortSignal} signal
   * @returns {Promise<IncidentDocument | null>} null where the marks say it: at the present, later, and in a what-if
   */
  return async function documentAt(hours, signal) {
    const { log, marks, present } = store.get();
    if (!log.view || !log.now || log.known !== null || log.following || present) return null;
    const at = addHours(marks.at, hours);
    if (msFromIso(log.now) - msFromIso(at) < NEAR_MS) return null;
    const key = `${log.id} ${log.view.length} ${at}`;
    const document = kept.get(key) ?? (await api.view(log.view.incident.id, { at }, signal)).document;
    kept.set(key, document);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return TOLD.some((field) => document[field]) ? { ...document, horizon_hours: marks.horizonHours } : null;
  };
}
