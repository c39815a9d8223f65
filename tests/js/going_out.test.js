import assert from 'node:assert/strict';
import { test } from 'node:test';

import { goingRows } from '../../webmap/static/src/panel/warnings/going_out.js';

/** Words that show their key and what is told. @type {any} */
const words = { language: 'zh', has: () => false, t: (/** @type {string} */ key, /** @type {any} */ told) => [key, ...Object.values(told ?? {})].join(' ') };

/** @param {any} [change] @returns {any} */
function warning(change = {}) {
  const inside = { people: 12_345, people_network: 'heat', vulnerable_people: 67, schools: 2, hospitals: 1, ...change.inside };
  const version = (/** @type {number} */ number) => ({
    version: number, content: { starts_at: '2026-01-12T09:00:00+08:00', expires_at: '2026-01-13T09:00:00+08:00', channels: ['sms', 'notice'], contact: null, texts: { zh: { 预警区域或场所: `第${number}版的地方` }, en: {} }, ...change.content },
    area: { inside, area_km2: 12.34, townships: [{ name: '南村镇' }, { name: '下村镇' }] },
  });
  return { versions: [version(1), version(2), version(3)], pending: { version: 2 } };
}
const issuing = /** @type {any} */ ({ channels: [
  { title: '手机短信', recipients: 176, without_address: 4, for_all: false, why_not: null }, { title: '公告', recipients: 1, without_address: 0, for_all: true, why_not: null },
  { title: '电子邮件', recipients: 3, without_address: 0, for_all: false, why_not: '没有设置' },
] });
/** @param {any} told @param {any} rows */
const lines = (told, rows) => rows.find(({ key }) => key === told).lines;

test('the version in preparation is told, with ground, people, times and channels', () => {
  const rows = goingRows(words, warning(), issuing, '较大风险预警');
  assert.deepEqual(rows.map(({ key }) => key), ['level', 'area', 'people', 'until', 'channels', 'contact']);
  assert.deepEqual(lines('area', rows), ['第2版的地方', '南村镇list_comma下村镇 · 12.3 km²']);
  assert.match(lines('people', rows)[1], /^warnings.going.inside 12,345 67 2 1$/);
  assert.deepEqual(lines('channels', rows), ['warnings.going.without warnings.going.to 手机短信 176 4', 'warnings.going.public 公告', 'warnings.going.off 电子邮件 没有设置']);
  assert.deepEqual(lines('contact', rows), ['warnings.no_contact']);
});

test('what is not known is said and is no zero', () => {
  assert.deepEqual(lines('people', goingRows(words, warning({ inside: { people_network: null, people: 0 } }), issuing, '')), ['warnings.row.inside_unknown 0 67 2 1']);
  assert.deepEqual(lines('channels', goingRows(words, warning(), undefined, '')), ['sms', 'notice', 'warnings.going.counting']);
  assert.deepEqual(lines('channels', goingRows(words, warning(), null, '')), ['sms', 'notice', 'warnings.going.not_counted']);
  assert.deepEqual(lines('channels', goingRows(words, warning({ content: { channels: [] } }), null, '')), ['draft.no_channel']);
});
