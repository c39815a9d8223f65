/** Forms that were left unfinished: each stays until it is stored or cleared, however its dialog was closed. */

/** @typedef {{form: import('./form.js').Form, incident: string | null, kind: string}} Draft */

export function createDrafts() {
  /** The one begun last at the end. @type {Map<string, Draft>} */
  const kept = new Map();

  return {
    /** The form for this, as it was left; a new one where nothing was entered. @param {string | null} incident @param {string} kind @param {Record<string, unknown>} values that it starts with @param {(forget: () => void) => import('./form.js').Form} make */
    take(incident, kind, values, make) {
      const key = JSON.stringify([incident, kind, values]);
      const left = kept.get(key);
      kept.delete(key);
      const form = left?.form.touched() ? left.form : make(() => kept.delete(key));
      kept.set(key, { form, incident, kind });
      return form;
    },
    /** Those with something entered, the last first. @param {string | null} incident */
    of: (incident) => [...kept.values()].filter((draft) => draft.incident === incident && draft.form.touched()).reverse(),
    /** @param {Draft} draft */
    clear(draft) {
      for (const [key, { form }] of kept) if (form === draft.form) kept.delete(key);
    },
  };
}
