/** A file on its way to the server. `fetch` does not tell how much of it was sent; the older request does. */

import { RequestFailed, proofHeaders } from '../request.js';

/** @typedef {{onSent: (sent: number) => void, signal: AbortSignal}} Told */

const UNREACHED = { code: 'unreachable', message: '', remedy: '', problems: [], status: 0 };

/**
 * @param {string} url @param {File} file
 * @param {Told} told giving up the signal stops the sending
 * @returns {Promise<any>} the answer's document; raises `RequestFailed`, and an `AbortError` when it was given up
 */
export function upload(url, file, { onSent, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    for (const [name, value] of Object.entries(proofHeaders(url))) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(new RequestFailed(errorOf(request)));
    });
    request.addEventListener('error', () => reject(new RequestFailed(UNREACHED)));
    request.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** @param {XMLHttpRequest} request @returns {import('../types').PageError} */
function errorOf({ status, responseText }) {
  try {
    return { remedy: '', problems: [], ...JSON.parse(responseText).error, status };
  } catch {
    return { code: 'server', message: '', remedy: '', problems: [], status };
  }
}
