import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createRecorder } from '../../webmap/static/src/log/recorder.js';
import { createUnanswered } from '../../webmap/static/src/log/unanswered.js';
import { RequestFailed } from '../../webmap/static/src/request.js';

/** A page at an incident whose server writes by key and answers as told. @param {(number | null)[]} answers a status, null for stored */
function page(answers) {
  /** @type {Map<string, any>} */
  const written = new Map();
  const api = {
    append: async (/** @type {string} */ id, /** @type {any} */ { client_key: key, facts }) => {
      const status = answers.shift() ?? null;
      if (status === null || status === 0 || status >= 500) written.set(key, facts);
      if (status !== null) throw new RequestFailed({ code: 'x', message: '', remedy: '', problems: [], status });
      return { length: written.size, entries: [{ number: written.size }] };
    },
  };
  /** @type {any} */
  const state = { log: { id: 'i', view: null, entries: [] }, viewer: null, marks: {}, hours: 0 };
  const telling = { recorded() {}, note() {}, refused() {}, notesOf: () => '' };
  /** @type {any} */
  const parts = {
    store: { get: () => state, update: (/** @type {any} */ change) => Object.assign(state, change) }, words: { t: (/** @type {string} */ key) => key },
    api, proven: (/** @type {any} */ run) => run(), outbox: {}, picture: {}, telling, refresh: async () => {},
  };
  const recorder = createRecorder(parts);
  return { written, send: (text = '断电') => recorder.record([{ kind: 'note', happened_at: 'x', text }], 'l', { onRefused() {} }) };
}

for (const status of [0, 408, 429, 500, 502, 503, 504]) {
  test(`a form sent again after ${status} writes one entry`, async () => {
    const { written, send } = page([status, status]);
    assert.deepEqual([await send(), await send(), await send()], [false, false, true]);
    assert.equal(written.size, 1);
  });
}

test('the same form, stored and filled in once more, is another entry', async () => {
  const { written, send } = page([503]);
  assert.deepEqual([await send(), await send(), await send()], [false, true, true]);
  assert.equal(written.size, 2);
});

test('after a refusal a form is a new one', async () => {
  const { written, send } = page([503, 422]);
  assert.deepEqual([await send(), await send(), await send()], [false, false, true]);
  assert.equal(written.size, 2);
});

test('the clock goes on between two presses: it is the same form, and says what it said first', () => {
  let [keys, at] = [0, 0];
  const unanswered = createUnanswered(() => String((keys += 1)), () => at);
  const note = (/** @type {string} */ when) => [{ kind: 'note', happened_at: when, text: '断电' }];
  const first = unanswered.take('i', note('2026-01-12T08:00:00+08:00'), '2026-01-12T08:00:20+08:00');
  at = 5 * 60_000;
  const again = unanswered.take('i', note('2026-01-12T08:05:00+08:00'), '2026-01-12T08:05:10+08:00');
  assert.deepEqual([again.key, again.facts[0].happened_at], [first.key, '2026-01-12T08:00:00+08:00']);
  // Another time that was chosen, another incident, and the same words much later are other entries.
  assert.notEqual(unanswered.take('i', note('2026-01-12T07:00:00+08:00'), '2026-01-12T08:05:10+08:00').key, first.key);
  assert.notEqual(unanswered.take('j', note('2026-01-12T08:05:00+08:00'), '2026-01-12T08:05:10+08:00').key, first.key);
  at = 60 * 60_000;
  assert.notEqual(unanswered.take('i', note('2026-01-12T09:00:00+08:00'), '2026-01-12T09:00:10+08:00').key, first.key);
});
