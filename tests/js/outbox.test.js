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
    asked: 0,
    async send(/** @type {any} */ { key }) {
      state.asked += 1;
      if (state.failing !== null) throw new RequestFailed({ code: 'x', message: '', remedy: '', problems: [], status: state.failing });
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
    onChange: (count, stalled) => { seen.counts.push(count); seen.stalled.push(stalled?.status ?? null); },
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
