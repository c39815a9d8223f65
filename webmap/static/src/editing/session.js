/** A draft as it is worked on: every step is kept by the server at once, undone and done again, looked at, written. */

import { RequestFailed } from '../request.js';
import { mayEdit } from '../imports/rights.js';
import { isEditing, stepsMoved, stepsWith, stepsWithout } from './state.js';
import { beginning, handedOn } from './values.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../editing').EditingState} EditingState */
/** @typedef {import('../editing').EditOperation} EditOperation */
/** @typedef {import('../editing').DataDraft} DataDraft */
/** @typedef {import('../editing').ListedDraft} ListedDraft */

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('./api.js').EditingApi} api
 * @param {ReturnType<typeof import('../log/viewer.js').createViewerKeeper>} viewers
 * @param {import('../types').Catalog} catalog
 * @param {{onWritten: () => void, wantLayer: (key: string) => void}} told `onWritten` when the data are others now
 */
export function createEditingSession(store, api, viewers, catalog, { onWritten, wantLayer }) {
  const now = () => store.get().editing;
  /** @param {Partial<EditingState>} change */
  const patch = (change) => store.update({ editing: { ...now(), ...change } });
  /** @param {string} key */
  const fieldsOf = (key) => catalog.layers.find((layer) => layer.key === key)?.fields ?? [];
  /** Saves what is written in the form of a record; false where that was refused. @type {() => Promise<boolean>} */
  let saveForm = () => Promise.resolve(true);
  /** What the last record that was added had. @type {import('../editing').Values} */
  let last = {};

  /** @template T @param {() => Promise<T>} ask @returns {Promise<T | null>} null when it was refused, which is kept to be told */
  async function attempt(ask) {
    if (now().saving) return null;
    patch({ saving: true, refused: null });
    try {
      const answer = await viewers.proven(ask);
      patch({ saving: false, lost: null });
      return answer;
    } catch (reason) {
      patch({ saving: false });
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ refused: reason.error });
      return null;
    }
  }

  /** Asks for something to look at. @template T @param {() => Promise<T>} ask @returns {Promise<T | null>} */
  async function fetched(ask) {
    try {
      return await ask();
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ lost: reason.error });
      return null;
    }
  }

  async function list() {
    if (!mayEdit(store.get())) return;
    const answer = await fetched(api.drafts);
    if (answer) patch({ drafts: answer.drafts, lost: null });
  }

  /** @param {string} id */
  async function open(id) {
    patch({ id, draft: null, record: null, adding: null, task: { kind: 'select' }, reviewing: false, refused: null, lost: null });
    const draft = await fetched(() => api.draft(id));
    if (!draft || now().id !== id) return;
    patch({ draft });
    wantLayer(now().layer);
  }

  /** Takes up what another window made of the draft. */
  async function lookAgain() {
    const { id } = now();
    const draft = id && (await fetched(() => api.draft(id)));
    if (draft && now().id === id) patch({ draft });
  }

  /** The record that is looked at, as it stands now; none where it is gone. @param {string} layer @param {string} id */
  async function look(layer, id) {
    const { id: of } = now();
    if (of === null) return;
    try {
      const record = await api.record(of, layer, id);
      if (now().id === of) patch({ record, layer });
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ record: null, ...(reason.error.status === 422 ? {} : { lost: reason.error }) });
    }
  }

  /** @param {{keep: number, add: EditOperation[], length: number}} steps @returns {Promise<boolean>} whether they were kept */
  async function save(steps) {
    const { draft } = now();
    if (!draft) return false;
    const answer = await attempt(() => api.save(draft, steps));
    if (!answer) {
      if (now().refused?.status === 409) await lookAgain();
      return false;
    }
    patch({ draft: answer });
    return true;
  }

  /** One step more. @param {EditOperation} operation */
  async function apply(operation) {
    const { draft } = now();
    if (!draft) return false;
    const kept = await save(stepsWith(draft, operation));
    const { record } = now();
    if (kept && operation.op === 'remove') patch({ record: null });
    else if (kept && record) await look(record.layer, record.id);
    return kept;
  }

  /** @param {number} by */
  async function move(by) {
    const { draft } = now();
    if (!draft || draft.length + by < 0 || draft.length + by > draft.total) return;
    if (!(await save(stepsMoved(draft, by)))) return;
    const { record } = now();
    if (record) await look(record.layer, record.id);
  }

  /** What of the draft the data now are, or are not any more. @param {(draft: DataDraft) => Promise<DataDraft>} ask */
  async function settle(ask) {
    const { draft } = now();
    const answer = draft && (await attempt(() => ask(draft)));
    if (answer) patch({ draft: answer, record: null, adding: null, task: { kind: 'select' } });
    else if (now().refused?.status === 409) await lookAgain();
    return answer;
  }

  const close = () => patch({ id: null, draft: null, record: null, adding: null, task: { kind: 'select' }, reviewing: false, lit: null, refused: null, lost: null });

  function arrive() {
    const { imports, editing } = store.get();
    if (!imports.open || imports.view !== 'edit' || !mayEdit(store.get())) return;
    if (editing.id !== null && !editing.draft) void open(editing.id);
    else if (editing.drafts === null) void list();
  }

  store.subscribe((state, before) => {
    const looked = (/** @type {PageState} */ { imports }) => imports.open && imports.view === 'edit';
    if ((looked(state) && !looked(before)) || (mayEdit(state) && !mayEdit(before))) arrive();
    // While a draft is worked on the map is the editor's.
    const wanted = isEditing(state) ? 'edit' : 'none';
    if (state.mode !== wanted && (wanted === 'edit' || state.mode === 'edit')) store.update({ mode: wanted, selected: null });
  });

  return {
    start: arrive, list, open, apply,
    /** @param {() => Promise<boolean>} save what is asked before a record is left for something else */
    beforeLeaving(save) {
      saveForm = save;
    },
    async begin() {
      const draft = await attempt(api.begin);
      if (!draft) return;
      patch({ id: draft.id, draft, record: null, adding: null, task: { kind: 'select' } });
      wantLayer(now().layer);
    },
    async close() {
      // Of a draft that is gone nothing can be saved.
      if (!(await saveForm()) && now().refused?.status !== 404) return;
      close();
      void list();
    },
    /** @param {string} layer */
    async choose(layer) {
      if (!(await saveForm())) return patch({ layer: now().layer });
      patch({ layer, record: null, adding: null, task: { kind: 'select' }, refused: null });
      wantLayer(layer);
    },
    /** @param {string} layer @param {string} id */
    async look(layer, id) {
      const { record } = now();
      if ((record?.layer !== layer || record.id !== id) && !(await saveForm())) return undefined;
      patch({ adding: null, refused: null, task: { kind: 'select' } });
      return look(layer, id);
    },
    /** Leaves the record, with what was written in its form saved. */
    async finish() {
      if (await saveForm()) patch({ record: null, adding: null, task: { kind: 'select' }, refused: null, referred: null });
    },
    /** Leaves the record as it was. */
    leave: () => patch({ record: null, adding: null, task: { kind: 'select' }, refused: null, referred: null }),
    /** @param {import('../editing').EditTask} task */
    task: (task) => patch({ task, refused: null }),
    /** A new record of the layer: drawn first, or filled in at once where it has no place. */
    async draw() {
      if (!(await saveForm())) return;
      const { layer } = now();
      const hasPlace = catalog.layers.find(({ key }) => key === layer)?.geometry;
      if (hasPlace) patch({ record: null, adding: null, refused: null, task: { kind: 'draw', corners: [] } });
      else patch({ record: null, refused: null, task: { kind: 'select' }, adding: { layer, geometry: null, corners: [], values: beginning(fieldsOf(layer), last) } });
    },
    /** The form of what was drawn. @param {import('../types').Geometry} geometry @param {import('../editing').Corner[]} corners */
    fill(geometry, corners) {
      const { layer } = now();
      /** @type {import('../editing').Values} */
      const known = { ...last };
      if (layer === 'network_lines') {
        const [from, to] = [corners[0].node, corners[corners.length - 1].node];
        Object.assign(known, { from_node: from?.id ?? null, to_node: to?.id ?? null });
        if (from ?? to) known.network = /** @type {import('../editing').Snap} */ (from ?? to).network;
      }
      patch({ task: { kind: 'select' }, adding: { layer, geometry, corners, values: beginning(fieldsOf(layer), known) } });
    },
    /** A new record whose place is written instead of pressed: coordinates of a point, the nodes of a line. */
    fillUnplaced: () => patch({ task: { kind: 'select' }, adding: { layer: now().layer, geometry: null, corners: [], values: beginning(fieldsOf(now().layer), last) } }),
    /** @param {import('../editing').Values} values @returns {Promise<boolean>} */
    async add(values) {
      const { adding } = now();
      if (!adding) return false;
      const { id, ...rest } = values;
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
      const operation = { op: /** @type {const} */ ('add'), layer: adding.layer, values: given, geometry: adding.geometry, ...(id ? { id } : {}), ...(adding.layer === 'network_lines' ? { make_nodes: true } : {}) };
      if (!(await apply(operation))) return false;
      last = { ...last, ...handedOn(values) };
      const [made] = now().draft?.last ?? [];
      patch({ adding: null });
      if (made) await look(made.layer, made.id);
      return true;
    },
    /** @param {string} field @param {string} id */
    refer: (field, id) => patch({ referred: { field, id }, task: { kind: 'select' } }),
    referredTaken: () => patch({ referred: null }),
    undo: () => move(-1),
    redo: () => move(1),
    /** @param {number} number of a step from 0 */
    async drop(number) {
      const { draft } = now();
      if (draft && (await save(stepsWithout(draft, number))) && now().record) patch({ record: null });
    },
    async review() {
      if (!(await saveForm())) return;
      patch({ reviewing: true, record: null, adding: null, task: { kind: 'select' }, lit: null });
      await settle(api.review);
    },
    goOn: () => patch({ reviewing: false, lit: null, refused: null }),
    /** @param {string | null} lit */
    light: (lit) => patch({ lit }),
    rebase: async () => { if (await settle(api.rebase)) await settle(api.review); },
    /** @param {string} note */
    async commit(note) {
      if (!(await settle((draft) => api.commit(draft, note)))) return;
      close();
      onWritten();
    },
    /** Takes a draft out of the data again; it is open then. @param {ListedDraft} draft */
    async takeOut(draft) {
      const answer = await attempt(() => api.undo(draft));
      if (!answer) return;
      patch({ id: answer.id });
      onWritten();
    },
    /** @param {string} name */
    rename: (name) => settle((draft) => api.rename(draft, name)),
    async discard() {
      const { draft } = now();
      if (!draft || !(await attempt(() => api.discard(draft.id)))) return;
      close();
      await list();
    },
    /** @param {string} id */
    async takeBack(id) {
      if (await attempt(() => api.takeBack(id))) await open(id);
    },
  };
}

/** @typedef {ReturnType<typeof createEditingSession>} EditingSession */
