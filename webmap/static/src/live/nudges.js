/** Who wants to hear that there is something new of a kind, to be asked for. Pure. */

/** @typedef {import('../live').Nudge} Nudge */

export function createNudges() {
  /** @type {Map<string, Set<() => void>>} */
  const listeners = new Map();
  let everBack = false;

  return {
    /** @param {Nudge} what @param {() => void} callback @returns {() => void} stops it */
    on(what, callback) {
      const those = listeners.get(what) ?? new Set();
      those.add(callback);
      listeners.set(what, those);
      return () => void those.delete(callback);
    },
    /** @param {string} what */
    tell(what) {
      for (const callback of [...(listeners.get(what) ?? [])]) callback();
    },
    /** The stream is there; where it is so again, what was missed meanwhile is not known. */
    back() {
      if (everBack) for (const what of listeners.keys()) this.tell(what);
      everBack = true;
    },
  };
}
