import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as decided from '../../webmap/static/src/panel/warnings/draft/decided.js';
import { createKeeping, isTouched, newDraft } from '../../webmap/static/src/panel/warnings/draft/keeping.js';
import { differences, merged } from '../../webmap/static/src/panel/warnings/draft/merging.js';
import * as parts from '../../webmap/static/src/panel/warnings/draft/parts.js';

const NOW = Date.parse('2026-01-12T08:00:00+08:00');

/** @param {any} [change] @returns {any} */
function suggestion(change = {}) {
  return {
    incident: 'i1', level: 'general', suggestion: { level: 'general' },
    items: [{ name: '预警级别', title: 'Level', clause: '3.3' }, { name: '应采取的措施', title: 'Measures', clause: '3.3' }],
    content: {
      level: 'general', networks: ['electricity'], starts_at: '2026-01-12T08:00:00+08:00', expires_at: '2026-01-13T08:00:00+08:00',
      area: { parts: [{ kind: 'outage', until_horizon: true, operation: 'plus' }] },
      texts: { zh: { 预警级别: '一般预警', 应采取的措施: '关掉电器' }, en: { 预警级别: 'General', 应采取的措施: 'Switch off' } },
      channels: ['sms', 'notice'], contact: null, targeted: false, told: {}, reason: null, ...change.content,
    },
    ...change.top,
  };
}

/** @param {any} change */
const decision = (change) => ({ ...decided.nothingDecided(), ...change });

test('where nothing was decided the suggestion is what is stored', () => {
  const suggested = suggestion();
  assert.deepEqual(decided.contentOf(decided.nothingDecided(), suggested), suggested.content);
  assert.deepEqual(decided.lacking(decided.nothingDecided(), suggested, { empty: false }, NOW), []);
});

test('the server is asked about what was decided and about nothing else', () => {
  assert.deepEqual(decided.question(decided.nothingDecided(), 'i1'), { incident: 'i1', told: {} });
  const asked = decided.question(decision({ level: 'large', told: { support_requested: true, several_departments: null }, parts: [] }), 'i1');
  assert.deepEqual(asked, { incident: 'i1', told: { support_requested: true }, level: 'large', area: { parts: [] } });
});

test('a text written by hand stays when the suggestion changes, and says so', () => {
  const before = suggestion();
  const own = decided.withText(decided.nothingDecided(), before, 'zh', '应采取的措施', '请投亲靠友');
  assert.equal(decided.isBehind(own, before, 'zh', '应采取的措施'), false);
  const after = suggestion({ content: { texts: { zh: { 预警级别: '较大预警', 应采取的措施: '停用电梯' }, en: {} } } });
  assert.equal(decided.contentOf(own, after).texts.zh['应采取的措施'], '请投亲靠友');
  assert.equal(decided.contentOf(own, after).texts.zh['预警级别'], '较大预警', 'what nobody touched follows');
  assert.equal(decided.isBehind(own, after, 'zh', '应采取的措施'), true);
  assert.equal(decided.textOf(decided.withoutText(own, 'zh', '应采取的措施'), after, 'zh', '应采取的措施'), '停用电梯');
});

test('writing the suggested text again is no change, and an emptied text is missing', () => {
  const suggested = suggestion();
  const own = decided.withText(decision({}), suggested, 'zh', '预警级别', '');
  assert.deepEqual(decided.lacking(own, suggested, null, NOW).map(({ part, item }) => [part, item?.name]), [['text', '预警级别']]);
  assert.deepEqual(decided.withText(own, suggested, 'zh', '预警级别', '一般预警').texts.zh, {});
});

test('only the Chinese changed is noticed until the English is changed too', () => {
  const suggested = suggestion();
  const own = decided.withText(decided.nothingDecided(), suggested, 'zh', '应采取的措施', '请投亲靠友');
  assert.deepEqual(decided.onlyChinese(own), ['应采取的措施']);
  assert.deepEqual(decided.onlyChinese(decided.withText(own, suggested, 'en', '应采取的措施', 'Stay with relatives')), []);
});

test('another level than the suggested one asks for a reason, which is stored only then', () => {
  const suggested = suggestion();
  const own = decision({ level: 'large' });
  assert.deepEqual(decided.lacking(own, suggested, null, NOW).map(({ part }) => part), ['reason']);
  assert.equal(decided.contentOf(decision({ level: 'large', reason: ' 会商 ' }), suggested).reason, '会商');
  assert.equal(decided.contentOf(decision({ reason: '会商' }), suggested).reason, null);
});

test('without a level the level is missing, not every text that hangs on it', () => {
  const suggested = suggestion({ top: { level: null, suggestion: { level: null } }, content: { level: '', texts: { zh: {}, en: {} } } });
  assert.deepEqual(decided.lacking(decided.nothingDecided(), suggested, null, NOW).map(({ part }) => part), ['level']);
});

test('an area of nowhere and a time gone by keep it from being submitted', () => {
  const suggested = suggestion();
  assert.deepEqual(decided.lacking(decision({ parts: [] }), suggested, null, NOW).map(({ part }) => part), ['area']);
  assert.deepEqual(decided.lacking(decided.nothingDecided(), suggested, { empty: true }, NOW).map(({ part }) => part), ['area']);
  assert.deepEqual(decided.lacking(decision({ expiresAt: '2026-01-12T07:59:00+08:00' }), suggested, null, NOW).map(({ part }) => part), ['time']);
});

test('a version taken up again keeps all of its words, and what is suggested anyway counts as untouched', () => {
  const suggested = suggestion();
  const content = { ...suggested.content, texts: { zh: { 预警级别: '一般预警', 应采取的措施: '上一版的话' }, en: {} } };
  const own = decided.settled(decided.decidedOf(content), suggested);
  assert.deepEqual(Object.keys(own.texts.zh), ['应采取的措施']);
  assert.equal(decided.isBehind(own, suggested, 'zh', '应采取的措施'), true, 'what is suggested now is offered');
  assert.deepEqual(decided.contentOf(own, suggested).area, content.area);
});

test('differences between two versions are named, the order of channels is none', () => {
  const one = suggestion().content;
  const other = { ...one, level: 'large', channels: ['notice', 'sms'], expires_at: '2026-01-13T00:00:00Z', texts: { zh: { ...one.texts.zh, 预警级别: '较大预警' }, en: one.texts.en } };
  assert.deepEqual(differences(one, other), [{ part: 'level' }, { part: 'text', name: '预警级别', lang: 'zh' }]);
  assert.deepEqual(differences(one, { ...one, contact: '0356-0000001' }), [{ part: 'contact' }]);
});

test('what another person changed is taken over where it was left alone here, and nowhere else', () => {
  const suggested = suggestion();
  const before = suggested.content;
  const own = decided.withText({ ...decided.nothingDecided(), expiresAt: before.expires_at }, suggested, 'zh', '应采取的措施', '我写的');
  const theirs = { ...before, level: 'large', reason: '会商', expires_at: '2026-01-14T08:00:00+08:00', texts: { zh: { 预警级别: '他写的级别', 应采取的措施: '他写的' }, en: before.texts.en } };
  const both = merged(own, suggested, before, theirs);
  const content = decided.contentOf(both.decided, suggested);
  assert.equal(content.texts.zh['应采取的措施'], '我写的');
  assert.equal(content.texts.zh['预警级别'], '他写的级别');
  assert.deepEqual([content.level, content.reason, content.expires_at], ['large', '会商', '2026-01-14T08:00:00+08:00']);
  assert.deepEqual(both.clashing, [{ part: 'text', name: '应采取的措施', lang: 'zh' }]);
  assert.deepEqual(both.taken.map(({ part }) => part), ['level', 'expires_at', 'text']);
  const clash = merged({ ...own, parts: [] }, suggested, before, { ...before, area: { parts: [{ kind: 'townships', codes: ['a'], operation: 'plus' }] } });
  assert.deepEqual(clash.decided.parts, [], 'an area that both drew stays as it is here');
});

test('clicked townships share one part; clicked again they leave it, and an empty part goes', () => {
  /** @type {import('../../webmap/static/src/warnings').AreaPart[]} */
  let list = [{ kind: 'outage', until_horizon: true, operation: 'plus' }];
  for (const code of ['a', 'b']) list = parts.withTownshipToggled(list, code, 'plus');
  assert.deepEqual(list[1], { kind: 'townships', codes: ['a', 'b'], operation: 'plus' });
  list = parts.withTownshipToggled(list, 'c', 'minus');
  assert.deepEqual(parts.codesOf(list, 'minus'), ['c']);
  for (const code of ['a', 'b']) list = parts.withTownshipToggled(list, code, 'plus');
  assert.deepEqual(list.map(({ kind, operation }) => [kind, operation]), [['outage', 'plus'], ['townships', 'minus']]);
  assert.equal(parts.withTurned(list, 1)[1].operation, 'plus');
  assert.deepEqual(parts.withoutPart(list, 0).map(({ kind }) => kind), ['townships']);
});

test('a drawing becomes closed rings on a grid that reads back as it is', () => {
  const part = parts.drawnPart({ kind: 'polygon', path: [[112.12345678, 35.5], [112.2, 35.5], [112.2, 35.6]], sizeM: 0 }, 'minus');
  assert.equal(part.operation, 'minus');
  const ring = part.kind === 'drawn' ? part.geometry.coordinates[0] : [];
  assert.deepEqual(ring[0], [112.123457, 35.5]);
  assert.deepEqual(ring.at(-1), ring[0]);
  const circle = parts.drawnPart({ kind: 'circle', path: [[112.8, 35.5]], sizeM: 500 }, 'plus');
  assert.equal(circle.kind === 'drawn' && circle.geometry.coordinates[0].length > 30, true);
});

test('few places are taken in with the ground around them, many by the reach of the outage', () => {
  const few = parts.withPlaces([], ['f1', 'f2', 'f1']);
  assert.deepEqual(few.map((part) => part.kind === 'strip' && part.element), ['f1', 'f2']);
  const many = parts.withPlaces([], Array.from({ length: parts.MOST_PLACES + 1 }, (_, index) => `f${index}`));
  assert.deepEqual(many, [{ kind: 'outage', until_horizon: true, operation: 'plus' }]);
});

test('notices of their own are asked for, stored, kept in a revision and merged like everything else', () => {
  const suggested = suggestion();
  const own = decision({ targeted: true });
  assert.equal(decided.question(own, 'i1').targeted, true);
  assert.equal('targeted' in decided.question(decision({}), 'i1'), false);
  const content = decided.contentOf(own, suggested);
  assert.equal(content.targeted, true);
  assert.equal(decided.decidedOf(content).targeted, true);
  const { targeted: _, ...older } = suggested.content;
  assert.equal(decided.contentOf(decided.decidedOf(older), suggested).targeted, false, 'a version of before there was such a thing');
  assert.deepEqual(differences(older, suggested.content), []);
  const both = merged(decided.nothingDecided(), suggested, suggested.content, { ...suggested.content, targeted: true });
  assert.deepEqual([both.decided.targeted, both.taken], [true, [{ part: 'targeted' }]]);
});

test('a draft survives a reload by incident and warning, and a page whose storage is full', () => {
  /** @type {Map<string, string>} */
  const held = new Map();
  /** @type {any} */
  const storage = { getItem: (/** @type {string} */ key) => held.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ value) => held.set(key, value), removeItem: (/** @type {string} */ key) => held.delete(key) };
  const draft = { ...newDraft('i1'), decided: decision({ reason: '会商' }) };
  createKeeping(storage, () => 'p1').keep(draft);
  const later = createKeeping(storage, () => 'p1');
  assert.equal(later.take('i1', null)?.decided.reason, '会商');
  assert.equal(later.take('i1', 'w1'), null);
  assert.equal(later.take('i2', null), null);
  assert.equal(createKeeping(storage, () => 'p2').take('i1', null), null, 'another person begins anew');
  later.forget('i1', null);
  assert.equal(createKeeping(storage, () => 'p1').take('i1', null), null);
  const full = createKeeping({ ...storage, setItem: () => { throw new Error('full'); } }, () => 'p1');
  full.keep(draft);
  assert.equal(full.take('i1', null)?.decided.reason, '会商');
  held.set('webmap.warning_draft.p1.i9.new', '{"incident": 9');
  assert.equal(later.take('i9', null), null);
  assert.equal(isTouched(newDraft('i1')), false);
  assert.equal(isTouched(draft), true);
});

test('a whole county is one press and one part, and the same press takes it away', () => {
  /** @type {any[]} */
  const outage = [{ kind: 'outage', until_horizon: true, operation: 'plus' }];
  const county = ['1', '2', '3'];
  const some = parts.withTownshipToggled(outage, '2', 'plus');
  assert.equal(parts.hasAllTownships(some, county, 'plus'), false);
  const whole = parts.withCountyToggled(some, county, 'plus');
  assert.deepEqual(whole.slice(1), [{ kind: 'townships', codes: ['2', '1', '3'], operation: 'plus' }]);
  assert.equal(parts.hasAllTownships(whole, county, 'plus'), true);
  assert.deepEqual(parts.withCountyToggled(whole, county, 'plus'), outage);
  const without = parts.withCountyToggled(whole, county, 'minus');
  assert.deepEqual(without.at(-1), { kind: 'townships', codes: county, operation: 'minus' }, 'what is taken out is counted apart');
  assert.equal(parts.hasAllTownships(outage, [], 'plus'), false);
});
