/** Siting as it goes on: the form and its preview, questions that are put and followed, runs that are kept. */

import { newKey } from '../log/api.js';
import { RequestFailed, isUnreached } from '../request.js';
import { draftOf, studyOf, withNumber } from './draft.js';
import { createPreview } from './preview.js';
import { incidentOnMap, mayStudy } from './question.js';
import { isUnderWay, withCompared, withRun } from './state.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').PageError} PageError */
/** @typedef {import('../siting').SitingState} SitingState */
/** @typedef {import('../siting').SitingRun} SitingRun */
/** @typedef {import('../siting').SitingStudy} SitingStudy */
/** @typedef {import('../siting').SitingDraft} SitingDraft */

const FOLLOW_MS = 700;
const AGAIN_MS = 4_000;

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('./api.js').SitingApi} api
 * @param {ReturnType<typeof import('../log/viewer.js').createViewerKeeper>} viewers
 * @param {(title: 'ask' | 'list' | 'run' | 'change', error: PageError) => void} onFailed
 * @param {() => void} onSitesChanged called when sites were planned, or are no more
 * @param {ReturnType<typeof import('./keeping.js').createDraftKeeping>} keeping
 */
export function createSitingSession(store, api, viewers, onFailed, onSitesChanged, keeping) {
  /** @type {Set<string>} */
  const followed = new Set();
  let timer = 0;

  /** @param {Partial<SitingState>} change */
  function patch(change) {
    store.update({ siting: { ...store.get().siting, ...change } });
  }

  /** @param {SitingDraft} draft */
  const study = (draft) => {
    const state = store.get();
    return studyOf(draft, { plan: state.marks.plan, onMap: incidentOnMap(state), closedRoads: state.marks.closedRoads });
  };
  const preview = createPreview(store, api, study, patch);

  /** @param {SitingRun} run */
  function put(run) {
    const { runs, known } = store.get().siting;
    patch({ known: { ...known, [run.id]: run }, runs: withRun(runs, run) });
  }

  /** What the server refuses is told; else its answer is kept. @param {'ask' | 'list' | 'run' | 'change'} what @param {() => Promise<SitingRun>} ask @returns {Promise<SitingRun | null>} */
  async function attempt(what, ask) {
    try {
      const run = await ask();
      put(run);
      return run;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      onFailed(what, reason.error);
      return null;
    }
  }

  /** Asks for a run until it is at its end; a server out of reach is asked on. @param {string} id */
  async function follow(id) {
    if (followed.has(id)) return;
    followed.add(id);
    try {
      for (;;) {
        const wait = await look(id);
        if (wait === 0 || !store.get().siting.open) return;
        await new Promise((resolve) => { setTimeout(resolve, wait); });
      }
    } finally {
      followed.delete(id);
    }
  }

  /** @param {string} id @returns {Promise<number>} after how many milliseconds it is looked at again; 0 for never */
  async function look(id) {
    try {
      const run = await api.run(id);
      put(run);
      if (store.get().siting.lost) patch({ lost: null });
      return isUnderWay(run) ? FOLLOW_MS : 0;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) return AGAIN_MS;
      patch({ lost: reason.error });
      return isUnreached(reason.error.status) ? AGAIN_MS : 0;
    }
  }

  /** The list; again and again while one of it is under way. */
  async function list() {
    window.clearTimeout(timer);
    if (!store.get().siting.open || !mayStudy(store.get())) return;
    try {
      const { runs, more } = await api.runs(store.get().siting.listAway);
      patch({ runs, more, failure: null });
      if (runs.some(isUnderWay)) timer = window.setTimeout(() => void list(), AGAIN_MS);
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) return;
      patch({ failure: reason.error });
      if (isUnreached(reason.error.status)) timer = window.setTimeout(() => void list(), AGAIN_MS);
    }
  }

  /** What is needed of the runs that are looked at. @param {string[]} ids */
  function fetchAll(ids) {
    const { known, lost } = store.get().siting;
    if (lost) patch({ lost: null });
    for (const id of ids) if (!known[id]?.plan_document) void follow(id);
  }

  /** A try that was not answered keeps its key, so that the same question is never put twice. @type {{form: string, key: string} | null} */
  let tried = null;
  /** @param {SitingStudy} asked @returns {Promise<PageError | null>} why it was refused */
  async function ask(asked) {
    const form = JSON.stringify(asked);
    if (tried?.form !== form) tried = { form, key: newKey() };
    const { key } = tried;
    patch({ sending: true });
    try {
      const run = await viewers.proven(() => api.ask({ study: asked, client_key: key }));
      tried = null;
      put(run);
      patch({ view: 'answer', shown: [run.id], sending: false, refused: null, lit: null });
      void follow(run.id);
      return null;
    } catch (reason) {
      patch({ sending: false });
      if (!(reason instanceof RequestFailed)) throw reason;
      if (reason.error.problems.length) patch({ refused: reason.error, view: 'ask' });
      else onFailed('ask', reason.error);
      return reason.error;
    }
  }

  /** The whole of a run, of which the list says less. @param {string} id */
  async function whole(id) {
    const known = store.get().siting.known[id];
    return known ?? attempt('run', () => api.run(id));
  }

  function arrive() {
    const { siting } = store.get();
    if (!siting.open || !mayStudy(store.get())) return;
    if (!siting.draft) patch({ draft: keeping.take() });
    fetchAll(store.get().siting.shown);
    void list();
    preview.again();
  }

  window.addEventListener('online', () => void (store.get().siting.refused && preview.again()));
  store.subscribe((state, before) => {
    const opened = state.siting.open !== before.siting.open;
    if (opened || (mayStudy(state) && !mayStudy(before))) arrive();
    if (state.siting.draft && state.siting.draft !== before.siting.draft) keeping.keep(state.siting.draft);
    if (state.marks !== before.marks || state.siting.draft !== before.siting.draft || state.siting.view !== before.siting.view) preview.later();
  });

  return {
    start: arrive,
    open: () => patch({ open: true }),
    close: () => patch({ open: false, lit: null }),
    /** @param {import('../siting').SitingView} view */
    show(view) {
      patch({ view, lit: null });
      if (view === 'runs') void list();
    },
    /** @param {SitingDraft} draft */
    change: (draft) => patch({ draft, refused: null }),
    previewAgain: preview.again,
    /** Puts the question that the form stands for. */
    solve: () => {
      const { draft } = store.get().siting;
      return draft ? ask(study(draft)) : Promise.resolve(null);
    },
    /** The question of a run with another number of new sites. @param {SitingRun} run @param {number} sites */
    solveWith: (run, sites) => ask(withNumber(run.study, sites)),
    /** The same question once more. @param {string} id */
    async again(id) {
      const run = await whole(id);
      if (run) await ask(run.study);
    },
    /** The form as that run's, to be changed. @param {string} id */
    async edit(id) {
      const run = await whole(id);
      if (run) patch({ draft: draftOf(run.study), view: 'ask', refused: null });
    },
    /** @param {string} id */
    look(id) {
      patch({ view: 'answer', shown: [id], lit: null });
      fetchAll([id]);
    },
    /** Puts a run among those side by side, or takes it out. @param {string} id */
    toggleCompared(id) {
      const { shown, view } = store.get().siting;
      const next = withCompared(view === 'runs' || view === 'compare' ? shown : [], id);
      patch({ shown: next });
      fetchAll(next);
    },
    compare: () => {
      patch({ view: 'compare', lit: null });
      fetchAll(store.get().siting.shown);
    },
    /** @param {boolean} away */
    listAway(away) {
      patch({ listAway: away });
      void list();
    },
    list,
    /** @param {string} id */
    cancel: (id) => attempt('change', () => viewers.proven(() => api.cancel(id))),
    /** @param {string} id @param {string} name */
    rename: (id, name) => attempt('change', () => viewers.proven(() => api.rename(id, name))),
    /** @param {string} id @param {boolean} away */
    async putAway(id, away) {
      const run = await attempt('change', () => viewers.proven(() => api.putAway(id, away)));
      if (run && away) patch({ shown: store.get().siting.shown.filter((other) => other !== id) });
      if (run) void list();
      return run;
    },
    /** @param {string} id @param {boolean} chosen */
    async choose(id, chosen) {
      const key = newKey();
      const run = await attempt('change', () => viewers.proven(() => (chosen ? api.choose(id, key) : api.takeBack(id))));
      if (run) onSitesChanged();
      return run;
    },
    /** @param {string | null} id */
    light: (id) => {
      if (store.get().siting.lit !== id) patch({ lit: id });
    },
    file: api.file,
  };
}

/** @typedef {ReturnType<typeof createSitingSession>} SitingSession */
