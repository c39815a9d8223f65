/** The form of a siting question, kept for this window of the browser: who signs in or changes the language finds it again. Pure. */

import { newDraft } from './draft.js';

/** @typedef {import('../siting').SitingDraft} SitingDraft */

const KEY = 'webmap.siting';

/** @param {Pick<Storage, 'getItem' | 'setItem'> | null} storage null where the browser keeps nothing */
export function createDraftKeeping(storage) {
  return {
    /** @param {SitingDraft} draft */
    keep(draft) {
      try {
        storage?.setItem(KEY, JSON.stringify(draft));
      } catch {
        // A full storage: the page itself still holds it.
      }
    },
    /** What was kept; a new form where nothing was, or where another version of the page wrote it. @returns {SitingDraft} */
    take() {
      const fresh = newDraft();
      try {
        const kept = JSON.parse(storage?.getItem(KEY) ?? 'null');
        const same = kept && Object.entries(fresh).every(([name, value]) => name in kept && (value === null || kept[name] === null || Array.isArray(value) === Array.isArray(kept[name])));
        return same ? kept : fresh;
      } catch {
        return fresh;
      }
    },
  };
}
