import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ringShare, shadedShare, shareClass } from '../../webmap/static/src/classify.js';
import { clockDuration, coordinates, duration, headlineNumber, moment, percent } from '../../webmap/static/src/format.js';
import { fileName } from '../../webmap/static/src/request.js';

test('a share on the edge of a class belongs to the higher one, as in the plans', () => {
  assert.deepEqual([0.0999, 0.1, 0.3, 0.4999, 0.5, 0.7, 1].map(shareClass), [0, 1, 2, 2, 3, 4, 4]);
  assert.equal(shareClass(0), -1);
  assert.equal(shareClass(null), -2);
});

test('the worst commodity shades a township; unknown only if nothing is known', () => {
  const loss = (/** @type {number | null} */ share) => ({ customers_out: share === null ? 0 : 1, customers_unknown: share === null ? 3 : 0, customers: 9, share, population: 0, vulnerable_people: 0 });
  /** @type {any} */
  const township = { commodities: { electricity: loss(0.2), gas: loss(null), heat: loss(0.6) } };
  assert.deepEqual(shadedShare(township, 'worst'), { share: 0.6, network: 'heat' });
  assert.equal(shadedShare(township, 'gas').share, null);
  assert.equal(shadedShare(/** @type {any} */ ({ commodities: { gas: loss(null) } }), 'worst').share, null);
});

test('the ring shrinks with the hours left and never vanishes before the failure', () => {
  assert.equal(ringShare('on_reserve', 48), 1);
  assert.equal(ringShare('on_reserve', 12), 0.5);
  assert.ok(ringShare('on_reserve', 0.01) > 0);
});

test('counts take 万 in Chinese and nothing in English', () => {
  assert.deepEqual(headlineNumber(23_100, 'zh'), { number: '2.3', unit: '万' });
  assert.deepEqual(headlineNumber(20_000, 'zh'), { number: '2', unit: '万' });
  assert.deepEqual(headlineNumber(9_999, 'zh'), { number: '9,999', unit: '' });
  assert.deepEqual(headlineNumber(23_100, 'en'), { number: '23,100', unit: '' });
});

test('times and durations are written as they are spoken', () => {
  assert.equal(moment('2026-01-12T00:30:00Z', 'zh'), '1月12日 周一 08:30');
  assert.equal(moment('2026-01-12T08:30:00+08:00', 'en'), 'Mon 12 Jan, 08:30');
  assert.equal(duration(3 + 40 / 60, 'zh'), '3 小时 40 分');
  assert.equal(duration(0.999, 'zh'), '59 分');
  assert.equal(duration(0, 'zh'), '0 分');
  assert.equal(duration(0.01, 'zh'), '不到 1 分');
  assert.equal(duration(374 / 60, 'zh'), '6 小时 14 分');
  assert.equal(duration(100, 'en'), '4 d 4 h');
  assert.equal(clockDuration(3 + 40 / 60), '3:40');
  assert.equal(clockDuration(1.999), '1:59');
});

test('shares say when they are unknown and never show a loss as nothing', () => {
  assert.equal(percent(null, '未知'), '未知');
  assert.equal(percent(0, '未知'), '0 %');
  assert.equal(percent(0.00001, '未知'), '< 0.1 %');
  assert.equal(percent(0.0855, '未知'), '8.6 %');
});

test('all but a few is never shown as all', () => {
  assert.equal(percent(36_674 / 36_675, '未知'), '> 99.9 %');
  assert.equal(percent(0.9962, '未知'), '99.6 %');
  assert.equal(percent(1, '未知'), '100 %');
});

test('a township whose loss nobody can count is not shown as spared', () => {
  const spared = { customers_out: 0, customers_unknown: 0, customers: 9, share: 0, population: 0, vulnerable_people: 0 };
  const uncounted = { ...spared, customers_unknown: 2, share: null };
  const without = { ...spared, customers: 0, share: null };
  assert.equal(shadedShare(/** @type {any} */ ({ commodities: { gas: spared, heat: uncounted } }), 'worst').share, null);
  assert.equal(shadedShare(/** @type {any} */ ({ commodities: { gas: spared, heat: without } }), 'worst').share, 0);
});

test('coordinates and file names', () => {
  assert.equal(coordinates(112.85123, 35.49876), '112.85123°E 35.49876°N');
  assert.equal(fileName("attachment; filename*=UTF-8''%E6%8E%92%E5%BA%8F.csv; filename=ranking.csv"), '排序.csv');
  assert.equal(fileName('attachment; filename="ranking.csv"'), 'ranking.csv');
});
