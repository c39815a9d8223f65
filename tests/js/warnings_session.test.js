import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { RequestFailed } from '../../webmap/static/src/request.js';
import { createStore } from '../../webmap/static/src/state/store.js';
import { NO_WARNINGS } from '../../webmap/static/src/warnings/state.js';

/** @type {typeof import('../../webmap/static/src/warnings/session.js').createWarningsSession} */
let createWarningsSession;
before(async () => {
  // What asks again and again listens to the page.
  Object.assign(globalThis, { document: { addEventListener() {}, hidden: false }, window: { addEventListener() {}, setTimeout, clearTimeout, setInterval, clearInterval } });
  ({ createWarningsSession } = await import('../../webmap/static/src/warnings/session.js'));
});

const NOW = '2026-01-12T12:00:00+08:00';
const failed = (/** @type {number} */ status, code = 'x') => new RequestFailed({ code, message: '', remedy: '', problems: [], status });

/** @param {any} api @param {any} [warnings] */
function page(api, warnings = {}) {
  const viewer = { person: { id: 'p' }, rights: { plans: { plan: ['see_log'] } } };
  const store = createStore(/** @type {any} */ ({ tab: 'log', hoveredWarning: null, log: { id: 'i' }, viewer, warnings: { ...NO_WARNINGS, ...warnings } }));
  const told = { changes: 0 };
  const viewers = /** @type {any} */ ({ proven: (/** @type {() => unknown} */ request) => request() });
  const session = createWarningsSession(store, api, viewers, () => Date.parse(NOW), () => { told.changes += 1; });
  return { store, session, told };
}
const summary = (/** @type {string} */ id, more = {}) => ({ id, incident: { id: 'i', plan: 'plan' }, pending: null, status: 'issued', length: 3, reminders: [], ...more });
const warning = (/** @type {string} */ id, more = {}) => ({ ...summary(id), versions: [], steps: [], may: [], ...more });

test('without an answer what was known stays, and it is said since when', async () => {
  let up = true;
  const api = { list: async () => { if (!up) throw failed(0, 'unreachable'); return { warnings: [summary('a')], now: NOW }; } };
  const { store, session } = page(api);
  await session.refresh();
  up = false;
  await session.refresh();
  const { list, asOf, failed: why } = store.get().warnings;
  assert.deepEqual([list.map(({ id }) => id), asOf, why?.code], [['a'], NOW, 'unreachable']);
});

test('how many past ones are not listed is known, and forgotten with the list', async () => {
  let may = true;
  const { store, session } = page({ list: async () => { if (!may) throw failed(403); return { warnings: [summary('a')], more: 7, now: NOW }; } });
  await session.refresh();
  assert.equal(store.get().warnings.more, 7);
  may = false;
  await session.refresh();
  assert.equal(store.get().warnings.more, 0);
});

test('who was told by other means is said with the audience and the note, and what is refused is answered', async () => {
  /** @type {any[]} */
  const sent = [];
  const api = { done: async (/** @type {string} */ id, /** @type {any} */ which) => { sent.push([id, which]); if (!which.note) throw failed(422, 'invalid'); } };
  const { session } = page(api, { open: 'a' });
  const which = { message: 'm', channel: 'sms', audience: 'schools', by_other_means: true };
  assert.equal(await session.done({ ...which, note: '电话' }), null);
  assert.deepEqual(sent, [['a', { ...which, note: '电话' }]]);
  assert.equal((await session.done(which))?.code, 'invalid');
});

test('who may not see warnings any more sees none', async () => {
  let may = true;
  const { store, session } = page({ list: async () => { if (!may) throw failed(403); return { warnings: [summary('a')], now: NOW }; } });
  await session.refresh();
  may = false;
  await session.refresh();
  assert.deepEqual([store.get().warnings.list, store.get().warnings.asOf], [[], null]);
});

test('a step whose answer got lost goes again under the same key, another step under its own', async () => {
  /** @type {any[]} */
  const sent = [];
  let up = false;
  const api = { list: async () => ({ warnings: [], now: NOW }), take: async (/** @type {string} */ _, /** @type {any} */ step) => { sent.push(step); if (!up) throw failed(0, 'unreachable'); return { warning: warning('a', { length: 4 }) }; } };
  const { store, session, told } = page(api, { open: 'a', detail: warning('a') });
  assert.equal((await session.take({ kind: 'approved', office: '指挥长' }))?.code, 'unreachable');
  up = true;
  assert.equal(await session.take({ kind: 'approved', office: '指挥长' }), null);
  assert.equal(sent[0].client_key, sent[1].client_key);
  assert.equal(sent[1].expected, 3);
  assert.equal(store.get().warnings.detail?.length, 4);
  await session.take({ kind: 'issued', office: '指挥长' });
  assert.notEqual(sent[2].client_key, sent[1].client_key);
  assert.deepEqual([sent[2].expected, told.changes], [4, 2]);
});

test('after a conflict the card is what others made of it, and the next try builds on that', async () => {
  /** @type {number[]} */
  const expected = [];
  const api = {
    list: async () => ({ warnings: [], now: NOW }), read: async () => ({ warning: warning('a', { length: 5 }) }),
    take: async (/** @type {string} */ _, /** @type {any} */ step) => { expected.push(step.expected); if (step.expected < 5) throw failed(409, 'changed_meanwhile'); return { warning: warning('a', { length: 6 }) }; },
  };
  const { store, session } = page(api, { open: 'a', detail: warning('a') });
  assert.equal((await session.take({ kind: 'lifted', reason: 'r' }))?.code, 'changed_meanwhile');
  assert.equal(store.get().warnings.detail?.length, 5);
  assert.equal(await session.take({ kind: 'lifted', reason: 'r' }), null);
  assert.deepEqual(expected, [3, 5]);
});

test('another incident has its own warnings: the card and the form are put away', () => {
  const { store } = page({}, { open: 'a', detail: warning('a'), drafting: { warningId: null, based: null } });
  store.update({ log: /** @type {any} */ ({ id: 'j' }) });
  assert.deepEqual([store.get().warnings.open, store.get().warnings.detail, store.get().warnings.drafting], [null, null, null]);
});

test('whose turn it is is asked once for each step of what is in preparation', async () => {
  let asked = 0;
  let length = 2;
  const api = {
    list: async () => ({ warnings: [summary('a', { pending: { version: 1, status: 'submitted', status_title: '' }, length })], now: NOW }),
    read: async () => { asked += 1; return { warning: warning('a', { length, may: [{ kind: 'approved' }] }) }; },
  };
  const { store, session } = page(api);
  await session.refresh();
  await session.refresh();
  assert.equal(asked, 1);
  length = 3;
  await session.refresh();
  assert.deepEqual([asked, store.get().warnings.turns.a.length], [2, 3]);
});

test('what could not be told before a step is null, and what was taken back is known when it is answered', async () => {
  let up = false;
  /** @type {any[]} */
  const undone = [];
  const message = { identifier: 'm' };
  const api = {
    briefing: async (/** @type {string} */ id) => { if (!up) throw failed(503); return { warning: id, length: 3, issuing: null, lifting: null }; },
    undo: async (/** @type {string} */ id, /** @type {any} */ which) => { undone.push([id, which]); },
    deliveries: async () => ({ groups: [{ channel: 'sms', by_state: { prepared: 1 } }], open: 1 }),
  };
  const { store, session } = page(api, { open: 'a', detail: warning('a', { versions: [{ message }] }) });
  assert.equal(await session.briefing('a'), null);
  up = true;
  assert.equal((await session.briefing('a'))?.length, 3);
  const which = { message: 'm', channel: 'sms', audience: 'public', at: NOW };
  assert.equal(await session.undo(which), null);
  assert.deepEqual(undone, [['a', which]]);
  assert.equal(store.get().warnings.deliveries?.open, 1, 'the groups are those after it');
});
