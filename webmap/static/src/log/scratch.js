/** The calculation that was on the page before an incident was opened, kept for this window of the browser. */

/** @typedef {Pick<import('../types').PageState, 'marks' | 'present' | 'hours'>} Scratch */

const KEY = 'webmap.scratch';

/** @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null} storage null where the browser keeps nothing */
export function createScratch(storage) {
  /** @type {Scratch | null} */
  let held = null;

  return {
    /** @param {Scratch} scratch */
    keep({ marks, present, hours }) {
      held = { marks, present, hours };
      try {
        storage?.setItem(KEY, JSON.stringify(held));
      } catch {
        // A full storage: the page itself still holds it.
      }
    },
    /** What was kept, which is then forgotten here. @returns {Scratch | null} */
    take() {
      const kept = held ?? read(storage?.getItem(KEY) ?? null);
      held = null;
      storage?.removeItem(KEY);
      return kept;
    },
  };
}

/** @param {string | null} text @returns {Scratch | null} null for what is no such calculation */
function read(text) {
  try {
    const kept = JSON.parse(text ?? '');
    return Array.isArray(kept?.marks?.faults) && typeof kept.hours === 'number' ? kept : null;
  } catch {
    return null;
  }
}

/** A storage of the browser, or null where it is forbidden. @param {'localStorage' | 'sessionStorage'} name @returns {Storage | null} */
export function browserStorage(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}
