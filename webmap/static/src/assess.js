/** Asks the server what the marked incident means at the time looked at, and keeps the answers. */

import { RequestFailed, postJson, wasAborted } from './request.js';
import { unionOf } from './state/areas.js';
import { hasIncident, incidentDocument, withoutRefused } from './state/marks.js';
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
 * @param {(hours: number, signal: AbortSignal) => Promise<import('./types').IncidentDocument | null>} documentAt what a log had
 *   told at an earlier moment, null where the marks say it
 */
export function createAssessor(store, language, onFailure, documentAt) {
  /** @type {Map<string, Assessment>} */
  const kept = new Map();
  /** @type {AbortController | null} */
  let running = null;

  /** @param {import('./types').IncidentMarks} marks @param {number} hours @param {AbortSignal} signal @returns {Promise<Assessment>} */
  function ask(marks, hours, signal) {
    return askFor(incidentDocument(marks, hours, unionOf), signal);
  }

  /** @param {import('./types').IncidentDocument} body @param {AbortSignal} signal @returns {Promise<Assessment>} */
  async function askFor(body, signal) {
    const key = JSON.stringify(body);
    const known = kept.get(key);
    if (known) return known;
    const answer = await postJson(`/api/assessments?lang=${language}`, body, signal);
    kept.set(key, answer);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  }

  /**
   * The answer for the incident's start. A reported figure that the server refuses is left out, and told, so that the
   * rest of the answer stays.
   * @param {import('./types').IncidentMarks} marks @param {AbortSignal} signal
   */
  async function askBase(marks, signal) {
    try {
      return { base: await ask(marks, 0, signal), accepted: marks, refused: [] };
    } catch (reason) {
      const accepted = reason instanceof RequestFailed ? withoutRefused(marks, reason.error.problems) : null;
      if (!accepted) throw reason;
      const { problems } = /** @type {RequestFailed} */ (reason).error;
      return { base: await ask(accepted, 0, signal), accepted, refused: problems };
    }
  }

  /**
   * The present's answers for the same moment, while a what-if is looked at.
   * @param {import('./types').IncidentMarks | null} present @param {number} hours @param {AbortSignal} signal
   */
  async function askPresent(present, hours, signal) {
    if (!present || !hasIncident(present)) return { presentAssessment: null, presentBase: null };
    const { base, accepted } = await askBase(present, signal);
    return { presentBase: base, presentAssessment: hours ? await ask(accepted, hours, signal) : base };
  }

  async function refresh() {
    running?.abort();
    const { marks, present, hours } = store.get();
    if (!hasIncident(marks)) {
      const nothing = { assessment: null, base: null, presentAssessment: null, presentBase: null };
      // An incident of the log keeps its moment: its first damage may still be told.
      store.update({ ...nothing, busy: false, failure: null, refused: [], hours: marks.logged ? hours : 0, playing: false });
      return;
    }
    const control = new AbortController();
    running = control;
    store.update({ busy: true });
    try {
      const { base, accepted, refused } = await askBase(marks, control.signal);
      const told = await documentAt(hours, control.signal);
      const assessment = told ? await askFor(told, control.signal) : hours ? await ask(accepted, hours, control.signal) : base;
      const beside = await askPresent(present, hours, control.signal);
      if (control.signal.aborted) return;
      store.update({ base, assessment, ...beside, busy: false, failure: null, refused });
      if (!told) void prefetch(accepted, hours, base, control.signal);
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      store.update({ assessment: null, base: null, presentAssessment: null, presentBase: null, busy: false, failure: reason.error, refused: [], playing: false, tab: 'causes' });
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
    const retold = !state.log.following && state.log.view !== before.log.view;
    if (retold || state.marks !== before.marks || state.present !== before.present || state.hours !== before.hours) void refresh();
  });
  return { refresh };
}
