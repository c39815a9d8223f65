/** The film of the open incident: fetched, played, stopped at a moment, which the page then shows in full. */

import { RequestFailed, wasAborted } from '../request.js';
import { addHours } from '../state/clock.js';
import { fetchFilm } from './api.js';
import { momentAt, playedAt, schedule } from './pace.js';
import { Screen, createReel, nextStop, stopsOf } from './reel.js';
import { NO_FILM, isoAt, secondsAt } from './state.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../film').FilmState} FilmState */
/** @typedef {import('../film').FilmMode} FilmMode */
/** @typedef {{s: number, screen: Screen, changes: import('../film').FilmChanges}} Frame what is shown, and what became other */

/** How long the slider rests until the moment is asked for in full. */
const REST_MS = 250;

/** Everything is drawn anew. @param {Screen} screen @returns {import('../film').FilmChanges} */
const everything = (screen) => ({ network: true, townships: true, figures: true, ranking: true, facilities: new Set(screen.reel.film.facilities.keys()) });

/**
 * @param {import('../state/store.js').Store<PageState>} store @param {import('../types').Language} language
 * @param {{lookAt: (moment: {at: string, known: number}, signal: AbortSignal) => Promise<void>, believed: (number: number | null) => Promise<void>}} log
 * @param {{onNotStored: () => void, still: () => boolean, middle: () => number}} told no incident is open; whether nothing on the page may move by itself; the
 *   middle of what panels leave of the map, share of its width
 */
export function createFilmSession(store, language, log, { onNotStored, still, middle }) {
  /** @type {Partial<Record<FilmMode, import('./reel.js').Reel>>} */
  let reels = {};
  /** @type {Screen | null} */
  let screen = null;
  let s = 0;
  let frame = 0;
  let timer = 0;
  /** @type {AbortController | null} */
  let loading = null;
  /** @type {AbortController | null} */
  let resting = null;
  /** @type {Set<(frame: Frame) => void>} */
  const listeners = new Set();

  const now = () => store.get().film;
  /** @param {Partial<FilmState>} change */
  const patch = (change) => store.update({ film: { ...now(), ...change } });
  const film = () => screen?.reel.film ?? null;

  /** @param {boolean} [whole] */
  function show(whole = false) {
    if (!screen) return;
    const moved = screen.goTo(s);
    const changes = whole ? everything(screen) : moved;
    for (const listener of listeners) listener({ s, screen, changes });
  }

  /** The reel of a mode, fetched once. @param {FilmMode} mode */
  async function reelOf(mode) {
    const { id } = store.get().log;
    const known = reels[mode];
    if (known || id === null) return known ?? null;
    loading?.abort();
    const control = new AbortController();
    loading = control;
    patch({ told: { stage: '', title: '', done: 0, total: 0 }, failure: null });
    try {
      const document = await fetchFilm(id, mode, language, { signal: control.signal, onStep: (told) => control.signal.aborted || patch({ told }) });
      const reel = createReel(document);
      reels[mode] = reel;
      patch({ told: null });
      return reel;
    } catch (reason) {
      if (wasAborted(reason)) return null;
      if (!(reason instanceof RequestFailed)) throw reason;
      patch({ told: null, failure: reason.error });
      return null;
    }
  }

  /** Puts a reel in and shows its moment. @param {FilmMode} mode */
  async function insert(mode) {
    const reel = await reelOf(mode);
    if (!reel || !now().open) return false;
    screen = new Screen(reel);
    s = Math.min(Math.max(s, 0), reel.film.length_s);
    patch({ mode, begin: reel.film.begin, s, moving: true });
    show(true);
    return true;
  }

  /** The moment is asked for in full; until it is there the film's own figures stay. */
  async function rest() {
    window.clearTimeout(timer);
    cancelAnimationFrame(frame);
    const shown = screen;
    if (!shown || !now().open) return;
    s = Math.round(s);
    patch({ s, playing: false, moving: true });
    resting?.abort();
    const control = new AbortController();
    resting = control;
    await log.lookAt({ at: isoAt(shown.reel.film.begin, s), known: Math.max(believedAt(shown, s), 1) }, control.signal);
    if (control.signal.aborted) return;
    await settled(control.signal);
    // Before anything was written there is nothing to be looked at but the film.
    if (!control.signal.aborted && now().open && believedAt(shown, s)) patch({ moving: false });
  }

  /** Until the assessment of what is looked at is there. @param {AbortSignal} signal @returns {Promise<void>} */
  function settled(signal) {
    return new Promise((resolve) => {
      if (!store.get().busy) return resolve();
      const stop = store.subscribe(({ busy }) => {
        if (busy && !signal.aborted) return;
        stop();
        resolve();
      });
      return undefined;
    });
  }

  /** The number of the last entry that counts at a moment; 0 before the first was written. @param {Screen} shown @param {number} at */
  const believedAt = ({ reel: { film: { course, known, mode } } }, at) => course.findLast((row) => row.s <= at)?.known ?? (mode === 'known' ? known : 0);

  /** @param {number} to seconds after the begin */
  function seek(to) {
    const length = film()?.length_s;
    if (length === undefined) return;
    cancelAnimationFrame(frame);
    s = Math.min(Math.max(to, 0), length);
    resting?.abort();
    if (!now().moving || now().playing) patch({ moving: true, playing: false });
    show();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void rest(), REST_MS);
  }

  /** @param {1 | -1} direction */
  function step(direction) {
    const document = film();
    if (document) seek(nextStop(stopsOf(document), s, direction));
  }

  function play() {
    const document = film();
    if (!document || now().compared) return undefined;
    if (now().playing) return void rest();
    if (s >= document.length_s) s = 0;
    if (still()) return step(1);
    window.clearTimeout(timer);
    resting?.abort();
    const rows = schedule(stopsOf(document), now().pace, now().skips);
    patch({ playing: true, moving: true });
    const from = playedAt(rows, s);
    let begin = 0;
    const advance = (/** @type {number} */ at) => {
      begin ||= at;
      s = momentAt(rows, from + (at - begin) / 1000);
      show();
      if (s >= document.length_s) void rest();
      else frame = requestAnimationFrame(advance);
    };
    frame = requestAnimationFrame(advance);
    return undefined;
  }

  async function open() {
    const { log: { id, now: present }, marks, hours, film: { wanted } } = store.get();
    if (id === null) return onNotStored();
    const at = wanted?.at ?? (present ? addHours(marks.at, hours) : null);
    store.update({ siting: { ...store.get().siting, open: false }, aftermath: { ...store.get().aftermath, open: false }, mode: 'none', playing: false, present: null, film: { ...now(), open: true } });
    reels = {};
    s = 0;
    const reel = await reelOf(wanted?.mode ?? 'known');
    if (!reel || !now().open) return undefined;
    s = at ? secondsAt(reel.film.begin, at) : reel.film.length_s;
    await insert(wanted?.mode ?? 'known');
    const compared = wanted?.compared;
    patch({ wanted: null });
    if (compared) {
      const point = (/** @type {import('../film').FilmPoint} */ { s: ms, mode }) => ({ s: Math.round((ms - Date.parse(reel.film.begin)) / 1000), mode });
      await compare(point(compared.a), point(compared.b), compared.split);
    }
    await rest();
    return undefined;
  }

  function close() {
    if (!now().open) return;
    for (const control of [loading, resting]) control?.abort();
    window.clearTimeout(timer);
    cancelAnimationFrame(frame);
    const { pace, skips } = now();
    [reels, screen] = [{}, null];
    store.update({ film: { ...NO_FILM, pace, skips } });
    if (store.get().log.id !== null) void log.believed(null);
  }

  /** @param {import('../film').FilmPoint} a @param {import('../film').FilmPoint} b @param {number} [split] */
  async function compare(a, b, split = middle()) {
    for (const mode of new Set([a.mode, b.mode])) if (!(await reelOf(mode))) return;
    if (now().open) patch({ compared: { a, b, split }, marked: null, playing: false });
  }

  store.subscribe((state, before) => {
    if (state.film.open && state.log.id !== before.log.id) close();
    // An answer for a moment of before was drawn over the picture that moves.
    else if (state.film.open && state.film.moving && state.assessment !== before.assessment) show(true);
    else if (state.film.open && (state.siting.open || state.aftermath.open)) close();
  });

  return {
    open, close, play, seek, step, rest,
    toggle: () => (now().open ? close() : void open()),
    film,
    position: () => s,
    /** @param {FilmMode} mode */
    async setMode(mode) {
      if (mode === now().mode && screen) return;
      cancelAnimationFrame(frame);
      patch({ playing: false });
      if (await insert(mode)) await rest();
    },
    /** @param {number} pace */
    setPace(pace) {
      const { playing } = now();
      patch({ pace });
      if (playing) again();
    },
    /** @param {boolean} skips */
    setSkips(skips) {
      const { playing } = now();
      patch({ skips });
      if (playing) again();
    },
    /** Entries came meanwhile: the film is fetched anew, and stays where it is. */
    async renew() {
      reels = {};
      if (await insert(now().mode)) await rest();
    },
    cancel() {
      loading?.abort();
      patch({ told: null });
      if (!screen) close();
    },
    /** Marks the moment; a second time compares it with the one that was marked. */
    mark() {
      const { mode, marked, compared } = now();
      if (compared) patch({ compared: null });
      else if (!marked) patch({ marked: { s: Math.round(s), mode } });
      else void compare(marked, { s: Math.round(s), mode });
    },
    /** The same moment: what was believed then beside what is known now. */
    beside: () => compare({ s: Math.round(s), mode: 'believed' }, { s: Math.round(s), mode: 'known' }),
    unmark: () => patch({ marked: null, compared: null }),
    /** @param {number} split share of the map's width */
    split(split) {
      const { compared } = now();
      if (compared) patch({ compared: { ...compared, split: Math.min(Math.max(split, 0.02), 0.98) } });
    },
    /** @param {FilmMode} mode */
    reel: (mode) => reels[mode] ?? null,
    /** @param {(frame: Frame) => void} listener */
    onFrame: (listener) => void listeners.add(listener),
  };

  /** Goes on at another pace from where it is. */
  function again() {
    cancelAnimationFrame(frame);
    patch({ playing: false });
    play();
  }
}

/** @typedef {ReturnType<typeof createFilmSession>} FilmSession */
