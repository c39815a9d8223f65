/** Asks for what takes a while and is told line by line how far it is (NDJSON); the last line has it, or why there is none. */

import { RequestFailed, send, wasAborted } from './request.js';

/** @typedef {import('./aftermath').Told} Told */
/** @typedef {{answer: any, file?: undefined} | {file: {name: string, mimetype: string, base64: string}, answer?: undefined}} LastLine */

const BROKEN_OFF = { code: 'unreachable', message: '', remedy: '', problems: [], status: 0 };

/**
 * Puts pieces of text together to lines, each read as JSON. A piece may end within a line, even within a letter.
 * @param {(line: any) => void} onLine
 */
export function createLineReader(onLine) {
  const decoder = new TextDecoder();
  let rest = '';
  /** @param {string} text */
  function take(text) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) onLine(JSON.parse(line));
  }
  return {
    /** @param {Uint8Array} bytes */
    push: (bytes) => take(decoder.decode(bytes, { stream: true })),
    end: () => take(`${decoder.decode()}\n`),
  };
}

/**
 * @param {string} url with `progress=1`
 * @param {{signal: AbortSignal, onStep: (told: Told) => void}} options giving up the signal stops the making at the server, too
 * @returns {Promise<LastLine>} Raises `RequestFailed` with what the server refused, or where the answer broke off; an
 *   `AbortError` when it was given up
 */
export async function requestTold(url, { signal, onStep }) {
  const response = await send(url, { signal });
  /** @type {any} */
  let last = null;
  const lines = createLineReader((line) => {
    if ('stage' in line) onStep(line);
    else last = line;
  });
  try {
    const body = response.body?.getReader();
    for (let piece = await body?.read(); piece && !piece.done; piece = await body?.read()) lines.push(piece.value);
    lines.end();
  } catch (reason) {
    if (wasAborted(reason)) throw reason;
    throw new RequestFailed(BROKEN_OFF);
  }
  if (last?.error) throw new RequestFailed({ remedy: '', problems: [], ...last.error, status: last.status ?? 500 });
  if (!last) throw new RequestFailed(BROKEN_OFF);
  return last;
}

/** @param {{mimetype: string, base64: string}} file @returns {Blob} */
export function blobOf({ mimetype, base64 }) {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: mimetype });
}
