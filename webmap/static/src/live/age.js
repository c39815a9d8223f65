/** How old the picture is: in words, and counted each second while it grows old. */

import { timeOn } from '../format.js';
import { isoFromMs, msFromIso } from '../state/clock.js';

/** @typedef {import('../types').PageState} PageState */

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** Whole seconds gone by since a time, 0 at the least. @param {string} iso @param {number} nowMs the server's present */
export function ageS(iso, nowMs) {
  return Math.max(0, Math.floor((nowMs - msFromIso(iso)) / 1000));
}

/** @param {import('../i18n.js').Translator} words @param {number} seconds @returns {string} 47 秒; 3 分 5 秒; 2 小时 10 分 */
export function ageText({ t }, seconds) {
  if (seconds < MINUTE_S) return t('live.age.s', { s: seconds });
  if (seconds < HOUR_S) return t('live.age.m', { m: Math.floor(seconds / MINUTE_S), s: seconds % MINUTE_S });
  return t('live.age.h', { h: Math.floor(seconds / HOUR_S), m: Math.floor((seconds % HOUR_S) / MINUTE_S) });
}

/** A time of today to the second, of another day to the minute. @param {string} iso @param {number} nowMs @param {import('../types').Language} language */
export function clockText(iso, nowMs, language) {
  const now = isoFromMs(nowMs);
  const time = isoFromMs(msFromIso(iso));
  return time.slice(0, 10) === now.slice(0, 10) ? time.slice(11, 19) : timeOn(iso, now, language);
}

/**
 * That the picture may be out of date, and since when.
 * @param {import('../i18n.js').Translator} words @param {Pick<PageState, 'unreached'>} state @param {number} nowMs the server's present
 * @returns {string | null} null while it is the present
 */
export function staleText(words, { unreached }, nowMs) {
  if (unreached === null) return null;
  return words.t('live.stale', { at: clockText(unreached, nowMs, words.language), age: ageText(words, ageS(unreached, nowMs)) });
}

/**
 * Calls when the picture begins to be out of date, each second while it is, and once when it is the present again.
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {() => void} callback
 * @returns {() => void} stops it
 */
export function everySecondWhileStale(store, callback) {
  let timer = 0;
  const set = () => {
    window.clearInterval(timer);
    timer = store.get().unreached === null ? 0 : window.setInterval(callback, 1_000);
    callback();
  };
  const stop = store.subscribe((state, before) => {
    if (state.unreached !== before.unreached) set();
  });
  set();
  return () => {
    window.clearInterval(timer);
    stop();
  };
}
