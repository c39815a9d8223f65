/**
 * Keeps a stream of the server open: reads it, notices when it falls silent, and opens it again, sooner or later as the
 * server wishes or as often as it was in vain.
 */

import { RequestFailed, send, wasAborted } from '../request.js';
import { createEventReader } from './events.js';
import { askedPauseMs, pauseMs } from './pauses.js';

/** Beats come every 10 s: so long without a word, and the stream is dead, whatever the network says. */
export const SILENT_MS = 25_000;
/** Where as many as may are connected, and the server did not say when to ask again. */
const FULL_MS = 30_000;
/** Who may not, or a server or a network that gives no streams: it may be another one later. */
const REFUSED_MS = 60_000;
/** Streams in vain, after which the way to the server is taken for one that lets none through. */
const VAIN = 3;
/** What a server that says good-bye is left in peace for at the most; not so that all come back at once. */
const BYE_MS = { restart: 2_000, age: 500, rights: 0 };

/** @typedef {import('../live').ConnectionStatus} Status */

/**
 * @param {object} options
 * @param {() => string} options.url where it goes on from
 * @param {(event: string, data: any) => void} options.onEvent
 * @param {(status: Status, before: Status) => void} options.onStatus
 * @param {() => void} options.onWord called whenever anything comes
 * @param {() => void} options.onGone called when the server says that it has no such entry as the last one here
 * @param {() => void} options.onSilent called when a stream that was alive has fallen silent
 * @param {typeof send} [options.ask]
 * @param {() => number} [options.random] from 0 to 1
 */
export function createConnection({ url, onEvent, onStatus, onWord, onSilent, onGone, ask = send, random = Math.random }) {
  /** @type {Status} */
  let status = 'off';
  /** @type {AbortController | null} */
  let running = null;
  let failures = 0;
  let silences = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watchdog;

  /** @param {Status} next */
  function set(next) {
    if (next === status) return;
    const before = status;
    status = next;
    onStatus(next, before);
  }

  /** @param {Status} next @param {number} inMs */
  function planned(next, inMs) {
    clearTimeout(watchdog);
    clearTimeout(timer);
    running = null;
    timer = setTimeout(() => void connect(), inMs);
    set(next);
  }

  function broken() {
    const inMs = pauseMs(failures, random);
    failures += 1;
    planned('broken', inMs);
  }

  /** A silent way to the server may be one that keeps back what comes in pieces. @param {AbortController} control */
  function fellSilent(control) {
    const wasLive = status === 'live';
    silences += 1;
    running = null;
    control.abort();
    if (!wasLive && silences >= VAIN) planned('refused', REFUSED_MS);
    else if (wasLive) planned('broken', 0);
    else broken();
    if (wasLive) onSilent();
  }

  /** @param {AbortController} control */
  function watch(control) {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => fellSilent(control), SILENT_MS);
  }

  /** @param {AbortController} control @param {Response} response @returns {Promise<string | null>} why it ended, null where it broke off */
  async function read(control, response) {
    /** @type {string | null} */
    let reason = null;
    const reader = createEventReader(({ event, data }) => {
      if (running !== control) return;
      const told = JSON.parse(data);
      if (event === 'bye') reason = told.reason;
      else {
        if (event === 'beat') failures = 0;
        silences = 0;
        set('live');
        onEvent(event, told);
      }
    });
    const body = response.body?.getReader();
    for (let piece = await nextOf(body); piece; piece = await nextOf(body)) {
      if (running !== control) return null;
      watch(control);
      onWord();
      reader.push(piece);
    }
    return reason;
  }

  /** @param {string | null} reason */
  function ended(reason) {
    if (reason === 'gone') {
      broken();
      onGone();
    } else if (reason !== null && reason in BYE_MS) planned(status, BYE_MS[/** @type {keyof typeof BYE_MS} */ (reason)] * random());
    else broken();
  }

  /** @param {import('../types').PageError} error */
  function refused({ code, status: answered, retryAfterS }) {
    if (code === 'live_full') return planned('full', askedPauseMs(retryAfterS, FULL_MS, random));
    if (answered >= 400 && answered < 500 && answered !== 429) return planned('refused', askedPauseMs(undefined, REFUSED_MS, random));
    if (retryAfterS === undefined) return broken();
    failures += 1;
    return planned('broken', askedPauseMs(retryAfterS, FULL_MS, random));
  }

  async function connect() {
    const control = new AbortController();
    running = control;
    if (status === 'off') set('connecting');
    watch(control);
    try {
      const response = await ask(url(), { signal: control.signal, headers: { Accept: 'text/event-stream' }, cache: 'no-store' });
      if (running !== control) return;
      const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
      if (!isStream) {
        control.abort();
        planned('refused', REFUSED_MS);
        return;
      }
      const reason = await read(control, response);
      if (running === control) ended(reason);
    } catch (reason) {
      if (running !== control || wasAborted(reason)) return;
      if (reason instanceof RequestFailed) refused(reason.error);
      else {
        control.abort();
        broken();
        throw reason;
      }
    }
  }

  function close() {
    clearTimeout(timer);
    clearTimeout(watchdog);
    const before = running;
    running = null;
    before?.abort();
    [failures, silences] = [0, 0];
    set('off');
  }

  return {
    status: () => status,
    /** Opens it, where it is not. */
    open() {
      if (status === 'off') void connect();
    },
    close,
    /** Asks at once: the server is known to answer. Where as many as may are connected, that is no reason to. */
    again() {
      if (status === 'off' || status === 'full' || running) return;
      clearTimeout(timer);
      void connect();
    },
  };
}

/** The next bytes; null at the end, and where the network broke off. @param {ReadableStreamDefaultReader<Uint8Array> | undefined} body */
async function nextOf(body) {
  try {
    const piece = await body?.read();
    return piece && !piece.done ? piece.value : null;
  } catch {
    return null;
  }
}

/** @typedef {ReturnType<typeof createConnection>} Connection */
