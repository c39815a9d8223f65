import assert from 'node:assert/strict';
import { test } from 'node:test';

import { factsBetween } from '../../webmap/static/src/state/facts.js';
import * as done from '../../webmap/static/src/state/interventions.js';
import * as marks from '../../webmap/static/src/state/marks.js';
import { undoing } from '../../webmap/static/src/state/undoing.js';
import { AT, NINE, SQUARE, TEN, logged, view } from './incident_log.js';

const reasons = { withdrawn: '撤回', corrected: '更正' };
/** @param {any} before @param {any} after @param {any} [known] */
const facts = (before, after, known = {}) => factsBetween(before, after, { happenedAt: TEN, view: view(), reasons, ...known });

test('a fault that is marked is located when it was found; what is the same says nothing', () => {
  const found = facts(logged(), marks.withFault(logged(), 'e-1', TEN));
  assert.deepEqual(found, [{ kind: 'fault_located', happened_at: TEN, element: 'e-1' }]);
  assert.deepEqual(facts(logged({ faults: [{ element: 'e-1', at: AT }] }), logged({ faults: [{ element: 'e-1', at: '2026-01-12T00:00:00Z' }] })), []);
});

test('in a real incident nothing has happened later than now; a drill plays at any time', () => {
  const later = marks.withFault(logged(), 'e-1', '2026-01-12T18:00:00+08:00');
  assert.equal(facts(logged(), later)[0].happened_at, TEN);
  const drill = view({}, { incident: { ...view().incident, drill: true } });
  assert.equal(facts(logged(), later, { view: drill })[0].happened_at, '2026-01-12T18:00:00+08:00');
});

test('a fault taken away withdraws its entry and its repair\'s, and nothing else', () => {
  const before = logged({ faults: [{ element: 'e-1', at: AT }, { element: 'e-2', at: AT }], repairs: [{ element: 'e-1', at: NINE }] });
  const known = { view: view({}, { faults: { 'e-1': 4, 'e-2': 5 }, entries_of: { 'repaired e-1': 7 } }) };
  const found = facts(before, marks.withoutFault(before, 'e-1'), known);
  assert.deepEqual(found.map(({ kind, corrects, replacement, reason }) => [kind, corrects, replacement, reason]),
    [['correction', 4, null, '撤回'], ['correction', 7, null, '撤回']]);
});

test('a fault that two told of is gone when both entries are withdrawn', () => {
  const before = logged({ faults: [{ element: 'e-1', at: AT }] });
  const known = { view: view({}, { faults: { 'e-1': 4 }, fault_entries: { 'e-1': [4, 6] } }) };
  assert.deepEqual(facts(before, marks.withoutFault(before, 'e-1'), known).map(({ corrects }) => corrects), [4, 6]);
});

test('another time of a fault corrects its entry and keeps what it said beside', () => {
  const before = logged({ faults: [{ element: 'e-1', at: AT }] });
  const entry = { number: 4, fact: { kind: 'fault_located', happened_at: AT, element: 'e-1', text: '电缆沟进水', clause: null } };
  const [correction] = facts(before, marks.withFaultTime(before, 'e-1', NINE), { view: view({}, { faults: { 'e-1': 4 } }), entries: [entry] });
  assert.equal(correction.corrects, 4);
  assert.deepEqual(correction.replacement, { kind: 'fault_located', happened_at: NINE, element: 'e-1', text: '电缆沟进水', clause: null });
});

test('an area is told as a whole: what the log has, what was drawn, townships and networks', () => {
  const before = logged({ townships: ['140502001'], logged: { ground: SQUARE, areaAt: AT, startedAt: null, reserves: [], aheadH: 72 } });
  const drawn = marks.withArea(before, { kind: 'polygon', path: [[113, 35.5], [113.1, 35.5], [113.05, 35.6]], sizeM: 0 });
  const [fact, ...more] = facts(before, marks.withNetworkToggled(drawn, 'gas'));
  assert.deepEqual(more, []);
  assert.equal(fact.kind, 'area_drawn');
  assert.equal(/** @type {any} */ (fact.area).type, 'MultiPolygon');
  assert.equal(/** @type {any} */ (fact.area).coordinates.length, 2);
  assert.deepEqual(fact.townships, ['140502001']);
  assert.deepEqual(fact.networks, ['electricity', 'heat', 'water']);
});

test('an area without townships names none; one that goes altogether withdraws every entry that counts', () => {
  const before = logged({ logged: { ground: SQUARE, areaAt: AT, startedAt: null, reserves: [], aheadH: 72 } });
  const [fact] = facts(logged(), marks.withArea(logged(), { kind: 'circle', path: [[112.8, 35.5]], sizeM: 500 }, TEN));
  assert.equal('townships' in fact, false);
  const found = facts(before, marks.withoutGround(before), { view: view({}, { area_entries: [3, 6] }) });
  assert.deepEqual(found.map(({ corrects, replacement }) => [corrects, replacement]), [[3, null], [6, null]]);
});

test('networks chosen while there is no area are for the next one', () => {
  assert.deepEqual(facts(logged(), marks.withNetworkToggled(logged(), 'gas')), []);
});

test('figures are reported, and taken back by null', () => {
  const before = logged({ figures: { 'energy-chengqu': { deaths: 1, injured: 2 } } });
  const after = marks.withFigure(marks.withFigure(before, 'deaths', null), 'injured', 3);
  assert.deepEqual(facts(before, after).map(({ figure, value }) => [figure, value]), [['deaths', null], ['injured', 3]]);
});

test('what is done is recorded, what is taken back withdrawn', () => {
  const before = logged({
    inoperable: ['d-1'], operations: [{ device: 'd-2', action: 'open', at: NINE }], closedRoads: ['r-1'],
    placements: [{ facility: 'f-1', commodity: 'heat', at: NINE, unit: 'u-1' }],
  });
  const entries_of = { 'stuck d-1': 3, [`operated d-2 ${NINE}`]: 4, 'placed f-1 heat': 5 };
  const after = logged({
    inoperable: ['d-3'], operations: [{ device: 'd-3', action: 'open', at: NINE }], closedRoads: ['r-2'],
    placements: [{ facility: 'f-2', commodity: 'water', at: TEN }],
  });
  const found = facts(before, after, { view: view({}, { entries_of }) });
  assert.deepEqual(found.filter(({ kind }) => kind === 'correction').map(({ corrects }) => corrects).sort(), [3, 4, 5]);
  assert.deepEqual(found.filter(({ kind }) => kind !== 'correction'), [
    { kind: 'unit_placed', happened_at: TEN, facility: 'f-2', commodity: 'water' },
    { kind: 'device_operated', happened_at: NINE, device: 'd-3', action: 'open', outcome: 'done' },
    { kind: 'device_operated', happened_at: TEN, device: 'd-3', outcome: 'stuck' },
    { kind: 'road_closed', happened_at: TEN, road: 'r-2', closed: true },
    { kind: 'road_closed', happened_at: TEN, road: 'r-1', closed: false },
  ]);
});

test('an order of the classes is given by the viewer\'s office; the plan\'s own order is given back by none', () => {
  const ordered = marks.withPriorityOrder(logged(), { categories: ['hospital'], reason: '透析' });
  assert.deepEqual(facts(logged(), ordered, { office: '副指挥长' }),
    [{ kind: 'priority_ordered', happened_at: TEN, office: '副指挥长', categories: ['hospital'], reason: '透析' }]);
  assert.deepEqual(facts(ordered, logged(), { office: '指挥长' })[0].categories, []);
});

test('a plan of restoration, crews and reserves are nobody\'s fact', () => {
  const after = logged({
    planned: { repairs: [{ element: 'e-1', at: TEN }], placements: [], operations: [] },
    response: { crews: [], units: [], repairs: [], fixed: [], seconds: 10 },
    logged: { ground: null, areaAt: null, startedAt: null, reserves: [{ facility: 'f', commodity: 'heat', hours: 3, at: TEN }], aheadH: 72 },
  });
  assert.deepEqual(facts(logged(), after), []);
});

test('a mark whose entry is not known is not withdrawn', () => {
  assert.deepEqual(facts(logged({ faults: [{ element: 'e-1', at: AT }] }), logged()), []);
  assert.deepEqual(done.hasArea(logged()), false);
});

/** @param {number} number @param {any} fact @returns {any} */
const entry = (number, fact) => ({ number, corrects: fact.corrects ?? null, fact });

test('entries are undone by withdrawing, the last one first, decisions by their office', () => {
  const entries = [entry(4, { kind: 'fault_located' }), entry(5, { kind: 'level_started', office: '办公室主任' })];
  const found = undoing(entries, [4, 5], TEN, '误记');
  assert.deepEqual(found.map(({ corrects, replacement, office }) => [corrects, replacement, office]), [[5, null, '办公室主任'], [4, null, undefined]]);
});

test('a correction is undone by reading the entry as before it', () => {
  const first = { kind: 'fault_located', element: 'e-1', happened_at: AT };
  const second = { ...first, happened_at: NINE };
  const entries = [entry(4, first), entry(5, { kind: 'correction', corrects: 4, replacement: second }), entry(6, { kind: 'correction', corrects: 4, replacement: null })];
  assert.deepEqual(undoing(entries, [6], TEN, '误记')[0].replacement, second);
  assert.deepEqual(undoing(entries, [5], TEN, '误记')[0].replacement, first);
  assert.equal(undoing(entries, [5], TEN, '误记')[0].corrects, 4);
});

test('what is hidden or not known cannot be undone', () => {
  assert.deepEqual(undoing([/** @type {any} */ ({ number: 4, corrects: null, fact: null })], [4, 9], TEN, '误记'), []);
});

test('what was only tried until now happens when it is taken over', () => {
  const after = done.withOperation(logged(), { device: 'd-1', action: 'open', at: NINE });
  assert.equal(facts(logged(), after)[0].happened_at, NINE);
  assert.equal(facts(logged(), after, { tried: true })[0].happened_at, TEN);
});
