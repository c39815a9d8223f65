import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  NO_DISPATCH, NO_SUPPLY, amountOf, barsOf, byOutcome, chartHours, sameTrip, tripOnMap, wholeSupply, withStock, withStockAdded, withVehicle, withVehicleAdded, without,
} from '../../webmap/static/src/state/dispatch.js';

import { keepSupply, readSupply } from '../../webmap/static/src/state/kept_supply.js';

const AT = '2026-01-12T08:00:00+08:00';
/** @param {number} hours @returns {string} */
const after = (hours) => new Date(Date.parse(AT) + hours * 3_600_000).toISOString();

/** @returns {any} */
const trip = (/** @type {string} */ vehicle, /** @type {number} */ position, /** @type {number[]} */ hours, slack = 10) => ({
  vehicle, position, leave_at: after(hours[0]), load_at: after(hours[1]), depart_at: after(hours[2]), arrive_at: after(hours[3]), unloaded_at: after(hours[4]), slack_minutes: slack,
});

/** @returns {any} */
const plan = () => ({
  at: AT, trips: [trip('a', 1, [0, 1, 1.5, 2, 2.5]), trip('a', 2, [2.5, 3, 3.5, 4, 5], -3), trip('b', 1, [0, 0.5, 1, 2, 3])],
  facilities: [{ facility: 'x', state: 'late' }, { facility: 'y', state: 'kept' }, { facility: 'z', state: 'never' }],
});

/** @returns {any} */
const supply = () => wholeSupply({
  stocks: [{ id: 'stock-st-1', name: 'S', commodity: 'water', amount: 40, site: 'st-1', assumed: true }],
  vehicles: [{ id: 'vehicle-1', name: 'V', commodity: 'water', load: 8, site: 'st-1', assumed: true }],
});

test('what people entered outlives a reload, and what nobody can read is left aside', () => {
  /** @type {Map<string, string>} */
  const held = new Map();
  const storage = { getItem: (/** @type {string} */ key) => held.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => void held.set(key, text), removeItem: (/** @type {string} */ key) => void held.delete(key) };
  keepSupply(storage, supply());
  assert.deepEqual(readSupply(storage), supply());
  keepSupply(storage, null);
  assert.equal(readSupply(storage), null);
  for (const text of ['{', '7', '{"stocks": 1, "vehicles": []}', '{"stocks": [null], "vehicles": []}']) {
    storage.setItem('webmap.dispatch.supply', text);
    assert.equal(readSupply(storage), null);
  }
  assert.equal(readSupply(null), null);
});

test('what the server leaves out of a supply is filled in', () => {
  assert.deepEqual(wholeSupply({ keep_hours: 12 }), { ...NO_SUPPLY, keep_hours: 12 });
});

test('what somebody sets is no longer assumed, the rest stays so', () => {
  const next = withStock(supply(), 'stock-st-1', { amount: 25 });
  assert.equal(next.stocks[0].amount, 25);
  assert.equal(next.stocks[0].assumed, false);
  assert.equal(next.vehicles[0].assumed, true);
  assert.equal(supply().stocks[0].amount, 40);
});

test('another place takes the one before away', () => {
  const moved = withVehicle(supply(), 'vehicle-1', { depot: [112.8, 35.5] });
  assert.deepEqual([moved.vehicles[0].site, moved.vehicles[0].depot], [undefined, [112.8, 35.5]]);
  const back = withVehicle(moved, 'vehicle-1', { site: 'st-2' });
  assert.deepEqual([back.vehicles[0].site, back.vehicles[0].depot], ['st-2', undefined]);
});

test('a new vehicle starts and loads like the last of its kind, the first of a kind at its stock', () => {
  const tankers = withVehicleAdded(supply(), 'water', 'N', { depot: [0, 0] });
  assert.deepEqual(tankers.vehicles[1], { id: 'vehicle-2', name: 'N', commodity: 'water', load: 8, site: 'st-1' });
  const oil = withVehicleAdded(withStockAdded(supply(), 'diesel', 'O', { depot: [1, 2] }), 'diesel', 'T', { depot: [0, 0] });
  assert.deepEqual(oil.stocks[1], { id: 'stock-1', name: 'O', commodity: 'diesel', amount: null, depot: [1, 2] });
  assert.deepEqual([oil.vehicles[1].load, oil.vehicles[1].depot], [2000, [1, 2]]);
  const coal = withVehicleAdded(supply(), 'coal', 'C', { depot: [0, 0] });
  assert.deepEqual(coal.vehicles[1].depot, [0, 0]);
});

test('what is taken out is gone from stocks or vehicles', () => {
  assert.deepEqual(without(supply(), 'vehicle-1').vehicles, []);
  assert.deepEqual(without(supply(), 'stock-st-1').stocks, []);
});

test('an amount that is no number is unknown, never zero', () => {
  assert.deepEqual(['', ' ', 'viel', '-3', '0', '12.5'].map((text) => amountOf(text)), [null, null, null, null, 0, 12.5]);
});

test('the chart ends at a tick behind the last unloading and has few ticks', () => {
  assert.deepEqual(chartHours(plan()), { hours: 6, step: 2 });
  assert.deepEqual(chartHours({ ...plan(), trips: [] }), { hours: 1, step: 0.5 });
  assert.deepEqual(chartHours({ ...plan(), trips: [trip('a', 1, [0, 1, 2, 3, 40])] }), { hours: 48, step: 12 });
});

test('the bars of a trip follow each other, and one that comes too late says so', () => {
  const bars = barsOf({ ...plan(), trips: [trip('a', 1, [0, 1, 2, 3, 4])] }, 'a');
  assert.deepEqual([bars[0].toStock, bars[0].loading, bars[0].toPlace, bars[0].unloading], [0, 25, 50, 75].map((left) => ({ left, width: 25 })));
  assert.deepEqual(barsOf(plan(), 'a').map(({ late }) => late), [false, true]);
  assert.deepEqual(barsOf(plan(), 'c'), []);
});

test('the trip under the pointer is on the map, else the one pressed, and none while repairs are looked at', () => {
  const state = { ...NO_DISPATCH, shown: true, plan: plan(), chosen: { vehicle: 'b', position: 1 } };
  assert.equal(tripOnMap(state)?.vehicle, 'b');
  assert.equal(tripOnMap({ ...state, lit: { vehicle: 'a', position: 2 } })?.position, 2);
  assert.equal(tripOnMap({ ...state, shown: false }), null);
  assert.equal(tripOnMap({ ...state, chosen: null }), null);
  assert.ok(sameTrip({ vehicle: 'a', position: 1 }, { vehicle: 'a', position: 1 }));
  assert.ok(!sameTrip(null, { vehicle: 'a', position: 1 }));
});

test('who is not in time is told apart from who is', () => {
  const { lost, kept } = byOutcome(plan());
  assert.deepEqual([lost.map(({ facility }) => facility), kept.map(({ facility }) => facility)], [['x', 'z'], ['y']]);
});
