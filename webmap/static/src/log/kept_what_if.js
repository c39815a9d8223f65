/**
 * The what-if of an incident, which no address carries: kept for this window of the browser while the page is loaded
 * anew, in the other language for example, and asked about before the page is left with changes in it.
 */

import { rebased } from '../state/rebase.js';

/** @typedef {import('../types').PageState} PageState */

const KEY = 'webmap.what_if';

/** Whether there is anything in it that could be lost. @param {PageState} state */
const isChanged = ({ log, present, marks }) => log.id !== null && present !== null && JSON.stringify(present) !== JSON.stringify(marks);

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null} storage null where the browser keeps nothing
 * @param {Pick<Window, 'addEventListener'>} page
 */
export function keepWhatIf(store, storage, page = window) {
  let asking = true;

  page.addEventListener('beforeunload', (event) => {
    if (asking && isChanged(store.get())) event.preventDefault();
  });
  page.addEventListener('pagehide', () => {
    const { log, present, marks } = store.get();
    // The incident may open once somebody has signed in: what was kept is still of use then.
    if (log.wanted !== null) return;
    try {
      if (isChanged(store.get())) storage?.setItem(KEY, JSON.stringify({ incident: log.id, present, marks }));
      else storage?.removeItem(KEY);
    } catch {
      // A full storage: what was tried is lost, and was asked about.
    }
  });

  return {
    /** Leaves without a question: the page comes back at once, with the what-if. */
    carry: () => (asking = storage === null),
    /** Goes on with what was kept of the incident that is open, on top of what its log says by now. */
    restore() {
      const { log, marks } = store.get();
      const kept = read(storage?.getItem(KEY) ?? null);
      if (!kept || kept.incident !== log.id || log.known !== null) return;
      storage?.removeItem(KEY);
      store.update({ present: marks, marks: rebased(kept.present, kept.marks, marks) });
    },
  };
}

/** @param {string | null} text @returns {{incident: string, present: PageState['marks'], marks: PageState['marks']} | null} null for what is no what-if */
function read(text) {
  try {
    const kept = JSON.parse(text ?? '');
    return typeof kept?.incident === 'string' && Array.isArray(kept.present?.faults) && Array.isArray(kept.marks?.faults) ? kept : null;
  } catch {
    return null;
  }
}
