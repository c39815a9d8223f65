import assert from 'node:assert/strict';
import { test } from 'node:test';

import { afterFailure, knownThen } from '../../webmap/static/src/panel/decide/recommendation.js';
import { arranged, besides, firstDecision, inForce, needsReason, toldOf } from '../../webmap/static/src/panel/decide/choices.js';
import { plansFor } from '../../webmap/static/src/panel/incidents/rights.js';
import { byTab, searched } from '../../webmap/static/src/panel/incidents/tabs.js';

const may = (kind, level, mine = ['办公室主任'], clause = '4.2.1') => ({ kind, level, offices: ['办公室主任'], mine, clause, refusal: mine.length ? null : { message: '', clause } });
const REPORTED = { phase: 'reported', level: null, decisions: ['III', 'II', 'I'].map((level) => may('level_started', level)) };
const RUNNING = { phase: 'responding', level: { level: 'III' }, decisions: [may('level_changed', 'II'), may('level_changed', 'I'), may('level_ended', null)] };

test('before a response the recommended level comes first, and nothing where none is recommended', () => {
  assert.equal(firstDecision(REPORTED, 'II').level, 'II');
  assert.equal(firstDecision(REPORTED, null), null);
  const { first, end, others } = arranged(REPORTED, 'III');
  assert.deepEqual([first.level, end, others.map(({ level }) => level)], ['III', null, ['II', 'I']]);
});

test('during one the change that is recommended, else the end; what is in force is not decided again', () => {
  assert.equal(inForce(RUNNING), 'III');
  assert.equal(firstDecision(RUNNING, 'III'), null);
  assert.equal(firstDecision(RUNNING, 'I').level, 'I');
  assert.equal(firstDecision(RUNNING, null).kind, 'level_ended');
  assert.equal(arranged(RUNNING, null).end, null);
  assert.equal(arranged(RUNNING, 'III').end.kind, 'level_ended');
});

test('a level that has ended is not in force', () => {
  assert.equal(inForce({ phase: 'ended', level: { level: null }, decisions: [] }), null);
  assert.equal(inForce({ phase: 'ended', level: { level: 'III' }, decisions: [] }), null);
});

test('a reason is needed for another level than the recommended, and for an end while one is recommended', () => {
  assert.equal(needsReason({ kind: 'level_started', level: 'III' }, 'III'), false);
  assert.equal(needsReason({ kind: 'level_started', level: 'III' }, null), true);
  assert.equal(needsReason({ kind: 'level_changed', level: 'II' }, 'III'), true);
  assert.equal(needsReason({ kind: 'level_ended', level: null }, 'III'), true);
  assert.equal(needsReason({ kind: 'level_ended', level: null }, null), false);
});

test('one clause is told once, by the end', () => {
  const lower = may('level_changed', 'III', [], '4.4');
  const end = may('level_ended', null, [], '4.4');
  const raise = may('level_changed', 'I', [], '4.2.3');
  assert.deepEqual(toldOf([lower, end]), [end]);
  assert.deepEqual(toldOf([raise, end]), [end, raise]);
  assert.deepEqual(toldOf([may('level_ended', null), null]), []);
});

test('levels are compared as the plan orders them, the gravest first', () => {
  const levels = ['I', 'II', 'III'];
  assert.deepEqual([besides('I', 'II', levels), besides('III', 'II', levels), besides('II', 'II', levels)], ['higher', 'lower', 'same']);
});

test('a drill stays among drills, those that run first', () => {
  const incident = (name, drill, phase) => ({ name, drill, phase, opened_by: '小李' });
  const all = [incident('a', true, 'ended'), incident('b', false, 'ended'), incident('c', true, 'reported'), incident('d', false, 'responding'), incident('e', false, 'reported')];
  const names = Object.fromEntries(Object.entries(byTab(all)).map(([tab, rows]) => [tab, rows.map(({ name }) => name).join('')]));
  assert.deepEqual(names, { running: 'de', ended: 'b', drills: 'ca' });
  assert.equal(searched(all, ' 小李 D ').length, 1);
  assert.equal(searched(all, '').length, 5);
});

test('rights are those of each plan', () => {
  const viewer = { rights: { general: [], plans: { energy: ['see_log', 'open_incident'], heating: ['see_log'] } } };
  assert.deepEqual(plansFor(viewer, 'see_log'), ['energy', 'heating']);
  assert.deepEqual(plansFor(viewer, 'open_incident'), ['energy']);
  assert.deepEqual(plansFor(null, 'see_log'), []);
});

test('a recommendation that could not be worked out is not that none is: a reason is needed, and nothing is put first', () => {
  for (const [kind, level] of /** @type {['level_started' | 'level_ended', string | null][]} */ ([['level_started', 'III'], ['level_ended', null]])) {
    assert.equal(needsReason({ kind, level }, undefined), true);
  }
  const decision = { kind: 'level_ended', level: null, mine: ['指挥长'], offices: [], clause: '', refusal: null };
  /** @type {any} */
  const view = { phase: 'responding', level: { level: 'III' }, decisions: [decision] };
  assert.equal(firstDecision(view, undefined), null);
  assert.equal(firstDecision(view, null), decision);
});

test('a refused question leaves no recommendation, one without an answer the one before', () => {
  /** @type {any} */
  const before = { level: 'III' };
  const error = (/** @type {number} */ status) => ({ code: 'x', message: '', remedy: '', problems: [], status });
  assert.equal(afterFailure(before, error(422)).recommended, null);
  assert.equal(afterFailure(before, error(503)).recommended, before);
  assert.equal(afterFailure(before, error(0)).failed.status, 0);
});

test('a decision recorded late was taken on what was recorded by then; in a drill, and just now, on everything', () => {
  const entries = [{ number: 1, written_at: '2026-01-12T00:10:00.000000Z' }, { number: 2, written_at: '2026-01-12T01:00:00.000000Z' }];
  const log = (/** @type {any} */ drill = false) => /** @type {any} */ ({ view: { incident: { plan: 'energy-chengqu', drill } }, entries, now: '2026-01-12T09:00:00+08:00' });
  assert.deepEqual(knownThen(log(), '2026-01-12T08:20:00+08:00'), { number: 1, plan: 'energy-chengqu' });
  assert.deepEqual(knownThen(log(), '2026-01-12T08:00:00+08:00'), { number: 0, plan: 'energy-chengqu' });
  assert.equal(knownThen(log(), '2026-01-12T08:55:00+08:00'), null);
  assert.equal(knownThen(log(true), '2026-01-12T08:20:00+08:00'), null);
});
