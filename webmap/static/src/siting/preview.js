/** The preview of a question while its form is filled in: asked after a pause, only the latest counts. */

import { RequestFailed, wasAborted } from '../request.js';
import { wrongIn } from './draft.js';
import { incidentOnMap, mayStudy } from './question.js';

/** @typedef {import('../types').PageState} PageState */

const PAUSE_MS = 400;

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('./api.js').SitingApi} api
 * @param {(draft: import('../siting').SitingDraft) => import('../siting').SitingStudy} studyOf
 * @param {(change: Partial<import('../siting').SitingState>) => void} patch
 */
export function createPreview(store, api, studyOf, patch) {
  let timer = 0;
  let control = new AbortController();
  /** What the preview shown was asked for. */
  let known = '';

  /** The question as far as the preview depends on it; null where there is none to be asked. */
  function question() {
    const state = store.get();
    const { open, view, draft } = state.siting;
    if (!open || view !== 'ask' || !draft || !mayStudy(state)) return null;
    return wrongIn(draft, incidentOnMap(state)).length ? null : studyOf(draft);
  }

  async function ask() {
    control.abort();
    const study = question();
    if (!study) return void patch({ surveying: false });
    const form = JSON.stringify(study);
    if (form === known) return void patch({ surveying: false });
    const own = new AbortController();
    control = own;
    patch({ surveying: true });
    try {
      const survey = await api.survey(study, own.signal);
      if (own.signal.aborted) return;
      known = form;
      patch({ survey, surveying: false, refused: null });
    } catch (reason) {
      if (wasAborted(reason) || own.signal.aborted) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      known = '';
      patch({ surveying: false, refused: reason.error });
    }
  }

  return {
    /** After a pause, as more may be changed. */
    later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), PAUSE_MS);
    },
    /** At once, also for what was refused. */
    again() {
      known = '';
      window.clearTimeout(timer);
      void ask();
    },
  };
}
