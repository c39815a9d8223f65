import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createNews } from '../../webmap/static/src/log/news.js';
import { RequestFailed } from '../../webmap/static/src/request.js';

/** @param {number} number @param {number | null} [corrects] @returns {any} */
const entry = (number, corrects = null) => ({ number, corrects, said: `${number}` });
/** @param {number} length @returns {any} */
const view = (length) => ({ incident: { id: 'i' }, length });
/** What a stream tells after an entry. @param {number} after @param {number} length @returns {any} */
const told = (after, length) => ({ incident: { id: 'i' }, after, length, entries: Array.from({ length: length - after }, (_, index) => entry(after + 1 + index)), view: view(length) });

/** A page that has read three entries, and a server that has `length`. @param {number} length */
function page(length = 3, known = /** @type {number | null} */ (null)) {
  /** @type {any} */
  const state = { log: { id: 'i', known, entries: [entry(1), entry(2), entry(3)], view: view(3) } };
  const server = { length, corrected: null, wait: Promise.resolve(), fails: false };
  const all = () => Array.from({ length: server.length }, (_, index) => entry(index + 1, index + 1 === server.corrected ? 1 : null));
  const asked = /** @type {string[]} */ ([]);
  /** @type {any} */
  const api = {
    news: async (/** @type {string} */ _, /** @type {number} */ after) => {
      asked.push(`news ${after}`);
      await server.wait;
      if (server.fails) throw new RequestFailed({ code: 'x', message: '', remedy: '', problems: [], status: 0 });
      return { entries: all().slice(after) };
    },
    allEntries: async () => {
      asked.push('all');
      if (server.fails) throw new RequestFailed({ code: 'x', message: '', remedy: '', problems: [], status: 0 });
      return { entries: all().map((one) => ({ ...one, again: true })) };
    },
    view: async () => {
      asked.push('view');
      return view(server.length);
    },
  };
  /** @type {number[]} */
  const shown = [];
  const store = /** @type {any} */ ({ get: () => state, update: (/** @type {any} */ change) => Object.assign(state, change) });
  const picture = { show: (/** @type {any} */ next, /** @type {any} */ patch) => {
    shown.push(next.length);
    state.log = { ...state.log, ...patch, view: next };
  } };
  const news = createNews({ store, api, reach: { soon: (answer) => answer }, picture, pending: () => false });
  return { state, server, asked, shown, news, numbers: () => state.log.entries.map((/** @type {any} */ { number }) => number) };
}

test('entries that are told are put behind those that are there, and nothing is asked', async () => {
  const { news, numbers, asked, shown } = page();
  await news.take(told(3, 5));
  assert.deepEqual([numbers(), asked, shown], [[1, 2, 3, 4, 5], [], [5]]);
});

test('told twice, also by an answer, they are there once', async () => {
  const { news, numbers, shown, server } = page(5);
  let release = () => {};
  server.wait = new Promise((resolve) => (release = () => resolve(undefined)));
  const all = [news.ask(), news.take(told(3, 5)), news.take(told(2, 5)), news.take(told(4, 6))];
  release();
  await Promise.all(all);
  assert.deepEqual(numbers(), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(shown, [5, 6]);
});

test('an older answer never follows a newer one', async () => {
  const { news, shown, server } = page(4);
  let release = () => {};
  server.wait = new Promise((resolve) => (release = () => resolve(undefined)));
  const asking = news.ask();
  const taking = news.take(told(3, 7));
  release();
  await Promise.all([asking, taking]);
  assert.deepEqual([...shown].sort((a, b) => a - b), shown);
  assert.equal(shown.at(-1), 7);
});

test('where something is missing between, all that is new is asked for', async () => {
  const { news, numbers, asked, shown } = page(6);
  await news.take(told(5, 6));
  assert.deepEqual([numbers(), asked, shown], [[1, 2, 3, 4, 5, 6], ['news 3', 'view'], [6]]);
});

test('a correction makes all entries be read anew', async () => {
  const { state, news, server, asked, shown } = page(4);
  server.corrected = /** @type {any} */ (4);
  const correction = told(3, 4);
  correction.entries[0].corrects = 1;
  await news.take(correction);
  assert.ok(state.log.entries.every((/** @type {any} */ { again }) => again));
  assert.deepEqual([asked, shown], [['all'], [4]]);
});

test('what others write while all is read anew is not lost from the picture', async () => {
  const { news, numbers, asked, shown } = page(6);
  const correction = told(3, 4);
  correction.entries[0].corrects = 1;
  await news.take(correction);
  await news.take(told(4, 6));
  assert.deepEqual([numbers(), asked, shown], [[1, 2, 3, 4, 5, 6], ['all', 'view'], [6]]);
});

test('what could not be read anew comes with the next word', async () => {
  const { news, server, numbers } = page(5);
  const correction = told(3, 4);
  correction.entries[0].corrects = 1;
  server.fails = true;
  await assert.rejects(news.take(correction), RequestFailed);
  assert.deepEqual(numbers(), [1, 2, 3]);
  server.fails = false;
  await news.take(told(4, 5));
  assert.deepEqual(numbers(), [1, 2, 3, 4, 5]);
});

test('who looks back sees that more was written, and goes on seeing what was believed', async () => {
  const { state, news, numbers, shown } = page(5, 2);
  await news.take(told(3, 5));
  assert.deepEqual([numbers(), shown, state.log.view.length], [[1, 2, 3, 4, 5], [], 3]);
});

test('what is told of another incident is left alone', async () => {
  const { news, numbers } = page();
  await news.take({ ...told(3, 5), incident: { id: 'j' } });
  assert.deepEqual(numbers(), [1, 2, 3]);
});
