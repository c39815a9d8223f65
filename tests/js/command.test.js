import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countdown } from '../../webmap/static/src/command/countdown.js';
import { nextReportLine } from '../../webmap/static/src/reports/next_report.js';

const DUE = '2026-01-12T10:00:00+08:00';
const at = (/** @type {string} */ clock) => Date.parse(`2026-01-12T${clock}+08:00`);

test('it counts down by the second to the very moment, and then up', () => {
  assert.equal(countdown(DUE, 120, at('08:00:00'))?.clock, '2:00:00');
  assert.equal(countdown(DUE, 120, at('09:59:01'))?.clock, '00:59');
  assert.equal(countdown(DUE, 120, at('09:59:59.400'))?.clock, '00:01');
  assert.equal(countdown(DUE, 120, at('10:00:00'))?.clock, '00:00');
  assert.equal(countdown(DUE, 120, at('10:00:00.900'))?.clock, '00:00');
  assert.equal(countdown(DUE, 120, at('11:05:07'))?.clock, '1:05:07');
});

test('it warns when a third of the interval is left, whatever the interval, and once it is over', () => {
  for (const [minutes, quiet, near] of /** @type {[number, string, string][]} */ ([
    [180, '08:59:59', '09:00:00'], [120, '09:19:59', '09:20:00'], [60, '09:39:59', '09:40:00'], [30, '09:49:59', '09:50:00']])) {
    assert.equal(countdown(DUE, minutes, at(quiet))?.tone, 'quiet', `${minutes}`);
    assert.equal(countdown(DUE, minutes, at(near))?.tone, 'near', `${minutes}`);
  }
  assert.equal(countdown(DUE, 60, at('10:00:00'))?.tone, 'near');
  assert.equal(countdown(DUE, 60, at('10:00:00.001'))?.tone, 'over');
});

test('without an interval it warns a quarter of an hour before; without a deadline nothing counts', () => {
  assert.equal(countdown(DUE, null, at('09:44:00'))?.tone, 'quiet');
  assert.equal(countdown(DUE, undefined, at('09:46:00'))?.tone, 'near');
  assert.equal(countdown(DUE, null, at('09:00:00'))?.share, null);
  assert.equal(countdown(null, 60, at('09:00:00')), null);
});

test('what is left of the interval is told as a share between none and all', () => {
  assert.equal(countdown(DUE, 120, at('09:30:00'))?.share, 0.25);
  assert.equal(countdown(DUE, 120, at('07:00:00'))?.share, 1);
  assert.equal(countdown(DUE, 120, at('12:00:00'))?.share, 0);
});

test('the line of the level card warns when the clock does', () => {
  const next = /** @type {any} */ ({ kind: 'follow_up', title: '续报', due_at: DUE, at_once: false, overdue_minutes: 0, clause: '4.1', rule: '', interval_minutes: 180 });
  assert.equal(nextReportLine(next, at('08:59:00'), 'zh').tone, 'quiet');
  assert.equal(nextReportLine(next, at('09:00:30'), 'zh').tone, 'soon');
});

test('what is due at once warns from the beginning, however long it is until it is late', () => {
  const told = (/** @type {boolean} */ atOnce) => countdown(DUE, 180, at('10:00:00') - 9_000_000, atOnce)?.tone;
  assert.deepEqual([told(true), told(false)], ['near', 'quiet']);
  assert.equal(countdown(DUE, 180, at('10:00:01'), true)?.tone, 'over');
});
