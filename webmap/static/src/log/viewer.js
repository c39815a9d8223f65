/** Who is at the page. They may sign in anew, or somebody else may, while the page stays open. */

import { RequestFailed, setProof } from '../request.js';

/** What the server answers to a proof of an earlier session. */
const UNPROVEN = 'unproven_request';

/**
 * @param {import('../state/store.js').Store<import('../types').PageState>} store
 * @param {import('./api.js').LogApi} api
 */
export function createViewerKeeper(store, api) {
  async function load() {
    const viewer = await api.viewer();
    setProof(viewer.csrf);
    store.update({ viewer });
    return viewer;
  }

  return {
    load,
    /** Without an answer the map is shown all the same, to somebody of whom nothing is known. */
    async tryLoad() {
      try {
        return await load();
      } catch (reason) {
        if (!(reason instanceof RequestFailed)) throw reason;
        return null;
      }
    },
    /**
     * Runs a request that writes; where the session is a new one, once more with its proof.
     * @template T @param {() => Promise<T>} request @param {string} [person] in whose name only
     * @returns {Promise<T>}
     */
    async proven(request, person) {
      if (!isSamePerson(store.get().viewer, person)) requirePerson(await load(), person);
      try {
        return await request();
      } catch (reason) {
        if (!(reason instanceof RequestFailed) || reason.error.code !== UNPROVEN) throw reason;
        requirePerson(await load(), person);
        return request();
      }
    },
  };
}

/** @param {import('../log').Viewer | null} viewer null while nobody knows @param {string} [person] */
const isSamePerson = (viewer, person) => person === undefined || !viewer || viewer.person?.id === person;

/** What one person recorded is never stored as another's. @param {import('../log').Viewer | null} viewer @param {string} [person] */
function requirePerson(viewer, person) {
  if (isSamePerson(viewer, person)) return;
  throw new RequestFailed({ code: viewer?.person ? 'other_person' : 'unauthorized', message: '', remedy: '', problems: [], status: 401 });
}
