import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byLevel, correctedTimes, longestDelay, minutesSaid, missed, pairsInOrder, reportsCounted } from '../../webmap/static/src/reports/review.js';
import { countsSaid, figuresOf } from '../../webmap/static/src/reports/statistics.js';

test('measures stand by level in the order given, what is beyond the checklist last', () => {
  const row = (/** @type {string | null} */ level, /** @type {string} */ state) => /** @type {any} */ ({ level, state });
  const groups = byLevel([row(null, 'done'), row('III', 'done'), row('III', 'open'), row('II', 'ended_undone')]);
  assert.deepEqual(groups.map(({ level, done, rows }) => [level, done, rows.length]), [['III', 1, 2], ['II', 0, 1], [null, 1, 1]]);
});

test('only reports whose deadline is over or met are judged', () => {
  const row = (/** @type {string} */ state, /** @type {string | null} */ due) => /** @type {any} */ ({ state, due_at: due, count: 1 });
  assert.deepEqual(reportsCounted([row('in_time', 't'), row('late', 't'), row('missing', 't'), row('missing', null), row('waiting', 't'), row('no_deadline', null)]), { due: 3, inTime: 1 });
  assert.deepEqual(reportsCounted([row('in_time', 't'), { ...row('missing', 't'), count: 40 }]), { due: 41, inTime: 1 });
});

test('a correction of the time shows both, as short as tells them apart', () => {
  const times = (/** @type {string} */ before, /** @type {string | null} */ after) => correctedTimes({ happened_at: before, happened_at_after: after });
  assert.deepEqual(times('2026-01-13T22:40:00+08:00', '2026-01-13T16:40:00+08:00'), { before: '01-13 22:40', after: '01-13 16:40' });
  assert.deepEqual(times('2025-01-13T22:40:00+08:00', '2026-01-13T22:40:00+08:00'), { before: '2025-01-13 22:40:00', after: '2026-01-13 22:40:00' });
  assert.equal(times('2026-01-13T22:40:00+08:00', '2026-01-13T14:40:00+00:00'), null);
  assert.equal(times('2026-01-13T22:40:00+08:00', null), null);
});

test('minutes below zero say that it came before', () => {
  assert.deepEqual(minutesSaid(-95, 'zh'), { text: '1 小时 35 分', before: true });
  assert.deepEqual(minutesSaid(20, 'en'), { text: '20 min', before: false });
});

test('tau is told as pairs in the same order, where there are no ties', () => {
  assert.deepEqual(pairsInOrder(1, 4), { same: 6, pairs: 6 });
  assert.deepEqual(pairsInOrder(-1 / 3, 4), { same: 2, pairs: 6 });
  assert.equal(pairsInOrder(0.913, 4), null);
  assert.equal(pairsInOrder(1, 1), null);
});

test('statistics: what is unknown is none, a sum over some says so', () => {
  const group = /** @type {any} */ ({
    count: 3, medians: [{ key: 'fact_to_level', title: '', minutes: null, count: 0 }], reports_due: 4, reports_in_time: 3, reports_in_time_share: 0.75,
    measures_due: 11, measures_done: 5, customer_hours: 123456.4, people_hours: null, hours_known_of: 2,
  });
  const figures = Object.fromEntries(figuresOf(group, 'zh').map(({ key, value, note }) => [key, [value, note?.key ?? null]]));
  assert.deepEqual(figures.in_time, ['75 %', 'statistics.of_reports']);
  assert.deepEqual(figures.to_level, [null, 'statistics.of_incidents']);
  assert.deepEqual(figures.customer_hours, ['123,456', 'statistics.known_of']);
  assert.equal(figures.people_hours[0], null);
  assert.equal(countsSaid([{ title: '2026-01', count: 3 }, { title: '2026-02', count: 1 }]), '2026-01 3 · 2026-02 1');
});

test('what was late or is missing stands out with its longest delay', () => {
  const row = (/** @type {string} */ state, /** @type {number | null} */ late) => /** @type {any} */ ({ state, late_minutes: late });
  const reports = [row('in_time', 0), row('late', 12), row('missing', null), row('waiting', null), row('late', 95)];
  assert.deepEqual(missed(reports).map(({ state }) => state), ['late', 'missing', 'late']);
  assert.equal(longestDelay(reports), 95);
  assert.equal(longestDelay([row('in_time', 0), row('missing', null)]), null);
});
