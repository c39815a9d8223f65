import assert from 'node:assert/strict';
import { test } from 'node:test';

import { circleRing, corridorPolygons, pathLengthM, unionOf } from '../../webmap/static/src/state/areas.js';
import { roundedStart } from '../../webmap/static/src/state/clock.js';
import * as marks from '../../webmap/static/src/state/marks.js';
import { barPosition, hoursAtPosition, nextStop, profiles, snap, stops } from '../../webmap/static/src/state/timeline.js';

const AT = '2026-01-12T08:00:00+08:00';

/** @param {number[][]} ring @returns {number} square kilometres, near 35.5 degrees north */
function areaKm2(ring) {
  let twice = 0;
  for (let index = 1; index < ring.length; index += 1) {
    twice += ring[index - 1][0] * ring[index][1] - ring[index][0] * ring[index - 1][1];
  }
  return (Math.abs(twice) / 2) * 111.195 ** 2 * Math.cos((35.5 * Math.PI) / 180);
}

test('looking later keeps the times at which things broke', () => {
  let now = marks.withFault(marks.emptyMarks('energy-chengqu', AT), 'e-1');
  now = marks.withTownshipToggled(now, '140502001');
  const later = marks.incidentDocument(now, 4, unionOf);
  assert.equal(later.at, '2026-01-12T12:00:00+08:00');
  assert.deepEqual(later.faults, [{ element: 'e-1', at: AT }]);
  assert.equal(later.area_at, AT);
  assert.equal('networks' in later, false);
});

test('moving the start takes along the faults that began with it, and no others', () => {
  let now = marks.withFault(marks.emptyMarks('p', AT), 'e-1');
  now = marks.withFault(now, 'e-2', '2026-01-12T07:00:00+08:00');
  const moved = marks.withStart(now, '2026-01-12T09:00:00+08:00');
  assert.deepEqual(moved.faults.map((fault) => fault.at), ['2026-01-12T09:00:00+08:00', '2026-01-12T07:00:00+08:00']);
});

test('the last network of an area cannot be switched off, and a fault is marked once', () => {
  let now = marks.emptyMarks('p', AT);
  for (const network of marks.NETWORKS) now = marks.withNetworkToggled(now, network);
  assert.equal(now.networks.length, 1);
  const once = marks.withFault(now, 'e-1');
  assert.equal(marks.withFault(once, 'e-1'), once);
});

test('a circle has 64 corners and the area of a circle', () => {
  const ring = circleRing([112.85, 35.5], 1000);
  assert.equal(ring.length, 65);
  assert.deepEqual(ring[0], ring[64]);
  assert.ok(Math.abs(areaKm2(ring) - Math.PI) < 0.02);
});

test('a corridor is as wide as asked, with round ends, in one piece', () => {
  /** @type {[number, number][]} */
  const line = [[112.8, 35.5], [112.85, 35.5], [112.85, 35.53]];
  const polygons = corridorPolygons(line, 400);
  assert.equal(polygons.length, 1);
  const expected = (pathLengthM(line) * 400 + Math.PI * 200 ** 2) / 1e6;
  assert.ok(Math.abs(areaKm2(polygons[0][0]) / expected - 1) < 0.03);
});

test('overlapping areas count the ground once', () => {
  /** @type {any} */
  const circle = { kind: 'circle', path: [[112.85, 35.5]], sizeM: 1000 };
  const both = unionOf([circle, { ...circle, path: [[112.855, 35.5]] }]);
  assert.equal(both.type, 'Polygon');
  assert.ok(areaKm2(both.coordinates[0]) < 1.5 * Math.PI);
  assert.equal(unionOf([circle, { ...circle, path: [[113.2, 35.5]] }]).type, 'MultiPolygon');
});

test('a new incident starts at ten full minutes of Beijing time', () => {
  assert.equal(roundedStart(Date.parse('2026-01-12T00:07:59Z')), AT);
});

test('the time bar stops at presets and at every change, in order, within the horizon', () => {
  const moment = (/** @type {number} */ hours) => (/** @type {any} */ ({ hours, customers_out: {}, new_failures: [] }));
  const all = stops([moment(0), moment(2.5), moment(90)], 24);
  assert.deepEqual(all, [0, 1, 2.5, 4, 12, 24]);
  assert.equal(nextStop(all, 1, 1), 2.5);
  assert.equal(nextStop(all, 2.5, -1), 1);
  assert.equal(nextStop(all, 24, 1), 24);
  assert.equal(snap(all, barPosition(2.5, 24) + 0.001, 24, 0.01), 2.5);
});

test('a place on the bar and its hour are the same thing', () => {
  for (const hours of [0, 0.5, 7, 72]) assert.ok(Math.abs(hoursAtPosition(barPosition(hours, 72), 72) - hours) < 1e-9);
});

test('profiles keep networks apart and leave out those without a loss', () => {
  /** @type {any} */
  const timeline = [
    { hours: 0, customers_out: { electricity: 10, heat: 0, gas: 0, water: 0 } },
    { hours: 2, customers_out: { electricity: 10, heat: 40, gas: 0, water: 0 } },
  ];
  assert.deepEqual(profiles(timeline).map(({ network, top }) => [network, top]), [['heat', 40], ['electricity', 10]]);
  assert.deepEqual(profiles([]), []);
});
