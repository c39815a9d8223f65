import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createEventReader } from '../../webmap/static/src/live/events.js';
import { askedPauseMs, pauseMs, retryAfterS } from '../../webmap/static/src/live/pauses.js';

/** What a reader makes of bytes that come in pieces of a size. @param {string} text @param {number} size */
function read(text, size) {
  /** @type {any[]} */
  const events = [];
  const reader = createEventReader((event) => events.push(event));
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += size) reader.push(bytes.slice(from, from + size));
  return events;
}

const TOLD = [
  { event: 'entries', data: '{"name":"城北站停运 ⚡"}', id: '7' },
  { event: 'beat', data: '{}', id: '7' },
  { event: 'message', data: '一\n二', id: '7' },
];
const LINES = [': 注释', 'id: 7', 'event: entries', 'data: {"name":"城北站停运 ⚡"}', '', ':', 'event:beat', 'data:{}', '', 'data: 一', 'data: 二', '', 'event: nothing', '', 'data: broken off'];

for (const [name, end] of [['LF', '\n'], ['CRLF', '\r\n'], ['CR', '\r']]) {
  test(`events are the same however the bytes come, with ${name}`, () => {
    const text = LINES.join(end);
    for (let size = 1; size <= 40; size += 1) assert.deepEqual(read(text, size), TOLD, `pieces of ${size}`);
    assert.deepEqual(read(text, 10_000), TOLD);
  });
}

test('an event that was broken off is none', () => {
  assert.deepEqual(read('event: entries\ndata: {"entries":[]}\n', 5), []);
});

test('a byte order mark, an unknown field and a field without a colon are no harm', () => {
  assert.deepEqual(read('\uFEFFretry: 5\ndata\ndata: x\n\n', 2), [{ event: 'message', data: '\nx', id: '' }]);
});

test('pauses grow from a second to twenty, each page a little differently', () => {
  for (const random of [() => 0, () => 0.5, () => 0.999]) {
    const pauses = [0, 1, 2, 3, 4, 5, 9].map((failures) => pauseMs(failures, random));
    assert.ok(pauses.every((pause) => pause >= 1_000 && pause <= 20_000), String(pauses));
    assert.deepEqual([...pauses].sort((a, b) => a - b), pauses);
  }
  assert.notEqual(pauseMs(9, () => 0.2), pauseMs(9, () => 0.8));
});

test('the pause that the server asks for is kept, and never much longer', () => {
  const now = Date.parse('2026-01-12T00:00:00Z');
  assert.equal(retryAfterS('30', now), 30);
  assert.equal(retryAfterS('Mon, 12 Jan 2026 00:00:45 GMT', now), 45);
  assert.equal(retryAfterS('Sun, 11 Jan 2026 00:00:00 GMT', now), 0);
  assert.deepEqual([null, '', 'soon'].map((header) => retryAfterS(header, now)), [undefined, undefined, undefined]);
  for (const random of [() => 0, () => 0.999]) {
    const pause = askedPauseMs(30, 5_000, random);
    assert.ok(pause >= 30_000 && pause <= 36_000);
    assert.ok(askedPauseMs(0, 5_000, random) >= 1_000);
    assert.ok(askedPauseMs(86_400, 5_000, random) <= 360_000);
  }
});
