/** A store of plain state with undo and redo over some parts of it. Knows neither the map nor the document. */

/**
 * @template {object} S
 * @typedef {object} Store
 * @property {() => S} get
 * @property {(patch: Partial<S>) => void} update merges a patch; listeners hear of it only if something changed
 * @property {(label: string, patch: Partial<S>) => void} commit like `update`, and can be undone
 * @property {() => string | null} undo returns the label of what was undone, null when there is nothing
 * @property {() => string | null} redo
 * @property {() => void} forget nothing of before can be undone or redone any more
 * @property {() => boolean} canUndo
 * @property {() => boolean} canRedo
 * @property {(listener: (state: S, before: S) => void) => () => void} subscribe returns the way to stop listening
 */

const HISTORY_LENGTH = 200;

/**
 * @template {object} S
 * @param {S} initial
 * @param {...(keyof S)} parts of the state that undo and redo restore together; their values are never changed in place
 * @returns {Store<S>}
 */
export function createStore(initial, ...parts) {
  let state = initial;
  /** @type {{label: string, values: Partial<S>}[]} */
  const past = [];
  /** @type {{label: string, values: Partial<S>}[]} */
  let future = [];
  /** @type {Set<(state: S, before: S) => void>} */
  const listeners = new Set();

  /** @param {Partial<S>} patch */
  function update(patch) {
    const keys = /** @type {(keyof S)[]} */ (Object.keys(patch));
    if (!keys.some((key) => state[key] !== patch[key])) return;
    const before = state;
    state = { ...state, ...patch };
    for (const listener of [...listeners]) listener(state, before);
  }

  /** @returns {Partial<S>} */
  const current = () => /** @type {Partial<S>} */ (Object.fromEntries(parts.map((part) => [part, state[part]])));

  /**
   * @param {{label: string, values: Partial<S>}[]} from
   * @param {{label: string, values: Partial<S>}[]} to
   */
  function step(from, to) {
    const entry = from.pop();
    if (!entry) return null;
    to.push({ label: entry.label, values: current() });
    update(entry.values);
    return entry.label;
  }

  return {
    get: () => state,
    update,
    commit(label, patch) {
      past.push({ label, values: current() });
      if (past.length > HISTORY_LENGTH) past.shift();
      future = [];
      update(patch);
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    forget() {
      past.length = 0;
      future = [];
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
