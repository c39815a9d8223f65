import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matching } from '../../webmap/static/src/state/place_match.js';

/** @param {string} name @param {Partial<{about: string, rank: number, affected: boolean, id: string}>} [more] */
const place = (name, more = {}) => ({ name, id: `f-00${name.replace(/\D/g, '')}3`, about: '医疗机构', rank: 2, affected: false, ...more });
const hospitals = [7, 2, 10, 5, 3, 1, 13].map((number) => place(`示例中心医院 ${number}`));
/** @param {string} text @param {ReturnType<typeof place>[]} places */
const found = (text, places = hospitals) => matching(places, text, (one) => one).map(({ name }) => name);

test('blanks play no part: the hospital that was written comes first, and no other whose number holds a figure', () => {
  for (const text of ['医院 3', '医院3', '中心医院 3', ' 示例 医院 3 ', '医院　３']) assert.equal(found(text)[0], '示例中心医院 3', text);
  assert.deepEqual(found('医院 3'), ['示例中心医院 3']);
});

test('equals are in the order of their figures', () => {
  assert.deepEqual(found('医院'), [1, 2, 3, 5, 7, 10, 13].map((number) => `示例中心医院 ${number}`));
  assert.deepEqual(found('医院 1'), ['示例中心医院 1', '示例中心医院 10', '示例中心医院 13']);
});

test('exact, then beginning so, then holding all parts', () => {
  const places = [place('南街街道 锅炉房'), place('示例南街学校'), place('南街'), place('南面 大街')];
  assert.deepEqual(found('南街', places), ['南街', '南街街道 锅炉房', '示例南街学校']);
  assert.deepEqual(found('学校 南街', places), ['示例南街学校']);
});

test('what the incident affects comes first among equals only', () => {
  const places = [place('示例学校 1'), place('示例学校 2', { affected: true }), place('示例学校 20', { affected: true })];
  assert.deepEqual(found('学校', places), ['示例学校 2', '示例学校 20', '示例学校 1']);
  assert.equal(found('学校 1', places)[0], '示例学校 1');
});

test('a kind finds what does not say so in its name', () => {
  const station = place('110 kV 示例城东北站', { about: '电力 · 变电站', id: 'e-sub-110-01' });
  assert.deepEqual(found('变电站', [...hospitals, station]), ['110 kV 示例城东北站']);
  assert.deepEqual(found('变电站 城东', [station]), ['110 kV 示例城东北站']);
  assert.deepEqual(found('e-sub', [station]), ['110 kV 示例城东北站']);
  assert.deepEqual(found('', hospitals), []);
});
