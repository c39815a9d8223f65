/** The wall: which scene is shown when, what its link says, whom it follows, how time left is written. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { followed } from '../../webmap/static/src/wall/follow.js';
import { SCENES, decodeWall, encodeWall } from '../../webmap/static/src/wall/link.js';
import { createRotation } from '../../webmap/static/src/wall/rotation.js';
import { countdown, networksOf, placeRows, townshipRows } from '../../webmap/static/src/wall/rows.js';

const ALL = SCENES;

test('scenes come in turn, each for its time, and begin again', () => {
  const rotation = createRotation({ scene: null, every: 20 }, 0);
  const seen = [0, 19_999, 20_000, 40_000, 60_000, 80_000, 100_000].map((at) => rotation.at(at, ALL));
  assert.deepEqual(seen, ['overview', 'overview', 'townships', 'places', 'measures', 'log', 'overview']);
});

test('a scene with nothing to show is left out, also while it stands there', () => {
  const rotation = createRotation({ scene: null, every: 20 }, 0);
  assert.equal(rotation.at(0, ['overview', 'places', 'log']), 'overview');
  assert.equal(rotation.at(20_000, ['overview', 'places', 'log']), 'places');
  assert.equal(rotation.at(21_000, ['overview', 'log']), 'overview');
  assert.equal(rotation.at(40_000, ['overview', 'log']), 'overview', 'it has its whole time');
  assert.equal(rotation.at(41_000, ['overview', 'log']), 'log');
});

test('a fixed scene stays, whatever it has to show; by hand another one can be seen', () => {
  const rotation = createRotation({ scene: 'places', every: 20 }, 0);
  assert.equal(rotation.at(3_600_000, ['overview', 'log']), 'places');
  assert.equal(rotation.progress(10_000), null);
  assert.equal(rotation.step(1, 0, ALL), 'measures');
  assert.equal(rotation.at(3_600_000, ALL), 'measures');
});

test('what is chosen by hand has its whole time, in both directions round the end', () => {
  const rotation = createRotation({ scene: null, every: 20 }, 0);
  rotation.at(0, ALL);
  assert.equal(rotation.step(-1, 15_000, ALL), 'log');
  assert.equal(rotation.at(34_000, ALL), 'log');
  assert.equal(rotation.progress(25_000), 0.5);
  assert.equal(rotation.at(35_000, ALL), 'overview');
});

test('a clock that is set back holds no scene for hours', () => {
  const rotation = createRotation({ scene: null, every: 20 }, 7_200_000);
  rotation.at(7_200_000, ALL);
  assert.equal(rotation.at(1_000, ALL), 'overview');
  assert.equal(rotation.at(21_000, ALL), 'townships');
});

test('a link says what a wall shows; large type alone is no wall view', () => {
  const read = (/** @type {string} */ text) => decodeWall(new URLSearchParams(text));
  assert.equal(read('wall=1'), null);
  assert.equal(read('every=20'), null);
  assert.deepEqual(read('wall=1&every=30'), { scene: null, every: 30, fixed: false });
  assert.deepEqual(read('wall=1&every=0.1'), { scene: null, every: 20, fixed: false });
  assert.deepEqual(read('wall=1&scene=places&i=abc'), { scene: 'places', every: 20, fixed: true });
  assert.deepEqual(read('wall=1&scene=nothing&f=e-1'), { scene: null, every: 20, fixed: true });
});

test('the link of a wall that follows names no incident, however it was loaded again', () => {
  for (const choice of [{ scene: null, every: 30, fixed: false }, { scene: /** @type {const} */ ('log'), every: 20, fixed: false }, { scene: null, every: 15, fixed: true }]) {
    const link = new URLSearchParams('i=abc&h=2&after=reports&lang=zh');
    encodeWall(link, choice);
    assert.deepEqual(decodeWall(link), choice);
    assert.equal(link.has('i'), choice.fixed);
    assert.equal(link.get('lang'), 'zh');
  }
});

test('the newest incident that runs is followed; what has ended stays for a while', () => {
  const running = /** @type {any} */ ([{ id: 'new' }, { id: 'old' }]);
  assert.equal(followed(running, 'old', null), 'new');
  assert.equal(followed(running, null, null), 'new');
  assert.equal(followed([], 'old', 60_000), 'old');
  assert.equal(followed([], 'old', 11 * 60_000), null);
  assert.equal(followed([], null, null), null);
});

/** @param {any} values @returns {any} */
const assessment = (values) => ({ townships: [], facilities: [], ranking: [], ...values });
const loss = (/** @type {number} */ customers, unknown = 0) => ({ customers_out: customers, customers_unknown: unknown, share: customers ? 0.5 : null });

test('townships stand by their customers out; those not hit do not, those of unknown number do', () => {
  const rows = townshipRows(assessment({ townships: [
    { code: '1', name: '甲', commodities: { electricity: loss(5), heat: loss(40) } }, { code: '2', name: '乙', commodities: { electricity: loss(100) } },
    { code: '3', name: '丙', commodities: { gas: loss(0) } }, { code: '4', name: '丁', commodities: { gas: loss(0, 3) } },
  ] }));
  assert.deepEqual(rows.map(({ name, most }) => [name, most]), [['乙', 100], ['甲', 40], ['丁', 0]]);
  assert.deepEqual(networksOf(rows), ['electricity', 'gas', 'heat']);
  assert.deepEqual(townshipRows(null), []);
});

test('what is left of a reserve is counted from when it ends, by the clock', () => {
  const now = Date.parse('2026-01-12T10:00:00+08:00');
  const of = (/** @type {any} */ more) => assessment({
    ranking: [{ id: 'f', rank: 1, name: '医院', category: 'hospital', state: 'on_reserve', hours_left: 3, ...more }],
    facilities: [{ id: 'f', fails_at: '2026-01-12T12:30:00+08:00', reserve_unknown: more.reserve_unknown ?? false }],
  });
  assert.equal(placeRows(of({}), now)[0].leftS, 9_000);
  assert.equal(placeRows(of({}), now + 9_000_000)[0].leftS, 0);
  assert.equal(placeRows(of({}), null)[0].leftS, 10_800, 'a drill stands still');
  assert.equal(placeRows(of({ state: 'failed', hours_left: 0 }), now)[0].leftS, null);
  assert.equal(placeRows(of({ state: 'supplied', reserve_unknown: true }), now)[0].leftS, 9_000, 'it loses its supply then');
  assert.deepEqual([placeRows(of({ hours_left: null }), now)[0].lasts, placeRows(of({ hours_left: null, reserve_unknown: true }), now)[0].lasts], [true, false]);
});

test('time left is written in hours and minutes, in the last hour in minutes and seconds', () => {
  assert.deepEqual([13_205, 3_600, 3_599, 61, 0].map((seconds) => countdown(seconds).text), ['3:40', '1:00', '59:59', '1:01', '0:00']);
  assert.deepEqual(countdown(5 * 86_400), { text: '5', unit: 'd' });
});
