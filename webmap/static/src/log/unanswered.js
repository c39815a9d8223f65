/** Forms of which nobody knows whether they were written: sent again, they carry the same key and say the same. Pure. */

import { msFromIso } from '../state/clock.js';
import { isTransient } from './outbox.js';

/** @typedef {import('../log').NewFact} NewFact */
/** @typedef {{form: string, key: string, facts: NewFact[], at: number}} Sent */

/** A time so near to the present is "now", which goes on between two presses of a button. */
const NOW_MS = 90_000;
/** After so long the same words are told anew. */
const LONGEST_MS = 15 * 60_000;

/**
 * @param {() => string} newKey
 * @param {() => number} [clock] milliseconds
 */
export function createUnanswered(newKey, clock = Date.now) {
  /** @type {Map<string, Sent>} */
  const kept = new Map();

  /** What a form says, whatever the clock says. @param {string} scope @param {NewFact[]} facts @param {string | null} now */
  function formOf(scope, facts, now) {
    const isNow = (/** @type {string} */ at) => now !== null && Math.abs(msFromIso(at) - msFromIso(now)) < NOW_MS;
    return JSON.stringify([scope, facts], (name, value) => (name === 'happened_at' && isNow(value) ? '' : value));
  }

  return {
    /**
     * @param {string} scope what the facts go into
     * @param {NewFact[]} facts
     * @param {string | null} now the present where it is the clock's, null where it is chosen
     * @returns {Sent} the facts as they went the first time, with their key
     */
    take(scope, facts, now) {
      const form = formOf(scope, facts, now);
      const before = kept.get(form);
      if (before && clock() - before.at < LONGEST_MS) return before;
      const sent = { form, key: newKey(), facts, at: clock() };
      kept.set(form, sent);
      return sent;
    },
    /** What became of it. @param {Sent} sent @param {number | null} status of a failure, null once it is written */
    ended({ form }, status) {
      if (status === null || !isTransient(status)) kept.delete(form);
    },
  };
}
