import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asOfReport, foundLater, reportedAt, saidOf } from '../../webmap/static/src/log/said.js';

/** @param {number} number @param {string} kind @param {string} clock @param {Partial<import('../../webmap/static/src/log').LogEntry>} [more] @returns {any} */
const entry = (number, kind, clock, more = {}) => {
  const happened_at = `2026-01-12T${clock}:00+08:00`;
  return { number, kind, happened_at, said: `第 ${number} 句`, clause: null, withdrawn: false, counts: null, fact: { kind, happened_at, element: 'e-1' }, ...more };
};
/** @param {string} key @param {Record<string, unknown>} [values] */
const t = (key, values) => `${key} ${JSON.stringify(values)}`;

test('what the log says is said, of several what was added', () => {
  assert.equal(saidOf([entry(4, 'note', '08:00', { said: '某事（4.2.1）', clause: '4.2.1' })], '备注', t), '某事');
  assert.match(saidOf([entry(4, 'correction', '08:00'), entry(5, 'area_drawn', '08:00')], '范围', t), /第 5 句.*2/);
  assert.equal(saidOf([], '备注', t), '备注');
});

test('the time of the report is the one that counts', () => {
  assert.equal(reportedAt([entry(1, 'reported', '07:20')]), '2026-01-12T07:20:00+08:00');
  assert.equal(reportedAt([entry(1, 'reported', '07:20', { counts: { happened_at: '2026-01-12T07:10:00+08:00', said: '', clause: null } })]), '2026-01-12T07:10:00+08:00');
  assert.equal(reportedAt([entry(1, 'reported', '07:20', { withdrawn: true })]), null);
});

test('damage marked after the report is offered at its time; what is no damage, or of that time, is not', () => {
  const reported = '2026-01-12T07:20:00+08:00';
  const fault = entry(5, 'fault_located', '08:00');
  assert.deepEqual(foundLater([fault, entry(6, 'note', '08:00'), entry(7, 'fault_located', '07:20')], reported), [fault]);
  assert.deepEqual(foundLater([fault], null), []);
  assert.deepEqual(asOfReport([fault], reported, '2026-01-12T08:01:00+08:00', '原因'), [{
    kind: 'correction', happened_at: '2026-01-12T08:01:00+08:00', corrects: 5, reason: '原因',
    replacement: { kind: 'fault_located', happened_at: reported, element: 'e-1' },
  }]);
});
