/** Asks the server what the marked incident means at the time looked at, and keeps the answers. */

import { RequestFailed, postJson, wasAborted } from './request.js';
import { unionOf } from './state/areas.js';
import { hasIncident, incidentDocument } from './state/marks.js';
import { nextStop, stops } from './state/timeline.js';

/** @typedef {import('./types').PageState} PageState */
/** @typedef {import('./types').Assessment} Assessment */

/** Answers kept; one is some hundred kilobytes. */
const KEPT = 60;
/** Stops asked for ahead of the time looked at. */
const AHEAD = 3;

/**
 * @param {import('./state/store.js').Store<PageState>} store
 * @param {import('./types').Language} language
 * @param {(error: import('./types').PageError) => void} onFailure
 */
export function createAssessor(store, language, onFailure) {
  /** @type {Map<string, Assessment>} */
  const kept = new Map();
  /** @type {AbortController | null} */
  let running = null;

  /** @param {import('./types').IncidentMarks} marks @param {number} hours @param {AbortSignal} signal @returns {Promise<Assessment>} */
  async function ask(marks, hours, signal) {
    const body = incidentDocument(marks, hours, unionOf);
    const key = JSON.stringify(body);
    const known = kept.get(key);
    if (known) return known;
    const answer = await postJson(`/api/assessments?lang=${language}`, body, signal);
    kept.set(key, answer);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  }

  async function refresh() {
    running?.abort();
    const { marks, hours } = store.get();
    if (!hasIncident(marks)) {
      store.update({ assessment: null, base: null, busy: false, failure: null, hours: 0, playing: false });
      return;
    }
    const control = new AbortController();
    running = control;
    store.update({ busy: true });
    try {
      const base = await ask(marks, 0, control.signal);
      const assessment = hours ? await ask(marks, hours, control.signal) : base;
      if (control.signal.aborted) return;
      store.update({ base, assessment, busy: false, failure: null });
      void prefetch(marks, hours, base, control.signal);
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      store.update({ assessment: null, base: null, busy: false, failure: reason.error, playing: false, tab: 'causes' });
      onFailure(reason.error);
    }
  }

  /** @param {import('./types').IncidentMarks} marks @param {number} hours @param {Assessment} base @param {AbortSignal} signal */
  async function prefetch(marks, hours, base, signal) {
    const all = stops(base.timeline, marks.horizonHours);
    let next = hours;
    for (let count = 0; count < AHEAD && !signal.aborted; count += 1) {
      next = nextStop(all, next, 1);
      try {
        await ask(marks, next, signal);
      } catch (reason) {
        // Nobody asked for it yet; the same request will be made, and its failure told, when somebody does.
        if (wasAborted(reason) || reason instanceof RequestFailed) return;
        throw reason;
      }
    }
  }

  store.subscribe((state, before) => {
    if (state.marks !== before.marks || state.hours !== before.hours) void refresh();
  });
  return { refresh };
}
