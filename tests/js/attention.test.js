/** Notices as they stand now: urgency, order, what is counted. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { standingNow, standingOf, titleWith, toDo } from '../../webmap/static/src/attention/standing.js';

const NOW = Date.parse('2026-01-12T10:00:00+08:00');

/** @param {object} [values] @returns {any} */
const notice = (values = {}) => ({
  key: 'report_due:a:follow_up', kind: 'report_due', incident: 'a', drill: false, at: '2026-01-12T09:00:00+08:00', due_at: null, since: null, urgency: 'now', ...values,
});

test('what is due becomes urgent as the clock goes on, without being asked for again', () => {
  const due = notice({ due_at: '2026-01-12T10:40:00+08:00', urgency: 'info' });
  const after = (/** @type {number} */ minutes) => standingOf(due, NOW + minutes * 60_000);
  assert.deepEqual([0, 9, 10, 40, 50].map((minutes) => after(minutes).urgency), ['info', 'info', 'soon', 'now', 'now']);
  assert.equal(after(50).leftMs, -600_000);
});

test('what is to be done at once stays so, however long its last moment is away', () => {
  const due = notice({ due_at: '2026-01-12T13:00:00+08:00', urgency: 'now' });
  assert.deepEqual(standingOf(due, NOW), { notice: due, urgency: 'now', leftMs: 3 * 3_600_000 });
});

test('in a drill time stands at what happened last in it', () => {
  const due = notice({ drill: true, due_at: '2026-01-12T09:20:00+08:00', urgency: 'soon' });
  assert.equal(standingOf(due, NOW).urgency, 'soon');
  assert.equal(standingOf(due, NOW + 9e7).leftMs, 20 * 60_000);
});

test('real incidents stand before drills, the most urgent first, what is longest over before the rest', () => {
  const all = [
    notice({ key: 'drill', drill: true }), notice({ key: 'info', urgency: 'info' }), notice({ key: 'waits' }),
    notice({ key: 'over', due_at: '2026-01-12T09:00:00+08:00' }), notice({ key: 'just', due_at: '2026-01-12T09:59:00+08:00' }),
    notice({ key: 'soon', due_at: '2026-01-12T10:10:00+08:00', urgency: 'info' }),
  ];
  assert.deepEqual(standingNow(all, NOW).map(({ notice: { key } }) => key), ['over', 'just', 'waits', 'soon', 'info', 'drill']);
});

test('what is merely to be known is not counted, nor a drill that is not open', () => {
  const standing = standingNow([notice(), notice({ urgency: 'info' }), notice({ drill: true, incident: 'b' })], NOW);
  assert.deepEqual(toDo(standing, null), { count: 1, now: true });
  assert.deepEqual(toDo(standing, 'b'), { count: 2, now: true });
  assert.deepEqual(toDo([], null), { count: 0, now: false });
});

test('the number before the title is the last one alone', () => {
  assert.equal(titleWith('东站停电 · 态势图', 2), '(2) 东站停电 · 态势图');
  assert.equal(titleWith('(2) 东站停电 · 态势图', 13), '(13) 东站停电 · 态势图');
  assert.equal(titleWith('(13) 东站停电 · 态势图', 0), '东站停电 · 态势图');
});
