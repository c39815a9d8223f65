/** How far the server's clock is ahead of this one, from the seconds that its answers carry. Pure. */

/** An answer says the second in which it was written. */
const SECOND_MS = 1_000;

/** @param {() => number} [clock] milliseconds */
export function createServerClock(clock = Date.now) {
  /** What the difference is at the least and at the most, as far as the answers tell. */
  let [least, most] = [-Infinity, Infinity];

  const aheadMs = () => (least > 0 || most < 0 ? (least + most) / 2 : 0);

  return {
    /**
     * Clocks that the answers do not tell apart are taken for equal. What contradicts all before it comes from a clock
     * that was set meanwhile.
     * @param {number} serverMs the second of an answer @param {number} askedMs @param {number} answeredMs by this device's clock
     */
    heard(serverMs, askedMs, answeredMs) {
      if (Number.isNaN(serverMs) || answeredMs < askedMs) return;
      const [from, to] = [serverMs - answeredMs, serverMs + SECOND_MS - askedMs];
      const contradicts = from > most || to < least;
      [least, most] = contradicts ? [from, to] : [Math.max(least, from), Math.min(most, to)];
    },
    aheadMs,
    /** The present, milliseconds, also while there is no answer. */
    now: () => clock() + aheadMs(),
  };
}

/** @typedef {ReturnType<typeof createServerClock>} ServerClock */
