import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detailFact, detailSaid, lastDetail, lastGiven } from '../../webmap/static/src/reports/details.js';
import { documentOf, gapsOf, likelyKind, piecesOf, previewOf, reportSentFact, sentAs, sentReports } from '../../webmap/static/src/reports/documents.js';
import { createReportDrafts } from '../../webmap/static/src/reports/drafts.js';
import { nextReportLine, presentMs } from '../../webmap/static/src/reports/next_report.js';

const NOW = Date.parse('2026-01-12T09:35:20+08:00');
/** @param {Partial<import('../../webmap/static/src/reports').NextReport>} more @returns {any} */
const next = (more) => ({ kind: 'follow_up', title: '续报', due_at: '2026-01-12T10:00:00+08:00', at_once: false, overdue_minutes: 0, clause: '4.1', rule: '', ...more });
/** @param {number} number @param {Record<string, unknown>} fact @param {Record<string, unknown>} [more] @returns {any} */
const entry = (number, fact, more = {}) => ({ number, kind: fact.kind, fact: { happened_at: '2026-01-12T09:00:00+08:00', ...fact }, withdrawn: false, corrected_by: null, ...more });

test('the next report says by when and how long that is, as whole minutes', () => {
  assert.deepEqual(nextReportLine(next({}), NOW, 'zh'), { key: 'reports.next.follow_up', values: { title: '续报', at: '10:00', time: '24 分' }, tone: 'quiet' });
  assert.equal(nextReportLine(next({}), NOW + 12 * 60_000, 'zh').tone, 'soon');
  assert.equal(nextReportLine(next({}), Date.parse('2026-01-12T10:00:30+08:00'), 'zh').key, 'reports.next.now');
  const late = nextReportLine(next({}), Date.parse('2026-01-12T10:12:59+08:00'), 'zh');
  assert.deepEqual([late.key, late.values.time, late.tone], ['reports.next.late', '12 分', 'late']);
});

test('a deadline of another day names the day, one without minutes says so', () => {
  assert.match(nextReportLine(next({ due_at: '2026-01-13T00:30:00+08:00' }), NOW, 'zh').values.at, /1月13日/);
  assert.equal(nextReportLine(next({ due_at: null }), NOW, 'zh').key, 'reports.next.no_limit');
  assert.deepEqual(nextReportLine(next({ kind: 'first_spoken', due_at: null, at_once: true }), NOW, 'zh').tone, 'soon');
  assert.equal(nextReportLine(next({ kind: 'first_spoken', at_once: true }), NOW, 'zh').key, 'reports.next.at_once_by');
  assert.equal(nextReportLine(next({ kind: 'final', due_at: null }), NOW, 'zh').key, 'reports.next.final');
});

test('a drill counts by its own clock, which never goes back behind its log', () => {
  const at = '2026-01-12T08:30:00+08:00';
  assert.equal(presentMs({ drill: false, at, nowMs: NOW, lookedAt: at }), NOW);
  assert.equal(presentMs({ drill: true, at, nowMs: NOW, lookedAt: '2026-01-12T08:50:00+08:00' }), Date.parse('2026-01-12T08:50:00+08:00'));
  assert.equal(presentMs({ drill: true, at, nowMs: NOW, lookedAt: '2026-01-12T08:10:00+08:00' }), Date.parse(at));
});

test('each report upward has its document, and what is due is chosen first', () => {
  assert.deepEqual(['first_spoken', 'first_written', 'follow_up', 'answer', 'final'].map((kind) => documentOf(/** @type {any} */ (kind))), ['first', 'first', 'follow_up', 'follow_up', 'final']);
  assert.deepEqual(sentAs('briefing'), []);
  assert.equal(likelyKind('first', next({ kind: 'first_spoken' })), 'first_spoken');
  assert.equal(likelyKind('first', next({ kind: 'follow_up' })), 'first_written');
  assert.equal(likelyKind('evaluation', null), null);
});

test('gaps are counted one by one; an item of which nothing is known is one', () => {
  const item = (/** @type {any} */ more) => ({ key: 'k', title: '原因', text: null, gaps: [], ...more });
  assert.deepEqual(gapsOf([item({}), item({ text: '已知' }), item({ text: '部分', gaps: ['死亡人数', '重伤人数'] })]).map(({ what }) => what), ['原因', '死亡人数', '重伤人数']);
  assert.deepEqual(piecesOf('张三，【待补：单位】，电话不详【待补：别的】', ['单位']), [
    { text: '张三，', gap: false }, { text: '单位', gap: true }, { text: '，电话不详', gap: false }, { text: '【待补：别的】', gap: false }]);
});

test('reports that went up read as corrected; the withdrawn ones are gone; the last stands first', () => {
  const sent = { kind: 'report_sent', to: '区委', report: 'first_spoken' };
  const corrected = { ...sent, report: 'first_written', happened_at: '2026-01-12T09:10:00+08:00', speaks_of: '2026-01-12T09:05:00+08:00', known: 3 };
  const found = sentReports([
    entry(4, sent, { corrected_by: 6 }), entry(5, sent, { withdrawn: true, corrected_by: 7 }), entry(6, { kind: 'correction', replacement: corrected }),
    entry(7, { kind: 'correction', replacement: null }), entry(8, { ...sent, report: 'follow_up', happened_at: '2026-01-12T11:00:00+08:00' }), entry(9, { kind: 'note' })]);
  assert.deepEqual(found.map(({ number, kind, document, basis }) => [number, kind, document, basis]), [
    [8, 'follow_up', 'follow_up', null], [4, 'first_written', 'first', { at: '2026-01-12T09:05:00+08:00', known: 3 }]]);
});

test('what is told as sent names the very document', () => {
  const basis = { at: '2026-01-12T09:30:00+08:00', known: 12 };
  assert.deepEqual(reportSentFact({ to: '区委', kind: 'follow_up', happenedAt: '2026-01-12T09:40:00+08:00', text: '', basis }), {
    kind: 'report_sent', happened_at: '2026-01-12T09:40:00+08:00', to: '区委', report: 'follow_up', speaks_of: basis.at, known: 12 });
  assert.equal(previewOf('i', 'first', basis, 'zh'), '/api/incidents/i/reports/first.html?lang=zh&at=2026-01-12T09%3A30%3A00%2B08%3A00&known=12&view=1');
});

test('a detail is sent with what was filled, and what counts of it is the last in time, as corrected', () => {
  assert.deepEqual(detailFact('reporter', 't', { name: ' 李四 ', unit: '', telephone: '110' }), { kind: 'detail_given', happened_at: 't', item: 'reporter', name: '李四', telephone: '110' });
  const given = { kind: 'detail_given', item: 'cause' };
  const entries = [
    entry(3, { ...given, text: '晚', happened_at: '2026-01-12T10:00:00+08:00' }, { corrected_by: 6 }), entry(4, { ...given, text: '早' }),
    entry(5, { ...given, text: '撤回', happened_at: '2026-01-12T11:00:00+08:00' }, { withdrawn: true, corrected_by: 7 }),
    entry(6, { kind: 'correction', replacement: { ...given, text: '改过', happened_at: '2026-01-12T10:00:00+08:00' } }), entry(7, { kind: 'correction', replacement: null })];
  assert.deepEqual(lastDetail(entries, 'cause'), { text: '改过' });
  assert.deepEqual(lastDetail(entries, 'scope'), {});
});

test('drafts survive the page, each incident its own; what is no draft is left aside', () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value) };
  createReportDrafts(storage).keep('i-1', 'item cause', { text: '变压器' });
  const later = createReportDrafts(storage);
  assert.deepEqual(later.of('i-1', 'item cause'), { text: '变压器' });
  assert.equal(later.of('i-2', 'item cause'), null);
  later.drop('i-1', 'item cause');
  assert.equal(createReportDrafts(storage).of('i-1', 'item cause'), null);
  later.keep('i-1', 'item scope', { text: '' });
  assert.equal(later.of('i-1', 'item scope'), null);
  kept.set('webmap.reports', '{"a b":{"text":7},"c d":null}');
  assert.equal(createReportDrafts(storage).of('a', 'b'), null);
  kept.set('webmap.reports', 'not json');
  assert.equal(createReportDrafts(storage).of('a', 'b'), null);
  assert.equal(createReportDrafts({ getItem: () => null, setItem: () => { throw new Error('full'); } }).of('a', 'b'), null);
});

test('looking back, what was sent later is not there yet', () => {
  const sent = { kind: 'report_sent', to: '区委', report: 'follow_up' };
  assert.deepEqual(sentReports([entry(4, sent), entry(9, sent)], 5).map(({ number }) => number), [4]);
});

test('what counts of an item names the entry that says it so: a correction, where there is one', () => {
  const given = (/** @type {string} */ text) => ({ kind: 'detail_given', item: 'cause', text });
  const written = [entry(4, given('外力'), { author: '甲', corrected_by: 6 }), entry(5, { ...given('别的'), item: 'trend' }), entry(6, { kind: 'correction', replacement: { ...given('施工挖断'), happened_at: '2026-01-12T09:00:00+08:00' } }, { author: '乙' })];
  const last = lastGiven(written, 'cause');
  assert.deepEqual([last?.entry.number, last?.entry.author, last && detailSaid(last.fact)], [6, '乙', '施工挖断']);
  assert.equal(lastGiven(written, 'lessons'), null);
});

test('a draft keeps what its writer knew of, which alone is no draft', () => {
  const drafts = createReportDrafts(null);
  drafts.keep('i', 'item cause', { text: '外力', seen: '4' });
  assert.deepEqual(drafts.of('i', 'item cause'), { text: '外力', seen: '4' });
  drafts.keep('i', 'item cause', { text: '', seen: '4' });
  assert.equal(drafts.of('i', 'item cause'), null);
});
