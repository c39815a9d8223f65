import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { createAssessor, documentOf } from '../../webmap/static/src/assess.js';
import { markOf } from '../../webmap/static/src/panel/file_mark.js';
import { emptyMarks } from '../../webmap/static/src/state/marks.js';

const real = globalThis.fetch;
afterEach(() => { globalThis.fetch = real; });

test('a file at an earlier moment is of the log as of then, not of the marks of now', async () => {
  globalThis.fetch = async () => new Response(JSON.stringify({ timeline: [], level: {} }));
  const marks = { ...emptyMarks('p', '2026-01-12T08:00:00+08:00'), faults: [{ element: 'e-now', at: '2026-01-12T08:00:00+08:00' }] };
  /** @type {any} */
  const state = { marks, present: null, hours: 0.5, log: { following: false, view: {} } };
  /** @type {any} */
  const store = { get: () => state, update: (/** @type {any} */ change) => Object.assign(state, change), subscribe: () => () => {} };
  /** @type {any} */
  const then = { plan: 'p', at: '2026-01-12T08:30:00+08:00', faults: [{ element: 'e-then' }] };
  let told = then;
  /** @type {any} what else the page has them told stays out of this */
  const create = createAssessor;
  const assessor = create(store, 'zh', () => assert.fail('it failed'), async () => told, { withoutAssessment() {} }, { told: () => null }, () => {});
  await assessor.refresh();
  assert.deepEqual(documentOf(state.assessment), then);
  told = null;
  await assessor.refresh();
  assert.deepEqual(documentOf(state.assessment)?.faults?.map(({ element }) => element), ['e-now']);
});

test('a file says which incident it is of, also of what is tried out in it', () => {
  assert.deepEqual([markOf(null, false), markOf('a b', false), markOf('i', true), markOf(null, true)], ['', '&incident=a%20b', '&incident=i&what_if=1', '&what_if=1']);
});
