/** Drafts that are not finished, kept for this window of the browser: one by person, incident and warning. */

import { nothingDecided } from './decided.js';

/** @typedef {import('../../../warnings_draft').Draft} Draft */

const PREFIX = 'webmap.warning_draft.';
const OPEN = 'webmap.warning_draft_open';

/**
 * @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null} storage null where the browser keeps nothing
 * @param {() => string} whose the person at the page: nobody goes on with what another began
 */
export function createKeeping(storage, whose) {
  /** @param {string} incident @param {string | null} warningId */
  const keyOf = (incident, warningId) => `${PREFIX}${whose()}.${incident}.${warningId ?? 'new'}`;
  const openKey = () => `${OPEN}.${whose()}`;
  /** What is kept while the page lives, where the browser keeps nothing. @type {Map<string, string>} */
  const held = new Map();

  /** @param {string} key */
  function read(key) {
    try {
      return storage?.getItem(key) ?? held.get(key) ?? null;
    } catch {
      return held.get(key) ?? null;
    }
  }

  /** @param {string} key @param {string | null} value null takes it away */
  function write(key, value) {
    if (value === null) held.delete(key);
    else held.set(key, value);
    try {
      if (value === null) storage?.removeItem(key);
      else storage?.setItem(key, value);
    } catch {
      // A full or forbidden storage: the page itself still holds it.
    }
  }

  return {
    /** @param {Draft} draft */
    keep: (draft) => write(keyOf(draft.incident, draft.warningId), JSON.stringify(draft)),
    /** @param {string} incident @param {string | null} warningId @returns {Draft | null} */
    take: (incident, warningId) => draftOf(read(keyOf(incident, warningId))),
    /** @param {string} incident @param {string | null} warningId */
    forget: (incident, warningId) => write(keyOf(incident, warningId), null),
    /** Which form is open, so that it is open again after the page was loaded anew. @param {{incident: string, warningId: string | null} | null} form */
    setOpen: (form) => write(openKey(), form && JSON.stringify(form)),
    /** @returns {{incident: string, warningId: string | null} | null} */
    open() {
      try {
        const form = JSON.parse(read(openKey()) ?? 'null');
        return typeof form?.incident === 'string' ? { incident: form.incident, warningId: form.warningId ?? null } : null;
      } catch {
        return null;
      }
    },
  };
}

/** @param {string | null} text @returns {Draft | null} null for what is no draft */
function draftOf(text) {
  try {
    const draft = JSON.parse(text ?? 'null');
    if (typeof draft?.incident !== 'string' || typeof draft.decided?.texts?.zh !== 'object') return null;
    return { ...draft, decided: { ...nothingDecided(), ...draft.decided } };
  } catch {
    return null;
  }
}

/** Whether anything was decided that is not stored. @param {Draft} draft */
export function isTouched({ decided }) {
  return JSON.stringify(decided) !== JSON.stringify(nothingDecided());
}

/** @param {string} incident @returns {Draft} a form where nothing was decided */
export function newDraft(incident) {
  return { incident, warningId: null, expected: null, decided: nothingDecided(), stored: null, storedAt: null, tried: null };
}
