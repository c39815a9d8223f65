import assert from 'node:assert/strict';
import { test } from 'node:test';

import { freeBelow } from '../../webmap/static/src/map/free_place.js';
import { latestFirst } from '../../webmap/static/src/panel/warnings/acts.js';
import { otherMoment, shownWarnings, warningCounts } from '../../webmap/static/src/warnings/on_map.js';
import { LAYERS_AT_START, changedItems, changedTexts, endedAt, endsSoon, groupOf, groupTasks, grouped, nextStep, shownVersion, turnOfWarning, underWay, undelivered, waitsFor } from '../../webmap/static/src/warnings/state.js';

const NOW = '2026-01-12T12:00:00+08:00';
const SQUARE = { type: 'MultiPolygon', coordinates: [[[[112.8, 35.4], [112.9, 35.4], [112.9, 35.5], [112.8, 35.4]]]] };

/** @param {string} id @param {object} [more] @returns {any} */
function warning(id, more = {}) {
  return {
    id, incident: { id: 'i-1', name: '', plan: 'p', drill: false }, drill: false, status: 'draft', level: 'general', starts_at: '2026-01-12T09:00:00+08:00',
    expires_at: '2026-01-13T09:00:00+08:00', pending: null, in_force: null, shape: SQUARE, length: 1, ...more,
  };
}
const inForce = (/** @type {string} */ until, from = '2026-01-12T09:00:00+08:00') => ({ version: 1, entry: 3, identifier: 'x', office: '区指挥部', issued_at: from, expires_at: until });
const PENDING = { version: 2, status: 'submitted', status_title: '待批准' };

test('a warning in force stays current while its update is prepared, and is over once it expired', () => {
  assert.equal(groupOf(warning('a', { status: 'issued', in_force: inForce('2026-01-12T12:00:01+08:00'), pending: PENDING }), NOW), 'current');
  assert.equal(groupOf(warning('a', { status: 'expired', in_force: inForce('2026-01-12T12:00:00+08:00') }), NOW), 'past');
  assert.equal(groupOf(warning('a', { status: 'expired', in_force: inForce('2026-01-12T11:00:00+08:00'), pending: PENDING }), NOW), 'planned');
});

test('what is prepared is planned; what was lifted, given up or passed on is past', () => {
  assert.equal(groupOf(warning('a', { status: 'submitted', pending: PENDING }), NOW), 'planned');
  for (const status of ['lifted', 'referred', 'withdrawn']) assert.equal(groupOf(warning('a', { status }), NOW), 'past');
});

test('the gravest warning comes first, then what ends first', () => {
  const list = [
    warning('late', { status: 'issued', in_force: inForce('2026-01-13T00:00:00+08:00'), expires_at: '2026-01-13T00:00:00+08:00' }),
    warning('early', { status: 'issued', in_force: inForce('2026-01-12T20:00:00+08:00'), expires_at: '2026-01-12T20:00:00+08:00' }),
    warning('grave', { status: 'issued', level: 'major', in_force: inForce('2026-01-14T00:00:00+08:00'), expires_at: '2026-01-14T00:00:00+08:00' }),
  ];
  assert.deepEqual(grouped(list, NOW, null).current.map(({ id }) => id), ['grave', 'early', 'late']);
});

test('warnings of a drill are seen in that drill alone, real ones everywhere', () => {
  const list = [warning('real', { pending: PENDING }), warning('drill', { pending: PENDING, drill: true, incident: { id: 'd-1' } })];
  assert.deepEqual(grouped(list, NOW, null).planned.map(({ id }) => id), ['real']);
  assert.deepEqual(grouped(list, NOW, 'i-1').planned.map(({ id }) => id), ['real']);
  assert.deepEqual(grouped(list, NOW, 'd-1').planned.map(({ id }) => id), ['real', 'drill']);
});

test('what ends within the hour is told, what ended is not', () => {
  assert.equal(endsSoon(warning('a', { in_force: inForce('2026-01-12T13:00:00+08:00') }), NOW), true);
  assert.equal(endsSoon(warning('a', { in_force: inForce('2026-01-12T13:00:01+08:00') }), NOW), false);
  assert.equal(endsSoon(warning('a', { in_force: inForce(NOW) }), NOW), false);
  assert.equal(endsSoon(warning('a'), NOW), false);
});

/** @param {string} kind @param {boolean} allowed @param {string[]} [offices] @returns {any} */
const step = (kind, allowed, offices = ['指挥长']) => ({ kind, offices, mine: allowed ? offices : [], allowed, refusal: allowed ? null : { message: '' } });
/** What the server answers: every step there is, allowed or not. @param {string[]} allowed @param {{approvers?: string[]}} [level] */
const may = (allowed, { approvers = ['指挥长'] } = {}) => ['revised', 'submitted', 'returned', 'approved', 'issued', 'lifted', 'referred', 'withdrawn']
  .map((kind) => step(kind, allowed.includes(kind), kind === 'approved' ? approvers : undefined));
/** @param {string | null} status of the version in preparation @param {boolean} [running] @returns {any} */
const stands = (status, running = false) => ({ pending: status && { version: 2, status, status_title: '' }, in_force: running ? inForce('2026-01-13T00:00:00+08:00') : null });
const kinds = (/** @type {any[]} */ choices) => choices.map(({ kind }) => kind);

test('a draft is submitted, or issued at once by who may do that alone', () => {
  assert.equal(nextStep(stands('draft'), may(['revised', 'submitted', 'withdrawn'])).next?.kind, 'submitted');
  assert.equal(nextStep(stands('draft'), may(['revised', 'submitted', 'issued'], { approvers: [] })).next?.kind, 'issued');
  assert.deepEqual(kinds(nextStep(stands('draft'), may(['revised', 'submitted', 'withdrawn'])).others), ['issued', 'revised', 'withdrawn']);
});

test('what was submitted waits for approval where the level asks for it, else for who issues it', () => {
  assert.equal(nextStep(stands('submitted'), may([])).next?.kind, 'approved');
  assert.equal(nextStep(stands('submitted'), may([], { approvers: [] })).next?.kind, 'issued');
  assert.ok(!kinds(nextStep(stands('submitted'), may([], { approvers: [] })).others).includes('approved'));
  assert.equal(nextStep(stands('approved'), may(['issued'])).next?.kind, 'issued');
  assert.equal(nextStep(stands('returned'), may(['revised'])).next?.kind, 'revised');
});

test('in force it is updated or lifted; steps that cannot be are not spoken of', () => {
  const { next, others } = nextStep(stands(null, true), may(['revised', 'lifted']));
  assert.deepEqual([next?.kind, kinds(others)], ['revised', ['lifted']]);
  assert.ok(kinds(nextStep(stands('submitted', true), may([])).others).includes('lifted'));
  assert.deepEqual(nextStep(stands(null), may(['revised'])), { next: null, others: [] });
});

test('two versions differ by item, also where one has it and the other not', () => {
  assert.deepEqual(changedTexts({ a: '1', b: '2' }, { b: '3', c: '4' }), [
    { item: 'a', before: '1', after: '' }, { item: 'b', before: '2', after: '3' }, { item: 'c', before: '', after: '4' }]);
  assert.deepEqual(changedTexts({ a: '1', b: '' }, { a: '1' }), []);
  assert.deepEqual(changedItems(['x', 'y'], ['y', 'z']), { added: ['z'], removed: ['x'] });
});

test('beside one in force the version prepared is read by whose turn it is, and by who asks for it', () => {
  const versions = [1, 2, 3].map((version) => ({ version }));
  /** @param {any} warning @param {string[]} allowed @param {number | null} [reading] */
  const shown = (warning, allowed, reading = null) => shownVersion(/** @type {any} */ ({ ...warning, versions, may: may(allowed) }), reading)?.version;
  assert.equal(shown(stands(null), []), 3);
  assert.equal(shown(stands('submitted'), []), 2);
  assert.equal(shown(stands(null, true), []), 1);
  assert.equal(shown(stands('submitted', true), []), 1);
  assert.equal(shown(stands('submitted', true), ['approved']), 2);
  assert.equal(shown(stands('submitted', true), [], 2), 2);
  assert.equal(shownVersion(/** @type {any} */ ({ ...stands(null, true), versions: [], may: [] }), null), undefined);
});

test('messages are under way until each is sent, failed or prepared', () => {
  const group = (/** @type {object} */ of) => /** @type {any} */ ({ by_state: of });
  assert.equal(underWay([group({ sent: 4 }), group({ waiting: 1 })]), true);
  assert.equal(underWay([group({ sent: 4, failed: 2, prepared: 1 })]), false);
});

test('what expired ended when it expired, not when it began; of what was lifted no end is made up', () => {
  assert.equal(endedAt(warning('a', { status: 'expired', expires_at: '2026-01-12T10:05:00+08:00' })), '2026-01-12T10:05:00+08:00');
  assert.equal(endedAt(warning('a', { status: 'issued', in_force: inForce('2026-01-12T11:00:00+08:00') })), '2026-01-12T11:00:00+08:00');
  for (const status of ['lifted', 'withdrawn', 'referred']) assert.equal(endedAt(warning('a', { status })), null);
});

test('what did not arrive is counted by channel: not who has no number, nor what a later message replaced', () => {
  const group = (/** @type {string} */ channel, /** @type {object} */ of, superseded = false) => /** @type {any} */ ({ channel, title: channel, by_state: of, superseded });
  const groups = [group('email', { failed: 9, sent: 3 }), group('email', { failed: 2, unknown: 1 }), group('sms', { no_address: 5, sent: 8 }), group('sms', { failed: 7 }, true)];
  assert.deepEqual(undelivered(groups), [{ channel: 'email', title: 'email', failed: 11, unknown: 1 }]);
  assert.deepEqual(undelivered([]), []);
});

test('by hand is ticked off what is prepared alone; who has no number is told otherwise', () => {
  const group = (/** @type {object} */ of, more = {}) => /** @type {any} */ ({ by_state: of, superseded: false, by_other_means: false, ...more });
  assert.deepEqual(groupTasks(group({ prepared: 3 }), true), { open: true, tick: true, otherwise: false });
  assert.deepEqual(groupTasks(group({ sent: 40, no_address: 23 }, { by_other_means: true }), true), { open: true, tick: false, otherwise: true });
  assert.deepEqual(groupTasks(group({ failed: 2 }), true), { open: true, tick: false, otherwise: false });
  assert.deepEqual(groupTasks(group({ sent: 40, done: 2 }), true), { open: false, tick: false, otherwise: false });
  assert.deepEqual(groupTasks(group({ prepared: 1, no_address: 1 }, { by_other_means: true }), false), { open: true, tick: false, otherwise: false }, 'who only reads');
  assert.deepEqual(groupTasks(group({ prepared: 1, no_address: 1 }, { by_other_means: true, superseded: true }), true), { open: false, tick: false, otherwise: false });
  assert.deepEqual(groupTasks(group({ recorded: 6, no_address: 18 }), true), { open: false, tick: false, otherwise: false }, 'a drill');
});

test('what people did is told once, the latest first', () => {
  /** @param {any} act @param {string} at @param {string | null} [note] */
  const did = (act, at, note = null) => ({ act, by: '李', at, note });
  const one = did('retried', '2026-01-12T09:00:00+08:00');
  const told = did('told_otherwise', '2026-01-12T02:00:00Z', '电话');
  assert.deepEqual(latestFirst([one, told, { ...one }, { ...told }]), [told, one]);
  assert.deepEqual(latestFirst([one, did('decided_failed', one.at)]).map(({ act }) => act), ['decided_failed', 'retried'], 'in one second the later act');
  assert.deepEqual(latestFirst([]), []);
});

test('a name on the map goes below what stands where it would be, and below nothing else', () => {
  const box = (/** @type {number} */ x, /** @type {number} */ y, half = /** @type {[number, number]} */ ([50, 15])) => ({ x, y, half });
  const covers = (/** @type {any} */ a, /** @type {any} */ b) => Math.abs(a.x - b.x) < a.half[0] + b.half[0] && Math.abs(a.y - b.y) < a.half[1] + b.half[1];
  assert.equal(freeBelow(box(0, 0), []), 0);
  assert.equal(freeBelow(box(0, 0), [box(200, 0), box(0, 40)]), 0);
  const button = box(0, 10, [80, 20]);
  const taken = [box(30, 60), button];
  const y = freeBelow(box(0, 0), taken);
  assert.equal(y > 60 && y < 100, true);
  assert.equal(taken.some((other) => covers(box(0, y), other)), false);
});

/** @param {object} [more] @returns {any} */
function page(more = {}) {
  return {
    layers: { ...LAYERS_AT_START }, hours: 0, marks: { at: '2026-01-12T08:00:00+08:00' }, log: { id: 'i-1', known: null, following: true, view: null, now: null },
    warnings: { now: NOW, open: null, list: [
      warning('now', { status: 'issued', in_force: inForce('2026-01-12T20:00:00+08:00', '2026-01-12T10:00:00+08:00') }), warning('draft', { pending: PENDING }), warning('over', { status: 'lifted' }),
      warning('nowhere', { pending: PENDING, shape: { type: 'MultiPolygon', coordinates: [] } })] },
    ...more,
  };
}
const shownIds = (/** @type {any} */ state) => shownWarnings(state).map(({ warning: { id } }) => id);

test('the map shows what is switched on and has ground, and what is over once its card is open', () => {
  assert.deepEqual(shownIds(page()), ['now', 'draft']);
  assert.deepEqual(shownIds(page({ layers: { warnings_current: true, warnings_planned: false, warnings_past: true } })), ['now', 'over']);
  assert.deepEqual(shownIds(page({ warnings: { ...page().warnings, open: 'over' } })), ['now', 'draft', 'over']);
  assert.deepEqual(warningCounts(page()), { current: 1, planned: 2, past: 1 });
});

test('at another moment of an incident only what counts then is shown as in force', () => {
  const at = (/** @type {number} */ hours) => page({ hours, log: { ...page().log, following: false } });
  assert.equal(otherMoment(page()), null);
  assert.equal(otherMoment(at(1)), '2026-01-12T09:00:00+08:00');
  assert.deepEqual([1, 2, 11, 12].map((hours) => shownIds(at(hours)).includes('now')), [false, true, true, false]);
});

test('what was returned waits for who wrote it and for who is on duty, what is submitted for who may decide', () => {
  const step = (/** @type {string} */ kind, /** @type {string} */ by) => ({ kind, by });
  const of = (/** @type {string[]} */ kinds, /** @type {string} */ status) => {
    const may = ['revised', 'returned', 'approved', 'issued'].map((kind) => ({ kind, offices: kind === 'revised' ? [] : ['指挥长'], mine: [], allowed: kinds.includes(kind), refusal: null }));
    const whole = /** @type {any} */ (warning('a', { plan: 'p', pending: { ...PENDING, status }, length: 6, may, steps: [step('drafted', '老版的人'), step('issued', '赵'), step('revised', '王'), step('submitted', '李'), step('returned', '赵')] }));
    return { whole, turn: turnOfWarning(whole) };
  };
  const viewer = (/** @type {string} */ name, /** @type {any[]} */ ...roles) => /** @type {any} */ ({ person: { display_name: name }, roles });
  const { whole, turn } = of(['revised'], 'returned');
  assert.deepEqual(turn.writers, ['王', '李'], 'of what is in preparation now');
  assert.equal(waitsFor(whole, turn, viewer('王')), 'returned');
  assert.equal(waitsFor(whole, turn, viewer('赵')), null, 'who returned it has done their part');
  assert.equal(waitsFor(whole, turn, viewer('值班', { role: 'duty_officer', plan: 'p' })), 'returned');
  assert.equal(waitsFor(whole, turn, viewer('值班', { role: 'duty_officer', plan: 'other' })), null);
  assert.equal(waitsFor(whole, undefined, viewer('王')), null);
  assert.equal(waitsFor(whole, of([], 'returned').turn, viewer('王')), null, 'who may not draft any more');
  const submitted = of(['approved', 'revised'], 'submitted');
  assert.equal(waitsFor(submitted.whole, submitted.turn, viewer('赵')), 'decide');
  const draft = of(['revised', 'issued'], 'draft');
  assert.equal(waitsFor(draft.whole, draft.turn, viewer('王')), null);
});
