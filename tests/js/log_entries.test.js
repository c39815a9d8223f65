import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NO_FILTER, byDay, countByGroup, isFiltering, newestFirst, passes, placeIdOf, saidWithoutClause } from '../../webmap/static/src/state/log_entries.js';

/** @param {number} number @param {string} time @param {object} [also] */
const entry = (number, time, also = {}) => /** @type {any} */ ({
  number, kind: 'note', group: 'other', happened_at: `2026-01-${time}:00+08:00`, written_at: '', late: false, author: '王', clause: null, said: '', fact: null,
  corrects: null, corrected_by: null, withdrawn: false, redacted: false, ...also });

test('the newest that happened stands first; of the same minute the one written last', () => {
  const entries = [entry(1, '12T08:00'), entry(2, '12T09:00'), entry(3, '12T07:00'), entry(4, '12T09:00')];
  assert.deepEqual(newestFirst(entries).map(({ number }) => number), [4, 2, 1, 3]);
  assert.deepEqual(entries.map(({ number }) => number), [1, 2, 3, 4]);
});

test('a corrected entry stands at the time that counts', () => {
  const moved = entry(3, '12T09:30', { counts: { happened_at: '2026-01-12T08:30:00+08:00', said: '示例', clause: null } });
  assert.deepEqual(newestFirst([entry(1, '12T08:00'), entry(2, '12T09:00'), moved]).map(({ number }) => number), [2, 3, 1]);
  assert.equal(passes(moved, { ...NO_FILTER, words: '示例' }), true);
});

test('a day is one of the district, whatever offset a time was entered with', () => {
  const late = { ...entry(3, '12T00:00'), happened_at: '2026-01-12T16:30:00+00:00' };
  const days = byDay(newestFirst([entry(1, '12T23:50'), entry(2, '13T00:10'), late]));
  assert.deepEqual(days.map(({ entries }) => entries.map(({ number }) => number)), [[3, 2], [1]]);
});

test('all words have to be found, in what is said, the author or the number', () => {
  const one = entry(12, '12T08:00', { said: '市局值班室来电', author: '王值班', group: 'report' });
  const with_ = (/** @type {object} */ patch) => passes(one, { ...NO_FILTER, ...patch });
  assert.equal(with_({}), true);
  assert.equal(with_({ words: ' 来电  市局 ' }), true);
  assert.equal(with_({ words: '来电 区委' }), false);
  assert.equal(with_({ words: '#12' }), true);
  assert.equal(with_({ groups: ['damage'] }), false);
  assert.equal(with_({ groups: ['damage', 'report'], author: '王值班' }), true);
  assert.equal(with_({ author: '李' }), false);
  assert.equal(isFiltering({ ...NO_FILTER, words: '  ' }), false);
  assert.equal(isFiltering({ ...NO_FILTER, groups: ['damage'] }), true);
});

test('an entry speaks of the place that it names; a drawn area is none, a correction has that of its replacement', () => {
  const fact = (/** @type {object} */ fields) => /** @type {any} */ ({ kind: 'x', happened_at: '', ...fields });
  assert.equal(placeIdOf(fact({ element: 'e-1' })), 'e-1');
  assert.equal(placeIdOf(fact({ element: 'area/heat' })), null);
  assert.equal(placeIdOf(fact({ townships: ['140502001'] })), '140502001');
  assert.equal(placeIdOf(fact({ kind: 'correction', replacement: fact({ road: 'r-1' }) })), 'r-1');
  assert.equal(placeIdOf(fact({ kind: 'correction', replacement: null })), null);
  assert.equal(placeIdOf(null), null);
});

test('the clause stands as a link, so it goes from the sentence; another in the words stays', () => {
  const said = '已落实（4.1）：通报（4.2.1(2)）';
  assert.equal(saidWithoutClause(entry(1, '12T08:00', { said, clause: '4.2.1(2)' })), '已落实（4.1）：通报');
  assert.equal(saidWithoutClause(entry(1, '12T08:00', { said, clause: '4.1' })), said);
  assert.equal(saidWithoutClause(entry(1, '12T08:00', { said, clause: null })), said);
});

test('groups without an entry are not counted', () => {
  assert.deepEqual(countByGroup([entry(1, '12T08:00'), entry(2, '12T08:00', { group: 'damage' }), entry(3, '12T08:00')]), { other: 2, damage: 1 });
});
