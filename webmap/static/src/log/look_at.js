/** The open incident looked at as it stands at any moment, from what was written up to an entry. */

import { RequestFailed, wasAborted } from '../request.js';

/**
 * @param {import('../state/store.js').Store<import('../types').PageState>} store @param {import('./api.js').LogApi} api
 * @param {import('./picture.js').Picture} picture @param {(error: import('../types').PageError) => void} onFailed
 * @returns {(moment: {at: string, known: number}, signal: AbortSignal) => Promise<void>}
 */
export function createLookAt(store, api, picture, onFailed) {
  return async ({ at, known }, signal) => {
    const { id, view } = store.get().log;
    if (id === null) return;
    try {
      const [listed, shown] = await Promise.all([known === view?.length ? null : api.allEntries(id, known), api.view(id, { at, known }, signal)]);
      if (signal.aborted || store.get().log.id !== id) return;
      store.update({ present: null, mode: 'none' });
      picture.show(shown, { ...(listed && { entries: listed.entries }), known, following: false }, false);
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      onFailed(reason.error);
    }
  };
}
