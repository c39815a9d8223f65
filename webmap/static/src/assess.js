/** Asks the server what the marked incident means at the time looked at, and keeps the answers. */

import { RequestFailed, isUnreached, postJson, wasAborted } from './request.js';
import { unionOf } from './state/areas.js';
import { hasIncident, incidentDocument, reportedFigures, withoutRefused } from './state/marks.js';
import { nextStop, stops } from './state/timeline.js';

/** @typedef {import('./types').PageState} PageState */
/** @typedef {import('./types').Assessment} Assessment */

/** Answers kept; one is some hundred kilobytes. */
const KEPT = 60;
/** Stops asked for ahead of the time looked at. */
const AHEAD = 3;
/** How soon it is asked again for what had no answer, then longer and longer. */
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 20_000;
const NOTHING = { assessment: null, base: null, presentAssessment: null, presentBase: null };

/** What each answer was asked for. @type {WeakMap<Assessment, import('./types').IncidentDocument>} */
const asked = new WeakMap();

/** The very document that an answer is for, so that a file of it says the same. @param {Assessment} answer */
export const documentOf = (answer) => asked.get(answer);

/**
 * @param {import('./state/store.js').Store<PageState>} store
 * @param {import('./types').Language} language
 * @param {(error: import('./types').PageError) => void} onFailure
 * @param {(hours: number, signal: AbortSignal) => Promise<import('./types').IncidentDocument | null>} documentAt what a log had
 *   told at an earlier moment, null where the marks say it
 * @param {Pick<import('./reach.js').Reach, 'withoutAssessment'>} reach
 * @param {{told: () => import('./live').ToldPicture | 'awaited' | null}} live the picture that the server tells who follows the present
 * @param {() => void} onMomentKept called when another moment was asked for in vain, and that of the last answer stays
 */
export function createAssessor(store, language, onFailure, documentAt, reach, live, onMomentKept) {
  /** @type {Map<string, Assessment>} */
  const kept = new Map();
  /** @type {AbortController | null} */
  let running = null;
  /** What the answers shown are for. @type {{of: string, tried: boolean, hours: number, following: boolean} | null} */
  let shown = null;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let retry = null;
  let retryMs = FIRST_RETRY_MS;

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
    asked.set(answer, body);
    keep(key, answer);
    return answer;
  }

  /** @param {string} key the document @param {Assessment} answer */
  function keep(key, answer) {
    kept.set(key, answer);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
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
      ended();
      // An incident of the log keeps its moment: its first damage may still be told.
      store.update({ ...NOTHING, busy: false, failure: null, refused: [], hours: marks.logged ? hours : 0, playing: false });
      return;
    }
    const told = live.told();
    if (told === 'awaited') {
      store.update({ busy: true });
      return;
    }
    if (told && showTold(told)) return;
    const control = new AbortController();
    running = control;
    if (!retry) store.update({ busy: true });
    try {
      const { base, accepted, refused } = await askBase(marks, control.signal);
      const told = await documentAt(hours, control.signal);
      const assessment = told ? await askFor(told, control.signal) : hours ? await ask(accepted, hours, control.signal) : base;
      const beside = await askPresent(present, hours, control.signal);
      if (control.signal.aborted) return;
      ended();
      shown = shownOf(store.get());
      store.update({ base, assessment, ...beside, busy: false, failure: null, refused });
      if (!told) void prefetch(accepted, hours, base, control.signal);
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      if (isUnreached(reason.error.status)) return keepLast(reason.error);
      ended();
      store.update({ ...NOTHING, busy: false, failure: reason.error, refused: [], playing: false, tab: 'causes' });
      onFailure(reason.error);
    }
    return undefined;
  }

  /**
   * Shows what came without being asked for.
   * @param {import('./live').ToldPicture} told @returns {boolean} whether there was anything to show; else it is asked for, and told why not
   */
  function showTold({ base, assessment, base_document: baseDocument, document, failure }) {
    if (!base || !assessment) return false;
    const { marks } = store.get();
    const refused = failure?.problems ?? [];
    const accepted = refused.length ? withoutRefused(marks, refused) : marks;
    if (!accepted) return false;
    const figures = reportedFigures(accepted);
    const answered = (/** @type {import('./types').IncidentDocument} */ body) => (refused.length ? { ...body, figures } : body);
    asked.set(base, answered(baseDocument));
    asked.set(assessment, answered(document));
    keep(JSON.stringify(incidentDocument(accepted, 0, unionOf)), base);
    ended();
    shown = shownOf(store.get());
    store.update({ ...NOTHING, base, assessment, busy: false, failure: null, refused });
    return true;
  }

  /** There is an answer, or none is needed. */
  function ended() {
    if (retry) clearTimeout(retry);
    [retry, retryMs] = [null, FIRST_RETRY_MS];
    reach.withoutAssessment(false);
  }

  /** The last answers stay, as long as they are of the same incident; they are asked for again. @param {import('./types').PageError} error */
  function keepLast(error) {
    if (retry) clearTimeout(retry);
    retry = setTimeout(() => void refresh(), retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    const state = store.get();
    const kept = lastFor(state, shown);
    reach.withoutAssessment(true);
    // Where there is nothing to keep, what was marked is shown, once: whoever then looks elsewhere is left alone.
    const leads = !kept.assessment && !state.failure;
    store.update({ ...kept, busy: false, failure: kept.assessment ? null : error, playing: false, ...(leads ? { tab: 'causes' } : {}) });
    if (!kept.assessment || !shown) return;
    shown.tried = state.present !== null;
    // The moment that the clock has come to is the present, whatever is known of it; another one cannot be seen now.
    if (state.log.following && state.marks.logged || state.hours === shown.hours) return;
    store.update({ hours: shown.hours, log: { ...state.log, following: shown.following } });
    onMomentKept();
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
  return {
    refresh,
    /** Asks at once for what has no answer yet. */
    again: () => void (retry && refresh()),
  };
}

/** @param {PageState} state */
const incidentOf = ({ log, marks }) => JSON.stringify([log.id, log.known, marks.plan]);

/** @param {PageState} state */
const shownOf = (state) => ({ of: incidentOf(state), tried: state.present !== null, hours: state.hours, following: state.log.following });

/**
 * The answers that may stay: none of another incident, and no what-if's for the present.
 * @param {PageState} state @param {{of: string, tried: boolean} | null} shown
 */
function lastFor(state, shown) {
  const { assessment, base, presentAssessment, presentBase, present } = state;
  if (shown?.of !== incidentOf(state)) return NOTHING;
  if (shown.tried && !present) return { assessment: presentAssessment, base: presentBase, presentAssessment: null, presentBase: null };
  if (!shown.tried && present) return { assessment, base, presentAssessment: assessment, presentBase: base };
  return { assessment, base, presentAssessment, presentBase };
}
