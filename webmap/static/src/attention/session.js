/** Asks what needs the viewer: once a minute while the page is looked at, and soon after something has happened. */

import { RequestFailed, getJson } from '../request.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../attention').Notice} Notice */

const USUAL_MS = 60_000;
/** Many pages hear of the same entry at once: they do not all ask at once. */
const SOON_MS = 600;
const SPREAD_MS = 1_400;
const NUDGES = /** @type {import('../live').Nudge[]} */ (['attention', 'field_reports', 'warnings', 'drill']);

/**
 * @param {object} options
 * @param {import('../state/store.js').Store<PageState>} options.store
 * @param {import('../types').Language} options.language
 * @param {import('../live').LiveSession} options.live
 * @param {(notices: Notice[] | null) => void} options.onNotices null: nobody is signed in
 */
export function createAttention({ store, language, live, onNotices }) {
  let timer = 0;
  let asking = false;
  /** Whether something happened while it was asked. */
  let again = false;

  /** @param {number} waitMs */
  function plan(waitMs) {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), waitMs);
  }

  async function ask() {
    if (asking) {
      again = true;
      return;
    }
    if (!store.get().viewer?.person) return onNotices(null);
    if (document.hidden) return plan(USUAL_MS);
    asking = true;
    try {
      onNotices((await getJson(`/api/attention?lang=${language}`)).items);
    } catch (reason) {
      // What was told stays; that the server is out of reach is told elsewhere.
      if (!(reason instanceof RequestFailed)) throw reason;
      if (reason.error.status === 401) onNotices(null);
    } finally {
      asking = false;
      plan(again ? SOON_MS : USUAL_MS);
      again = false;
    }
    return undefined;
  }

  const soon = () => {
    if (asking) again = true;
    else plan(SOON_MS + Math.random() * SPREAD_MS);
  };
  for (const what of NUDGES) live.onNudge(what, soon);
  store.subscribe((state, before) => {
    if (state.viewer !== before.viewer && state.viewer?.person?.id !== before.viewer?.person?.id) plan(0);
    else if (state.log.view?.length !== before.log.view?.length || state.log.id !== before.log.id) soon();
    else if (state.unreached === null && before.unreached !== null) soon();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) soon();
  });
  if (store.get().viewer?.person) plan(0);
  return { soon };
}
