/** What the page asks of the server about drafts of edits. */

import { getJson, postJson, sendJson } from '../request.js';

/** @typedef {import('../editing').DataDraft} DataDraft */
/** @typedef {import('../editing').EditOperation} EditOperation */

const LONGEST_MS = 20_000;

/** @param {import('../types').Language} language */
export function createEditingApi(language) {
  const base = '/api/data-drafts';
  /** @param {string} id @param {string} [part] @param {string} [query] */
  const address = (id, part = '', query = '') => `${base}/${encodeURIComponent(id)}${part}?lang=${language}${query}`;

  return {
    /** @returns {Promise<{drafts: import('../editing').ListedDraft[]}>} */
    drafts: () => getJson(`${base}?lang=${language}`, AbortSignal.timeout(LONGEST_MS)),
    /** @returns {Promise<DataDraft>} */
    begin: () => postJson(`${base}?lang=${language}`, {}),
    /** @param {string} id @returns {Promise<DataDraft>} */
    draft: (id) => getJson(address(id), AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} id @param {string} layer @param {string} record @returns {Promise<import('../editing').RecordNow>} */
    record: (id, layer, record) => getJson(address(id, '/record', `&layer=${layer}&id=${encodeURIComponent(record)}`), AbortSignal.timeout(LONGEST_MS)),
    /** Steps: the first `keep` stay, `add` follow, the first `length` count. @param {DataDraft} draft @param {{keep: number, add: EditOperation[], length: number}} steps @returns {Promise<DataDraft>} */
    save: (draft, steps) => sendJson('PUT', address(draft.id, '/operations'), { revision: draft.revision, ...steps }),
    /** @param {DataDraft} draft @returns {Promise<DataDraft>} */
    review: (draft) => postJson(address(draft.id, '/review'), {}),
    /** @param {DataDraft} draft @returns {Promise<DataDraft>} */
    rebase: (draft) => postJson(address(draft.id, '/rebase'), { revision: draft.revision }),
    /** @param {DataDraft} draft @param {string} note @returns {Promise<DataDraft>} */
    commit: (draft, note) => postJson(address(draft.id, '/commit'), { revision: draft.revision, note }),
    /** @param {import('../editing').ListedDraft} draft @param {string} name @returns {Promise<DataDraft>} */
    rename: (draft, name) => postJson(address(draft.id, '/name'), { revision: draft.revision, name }),
    /** @param {import('../editing').ListedDraft} draft @returns {Promise<DataDraft>} */
    undo: (draft) => postJson(address(draft.id, '/undo'), { revision: draft.revision }),
    /** @param {string} id @returns {Promise<DataDraft>} */
    discard: (id) => postJson(address(id, '/discard'), {}),
    /** @param {string} id @returns {Promise<DataDraft>} */
    takeBack: (id) => postJson(address(id, '/take_back'), {}),
  };
}

/** @typedef {ReturnType<typeof createEditingApi>} EditingApi */
