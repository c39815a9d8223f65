import assert from 'node:assert/strict';
import { test } from 'node:test';

import { changedPlaces, compared, nextFailure } from '../../webmap/static/src/state/compare.js';
import { crewsDocument, suggested, withCrewAdded, withFixed, withHours, withSkillToggled, withoutCrew } from '../../webmap/static/src/state/crews.js';
import { crewLanes, extent, movedByKey, positionAt, unitLanes } from '../../webmap/static/src/state/gantt.js';
import { spellsByPlace, worseLevels } from '../../webmap/static/src/state/losses.js';
import { kindsOfTick } from '../../webmap/static/src/state/timeline.js';

const AT = '2026-01-12T08:00:00+08:00';
/** @param {number} hours @returns {string} */
const after = (hours) => new Date(Date.parse(AT) + hours * 3_600_000).toISOString();

/** @returns {any} */
const step = (/** @type {string} */ fault, /** @type {string} */ crew, /** @type {number} */ position, /** @type {number[]} */ hours, network = 'electricity') =>
  ({ fault, crew, position, network, depart_at: after(hours[0]), arrive_at: after(hours[1]), start_at: after(hours[1]), done_at: after(hours[2]) });

/** @returns {any} two power crews and one for gas; the second power crew is idle */
function plan() {
  return {
    at: AT,
    crews: [{ id: 'a', name: 'A', skills: ['electricity'] }, { id: 'g', name: 'G', skills: ['gas'] }, { id: 'b', name: 'B', skills: ['electricity', 'heat'] }],
    steps: [step('second', 'a', 2, [2, 3, 5]), step('first', 'a', 1, [0, 0.5, 2]), step('pipe', 'g', 1, [0, 1, 3], 'gas')],
    units: [{ unit: 'u', unit_name: 'U', facility: 'f', commodity: 'heat', depart_at: after(0), arrive_at: after(1), ready_at: after(1.5) }],
  };
}

test('the chart ends at a full step behind the last work and has few ticks', () => {
  assert.deepEqual(extent(plan()), { hours: 5, ticks: [0, 1, 2, 3, 4, 5] });
  const long = { ...plan(), steps: [step('x', 'a', 1, [0, 1, 41])] };
  assert.deepEqual(extent(long), { hours: 42, ticks: [0, 6, 12, 18, 24, 30, 36, 42] });
  assert.equal(extent({ ...plan(), steps: [], units: [] }).hours, 1);
});

test('bars stand where their hours are, in the order of the crew', () => {
  const [a, g, b] = crewLanes(plan());
  assert.deepEqual(a.bars.map(({ step: { fault } }) => fault), ['first', 'second']);
  assert.deepEqual(a.bars[0].travel, { left: 0, width: 10 });
  assert.deepEqual(a.bars[0].work, { left: 10, width: 30 });
  assert.deepEqual(a.bars[1].work, { left: 60, width: 40 });
  assert.equal(g.bars.length, 1);
  assert.deepEqual(b.bars, []);
});

test('a unit is on its way, is set up, then feeds until the end of the chart', () => {
  const [{ bars: [bar] }] = unitLanes(plan());
  assert.deepEqual([bar.travel, bar.setup, bar.stay], [{ left: 0, width: 20 }, { left: 20, width: 10 }, { left: 30, width: 70 }]);
});

test('a step dropped before the middle of another comes before it, and does not count itself', () => {
  const [a, , b] = crewLanes(plan());
  assert.equal(positionAt(a, 'second', 20), 1);
  assert.equal(positionAt(a, 'second', 30), 2);
  assert.equal(positionAt(a, 'first', 99), 2);
  assert.equal(positionAt(a, 'pipe', 99), 3);
  assert.equal(positionAt(b, 'first', 50), 1);
});

test('keys move a step in its list, and past crews that cannot do it', () => {
  const lanes = crewLanes(plan());
  const [first, second] = lanes[0].bars.map((bar) => bar.step);
  assert.deepEqual(movedByKey(lanes, second, 'ArrowLeft'), { fault: 'second', crew: 'a', position: 1 });
  assert.equal(movedByKey(lanes, first, 'ArrowLeft'), null);
  assert.equal(movedByKey(lanes, second, 'ArrowRight'), null);
  assert.deepEqual(movedByKey(lanes, second, 'ArrowDown'), { fault: 'second', crew: 'b', position: 1 });
  assert.equal(movedByKey(lanes, first, 'ArrowUp'), null);
  assert.equal(movedByKey(lanes, first, 'Enter'), null);
});

/** @returns {any} */
const site = (/** @type {string} */ id, /** @type {string} */ kind, status = 'existing', capacity = 0) => ({ properties: { id, kind, status, capacity, name: `name ${id}` } });
const SITES = [site('1', 'crew'), site('2', 'crew'), site('3', 'crew', 'candidate'), site('7', 'crew', 'planned'), site('8', 'mobile_boiler', 'planned'), site('4', 'mobile_generator', 'existing', 600), site('5', 'mobile_boiler'), site('6', 'coal_depot')];
const named = (/** @type {string} */ skill, /** @type {number} */ number) => `${skill} ${number}`;

test('crews and units are suggested from the sites that exist, skills in turn, unknown capacity left out', () => {
  const { crews, units } = suggested(SITES, named);
  assert.deepEqual(crews, [{ id: 'crew-1', name: 'electricity 1', skills: ['electricity'], site: '1' }, { id: 'crew-2', name: 'heat 2', skills: ['heat'], site: '2' }]);
  assert.deepEqual(units, [{ id: 'unit-4', name: 'name 4', kind: 'generator', site: '4', capacity: 600 }, { id: 'unit-5', name: 'name 5', kind: 'boiler', site: '5' }]);
});

test('a new crew has a number that nobody has; one that leaves takes its fixed steps along', () => {
  const start = withFixed(suggested(SITES, named), { fault: 'f', crew: 'crew-1', position: 1 });
  const fewer = withoutCrew(start, 'crew-1');
  assert.deepEqual(fewer.fixed, []);
  assert.deepEqual(withCrewAdded(fewer, named, { site: '2' }).crews.map(({ id }) => id), ['crew-2', 'crew-3']);
});

test('a crew keeps one skill at least', () => {
  const start = suggested(SITES, named);
  assert.equal(withSkillToggled(start, 'crew-1', 'electricity'), start);
  assert.deepEqual(withSkillToggled(start, 'crew-1', 'gas').crews[0].skills, ['electricity', 'gas']);
});

test('of two steps fixed at one place the later keeps it, the earlier keeps its crew', () => {
  const once = withFixed(suggested([], named), { fault: 'f', crew: 'c', position: 1 });
  const twice = withFixed(once, { fault: 'g', crew: 'c', position: 1 });
  assert.deepEqual(twice.fixed, [{ fault: 'f', crew: 'c' }, { fault: 'g', crew: 'c', position: 1 }]);
  assert.deepEqual(withFixed(twice, { fault: 'g', crew: 'd' }).fixed, [{ fault: 'f', crew: 'c' }, { fault: 'g', crew: 'd' }]);
});

test('what speaks of faults no longer marked is not asked', () => {
  const response = withHours(withFixed(suggested([], named), { fault: 'gone', crew: 'c' }), 'here', 3);
  const asked = crewsDocument(response, (fault) => fault === 'here');
  assert.deepEqual([asked.fixed, asked.repairs], [[], [{ fault: 'here', hours: 3 }]]);
});

/** @returns {any} */
const assessment = (/** @type {number} */ customers, /** @type {any[]} */ facilities, level = 'II') => ({ outages: { electricity: { customers } }, facilities, level: { level } });
/** @returns {any} */
const place = (/** @type {string} */ id, /** @type {string} */ state, /** @type {number | null} */ hours = null, /** @type {number | null} */ tier = 1) => ({ id, name: id, state, tier, fails_at: hours === null ? null : after(hours) });

test('the difference is what-if less present, of places on the list alone', () => {
  const present = assessment(5000, [place('a', 'failed', 0), place('b', 'on_reserve', 2), place('x', 'failed', 0, null)]);
  const whatIf = assessment(1200, [place('a', 'supplied'), place('b', 'on_reserve', 3.5), place('x', 'failed', 0, null)], 'III');
  const rows = Object.fromEntries(compared(present, whatIf).map((row) => [row.key, row]));
  assert.equal(rows['customers.electricity'].change, -3800);
  assert.deepEqual([rows.failed.present, rows.failed.whatIf, rows.failed.change], [1, 0, -1]);
  assert.deepEqual([rows.failed_later.present, rows.failed_later.whatIf], [2, 1]);
  assert.equal(rows.next.change, 1.5);
  assert.deepEqual([rows.level.present, rows.level.whatIf], ['II', 'III']);
  assert.deepEqual(changedPlaces(present, whatIf), [{ id: 'a', name: 'a', from: 'failed', to: 'supplied' }]);
});

test('without a failure to come there is no time to subtract; without an incident nothing is out', () => {
  const rows = Object.fromEntries(compared(null, assessment(10, [place('b', 'on_reserve', 2)])).map((row) => [row.key, row]));
  assert.deepEqual([rows['customers.electricity'].present, rows['customers.electricity'].change], [0, 10]);
  assert.deepEqual([rows.next.present, rows.next.change], [null, null]);
  assert.equal(nextFailure(assessment(0, [place('a', 'failed', 1)])), null);
});

test('levels that lose more are told with how much, others are not', () => {
  /** @returns {any} */
  const level = (/** @type {string} */ key, /** @type {number} */ value) => ({ key, title: key, unit: 'facility_hours', value });
  const worse = worseLevels([level('a', 2), level('b', 5), level('c', 1)], [level('a', 6), level('b', 4), level('c', 1), level('d', 9)]);
  assert.deepEqual(worse, [{ title: 'a', unit: 'facility_hours', more: 4 }]);
});

test('two failures of one place are spells of one row, in time', () => {
  /** @returns {any} */
  const spell = (/** @type {string} */ facility, /** @type {number} */ from) => ({ facility, fails_at: after(from) });
  const places = spellsByPlace([spell('a', 5), spell('b', 1), spell('a', 2)]);
  assert.deepEqual(places, [[spell('a', 2), spell('a', 5)], [spell('b', 1)]]);
});

test('the bar marks failures and repairs apart, and other changes only where neither is', () => {
  const moment = (/** @type {object} */ rest) => kindsOfTick(/** @type {any} */ ({ new_failures: [], ...rest }));
  assert.deepEqual(moment({}), ['change']);
  assert.deepEqual(moment({ new_failures: ['a'], repaired: ['b'], placed: [] }), ['failure', 'repair']);
  assert.deepEqual(moment({ placed: ['f'] }), ['repair']);
});
