/** A wall follows the newest real incident that runs; who is fixed to one stays there. What ended is shown for a while. */

import { RequestFailed, getJson } from '../request.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../log').IncidentSummary} IncidentSummary */

const ASK_MS = 15_000;
/** So long what has ended stays to be read. */
const ENDED_STAYS_MS = 10 * 60_000;

/**
 * Which incident to show. Pure.
 * @param {IncidentSummary[]} running real ones, the one opened last first @param {string | null} open
 * @param {number | null} overMs for how long the open one has run no more
 * @returns {string | null} null: none
 */
export function followed(running, open, overMs) {
  if (running.length) return running[0].id;
  return open !== null && overMs !== null && overMs < ENDED_STAYS_MS ? open : null;
}

/**
 * @param {import('../panel/context').PageContext} context
 * @param {{onHeard: () => void}} told
 */
export function createFollowing({ store, log, live, words }, { onHeard }) {
  let timer = 0;
  let asking = false;
  /** @type {number | null} */
  let overAtMs = null;

  async function ask() {
    window.clearTimeout(timer);
    const { scenes, viewer } = store.get();
    if (!scenes || asking) return;
    asking = true;
    try {
      if (!scenes.fixed && viewer?.person) await follow();
      else if (store.get().log.id === null) await getJson('/healthz');
      onHeard();
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
    } finally {
      asking = false;
      timer = window.setTimeout(() => void ask(), ASK_MS);
    }
  }

  async function follow() {
    const { incidents } = await getJson(`/api/incidents?which=running&lang=${words.language}`);
    const open = store.get().log.id;
    const runs = incidents.some((/** @type {IncidentSummary} */ { id }) => id === open);
    overAtMs = open === null || runs ? null : overAtMs ?? Date.now();
    const wanted = followed(incidents, open, overAtMs === null ? null : Date.now() - overAtMs);
    if (wanted === open) return;
    if (wanted === null) log.leave();
    else await log.open(wanted);
  }

  live.onNudge('attention', () => void ask());
  store.subscribe((state, before) => {
    if (state.scenes !== before.scenes || state.viewer?.person?.id !== before.viewer?.person?.id || (state.unreached === null) !== (before.unreached === null)) void ask();
  });
  void ask();
}
