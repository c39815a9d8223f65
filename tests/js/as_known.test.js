import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createLogApi } from '../../webmap/static/src/log/api.js';
import { createTelling } from '../../webmap/static/src/log/telling.js';

/** Answers as the server does: entry 2 was corrected by entry 4. @param {string[]} asked */
function serverWithCorrection(asked) {
  return async (/** @type {string | URL | Request} */ address) => {
    const url = new URL(String(address), 'http://localhost');
    asked.push(url.search);
    const [after, known] = ['after', 'known'].map((name) => Number(url.searchParams.get(name) ?? NaN));
    const last = Number.isNaN(known) ? 5 : known;
    const entries = [1, 2, 3, 4, 5].filter((number) => number > after && number <= last)
      .map((number) => ({ number, corrected_by: number === 2 && last >= 4 ? 4 : null }));
    return new Response(JSON.stringify({ incident: { id: 'x' }, length: 5, entries }), { headers: { 'Content-Type': 'application/json' } });
  };
}

test('looking back, entries read as they were known then, and those of later follow', async (t) => {
  /** @type {string[]} */
  const asked = [];
  t.mock.method(globalThis, 'fetch', serverWithCorrection(asked));
  const api = createLogApi('zh');
  const then = await api.allEntries('x', 3);
  assert.deepEqual(then.entries.map(({ number, corrected_by }) => [number, corrected_by]), [[1, null], [2, null], [3, null], [4, null], [5, null]]);
  assert.deepEqual(asked.sort(), ['?after=0&known=3&lang=zh', '?after=3&lang=zh']);
  const now = await api.allEntries('x', null);
  assert.deepEqual(now.entries.map(({ corrected_by }) => corrected_by), [null, 4, null, null, null]);
});

test('what the server remarks on what it stored is told with it', () => {
  /** @type {string[]} */
  const told = [];
  const words = /** @type {any} */ ({ t: (/** @type {string} */ key, /** @type {any} */ { label }) => `${key} ${label}`, has: () => false });
  const telling = createTelling(words, /** @type {any} */ ({ announceUndoable: (/** @type {string} */ text) => told.push(text), showNote: () => {} }));
  telling.recorded('故障', telling.notesOf({ length: 3, entries: [], notes: ['响应已于 14:07 结束'] }));
  telling.recorded('故障', telling.notesOf({ length: 3, entries: [] }));
  assert.deepEqual(told, ['log.recorded 故障 · 响应已于 14:07 结束', 'log.recorded 故障']);
});
