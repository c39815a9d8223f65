/** The script that plays in the open drill: asked for when there is something new of it, and changed by who may. */

import { createLogApi } from '../log/api.js';
import { createViewerKeeper } from '../log/viewer.js';
import { RequestFailed, getJson, postJson } from '../request.js';
import { isUnderWay } from './countdown.js';

/** @typedef {import('../drills').ToldDrill} ToldDrill */

/** Without a word from the server it is asked this often while a drill goes on. */
const USUAL_MS = 10_000;
/** After the moment of a step its entry is on its way. */
const AFTER_STEP_MS = 700;
const SOONEST_MS = 400;

/**
 * @param {object} parts
 * @param {import('../state/store.js').Store<import('../types').PageState>} parts.store
 * @param {import('../types').Language} parts.language
 * @param {import('../live').LiveSession} parts.live
 * @param {(told: ToldDrill | null) => void} parts.onTold null: no script plays in what is open
 */
export function createDrillSession({ store, language, live, onTold }) {
  const viewers = createViewerKeeper(store, createLogApi(language));
  let timer = 0;
  let asked = 0;
  /** @type {ToldDrill | null} */
  let told = null;

  /** The open incident, if it is a drill that is looked at in its present. */
  const open = () => {
    const { id, view } = store.get().log;
    return id !== null && view?.incident.drill ? id : null;
  };
  /** @param {string} id @param {string} [change] */
  const address = (id, change) => `/api/drills/${encodeURIComponent(id)}${change ? `/${change}` : ''}?lang=${language}`;

  /** @param {import('../drills').Drill | null} drill */
  function tell(drill) {
    told = drill && { drill, atMs: Date.now() };
    onTold(told);
    plan();
  }

  function plan() {
    window.clearTimeout(timer);
    if (!told || !isUnderWay(told.drill) || document.hidden) return;
    const step = told.drill.next?.in_s ?? null;
    const soon = step === null ? USUAL_MS : Math.max(SOONEST_MS, step * 1000 + AFTER_STEP_MS);
    timer = window.setTimeout(() => void ask(), Math.min(soon, USUAL_MS));
  }

  async function ask() {
    const id = open();
    asked += 1;
    const own = asked;
    if (id === null) return tell(null);
    try {
      const { drill } = await getJson(address(id));
      if (own === asked && open() === id) tell(drill);
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      // Out of reach: what was told counts down no further than to zero, and it is asked again.
      if (own === asked) timer = window.setTimeout(() => void ask(), USUAL_MS);
    }
    return undefined;
  }

  live.onNudge('drill', () => void ask());
  document.addEventListener('visibilitychange', () => !document.hidden && void ask());
  store.subscribe(({ log }, before) => {
    const opened = log.id !== before.log.id || (log.view === null) !== (before.log.view === null);
    if (opened || (told && log.entries.length !== before.log.entries.length)) void ask();
  });

  return {
    /** @param {import('../drills').DrillChange | 'speed'} change @param {object} [body] @returns {Promise<import('../types').PageError | null>} why it was not done */
    async change(change, body = {}) {
      const id = open();
      if (id === null) return null;
      try {
        const { drill } = await viewers.proven(() => postJson(address(id, change), body));
        asked += 1;
        if (open() === id) tell(drill);
        return null;
      } catch (reason) {
        if (!(reason instanceof RequestFailed)) throw reason;
        void ask();
        return reason.error;
      }
    },
    /** @returns {Promise<import('../drills').DrillScripts>} */
    scripts: () => getJson(`/api/drill-scripts?lang=${language}`),
    /** Begins a drill and returns its incident. @param {object} body @returns {Promise<string>} */
    async begin(body) {
      const { drill } = await viewers.proven(() => postJson(`/api/drills?lang=${language}`, body));
      return drill.incident;
    },
  };
}

/** @typedef {ReturnType<typeof createDrillSession>} DrillSession */
