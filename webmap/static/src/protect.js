/** Asks what is to be guarded before an event, once for each plan, time and data version. */

import { RequestFailed, getJson, wasAborted } from './request.js';

/** @typedef {import('./types').PageState} PageState */

/** @type {import('./response').Protection} */
export const NO_PROTECTION = { open: false, working: false, list: null, failure: null };

/**
 * @param {import('./state/store.js').Store<PageState>} store
 * @param {import('./types').Language} language
 */
export function createProtection(store, language) {
  /** @type {AbortController | null} */
  let running = null;
  let known = '';

  /** @param {Partial<import('./response').Protection>} patch */
  const update = (patch) => store.update({ protection: { ...store.get().protection, ...patch } });

  async function refresh() {
    const { marks, protection } = store.get();
    const { plan, at, horizonHours } = marks;
    const query = new URLSearchParams({ plan, at, horizon_hours: String(horizonHours), lang: language });
    const key = query.toString();
    if (!protection.open || key === known) return;
    running?.abort();
    const control = new AbortController();
    running = control;
    known = key;
    update({ working: true, list: null, failure: null });
    try {
      const list = await getJson(`/api/protection?${key}`, control.signal);
      if (!control.signal.aborted) update({ working: false, list });
    } catch (reason) {
      if (wasAborted(reason)) return;
      known = '';
      if (!(reason instanceof RequestFailed)) throw reason;
      update({ working: false, failure: reason.error });
    }
  }

  store.subscribe((state, before) => {
    if (state.protection.open !== before.protection.open || (state.protection.open && state.marks !== before.marks)) void refresh();
  });
  return { again: () => { known = ''; void refresh(); } };
}
