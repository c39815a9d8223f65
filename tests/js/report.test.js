import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isThere, shareAt, sorted, stateAt } from '../../webmap/static/src/report/at_step.js';

/** Two townships, one network, three steps; the second township has points of which nobody knows the customers. */
const data = /** @type {any} */ ({
  townships: [
    { population: 1000, customers: [200], unknown: [null] },
    { population: null, customers: [50], unknown: [[1, 2]] },
  ],
  out: [[[0, 0], [50, 0], [0, 10]]],
  people: [[0, 0], [250, 40], [0, 0]],
});

test('a share is of the customers of the network, or of the people', () => {
  assert.equal(shareAt(data, 0, 1, 0), 0.25);
  assert.equal(shareAt(data, 'people', 1, 0), 0.25);
  assert.equal(shareAt(data, 0, 0, 0), 0);
});

test('what nobody knows is not zero, and only while it lasts', () => {
  assert.equal(shareAt(data, 0, 1, 1), null);
  assert.equal(shareAt(data, 0, 0, 1), 0);
  assert.equal(shareAt(data, 0, 2, 1), 0.2);
  assert.equal(shareAt(data, 'people', 1, 1), null);
});

test('more people out than a township is thought to have are all of them', () => {
  const crowded = { ...data, people: [[2000, 0]] };
  assert.equal(shareAt(crowded, 'people', 0, 0), 1);
});

test('a place is in the state of the last change, the later of two at one step', () => {
  const place = /** @type {any} */ ({ states: [[0, 'supplied'], [2, 'on_reserve'], [2, 'failed'], [5, 'supplied']] });
  assert.deepEqual([0, 1, 2, 4, 5, 9].map((step) => stateAt(place, step)), ['supplied', 'supplied', 'failed', 'failed', 'supplied', 'supplied']);
});

test('a fault is there from its step until before that of its repair', () => {
  const spell = /** @type {any} */ ({ from: 1, to: 3 });
  assert.deepEqual([0, 1, 2, 3].map((step) => isThere(spell, step)), [false, true, true, false]);
  assert.equal(isThere({ ...spell, to: null }, 99), true);
});

test('rows are sorted by size or as texts, unknown ones last either way', () => {
  const rows = [[3, 'b'], [null, 'a'], [20, 'c']];
  assert.deepEqual(sorted(rows, 0, false, 'zh').map((row) => row[0]), [3, 20, null]);
  assert.deepEqual(sorted(rows, 0, true, 'zh').map((row) => row[0]), [20, 3, null]);
  assert.deepEqual(sorted(rows, 1, false, 'zh').map((row) => row[1]), ['a', 'b', 'c']);
  assert.equal(rows[0][0], 3, 'the rows themselves stay as they are');
});
