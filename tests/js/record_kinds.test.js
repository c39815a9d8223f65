import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { FIELDS, KIND_GROUPS, factOf, sortProblems } from '../../webmap/static/src/state/record_kinds.js';

const AT = '2026-01-12T08:00:00+08:00';
const offered = KIND_GROUPS.flatMap(([, kinds]) => kinds);

test('what is left empty is not said; nothing is said where that is a statement', () => {
  assert.deepEqual(factOf('note', AT, { text: 'a' }), { kind: 'note', happened_at: AT, text: 'a' });
  assert.deepEqual(factOf('crew_sent', AT, { crew: '一队', element: '', task: '' }), { kind: 'crew_sent', happened_at: AT, crew: '一队' });
  assert.deepEqual(factOf('figure_reported', AT, { figure: 'f', value: null, source: '' }), { kind: 'figure_reported', happened_at: AT, figure: 'f', value: null });
  assert.deepEqual(factOf('level_recommended', AT, { level: null }), { kind: 'level_recommended', happened_at: AT, level: null });
  assert.deepEqual(factOf('figure_reported', AT, { figure: 'f', value: false }).value, false);
  assert.equal(factOf('reserve_reported', AT, { hours: 0 }).hours, 0);
});

test('a road is closed or open, as the server has it', () => {
  assert.equal(factOf('road_closed', AT, { road: 'r', closed: 'true' }).closed, true);
  assert.equal(factOf('road_closed', AT, { road: 'r', closed: 'false' }).closed, false);
});

test('a correction keeps what the form does not show, and takes away what was emptied', () => {
  const before = { kind: 'level_started', happened_at: 'before', level: 'III', office: '办公室主任', recommended: 'III', clause: '4.2.1', reason: 'x' };
  assert.deepEqual(factOf('level_started', AT, { level: 'II', reason: '' }, before),
    { kind: 'level_started', happened_at: AT, level: 'II', office: '办公室主任', recommended: 'III', clause: '4.2.1' });
});

test('problems go to their fields, whichever way the server names them', () => {
  const problem = (/** @type {string} */ field) => ({ field, message: field, remedy: '' });
  const { beside, others } = sortProblems(['facts[0].hours', 'facts.0.facility', 'replacement.value', 'networks.0', 'facts[0].kind', ''].map(problem), ['hours', 'facility', 'value', 'networks']);
  assert.deepEqual([...beside.keys()], ['hours', 'facility', 'value', 'networks']);
  assert.deepEqual(others.map(({ field }) => field), ['facts[0].kind', '']);
});

test('every kind offered has fields and words in both languages; warnings are not written here', () => {
  for (const language of ['zh', 'en']) {
    const texts = JSON.parse(readFileSync(new URL(`../../webmap/translations/${language}.json`, import.meta.url), 'utf8'));
    for (const kind of offered) assert.ok(texts[`record.kind.${kind}`], `${language} ${kind}`);
    for (const [kind, fields] of Object.entries(FIELDS)) {
      for (const { name, choices = [] } of fields) {
        assert.ok(texts[`record.field.${kind}.${name}`] ?? texts[`record.field.${name}`], `${language} ${kind}.${name}`);
        for (const choice of choices) assert.ok(texts[`record.choice.${name}.${choice}`], `${language} ${name} ${choice}`);
      }
    }
  }
  assert.equal(new Set(offered).size, offered.length);
  for (const kind of offered) assert.ok(kind in FIELDS, kind);
  assert.equal(offered.some((kind) => kind.startsWith('warning')), false);
});
