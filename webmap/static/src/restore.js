/** Asks the server for a plan of restoration, can be stopped, and asks again when a step is fixed by hand. */

import { RequestFailed, postJson, wasAborted } from './request.js';
import { unionOf } from './state/areas.js';
import { crewsDocument } from './state/crews.js';
import { interventionsOf, isBroken } from './state/interventions.js';
import { hasIncident, incidentDocument } from './state/marks.js';

/** @typedef {import('./types').PageState} PageState */
/** @typedef {import('./types').IncidentMarks} IncidentMarks */
/** @typedef {import('./response').Response} Response */

/** @type {import('./response').Restoration} */
export const NO_RESTORATION = { working: false, startedMs: 0, seconds: 0, fromHours: 0, key: '', plan: null, response: null, free: null };

/**
 * @param {import('./state/store.js').Store<PageState>} store
 * @param {import('./types').Language} language
 * @param {() => Response} responseOf crews as entered or suggested
 * @param {(error: import('./types').PageError) => void} onFailure
 */
export function createRestorer(store, language, responseOf, onFailure) {
  /** @type {AbortController | null} */
  let running = null;

  /** What is asked: the incident as it is without what a plan adds. @param {IncidentMarks} marks @param {number} fromHours */
  function bodyOf(marks, fromHours) {
    return {
      incident: incidentDocument({ ...marks, planned: null }, fromHours, unionOf),
      crews: crewsDocument(responseOf(), (fault) => isBroken(marks, fault)),
    };
  }

  /** @param {number} [fromHours] when the crews start, hours after the incident's start */
  async function run(fromHours = store.get().hours) {
    running?.abort();
    const control = new AbortController();
    running = control;
    const body = bodyOf(store.get().marks, fromHours);
    const before = store.get().restoration;
    const asked = { working: true, startedMs: performance.now(), seconds: body.crews.seconds, fromHours, response: responseOf() };
    store.update({ restoration: { ...before, ...asked }, editingCrews: false });
    try {
      const plan = await postJson(`/api/restorations?lang=${language}`, body, control.signal);
      if (control.signal.aborted) return;
      store.update({ restoration: { ...asked, working: false, key: JSON.stringify(body), plan, free: freePlan(body, plan, before.free) }, ...replayed(plan) });
    } catch (reason) {
      if (wasAborted(reason)) return;
      store.update({ restoration: { ...before, working: false } });
      if (!(reason instanceof RequestFailed)) throw reason;
      onFailure(reason.error);
    }
  }

  /** What fixed steps are compared with. @param {ReturnType<typeof bodyOf>} body @param {import('./response').RestorationPlan} plan @param {import('./response').FreePlan | null} known */
  function freePlan(body, plan, known) {
    const key = JSON.stringify({ ...body, crews: { ...body.crews, fixed: [] } });
    if (!body.crews.fixed.length) return { key, levels: plan.levels };
    return known?.key === key ? known : null;
  }

  /** A plan that is being played goes on with its new version. @param {import('./response').RestorationPlan} plan @returns {Partial<PageState>} */
  function replayed(plan) {
    const { marks } = store.get();
    return marks.planned ? { marks: { ...marks, planned: interventionsOf(plan.incident) } } : {};
  }

  function cancel() {
    running?.abort();
    store.update({ restoration: { ...store.get().restoration, working: false } });
  }

  /** Whether the plan shown was asked with other marks or crews than there are now. @param {PageState} state */
  function isStale({ restoration, marks }) {
    return restoration.plan !== null && JSON.stringify(bodyOf(marks, restoration.fromHours)) !== restoration.key;
  }

  /** What people have fixed or timed, as text. @param {PageState} state */
  const byHand = ({ marks: { response } }) => JSON.stringify([response?.fixed ?? [], response?.repairs ?? []]);

  store.subscribe((state, before) => {
    if (state.marks === before.marks || !state.restoration.plan) return;
    if (!hasIncident(state.marks)) {
      running?.abort();
      store.update({ restoration: NO_RESTORATION });
      return;
    }
    // What is fixed or timed by hand asks for nothing else than a new plan; other changes may come in a row.
    if (byHand(state) !== byHand(before) && isStale(state)) void run(state.restoration.fromHours);
  });
  return { run, cancel, isStale };
}

/** @typedef {ReturnType<typeof createRestorer>} Restorer */
