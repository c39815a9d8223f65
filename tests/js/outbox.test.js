import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createOutbox } from '../../webmap/static/src/log/outbox.js';
import { RequestFailed } from '../../webmap/static/src/request.js';

/** A storage as browsers have it, which outlives the page. */
function storage() {
  const kept = new Map();
  return {
    kept,
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
    key: (/** @type {number} */ index) => [...kept.keys()][index] ?? null,
    get length() { return kept.size; },
  };
}

/** A server that stores by key, and can be out of reach or refuse. */
function server() {
  const state = {
    /** @type {number | null} */ failing: null,
    /** @type {string[]} */ stored: [],
    /** @type {Record<string, number>} */ failingOn: {},
    /** @type {string | null} */ signedIn: null,
    asked: 0,
    async send(/** @type {any} */ { key, person }) {
      state.asked += 1;
      const status = state.signedIn !== null && person !== state.signedIn ? 401 : state.failing ?? state.failingOn[key];
      if (status !== undefined) throw new RequestFailed({ code: status === 409 ? 'written_meanwhile' : 'x', message: '', remedy: '', problems: [], status });
      if (!state.stored.includes(key)) state.stored.push(key);
      return { length: state.stored.length, entries: [] };
    },
  };
  return state;
}

/** A page with its outbox; retries run when the test says so. @param {any} where @param {any} to */
function page(where, to) {
  /** @type {any} */
  const seen = { settled: [], counts: [], stalled: [], retries: [] };
  const box = createOutbox({
    storage: where, send: to.send,
    onSettled: (item, outcome) => seen.settled.push([item.key, outcome.stored ? 'stored' : 'refused']),
    onChange: (now) => { seen.counts.push(now.waiting); seen.stalled.push(now.stalled?.status ?? null); seen.now = now; },
    later: (run) => seen.retries.push(run),
  });
  return { box, seen, retry: async () => { seen.retries.shift()(); await settled(); } };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
/** @param {string} key @param {any} [more] @returns {any} */
const item = (key, more = {}) => ({ key, person: 'p-1', incident: 'i-1', facts: [{ kind: 'note', happened_at: 'x' }], label: key, expected: null, keptAt: 1, ...more });

test('what is stored leaves the box, and nothing is kept', async () => {
  const [where, to] = [storage(), server()];
  const { box, seen } = page(where, to);
  const outcome = await box.add(item('a'));
  assert.equal(outcome.stored?.length, 1);
  assert.equal(where.kept.size, 0);
  assert.deepEqual(seen.counts, [1, 0]);
});

test('without the server facts wait in their order and are stored once when it is back', async () => {
  const [where, to] = [storage(), server()];
  const { box, seen, retry } = page(where, to);
  to.failing = 0;
  const [first, second] = [box.add(item('a')), box.add(item('b'))];
  await settled();
  assert.deepEqual([seen.counts.at(-1), seen.stalled.at(-1), to.stored], [2, 0, []]);
  await retry();
  assert.deepEqual(to.stored, []);
  to.failing = null;
  await retry();
  assert.ok((await first).stored && (await second).stored);
  assert.deepEqual(to.stored, ['a', 'b']);
  assert.deepEqual([seen.counts.at(-1), seen.stalled.at(-1), where.kept.size], [0, null, 0]);
});

test('a reload does not lose what waits, and does not send it in another person\'s name', async () => {
  const [where, to] = [storage(), server()];
  to.failing = 503;
  void page(where, to).box.add(item('a', { keptAt: 2 }));
  void page(where, to).box.add(item('b', { keptAt: 1 }));
  void page(where, to).box.add(item('c', { person: 'p-2' }));
  await settled();
  to.failing = null;
  const { box, seen } = page(where, to);
  box.resume('p-1');
  await settled();
  assert.deepEqual(to.stored, ['b', 'a']);
  assert.deepEqual(seen.settled, [['b', 'stored'], ['a', 'stored']]);
  assert.equal(where.kept.size, 1);
});

test('an answer that was lost does not write twice: the same key is sent again', async () => {
  const [where, to] = [storage(), server()];
  const lost = { ...to, send: async (/** @type {any} */ one) => { await to.send(one); throw new RequestFailed({ code: 'unreachable', message: '', remedy: '', problems: [], status: 0 }); } };
  void page(where, lost).box.add(item('a'));
  await settled();
  const { box } = page(where, to);
  box.resume('p-1');
  await settled();
  assert.deepEqual([to.stored, to.asked, where.kept.size], [['a'], 2, 0]);
});

test('a refusal is told and lets the next one through', async () => {
  const [where, to] = [storage(), server()];
  const { box } = page(where, to);
  to.failing = 409;
  const refused = await box.add(item('a'));
  assert.equal(refused.refused?.status, 409);
  assert.equal(where.kept.size, 0);
  to.failing = null;
  assert.ok((await box.add(item('b'))).stored);
});

test('who is signed out keeps what was recorded until signed in again', async () => {
  const [where, to] = [storage(), server()];
  const { box, seen } = page(where, to);
  to.failing = 401;
  const waiting = box.add(item('a'));
  await settled();
  assert.deepEqual([seen.stalled.at(-1), where.kept.size, box.holds('i-1'), box.holds('i-2')], [401, 1, true, false]);
  to.failing = null;
  await box.flush();
  assert.ok((await waiting).stored);
});

test('a browser that keeps nothing still sends', async () => {
  const to = server();
  const full = { ...storage(), setItem: () => { throw new Error('quota'); } };
  assert.ok((await page(full, to).box.add(item('a'))).stored);
  assert.ok((await page(null, to).box.add(item('b'))).stored);
});

test('what stands in the storage and is no such thing is left alone', async () => {
  const [where, to] = [storage(), server()];
  where.setItem('webmap.outbox.x', 'not json');
  where.setItem('other', JSON.stringify(item('z')));
  page(where, to).box.resume('p-1');
  await settled();
  assert.equal(to.asked, 0);
});

test('after a handover the next person\'s facts go out, and the first one\'s wait for them by name', async () => {
  const [where, to] = [storage(), server()];
  const { box, seen } = page(where, to);
  [to.signedIn, to.failing] = ['p-1', 503];
  box.resume('p-1');
  void box.add(item('p', { author: '小李' }));
  await settled();
  [to.signedIn, to.failing] = ['p-2', null];
  box.resume('p-2');
  assert.ok((await box.add(item('q', { person: 'p-2' }))).stored);
  assert.deepEqual([to.stored, seen.now.waiting, seen.now.others, box.holds('i-1')], [['q'], 0, [{ name: '小李', count: 1 }], false]);
  to.signedIn = 'p-1';
  box.resume('p-1');
  await settled();
  assert.deepEqual([to.stored, seen.now.others, where.kept.size], [['q', 'p'], [], 0]);
});

test('another person\'s facts never stop asking who is there', async () => {
  const [where, to] = [storage(), server()];
  where.setItem('webmap.outbox.a', JSON.stringify(item('a')));
  const { box, seen, retry } = page(where, to);
  to.signedIn = 'p-2';
  box.resume('p-2');
  await settled();
  assert.deepEqual([to.asked, seen.retries.length], [0, 1]);
  await retry();
  to.signedIn = 'p-1';
  await retry();
  assert.deepEqual(to.stored, ['a']);
});

test('nothing waits for another incident', async () => {
  const [where, to] = [storage(), server()];
  const { box, seen } = page(where, to);
  to.failingOn.bad = 500;
  void box.add(item('bad'));
  assert.ok((await box.add(item('good', { incident: 'i-2' }))).stored);
  assert.deepEqual([seen.now.waiting, seen.now.stalled?.status], [1, 500]);
});

test('a fact on which the server fails five times is set aside, the next ones go, and it can be sent again', async () => {
  const [where, to] = [storage(), server()];
  const { box, seen, retry } = page(where, to);
  to.failingOn.bad = 500;
  const [bad, good] = [box.add(item('bad')), box.add(item('good'))];
  await settled();
  for (let tries = 2; tries <= 4; tries += 1) await retry();
  assert.deepEqual([to.stored, seen.now.aside.length], [[], 0]);
  await retry();
  assert.ok((await good).stored);
  assert.deepEqual([seen.now.aside.map((/** @type {any} */ one) => one.key), seen.now.waiting, seen.now.stalled, box.holds('i-1'), where.kept.size], [['bad'], 0, null, false, 1]);
  delete to.failingOn.bad;
  box.retry('bad');
  assert.ok((await bad).stored);
  assert.deepEqual([to.stored, seen.now.aside, where.kept.size], [['good', 'bad'], [], 0]);
});

test('what was set aside stays so over a reload, is tried once more when the server is back, and can be given up', async () => {
  const [where, to] = [storage(), server()];
  where.setItem('webmap.outbox.bad', JSON.stringify(item('bad', { aside: { code: 'x', message: '', remedy: '', problems: [], status: 500 } })));
  to.failingOn.bad = 500;
  const { box, seen } = page(where, to);
  box.resume('p-1');
  await settled();
  assert.deepEqual([to.asked, seen.now.aside.length], [0, 1]);
  box.again();
  await settled();
  assert.deepEqual([to.asked, seen.now.aside.length, seen.now.waiting], [1, 1, 0]);
  box.discard('bad');
  await settled();
  assert.deepEqual([seen.settled, seen.now.aside, where.kept.size], [[['bad', 'refused']], [], 0]);
});

test('what was given up in one window is not sent from another', async () => {
  const [where, to] = [storage(), server()];
  where.setItem('webmap.outbox.a', JSON.stringify(item('a')));
  to.failing = 503;
  const { box, seen, retry } = page(where, to);
  box.resume('p-1');
  await settled();
  where.removeItem('webmap.outbox.a');
  to.failing = null;
  await retry();
  assert.deepEqual([to.stored, seen.now.waiting], [[], 0]);
});

test('a drawing from before the reload is kept where others wrote meanwhile', async () => {
  const [where, to] = [storage(), server()];
  where.setItem('webmap.outbox.a', JSON.stringify(item('a', { expected: 3 })));
  to.failing = 409;
  const { box, seen } = page(where, to);
  box.resume('p-1');
  await settled();
  assert.deepEqual([seen.settled, where.kept.size, box.aside('i-1').map(({ key }) => key)], [[['a', 'refused']], 1, ['a']]);
  box.drop('a');
  assert.deepEqual([where.kept.size, seen.now.aside], [0, []]);
});

test('whatever goes wrong in sending, it is tried again', async () => {
  const where = storage();
  let tries = 0;
  const to = { send: async () => { tries += 1; throw new RequestFailed({ code: 'unreachable', message: '', remedy: '', problems: [], status: 0 }); } };
  const { seen, box, retry } = page(where, to);
  void box.add(item('a'));
  await settled();
  for (let more = 0; more < 7; more += 1) await retry();
  // Out of reach is no failure of the server's: it is never set aside for that.
  assert.deepEqual([tries, seen.now.aside, seen.retries.length], [8, [], 1]);
});
