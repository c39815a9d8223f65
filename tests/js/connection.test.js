import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { createConnection } from '../../webmap/static/src/live/connection.js';
import { RequestFailed } from '../../webmap/static/src/request.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
afterEach(() => mock.timers.reset());

/** Lets what is promised happen. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
/** @param {number} milliseconds */
async function pass(milliseconds) {
  mock.timers.tick(milliseconds);
  await settled();
}

/** @param {string} event @param {unknown} data */
const said = (event, data) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** A page and a server that answers as told: a refusal, or a stream, which the test writes. */
function page() {
  /** @type {any[]} */
  const told = [];
  /** @type {string[]} */
  const statuses = [];
  /** @type {string[]} */
  const asked = [];
  /** @type {any[]} */
  const refusals = [];
  /** @type {{write: (text: string) => void, end: () => void, fail: () => void, signal: AbortSignal}[]} */
  const streams = [];
  const counts = { words: 0, silences: 0 };
  let last = 0;
  const connection = createConnection({
    url: () => `/live?after=${last}`,
    onEvent: (event, data) => {
      told.push([event, data]);
      if (event === 'entries') last = data.length;
    },
    onStatus: (status) => statuses.push(status),
    onWord: () => (counts.words += 1),
    onSilent: () => (counts.silences += 1),
    onGone: () => {},
    random: () => 0,
    ask: async (url, options = {}) => {
      asked.push(url);
      const refusal = refusals.shift();
      if (refusal) throw new RequestFailed({ code: 'x', message: '', remedy: '', problems: [], ...refusal });
      const { signal } = /** @type {{signal: AbortSignal}} */ (options);
      const body = new ReadableStream({
        start(control) {
          const encoder = new TextEncoder();
          streams.push({ write: (text) => control.enqueue(encoder.encode(text)), end: () => control.close(), fail: () => control.error(new TypeError('network')), signal });
        },
      });
      return new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } });
    },
  });
  return { connection, told, statuses, asked, refusals, streams, counts };
}

test('it is alive with the first word, and goes on after the last entry when it breaks off', async () => {
  const { connection, told, statuses, asked, streams } = page();
  connection.open();
  await settled();
  assert.deepEqual(statuses, ['connecting']);
  streams[0].write(said('entries', { length: 4 }) + said('picture', { length: 4 }));
  await settled();
  assert.deepEqual(statuses, ['connecting', 'live']);
  assert.deepEqual(told, [['entries', { length: 4 }], ['picture', { length: 4 }]]);
  streams[0].fail();
  await settled();
  assert.equal(statuses.at(-1), 'broken');
  await pass(1_000);
  assert.deepEqual(asked, ['/live?after=0', '/live?after=4']);
  streams[1].write(said('beat', { length: 4 }));
  await settled();
  assert.equal(statuses.at(-1), 'live');
});

test('while the server is away it is asked less and less often, at once when it is known to be back', async () => {
  const { connection, asked, refusals, streams, statuses } = page();
  refusals.push(...Array.from({ length: 12 }, () => ({ status: 0 })));
  connection.open();
  await settled();
  const times = [];
  for (let second = 1; second <= 60; second += 1) {
    const before = asked.length;
    await pass(1_000);
    if (asked.length > before) times.push(second);
  }
  const pauses = times.map((time, index) => time - (times[index - 1] ?? 0));
  assert.deepEqual([...pauses].sort((a, b) => a - b), pauses);
  assert.ok(pauses[0] === 1 && Math.max(...pauses) >= 8 && Math.max(...pauses) <= 20, String(pauses));
  refusals.length = 0;
  connection.again();
  await settled();
  streams[0].write(said('beat', {}));
  await settled();
  assert.equal(statuses.at(-1), 'live');
});

test('as many as may are connected: it is said, and asked again when the server wishes', async () => {
  const { connection, asked, refusals, statuses, streams } = page();
  refusals.push({ status: 503, code: 'live_full', retryAfterS: 30 });
  connection.open();
  await settled();
  assert.equal(statuses.at(-1), 'full');
  await pass(29_000);
  assert.equal(asked.length, 1);
  await pass(7_000);
  assert.equal(asked.length, 2);
  streams[0].write(said('beat', {}));
  await settled();
  assert.equal(statuses.at(-1), 'live');
});

for (const status of [401, 403, 404]) {
  test(`who is refused by ${status} is not connected, and tries seldom`, async () => {
    const { connection, asked, refusals, statuses } = page();
    refusals.push({ status });
    connection.open();
    await settled();
    assert.equal(statuses.at(-1), 'refused');
    await pass(20_000);
    assert.equal(asked.length, 1);
  });
}

test('silence is noticed after 25 s, not before, and asked about at once', async () => {
  const { connection, asked, counts, statuses, streams } = page();
  connection.open();
  await settled();
  streams[0].write(said('beat', {}));
  await settled();
  for (let beat = 0; beat < 6; beat += 1) {
    await pass(20_000);
    streams[0].write(': still here\n\n');
    await settled();
  }
  assert.deepEqual([counts.silences, asked.length], [0, 1]);
  await pass(25_000);
  await pass(0);
  assert.deepEqual([counts.silences, asked.length, statuses.at(-1)], [1, 2, 'broken']);
  assert.ok(streams[0].signal.aborted);
  // What the dead stream says later counts no more.
  streams[1].write(said('beat', {}));
  await settled();
  assert.equal(statuses.at(-1), 'live');
});

test('a way to the server that keeps streams back is given up for a while', async () => {
  const { connection, asked, counts, statuses } = page();
  connection.open();
  await settled();
  for (let second = 0; second < 85; second += 1) await pass(1_000);
  assert.equal(statuses.at(-1), 'refused');
  assert.equal(counts.silences, 0);
  const before = asked.length;
  await pass(30_000);
  assert.equal(asked.length, before);
});

test('a stream that has lasted long enough is opened anew without anybody noticing', async () => {
  const { connection, asked, statuses, streams } = page();
  connection.open();
  await settled();
  streams[0].write(said('entries', { length: 9 }) + said('bye', { reason: 'age' }));
  streams[0].end();
  await settled();
  await pass(500);
  streams[1].write(said('beat', {}));
  await settled();
  assert.deepEqual(statuses, ['connecting', 'live']);
  assert.deepEqual(asked, ['/live?after=0', '/live?after=9']);
});

test('closed, it asks nothing any more and hears nothing', async () => {
  const { connection, asked, told, statuses, streams } = page();
  connection.open();
  await settled();
  streams[0].write(said('beat', {}));
  await settled();
  connection.close();
  assert.ok(streams[0].signal.aborted);
  streams[0].write(said('entries', { length: 9 }));
  await settled();
  await pass(600_000);
  assert.deepEqual([asked.length, told.length, statuses.at(-1)], [1, 1, 'off']);
});

test('what is no stream of events is none', async () => {
  /** @type {string[]} */
  const statuses = [];
  const connection = createConnection({
    url: () => '/live', onEvent: () => {}, onStatus: (status) => statuses.push(status), onWord: () => {}, onSilent: () => {}, onGone: () => {},
    ask: async () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }),
  });
  connection.open();
  await settled();
  assert.deepEqual(statuses, ['connecting', 'refused']);
});
