/** Asks the server for the commander's view: when it is looked at, and again whenever the log has grown. */

import { RequestFailed, getJson, wasAborted } from '../request.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../command').Command} Command */

/** What happens without an entry (a deadline passes, a place falls) is asked for so often. */
const AGAIN_MS = 60_000;
/** Entries that come together are one question. */
const PAUSE_MS = 150;

/**
 * @param {import('../types').Language} language
 * @param {() => PageState} state
 * @param {(answer: Command | null, failure: import('../types').PageError | null) => void} show
 */
export function createCommandAsking(language, state, show) {
  /** @type {AbortController | null} */
  let control = null;
  let timer = 0;
  let asked = '';
  let askedMs = 0;

  /** What the answer rests on. @param {PageState} now */
  const keyOf = ({ log: { id, view, known }, viewer }) => JSON.stringify([id, view?.length ?? null, known, viewer?.person?.id ?? null, viewer?.roles.length ?? 0]);

  async function ask() {
    const { log } = state();
    if (log.id === null || !log.view) return;
    control?.abort();
    const mine = new AbortController();
    control = mine;
    const query = new URLSearchParams({ lang: language, ...(log.known === null ? {} : { known: String(log.known), at: log.view.at }) });
    askedMs = Date.now();
    try {
      const answer = await getJson(`/api/incidents/${encodeURIComponent(log.id)}/command?${query}`, mine.signal);
      if (control === mine) show(answer, null);
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      asked = '';
      if (control === mine) show(null, reason.error);
    }
  }

  return {
    /** Asks if anything may have changed since the last answer. */
    need() {
      const now = state();
      if (now.log.id === null || !now.log.view) return;
      const key = keyOf(now);
      if (key === asked && Date.now() - askedMs < AGAIN_MS) return;
      asked = key;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), PAUSE_MS);
    },
    forget() {
      control?.abort();
      window.clearTimeout(timer);
      asked = '';
    },
  };
}
