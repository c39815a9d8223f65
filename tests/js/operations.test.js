import assert from 'node:assert/strict';
import { test } from 'node:test';

import { emptyMarks, incidentDocument, withInoperable } from '../../webmap/static/src/state/marks.js';
import { byNetwork, partsOfPlan, verbOf } from '../../webmap/static/src/state/operations.js';
import { heaviest, lossStep } from '../../webmap/static/src/state/vulnerability.js';

const AT = '2026-01-12T08:00:00+08:00';
const none = /** @type {any} */ (() => null);

/** @returns {any} */
const step = (/** @type {number} */ order, /** @type {string} */ action, network = 'electricity', advised = true) => ({ order, action, network, advised });

/** @returns {any} */
const rated = (/** @type {string} */ id, /** @type {string} */ kind, customers = 10, facilities = 0, nodes = 3) => ({ id, kind, customers, facilities, nodes });

test('steps that are not advised are no part of the sequence', () => {
  const { isolate, restore, unadvised } = partsOfPlan([step(1, 'open'), step(2, 'close', 'electricity', false), step(3, 'close')]);
  assert.deepEqual([isolate, restore, unadvised].map((part) => part.map(({ order }) => order)), [[1], [3], [2]]);
});

test('networks keep the order in which the plan touches them, and steps theirs', () => {
  const groups = byNetwork([step(1, 'open', 'heat'), step(2, 'open', 'gas'), step(3, 'open', 'heat')]);
  assert.deepEqual(groups.map(([network, steps]) => [network, steps.map(({ order }) => order)]), [['heat', [1, 3]], ['gas', [2]]]);
});

test('cutting off opens a switch and shuts a valve', () => {
  assert.equal(verbOf({ action: 'open', kind: 'switch' }), 'open.switch');
  assert.equal(verbOf({ action: 'open', kind: 'valve' }), 'open.valve');
  assert.equal(verbOf({ action: 'close', kind: 'breaker' }), 'close.switch');
});

test('devices out of order go into the incident once and can be taken back', () => {
  const marks = withInoperable(emptyMarks('p', AT), 'e-sw-1', true);
  assert.equal(withInoperable(marks, 'e-sw-1', true), marks);
  assert.deepEqual(incidentDocument(marks, 2, none).inoperable, ['e-sw-1']);
  assert.equal('inoperable' in incidentDocument(withInoperable(marks, 'e-sw-1', false), 2, none), false);
});

test('an edge of the steps belongs to the higher one', () => {
  assert.deepEqual([0, 999, 1000, 2999.5, 3000, 10_000, 29_999, 30_000, 1e6].map(lossStep), [0, 0, 1, 1, 2, 3, 3, 4, 4]);
});

test('elements that lose the same are one row, told by the station among them', () => {
  const rows = heaviest([rated('sw', 'switch', 50), rated('sub', 'substation', 50), rated('ln', 'feeder', 50), rated('v', 'valve', 20), rated('x', 'switch', 5)], 2);
  assert.deepEqual(rows.map(({ element, others }) => [element.id, others]), [['sub', 2], ['v', 0]]);
  assert.deepEqual(heaviest([], 10), []);
});

test('the same customers with other facilities are another row', () => {
  assert.equal(heaviest([rated('a', 'valve', 50, 1), rated('b', 'valve', 50, 0)], 10).length, 2);
});
