/** Talking with the server. Failures come back as one kind of error that a person can act on. */

import { retryAfterS } from './live/pauses.js';

/** @typedef {import('./types').PageError} PageError */

export class RequestFailed extends Error {
  /** @param {PageError} error */
  constructor(error) {
    super(error.message);
    this.error = error;
  }
}

/** What proves that a request that changes something comes from this page; null where none is needed. @type {string | null} */
let proof = null;

/** @param {string | null} csrf of the viewer's document */
export function setProof(csrf) {
  proof = csrf;
}

/** What is answered from the data, and so from a version of them. */
const FROM_DATA = /^\/api\/(catalog|layers|assessments|restorations|dispatches|takeovers|protection|vulnerability|exports)\b/;
/** The version that answers are to be of; null for the present one. @type {string | null} */
let dataVersion = null;

/** @param {string | null} version of the data that all answers are to be of; null for the present one */
export function setDataVersion(version) {
  dataVersion = version;
}

/** @param {string} url @returns {string} the same, asking for the version of the data that the page shows */
export function withData(url) {
  if (dataVersion === null || !FROM_DATA.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}data=${encodeURIComponent(dataVersion)}`;
}

/**
 * How a question ended: its status, 0 without an answer; the second that an answer made just now carries.
 * @typedef {{status: number, serverMs: number | null, askedMs: number, answeredMs: number}} Heard
 */
/** @type {(heard: Heard) => void} */
let onHeard = () => {};

/** @param {(heard: Heard) => void} listener told of every question to the server that ended */
export function watchAnswers(listener) {
  onHeard = listener;
}

/** Whether the server could not be reached, or not now: that says nothing of what was asked. @param {number} status */
export const isUnreached = (status) => status === 0 || status === 429 || (status >= 502 && status <= 504);

/** What a cache kept carries the time of then. @param {Response} response */
function serverTime({ headers }) {
  const fresh = headers.get('Cache-Control')?.includes('no-store');
  return fresh ? Date.parse(headers.get('Date') ?? '') : null;
}

/** @param {unknown} reason @returns {boolean} whether a request was given up because a newer one replaced it */
export function wasAborted(reason) {
  return reason instanceof DOMException && reason.name === 'AbortError';
}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export async function send(url, options) {
  const askedMs = Date.now();
  let response;
  try {
    response = await fetch(withData(url), { credentials: 'same-origin', ...options });
  } catch (reason) {
    if (wasAborted(reason)) throw reason;
    onHeard({ status: 0, serverMs: null, askedMs, answeredMs: Date.now() });
    throw new RequestFailed({ code: 'unreachable', message: '', remedy: '', problems: [], status: 0 });
  }
  onHeard({ status: response.status, serverMs: serverTime(response), askedMs, answeredMs: Date.now() });
  if (!response.ok) throw new RequestFailed(await errorOf(response));
  return response;
}

/**
 * Reads an answer's body. One that breaks off, or that is not what was asked for (the page of a network's own sign-in), is
 * as none: whether the server did what it was asked is not known.
 * @template T @param {Promise<T>} body @returns {Promise<T>}
 */
async function read(body) {
  try {
    return await body;
  } catch (reason) {
    if (wasAborted(reason)) throw reason;
    throw new RequestFailed({ code: 'unreachable', message: '', remedy: '', problems: [], status: 0 });
  }
}

/** @param {Response} response @returns {Promise<PageError>} */
async function errorOf(response) {
  const text = await read(response.text());
  const seconds = retryAfterS(response.headers.get('Retry-After'), Date.now());
  const told = { status: response.status, ...(seconds === undefined ? {} : { retryAfterS: seconds }) };
  try {
    const { error } = JSON.parse(text);
    return { remedy: '', problems: [], ...error, ...told };
  } catch {
    return { code: 'server', message: '', remedy: '', problems: [], ...told };
  }
}

/** @param {string} url @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function getJson(url, signal) {
  return read((await send(url, { signal })).json());
}

/** @param {string} url @param {unknown} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function postJson(url, body, signal) {
  return read((await send(url, posted(url, body, signal))).json());
}

/**
 * @param {string} url
 * @param {unknown} body
 * @returns {Promise<{blob: Blob, name: string}>} a file and the name the server gives it
 */
export async function postForFile(url, body) {
  const response = await send(url, posted(url, body));
  return { blob: await read(response.blob()), name: fileName(response.headers.get('Content-Disposition') ?? '') };
}

/** @param {'PUT' | 'DELETE'} method @param {string} url @param {unknown} [body] @returns {Promise<any>} null for an answer without a body */
export async function sendJson(method, url, body) {
  const response = await send(url, { ...posted(url, body ?? {}), method });
  return response.status === 204 ? null : read(response.json());
}

/** The proof is for our own server alone. @param {string} url @returns {Record<string, string>} */
export function proofHeaders(url) {
  const own = url.startsWith('/') && !url.startsWith('//');
  return proof && own ? { 'X-CSRF-Token': proof } : {};
}

/** @param {string} url @param {unknown} body @param {AbortSignal} [signal] @returns {RequestInit} */
function posted(url, body, signal) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...proofHeaders(url) }, body: JSON.stringify(body), signal };
}

/** File name of a Content-Disposition header (RFC 6266). @param {string} header */
export function fileName(header) {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header);
  if (encoded) return decodeURIComponent(encoded[1]);
  return /filename="?([^";]+)"?/i.exec(header)?.[1] ?? 'export';
}
