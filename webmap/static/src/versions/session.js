/** Versions of the data: listed, compared with the present, brought back. */

import { RequestFailed } from '../request.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../imports').VersionsState} VersionsState */

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('./api.js').VersionsApi} api
 * @param {ReturnType<typeof import('../log/viewer.js').createViewerKeeper>} viewers
 * @param {{onFailed: (what: 'compare' | 'restore', error: import('../types').PageError) => void, onRestored: () => void}} told
 */
export function createVersionsSession(store, api, viewers, { onFailed, onRestored }) {
  const now = () => store.get().imports.versions;
  /** @param {Partial<VersionsState>} change */
  const patch = (change) => store.update({ imports: { ...store.get().imports, versions: { ...now(), ...change } } });

  /** @param {boolean} [older] those before the last one listed, added to the list */
  async function list(older = false) {
    const known = older ? now().list ?? [] : [];
    try {
      const { versions, more } = await api.list(older && known.length ? known[known.length - 1].sequence : null);
      patch({ list: [...known, ...versions], more: more ?? false, failure: null });
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ failure: reason.error });
    }
  }

  /** Compares a version with the present one; the same again closes it. @param {string | null} version */
  async function compare(version) {
    const present = now().list?.[0]?.version;
    patch({ compared: version, comparison: null });
    if (version === null || !present) return null;
    try {
      const comparison = await api.compare(version, present);
      if (now().compared === version) patch({ comparison });
      return comparison;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      if (now().compared === version) patch({ compared: null });
      onFailed('compare', reason.error);
      return null;
    }
  }

  /** @param {string} version @param {string} note @returns {Promise<boolean>} */
  async function restore(version, note) {
    patch({ restoring: true });
    try {
      await viewers.proven(() => api.restore(version, note, now().list?.[0]?.version ?? null));
      patch({ restoring: false });
      onRestored();
      return true;
    } catch (reason) {
      patch({ restoring: false });
      if (!(reason instanceof RequestFailed)) throw reason;
      onFailed('restore', reason.error);
      return false;
    }
  }

  store.subscribe((state, before) => {
    const looked = (/** @type {PageState} */ { imports }) => imports.open && imports.view === 'versions';
    if ((looked(state) && !looked(before)) || (looked(state) && state.viewer !== before.viewer)) void list();
  });

  return { list, compare, restore };
}

/** @typedef {ReturnType<typeof createVersionsSession>} VersionsSession */
