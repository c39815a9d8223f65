/** Questions to the server while somebody drafts: after a pause, only the latest counts, an answer out of date is dropped. */

import { RequestFailed, postJson, wasAborted } from '../../../request.js';
import { partsOf, question } from './decided.js';

/** @typedef {import('../../../warnings_draft').Draft} Draft */
/** @typedef {import('../../../warnings_draft').Suggested} Suggested */
/** @typedef {import('../../../warnings').WarningArea} WarningArea */
/** @typedef {import('../../../types').PageError} PageError */

const AREA_PAUSE_MS = 200;
const PAUSE_MS = 450;

/**
 * @param {'zh' | 'en'} language
 * @param {object} handlers
 * @param {(suggested: Suggested) => void} handlers.onSuggested
 * @param {(area: WarningArea) => void} handlers.onArea
 * @param {(error: PageError, what: 'suggestion' | 'area') => void} handlers.onFailed
 * @param {() => void} handlers.onWorking something is asked or was answered
 */
export function createAsking(language, { onSuggested, onArea, onFailed, onWorking }) {
  const suggestions = line('suggestions', onSuggested, (error) => onFailed(error, 'suggestion'));
  const areas = line('areas', onArea, (error) => onFailed(error, 'area'));

  /** @param {string} path @param {(answer: any) => void} onAnswer @param {(error: PageError) => void} onError */
  function line(path, onAnswer, onError) {
    let timer = 0;
    let control = new AbortController();
    const state = { working: false };

    function stop() {
      window.clearTimeout(timer);
      control.abort();
      state.working = false;
    }

    /** @param {object} body @param {number} pauseMs */
    function ask(body, pauseMs) {
      stop();
      const own = new AbortController();
      control = own;
      state.working = true;
      onWorking();
      timer = window.setTimeout(() => void send(body, own), pauseMs);
    }

    /** @param {object} body @param {AbortController} own */
    async function send(body, own) {
      try {
        const answer = await postJson(`/api/warnings/${path}?lang=${language}`, body, own.signal);
        if (own.signal.aborted) return;
        state.working = false;
        onAnswer(answer);
      } catch (reason) {
        if (wasAborted(reason) || own.signal.aborted) return;
        if (!(reason instanceof RequestFailed)) throw reason;
        state.working = false;
        onError(reason.error);
      }
      onWorking();
    }
    return { ask, stop, state };
  }

  return {
    /** @param {Draft} draft @param {{now?: boolean}} [when] */
    suggest: ({ incident, decided, warningId }, { now = false } = {}) => suggestions.ask(question(decided, incident, warningId), now ? 0 : PAUSE_MS),
    /** The area alone, which is answered sooner than all the rest. @param {Draft} draft @param {Suggested | null} suggested */
    area({ incident, decided, warningId }, suggested) {
      areas.ask({ incident, area: { parts: partsOf(decided, suggested) }, ...(warningId && { warning: warningId }) }, AREA_PAUSE_MS);
    },
    working: () => ({ suggestion: suggestions.state.working, area: areas.state.working || suggestions.state.working }),
    stop() {
      suggestions.stop();
      areas.stop();
    },
  };
}

/** @typedef {ReturnType<typeof createAsking>} Asking */
