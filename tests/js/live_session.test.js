import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { createPolling } from '../../webmap/static/src/log/polling.js';
import { createLiveSession } from '../../webmap/static/src/live/session.js';
import { NOT_LIVE } from '../../webmap/static/src/live/state.js';
import { createReach } from '../../webmap/static/src/reach.js';
import { createStore } from '../../webmap/static/src/state/store.js';

const real = { fetch: globalThis.fetch, document: globalThis.document, window: globalThis.window };
/** @type {any} */
const world = globalThis;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  world.document = Object.assign(new EventTarget(), { hidden: false });
  world.window = Object.assign(new EventTarget(), {
    setTimeout: world.setTimeout, clearTimeout: world.clearTimeout, setInterval: world.setInterval, clearInterval: world.clearInterval,
  });
});
afterEach(() => {
  mock.timers.reset();
  Object.assign(world, real);
});

const settled = async () => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
/** @param {number} seconds */
async function pass(seconds) {
  for (let second = 0; second < seconds; second += 1) {
    mock.timers.tick(1_000);
    await settled();
  }
}
/** @param {boolean} hidden */
async function look(hidden) {
  world.document.hidden = hidden;
  world.document.dispatchEvent(new Event('visibilitychange'));
  await settled();
}

/** A page at an incident with two entries, and a server whose streams the test writes. */
function page() {
  const server = { status: 200, code: '', away: false };
  const asked = /** @type {string[]} */ ([]);
  const streams = /** @type {{say: (event: string, data: any) => void, end: () => void, signal: AbortSignal}[]} */ ([]);
  world.fetch = async (/** @type {string} */ url, /** @type {any} */ { signal }) => {
    asked.push(url);
    if (server.away) throw new TypeError('away');
    if (server.status !== 200) return new Response(JSON.stringify({ error: { code: server.code, message: '' } }), { status: server.status, headers: { 'Retry-After': '30' } });
    const body = new ReadableStream({
      start: (control) => void streams.push({
        say: (event, data) => control.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)), end: () => control.close(), signal,
      }),
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  };
  const log = { id: null, view: null, entries: [], known: null, following: true, now: null };
  const store = /** @type {any} */ (createStore(/** @type {any} */ ({ log, marks: {}, present: null, hours: 0, unreached: null, live: NOT_LIVE })));
  const heard = { alive: /** @type {boolean[]} */ ([]), told: /** @type {any[]} */ ([]), refreshed: 0, nudged: 0, opened: 0 };
  const reach = createReach(store, () => {});
  const live = createLiveSession(store, 'zh', reach, {
    streamed: { entries: async (told) => void heard.told.push(told), shown() {}, beat() {}, alive: (is) => heard.alive.push(is), isLogged: () => false },
    refresh: async () => void (heard.refreshed += 1),
    open: async (id) => {
      heard.opened += 1;
      open(null);
      open(id);
      return true;
    },
  }, () => {});
  live.onNudge('drill', () => (heard.nudged += 1));
  const open = (/** @type {string | null} */ id) => store.update({ log: { ...store.get().log, id, entries: id ? [{ number: 1 }, { number: 2 }] : [] } });
  return { server, asked, streams, store, heard, open, live: () => store.get().live };
}

test('an incident that is open is told; what is left of it, when it is left, is nothing', async () => {
  const { asked, streams, heard, open, live } = page();
  await settled();
  assert.deepEqual(asked, []);
  open('i');
  assert.equal(live().state, 'connecting');
  await settled();
  assert.deepEqual(asked, ['/api/incidents/i/live?after=2&lang=zh']);
  streams[0].say('entries', { entries: [] });
  await settled();
  assert.deepEqual([live().state, live().connected, heard.alive], ['live', true, [true]]);
  assert.ok(live().asOf);
  open(null);
  assert.deepEqual([live(), streams[0].signal.aborted, heard.alive], [NOT_LIVE, true, [true, false]]);
});

test('a page that nobody looks at for a minute gives its stream back, and has it again when it is looked at', async () => {
  const { asked, streams, open, live } = page();
  open('i');
  await settled();
  streams[0].say('beat', { length: 2 });
  await look(true);
  await pass(50);
  assert.equal(live().connected, false, 'no beat came for so long');
  await look(false);
  streams.at(-1)?.say('beat', { length: 2 });
  await settled();
  assert.equal(live().connected, true);
  await look(true);
  for (let beat = 0; beat < 7; beat += 1) {
    streams.at(-1)?.signal.aborted || streams.at(-1)?.say('beat', { length: 2 });
    await pass(9);
  }
  assert.deepEqual([live().connected, live().state, streams.at(-1)?.signal.aborted], [false, 'asking', true]);
  const before = asked.length;
  await pass(120);
  assert.equal(asked.length, before);
  await look(false);
  assert.equal(asked.length, before + 1);
});

test('a page that begins hidden takes no stream', async () => {
  const { asked, open } = page();
  world.document.hidden = true;
  open('i');
  await pass(5);
  assert.deepEqual(asked, []);
  await look(false);
  assert.equal(asked.length, 1);
});

test('where as many as may are connected the page says so and asks', async () => {
  const { server, open, live, asked } = page();
  Object.assign(server, { status: 503, code: 'live_full' });
  open('i');
  await settled();
  assert.deepEqual([live().state, live().refused, live().connected], ['asking', true, false]);
  // Looking at it again is no reason to ask before its time.
  await look(true);
  await look(false);
  assert.equal(asked.length, 1);
  server.status = 200;
  await pass(37);
  assert.equal(asked.length, 2);
});

test('without a word for 25 s the picture is said to be old, and is not once the server says one', async () => {
  const { server, streams, store, open, live, heard } = page();
  open('i');
  await settled();
  streams[0].say('beat', { length: 2 });
  await settled();
  server.away = true;
  await pass(24);
  assert.deepEqual([store.get().unreached, live().state], [null, 'live']);
  await pass(2);
  assert.deepEqual([store.get().unreached, live().state], [live().asOf, 'lost']);
  server.away = false;
  await pass(20);
  streams.at(-1)?.say('beat', { length: 2 });
  await settled();
  assert.deepEqual([store.get().unreached, live().state], [null, 'live']);
  // What was missed meanwhile is not known.
  assert.equal(heard.nudged, 1);
});

test('entries that a beat counts and nobody told are asked for; a nudge reaches who asked for its kind', async () => {
  const { streams, open, heard } = page();
  open('i');
  await settled();
  streams[0].say('beat', { length: 2 });
  streams[0].say('nudge', { what: 'warnings' });
  streams[0].say('nudge', { what: 'drill' });
  await settled();
  assert.deepEqual([heard.refreshed, heard.nudged], [0, 1]);
  streams[0].say('beat', { length: 3 });
  await settled();
  assert.equal(heard.refreshed, 1);
});

test('a log that the server has no longer is read anew, once', async () => {
  const { streams, open, heard } = page();
  open('i');
  await settled();
  for (let time = 0; time < 4; time += 1) {
    streams.at(-1)?.say('bye', { reason: 'gone' });
    streams.at(-1)?.end();
    await settled();
    assert.equal(heard.opened, time < 1 ? 0 : 1);
    await pass(20);
  }
});

test('while a stream tells, the page asks seldom; without it as often as ever', async () => {
  let asked = 0;
  const polling = createPolling({ ask: async () => void (asked += 1), tick() {}, onUnreached() {}, onLost() {}, onBack() {} });
  polling.start();
  await pass(20);
  assert.ok(asked >= 3);
  polling.rest(true);
  asked = 0;
  await pass(55);
  assert.equal(asked, 0);
  await pass(10);
  assert.equal(asked, 1);
  polling.rest(false);
  await pass(6);
  assert.equal(asked, 2);
});
