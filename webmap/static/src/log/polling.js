/** Asks again and again for what is new: often while the page is looked at, seldom behind others or where the server refuses. */

import { RequestFailed, isUnreached } from '../request.js';

const SEEN_MS = 5_000;
const HIDDEN_MS = 30_000;
const LONGEST_MS = 60_000;
/** While a stream tells what is new: whether it tells all of it. */
const RESTING_MS = 60_000;
const TICK_MS = 30_000;

/**
 * @param {object} options
 * @param {() => Promise<void>} options.ask
 * @param {() => void} options.tick called as the clock goes on
 * @param {() => void} options.onUnreached there was no answer; told each time
 * @param {(error: import('../types').PageError) => void} options.onLost the server refused; told once for each time that it answered before
 * @param {() => void} options.onBack the server answers again
 * @param {number} [options.seenMs] how long after an answer it is asked again while the page is looked at
 */
export function createPolling({ ask, tick, onUnreached, onLost, onBack, seenMs = SEEN_MS }) {
  let timer = 0;
  let ticking = 0;
  let failures = 0;
  /** How often it was asked in vain, so that it is asked less often; a server out of reach is looked for as before. */
  let refusals = 0;
  let asking = false;
  let resting = false;

  function plan() {
    window.clearTimeout(timer);
    if (!ticking) return;
    const usual = resting ? RESTING_MS : document.hidden ? HIDDEN_MS : seenMs;
    timer = window.setTimeout(() => void again(), Math.min(usual * 2 ** refusals, Math.max(LONGEST_MS, usual)));
  }

  async function again() {
    if (asking || !ticking) return;
    asking = true;
    try {
      await ask();
      if (failures) onBack();
      [failures, refusals] = [0, 0];
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      if (failures === 0) onLost(reason.error);
      failures += 1;
      refusals = isUnreached(reason.error.status) ? 0 : Math.min(refusals + 1, 6);
      if (isUnreached(reason.error.status)) onUnreached();
    } finally {
      asking = false;
      plan();
    }
  }

  const seen = () => {
    if (document.hidden || !ticking) return;
    tick();
    void again();
  };
  document.addEventListener('visibilitychange', seen);
  window.addEventListener('online', seen);

  return {
    /** Asks at once. */
    now: () => void again(),
    /** @param {boolean} is whether what is new is told without being asked for */
    rest(is) {
      if (resting === is) return;
      resting = is;
      // Why it failed before is over: that is noticed by an answer.
      if (is && failures) void again();
      else if (!asking) plan();
    },
    start() {
      [failures, refusals] = [0, 0];
      ticking ||= window.setInterval(() => {
        if (!document.hidden) tick();
      }, TICK_MS);
      plan();
    },
    stop() {
      window.clearInterval(ticking);
      window.clearTimeout(timer);
      ticking = 0;
    },
  };
}

/** @typedef {ReturnType<typeof createPolling>} Polling */
