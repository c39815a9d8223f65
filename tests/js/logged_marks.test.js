import assert from 'node:assert/strict';
import { test } from 'node:test';

import { momentOf } from '../../webmap/static/src/log/picture.js';
import { unionOf } from '../../webmap/static/src/state/areas.js';
import { addHours } from '../../webmap/static/src/state/clock.js';
import { factsBetween } from '../../webmap/static/src/state/facts.js';
import { isBroken, withRepair } from '../../webmap/static/src/state/interventions.js';
import { marksOf, presentHours, presentOf, withHorizon } from '../../webmap/static/src/state/logged_marks.js';
import { hasIncident, incidentDocument, withFault, withFigure, withoutFault } from '../../webmap/static/src/state/marks.js';
import { rebased } from '../../webmap/static/src/state/rebase.js';
import { AT, NINE, SQUARE, TEN, logged, view } from './incident_log.js';

const DOCUMENT = {
  faults: [{ element: 'e-1', at: AT }], area: SQUARE, area_at: NINE, area_townships: ['140502001'], networks: ['heat', 'water'],
  figures: { deaths: 1 }, priority_order: { categories: ['hospital'], reason: '透析' }, inoperable: ['d-1'],
  repairs: [{ element: 'e-1', at: TEN }], placements: [{ facility: 'f-1', commodity: 'heat', at: NINE }],
  operations: [{ device: 'd-2', action: 'open', at: NINE }], closed_roads: ['r-1'], started_at: AT,
  reserves: [{ facility: 'f-1', commodity: 'heat', hours: 3, at: NINE }],
};

test('what the log says is asked of the server again, word by word', () => {
  const marks = marksOf(view(DOCUMENT));
  const asked = incidentDocument(marks, presentHours(marks, TEN), unionOf);
  assert.deepEqual(asked, { plan: 'energy-chengqu', at: TEN, horizon_hours: 74, ...DOCUMENT });
  assert.equal(hasIncident(marks), true);
  assert.equal(isBroken(marks, 'area/heat'), true);
});

test('marks of a log that were not touched leave nothing to record', () => {
  const known = { happenedAt: TEN, view: view(DOCUMENT), reasons: { withdrawn: '', corrected: '' } };
  assert.deepEqual(factsBetween(marksOf(view(DOCUMENT)), marksOf(view(DOCUMENT)), known), []);
});

test('a log in which nothing is broken yet has nothing to assess', () => {
  const marks = marksOf(view());
  assert.equal(hasIncident(marks), false);
  assert.equal(marks.at, AT);
});

test('crews, a plan that is played, and the networks of the next area are the page\'s own', () => {
  const shown = logged({ networks: ['gas'], response: { crews: [], units: [], repairs: [], fixed: [], seconds: 5 } });
  assert.equal(marksOf(view(), shown).response, shown.response);
  assert.deepEqual(marksOf(view(), shown).networks, ['gas']);
  assert.deepEqual(marksOf(view(DOCUMENT), shown).networks, ['heat', 'water']);
});

test('an incident of weeks is looked at over its last days, with all its own times', () => {
  const now = addHours(AT, 2000);
  const marks = marksOf(view(DOCUMENT, { at: now }));
  assert.equal(marks.horizonHours, 720);
  assert.equal(addHours(marks.at, presentHours(marks, now)), now);
  assert.equal(presentHours(marks, now) + 72, 720);
  assert.deepEqual(marks.faults, DOCUMENT.faults);
});

test('the present on the time bar is the incident\'s; a calculation starts with it', () => {
  const state = /** @type {any} */ ({ marks: marksOf(view()), log: { now: TEN } });
  assert.equal(presentOf(state), 2);
  assert.equal(presentOf({ ...state, marks: { ...state.marks, logged: null }, log: { now: null } }), 0);
});

test('what was believed after an entry is asked for as of its writing; a drill has a clock of its own', () => {
  const entries = /** @type {any} */ ([{ number: 3, written_at: TEN, happened_at: AT }]);
  assert.deepEqual(momentOf(3, entries, false), { known: 3, at: TEN });
  assert.deepEqual(momentOf(3, entries, true), { known: 3 });
});

test('own changes stay on top of what others recorded meanwhile', () => {
  const base = logged({ faults: [{ element: 'e-1', at: AT }, { element: 'e-2', at: AT }], figures: { p: { deaths: 1 } } });
  const mine = withFault(withoutFault(base, 'e-2'), 'e-3', TEN);
  const theirs = withFigure(withFault(base, 'e-4', NINE), 'injured', 2);
  const both = rebased(base, mine, theirs);
  assert.deepEqual(both.faults.map(({ element }) => element), ['e-1', 'e-4', 'e-3']);
  assert.deepEqual(both.figures, theirs.figures);
});

test('what others took back is gone, unless it is one\'s own', () => {
  const base = logged({ townships: ['a', 'b'], closedRoads: ['r-1'] });
  const both = rebased(base, { ...base, townships: ['a', 'b', 'c'] }, { ...base, townships: ['b'], closedRoads: [] });
  assert.deepEqual(both.townships, ['b', 'c']);
  assert.deepEqual(both.closedRoads, []);
});

test('a time that was set by hand stays where others changed something else', () => {
  const base = withRepair(logged({ faults: [{ element: 'e-1', at: AT }] }), 'e-1', NINE);
  const both = rebased(base, withRepair(base, 'e-1', TEN), { ...base, inoperable: ['d-1'] });
  assert.deepEqual(both.repairs, [{ element: 'e-1', at: TEN }]);
  assert.deepEqual(both.inoperable, ['d-1']);
});

test('a figure that one took back stays taken back, and one that others took back goes', () => {
  const base = logged({ figures: { p: { deaths: 1, injured: 2 } } });
  const both = rebased(base, { ...base, figures: { p: { injured: 2 } } }, { ...base, figures: { p: { deaths: 1 } } });
  assert.deepEqual(both.figures, { p: {} });
});

test('ground that was taken back does not come back with what others wrote', () => {
  const base = logged({ logged: { ground: SQUARE, areaAt: AT, startedAt: null, reserves: [], aheadH: 72 } });
  const mine = { ...base, logged: { ...base.logged, ground: null } };
  const theirs = { ...base, logged: { ...base.logged, startedAt: NINE } };
  assert.deepEqual(rebased(base, mine, theirs).logged, { ground: null, areaAt: AT, startedAt: NINE, reserves: [], aheadH: 72 });
});

test('how far ahead one looks stays as the clock goes on; before the present nothing ends', () => {
  const marks = withHorizon(marksOf(view()), 2, 12);
  assert.equal(marks.horizonHours, 12);
  assert.equal(marksOf(view(), marks, addHours(AT, 5)).horizonHours, 15);
  assert.equal(withHorizon(marks, 2, 2), marks);
});
