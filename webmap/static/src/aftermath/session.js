/** What is made of the open incident: its impact asked for and followed, the moment that the map shows, playing through the hours. */

import { RequestFailed, wasAborted } from '../request.js';
import { requestTold } from '../request_told.js';
import { addressOf, askedOf, sameAsked } from './asked.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../aftermath').AftermathState} AftermathState */
/** @typedef {import('../aftermath').MapChoice} MapChoice */

/** @type {Partial<AftermathState>} */
const NOTHING = { answer: null, asked: null, told: null, failure: null, stopped: false, row: null, playing: false };

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('../types').Language} language
 * @param {{onNotStored: () => void, onOpened: () => void, still: () => boolean}} told no incident of the log is open; the
 *   panel was opened by hand; whether nothing on the page may move by itself
 */
export function createAftermathSession(store, language, { onNotStored, onOpened, still }) {
  /** @type {AbortController | null} */
  let running = null;
  let timer = 0;

  /** @param {Partial<AftermathState>} change */
  function patch(change) {
    store.update({ aftermath: { ...store.get().aftermath, ...change } });
  }
  const now = () => store.get().aftermath;

  async function ask() {
    const asked = askedOf(store.get());
    if (!asked) return;
    running?.abort();
    const control = new AbortController();
    running = control;
    const { measure, network, scheme, count } = now().map;
    const first = { stage: '', title: '', done: 0, total: 0 };
    patch({ ...(sameAsked(asked, now().asked) ? {} : NOTHING), asked, told: first, failure: null, stopped: false });
    try {
      const url = addressOf(asked, 'impact', language, { measure, network, scheme, count });
      const { answer } = await requestTold(url, { signal: control.signal, onStep: (told) => control.signal.aborted || patch({ told }) });
      const last = answer.impact.series.length - 1;
      const { row } = now();
      patch({ answer, told: null, row: row === null ? null : Math.min(row, last) });
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ told: null, failure: reason.error });
    }
  }

  /** What is looked at has no answer yet, and nobody stopped it. */
  function askIfNeeded() {
    const { open, tab, answer, asked, told, failure, stopped } = now();
    const wanted = askedOf(store.get());
    if (!open || tab !== 'impact' || !wanted) return;
    if (!sameAsked(wanted, asked) || (!answer && !told && !failure && !stopped)) void ask();
  }

  const rows = () => now().answer?.impact.series.length ?? 0;

  /** @param {number | null} row */
  function setRow(row) {
    patch({ row: row === null ? null : Math.min(Math.max(row, 0), rows() - 1) });
  }

  function advance() {
    const { row, playing, speed } = now();
    if (!playing) return;
    if (row !== null && row >= rows() - 1) return patch({ playing: false });
    setRow(row === null ? 0 : row + 1);
    timer = window.setTimeout(advance, 1000 / speed);
    return undefined;
  }

  /** Plays from the hour shown, or stops. Where nothing may move, it goes one hour on. */
  function play() {
    window.clearTimeout(timer);
    const { row, playing } = now();
    if (rows() < 2 || now().tab !== 'impact') return;
    if (still()) return setRow(row === null || row >= rows() - 1 ? 0 : row + 1);
    const atEnd = row !== null && row >= rows() - 1;
    patch({ playing: !playing, ...(!playing && atEnd ? { row: 0 } : {}) });
    if (!playing) advance();
    return undefined;
  }

  function stop() {
    running?.abort();
    patch({ told: null, stopped: true });
  }

  function close() {
    running?.abort();
    window.clearTimeout(timer);
    patch({ open: false, told: null, playing: false });
  }

  function open() {
    if (store.get().log.id === null) return onNotStored();
    store.update({ siting: { ...store.get().siting, open: false }, aftermath: { ...now(), open: true }, mode: 'none', playing: false });
    onOpened();
    return undefined;
  }

  store.subscribe((state, before) => {
    const left = before.log.id !== null && state.log.id !== before.log.id;
    if (left) {
      running?.abort();
      return store.update({ aftermath: { ...now(), ...NOTHING, open: false }, report: null });
    }
    if (state.aftermath.open && state.siting.open && !before.siting.open) return close();
    if (state.log !== before.log || state.hours !== before.hours || state.aftermath !== before.aftermath) askIfNeeded();
    return undefined;
  });

  return {
    open, close, ask, stop, play, setRow,
    toggle: () => (now().open ? close() : open()),
    /** @param {AftermathState['tab']} tab */
    show(tab) {
      window.clearTimeout(timer);
      patch({ tab, playing: false });
    },
    /** How the map shows it. @param {Partial<MapChoice>} change */
    choose(change) {
      patch({ map: { ...now().map, ...change } });
      void ask();
    },
    /** @param {number} rows_ forwards or backwards */
    step(rows_) {
      window.clearTimeout(timer);
      patch({ playing: false });
      const { row } = now();
      setRow(row === null ? (rows_ > 0 ? 0 : rows() - 1) : row + rows_);
    },
    /** @param {number} speed rows a second */
    setSpeed: (speed) => patch({ speed }),
  };
}

/** @typedef {ReturnType<typeof createAftermathSession>} AftermathSession */
