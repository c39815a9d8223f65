/** Storing what was drafted: a first version or a new one, then the step that follows. Nothing that was typed is lost by it. */

import { createLogApi, newKey } from '../../../log/api.js';
import { createViewerKeeper } from '../../../log/viewer.js';
import { RequestFailed, getJson, postJson } from '../../../request.js';
import { contentOf } from './decided.js';

/** @typedef {import('../../../warnings').Warning} Warning */
/** @typedef {import('../../../warnings').WarningContent} WarningContent */
/** @typedef {import('../../../types').PageError} PageError */
/** @typedef {{warning: Warning, refused?: undefined} | {refused: PageError, warning?: undefined}} Answer */

/** @param {import('../../context').PageContext} context */
export function createSending({ store, words: { language } }) {
  const { proven } = createViewerKeeper(store, createLogApi(language));
  /** @param {string} id @param {string} [part] */
  const address = (id, part = '') => `/api/warnings/${encodeURIComponent(id)}${part}?lang=${language}`;

  /** @param {() => Promise<{warning: Warning}>} ask @returns {Promise<Answer>} */
  async function answered(ask) {
    try {
      return { warning: (await ask()).warning };
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      return { refused: reason.error };
    }
  }

  /** A try that was not answered keeps its key. @param {import('../../../warnings_draft').Draft} draft @param {string} content */
  function keyFor(draft, content) {
    if (draft.tried?.content !== content) draft.tried = { content, key: newKey() };
    return draft.tried.key;
  }

  /**
   * Stores the content, where it is not stored already.
   * @param {import('../../../warnings_draft').Draft} draft @param {import('../../../warnings_draft').Suggested} suggested
   * @param {Warning | null} known as it was stored last
   * @returns {Promise<Answer>}
   */
  async function stored(draft, suggested, known) {
    const content = contentOf(draft.decided, suggested);
    const text = JSON.stringify(content);
    // What was issued, submitted or returned is no draft any more: going on from it is a new version.
    if (known?.pending?.status === 'draft' && draft.stored === text && known.length === draft.expected) return { warning: known };
    const key = keyFor(draft, text);
    const id = draft.warningId;
    return answered(() => proven(() => (id === null
      ? postJson(`/api/warnings?lang=${language}`, { incident: draft.incident, content, client_key: key })
      : postJson(address(id, '/steps'), { kind: 'revised', content, expected: draft.expected, client_key: key }))));
  }

  /** A step that was not answered keeps its key, so that the same one is never taken twice. @type {{form: string, key: string} | null} */
  let last = null;

  return {
    stored,
    /** @param {Warning} warning @param {{kind: 'submitted' | 'issued', office?: string}} step @returns {Promise<Answer>} */
    async take(warning, step) {
      const body = { ...step, expected: warning.length };
      const form = JSON.stringify([warning.id, body]);
      if (last?.form !== form) last = { form, key: newKey() };
      const { key } = last;
      return answered(() => proven(() => postJson(address(warning.id, '/steps'), { ...body, client_key: key })));
    },
    /** @param {string} id @returns {Promise<Answer>} */
    read: (id) => answered(() => getJson(address(id))),
  };
}
