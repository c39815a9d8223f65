/** Imports as they go on: a file sent, recognised, corrected, checked, written; each step asked for and followed. */

import { RequestFailed, isUnreached, wasAborted } from '../request.js';
import { browserStorage } from '../log/scratch.js';
import { createFollowing } from './following.js';
import { createKeptDrafts } from './kept_drafts.js';
import { mayEdit } from './rights.js';
import { isOver, isUnderWay, openImport, storedPlan, withImport } from './state.js';
import { samePlan, withAssumed } from './plan.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../imports').ImportsState} ImportsState */
/** @typedef {import('../imports').ImportDocument} ImportDocument */
/** @typedef {import('../imports').ImportPlan} ImportPlan */

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('./api.js').ImportsApi} api
 * @param {ReturnType<typeof import('../log/viewer.js').createViewerKeeper>} viewers
 * @param {{onWritten: (id: string) => void, tooLarge: (limitBytes: number) => import('../types').PageError, unsent: string}} told `onWritten` is called when an import that was followed has been written
 */
export function createImportsSession(store, api, viewers, { onWritten, tooLarge, unsent }) {
  const now = () => store.get().imports;
  /** @param {Partial<ImportsState>} change */
  const patch = (change) => store.update({ imports: { ...now(), ...change } });
  /** @type {AbortController | null} */
  let sendingFile = null;
  const kept = createKeptDrafts(browserStorage('localStorage'));

  /** @param {ImportDocument} document */
  function put(document) {
    const { known, list, id, draft } = now();
    const before = known[document.id];
    // What the server has now may be what was corrected here.
    const plan = storedPlan(document);
    const same = id === document.id && draft && plan && samePlan(draft, plan);
    if (same || isOver(document)) kept.keep(document.id, null, null);
    const corrected = same || isOver(document) ? null : draft ?? kept.of(document.id, plan);
    patch({ known: { ...known, [document.id]: { ...before, ...document } }, list: withImport(list, document), ...(id === document.id ? { draft: corrected } : {}) });
    if (before && before.state !== document.state) arrivedAt(document, before.state);
    if (id === document.id) void fetchPreview(document);
  }

  /** @param {ImportDocument} document @param {string} before */
  function arrivedAt({ id, state }, before) {
    if (now().id === id) patch({ step: null, change: null, lit: null });
    if (state === 'committed' && before === 'committing') onWritten(id);
  }

  const following = createFollowing({
    look: async (id) => {
      const document = await api.import(id);
      put(document);
      return isUnderWay(document);
    },
    goesOn: () => now().open,
    onLost: (error) => patch({ lost: error }),
    onBack: () => now().lost && patch({ lost: null }),
  });

  /** The records as they would be, once they have been checked. @param {ImportDocument} document */
  async function fetchPreview({ id, state, updated_at: updated }) {
    const of = `${id} ${updated}`;
    const there = now().previewOf;
    if (there === of || (state !== 'checked' && !(state === 'committing' && !there?.startsWith(id)))) return;
    patch({ previewOf: of, preview: null });
    try {
      const preview = await api.preview(id);
      if (now().previewOf === of) patch({ preview });
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      if (now().previewOf === of) patch({ previewOf: null, lost: reason.error });
    }
  }

  /** Asks for a change of the import that is looked at and follows it. @param {(id: string) => Promise<ImportDocument>} ask @returns {Promise<boolean>} */
  async function attempt(ask) {
    const { id, sending } = now();
    if (id === null || sending) return false;
    patch({ sending: true, refused: null });
    try {
      const document = await viewers.proven(() => ask(id));
      patch({ sending: false });
      put(document);
      following.follow(id);
      return true;
    } catch (reason) {
      patch({ sending: false });
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ refused: reason.error });
      // Somebody else may have gone on with it.
      if (reason.error.status === 409) following.follow(id);
      return false;
    }
  }

  async function list() {
    if (!now().open || !mayEdit(store.get())) return;
    try {
      const { imports, limit_bytes: limitBytes } = await api.imports();
      patch({ list: imports, limitBytes: limitBytes ?? null, lost: null });
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ lost: reason.error });
    }
  }

  /** @param {string} layer */
  async function fetchMappings(layer) {
    try {
      patch({ mappings: (await api.mappings(layer)).mappings });
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
    }
  }

  /** @param {File} file */
  async function send(file) {
    const { wanted, limitBytes } = now();
    if (limitBytes !== null && file.size > limitBytes) return patch({ refused: tooLarge(limitBytes) });
    sendingFile = new AbortController();
    const { signal } = sendingFile;
    patch({ uploading: { name: file.name, sent: 0, of: file.size }, refused: null, id: null, step: null, draft: null });
    try {
      const document = await viewers.proven(() => api.upload(file, wanted, { signal, onSent: (sent) => signal.aborted || patch({ uploading: { name: file.name, sent, of: file.size } }) }));
      patch({ uploading: null, id: document.id, wanted: null });
      put(document);
      following.follow(document.id);
    } catch (reason) {
      patch({ uploading: null });
      if (wasAborted(reason)) return undefined;
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ refused: isUnreached(reason.error.status) ? { ...reason.error, remedy: unsent } : reason.error });
    }
    return undefined;
  }

  /** @param {string | null} id */
  function look(id) {
    const draft = id === null ? null : kept.of(id, storedPlan(now().known[id] ?? null));
    patch({ open: true, view: 'import', id, step: null, draft, refused: null, lost: null, change: null, lit: null });
    if (id === null) void list();
    else following.follow(id);
  }

  /** Keeps what is corrected of the import that is looked at. @param {ImportPlan | null} draft */
  function keep(draft) {
    const document = openImport(now());
    if (document) kept.keep(document.id, draft, storedPlan(document));
  }

  /** What the panel that is open needs. */
  function arrive() {
    const { open, id, list: known } = now();
    if (!open || !mayEdit(store.get())) return;
    if (id !== null) following.follow(id);
    if (known === null) void list();
  }

  store.subscribe((state, before) => {
    const opened = state.imports.open && !before.imports.open;
    if (opened || (mayEdit(state) && !mayEdit(before))) arrive();
    const layer = storedPlan(openImport(state.imports))?.layer;
    if (layer && layer !== storedPlan(openImport(before.imports))?.layer) void fetchMappings(layer);
  });

  return {
    start: arrive,
    list,
    open: () => patch({ open: true }),
    close: () => patch({ open: false, lit: null, change: null }),
    /** @param {import('../imports').DataView} view */
    show(view) {
      patch({ open: true, view, refused: null, lit: null, change: null });
      if (view === 'import') void list();
    },
    /** A new import, of a layer where that is chosen. @param {string | null} layer */
    begin(layer) {
      look(null);
      patch({ wanted: layer });
    },
    look,
    send,
    stopSending: () => sendingFile?.abort(),
    /** @param {import('../imports').Step} step */
    step: (step) => patch({ step, lit: null, change: null, refused: null }),
    /** @param {ImportPlan} plan */
    correct(plan) {
      const stored = storedPlan(openImport(now()));
      const draft = stored && samePlan(plan, stored) ? null : plan;
      patch({ draft, refused: null });
      keep(draft);
    },
    /** @param {{layer?: string, table?: string, encoding?: string}} fixed */
    async inspect(fixed) {
      if (!await attempt((id) => api.inspect(id, fixed))) return;
      patch({ draft: null });
      keep(null);
    },
    /** Checks with the plan as it stands in the form; what is left open there and may be is said in it. @param {import('../types').CatalogLayer | null} layer */
    check(layer) {
      const stored = storedPlan(openImport(now()));
      const said = now().draft ?? stored;
      if (!said) return Promise.resolve(false);
      const plan = layer ? withAssumed(said, layer) : said;
      if (stored && !samePlan(plan, stored)) {
        patch({ draft: plan });
        keep(plan);
      }
      return attempt((id) => api.check(id, plan));
    },
    /** @param {string} [note] */
    commit: (note = '') => attempt((id) => api.commit(id, note)),
    cancel: () => attempt(api.cancel),
    async discard() {
      if (await attempt(api.discard)) look(null);
    },
    rejected: api.rejected,
    /** @param {string} name @param {ImportPlan} plan @returns {Promise<import('../types').PageError | null>} why it was not kept */
    async keepMapping(name, plan) {
      try {
        await viewers.proven(() => api.keepMapping(name, plan));
        await fetchMappings(plan.layer);
        return null;
      } catch (reason) {
        if (!(reason instanceof RequestFailed)) throw reason;
        return reason.error;
      }
    },
    /** @param {number | null} change the topology change that is looked at */
    lookAtChange: (change) => patch({ change, lit: null }),
    /** @param {string | null} lit the issue whose places the map shows */
    light: (lit) => patch({ lit, change: null }),
  };
}

/** @typedef {ReturnType<typeof createImportsSession>} ImportsSession */
