/** Whether the server can be reached, since when not, and its clock: told by everything that is asked of it. */

import { getJson, isUnreached, watchAnswers } from './request.js';
import { isoFromMs } from './state/clock.js';
import { createServerClock } from './state/server_clock.js';

/** How often a server out of reach is looked for. */
const PROBE_MS = 5_000;
/** So long without an answer, and nobody counts on one. */
const SOON_MS = 4_500;

/**
 * @param {import('./state/store.js').Store<import('./types').PageState>} store
 * @param {() => void} onBack called when the server answers again
 */
export function createReach(store, onBack) {
  const clock = createServerClock();
  let heardMs = clock.now();
  /** @type {() => void} */
  let onWord = () => {};
  /** Why the picture is not the present: no answer from the server, or none to what the picture rests on. */
  const missing = { server: false, assessment: false };
  let timer = 0;

  function tell() {
    const is = missing.server || missing.assessment;
    const { unreached } = store.get();
    if (is !== (unreached !== null)) store.update({ unreached: is ? isoFromMs(heardMs) : null });
  }

  function lost() {
    missing.server = true;
    tell();
    timer ||= window.setTimeout(() => void probe(), PROBE_MS);
  }

  /** The log's own questions find the server by themselves. */
  async function probe() {
    timer = 0;
    if (!missing.server) return;
    if (store.get().log.id === null) await getJson('/healthz').catch(() => {});
    if (missing.server) timer ||= window.setTimeout(() => void probe(), PROBE_MS);
  }

  watchAnswers(({ status, serverMs, askedMs, answeredMs }) => {
    if (status === 0 || status === 502 || status === 504) return lost();
    if (isUnreached(status)) return undefined;
    if (serverMs !== null) clock.heard(serverMs, askedMs, answeredMs);
    heardMs = status < 400 ? clock.now() : heardMs;
    found();
    return undefined;
  });

  function found() {
    if (!missing.server) return;
    missing.server = false;
    tell();
    // What was asked is still being read.
    window.setTimeout(onBack);
  }

  window.addEventListener('offline', lost);
  window.addEventListener('online', () => void probe());

  return {
    /** The server's present, milliseconds. */
    now: clock.now,
    lost,
    /** The server said what there is of the open incident: by an answer, or by itself. */
    word() {
      heardMs = clock.now();
      found();
      onWord();
    },
    /** @param {() => void} listener told of every word */
    watchWords(listener) {
      onWord = listener;
    },
    /** @param {boolean} is whether the assessment shown is an earlier one, for want of an answer */
    withoutAssessment(is) {
      missing.assessment = is;
      tell();
    },
    /** An answer that does not come for long is none, until it comes. @template T @param {Promise<T>} answer @returns {Promise<T>} */
    async soon(answer) {
      const waiting = window.setTimeout(lost, SOON_MS);
      try {
        return await answer;
      } finally {
        window.clearTimeout(waiting);
      }
    },
  };
}

/** @typedef {ReturnType<typeof createReach>} Reach */
