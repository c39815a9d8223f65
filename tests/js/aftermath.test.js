import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addressOf, askedOf, sameAsked } from '../../webmap/static/src/aftermath/asked.js';
import { drawCourse, hourTicks, hoursAt, peakRow, rowAt } from '../../webmap/static/src/aftermath/course.js';
import { facilitiesFailed, headline, networksHit, reservesUsed } from '../../webmap/static/src/aftermath/figures.js';
import { classOf, lookOf } from '../../webmap/static/src/aftermath/looks.js';
import { drawTownships } from '../../webmap/static/src/aftermath/small_maps.js';
import { NO_AFTERMATH, USUAL_MAP, afterShown, decodeAftermath, decodeReport, encodeAftermath } from '../../webmap/static/src/aftermath/state.js';
import { sortTownships, townshipRow } from '../../webmap/static/src/aftermath/townships.js';
import { createLineReader } from '../../webmap/static/src/request_told.js';

const at = (/** @type {number} */ hour) => `2026-01-12T${String(8 + hour).padStart(2, '0')}:00:00+08:00`;
const lost = (/** @type {any} */ change = {}) => ({
  customers_total: 200, customers_unknown: 0, customers_hit: 100, people_hit: 300, peak_customers: 100, first_loss_at: at(0),
  restored: { 50: { at: at(2), hours: 2 }, 90: { at: at(4), hours: 4 }, 100: { at: at(4), hours: 4 } }, ...change,
});
const spared = lost({ customers_hit: 0, people_hit: 0, peak_customers: 0, first_loss_at: null, restored: { 50: null, 90: null, 100: null } });
const part = (/** @type {any} */ change = {}) => ({ customers: 200, customers_hit: 100, customers_unknown: 0, customer_hours: 300, first_loss_at: at(0), restored_at: at(4), hours_to_restore: 4, ...change });
const nothing = part({ customers_hit: 0, customer_hours: 0, first_loss_at: null, restored_at: null, hours_to_restore: null });
const town = (/** @type {string | null} */ code, /** @type {any} */ change = {}) => ({ code, name: `镇${code}`, networks: { electricity: part(), heat: nothing }, people_hit: 300, people_hours: 900, facilities_failed: 0, ...change });
const row = (/** @type {number} */ hours, /** @type {number} */ out, /** @type {number} */ people) => ({ at: at(hours), hours, customers_out: { electricity: out }, people_hit: people });

/** @param {any} [change] @returns {any} */
const impact = (change = {}) => ({
  begins_at: at(0), until: at(5), hours: 5, running: false, people_hours_hit: 900, networks: { electricity: lost(), heat: spared },
  townships: [town('1'), town('2', { networks: { electricity: nothing, heat: nothing }, people_hit: 0, people_hours: 0 })], facilities: [],
  series: [row(0, 100, 300), row(1, 100, 300), row(2, 50, 150), row(5, 0, 0)], changes: [row(0, 100, 300), row(1.5, 50, 150), row(4, 0, 0)],
  by_hour: { codes: ['1', '2', null], people_hit: [[300, 0, 0], [300, 0, 7], [150, 0, 0], [0, 0, 0]], customers_out: { electricity: [[100, 0, 0], [100, 0, 0], [50, 0, 0], [0, 0, 0]] } }, ...change,
});
const classes = { measure: 'people_hours', network: null, title: '停供人时', unit: '人·时', sentence: '分位数', notes: [], values: { 1: 900, 2: null }, class_of: { 1: 0, 2: 'unknown' },
  legend: [{ key: 'zero', label: '未停供', colour: '#F1F2F4', count: 0, hatched: false }, { key: 0, label: '> 0', colour: '#FC8D59', count: 1, hatched: false }, { key: 'unknown', label: '未知', colour: '#FFFFFF', count: 1, hatched: true }] };
const hourly = { title: '停供人数', unit: '人', breaks: [200, 300], labels: ['≤ 200', '≤ 300'], colours: ['#FDCC8A', '#E34A33'], zero_colour: '#F1F2F4', zero_label: '0 人', sentence: '', peak: 0 };
const bivariate = { title: '两项', loss: { title: '损失', labels: ['少', '中', '多'] }, time: { title: '时间', labels: ['短', '中', '长'] }, colours: [['a', 'b', 'c'], ['d', 'e', 'f'], ['g', 'h', 'i']],
  counts: [], rows: [{ label: '未停供', colour: '#F1F2F4', count: 1, hatched: false }], class_of: { 1: '2-0', 2: 'zero' }, notes: [] };
/** @type {any} */
const answer = { impact: impact(), classes, hourly, bivariate };
const LABELS = { unknown: '未知' };
const say = (/** @type {string} */ name, /** @type {string} */ label, /** @type {number | null} */ value) => `${name}${label}${value}`;

test('the headline counts nobody twice, and time runs from the first loss until all is back', () => {
  const found = headline(impact());
  assert.deepEqual([found.people, found.peopleHours, found.backHours, found.backAt, found.unknownPoints], [300, 900, 4, at(4), 0]);
  assert.deepEqual(networksHit(impact()).map(([network]) => network), ['electricity']);
});

test('while something is out there is no time to restore, and unknown points make least figures', () => {
  const out = lost({ customers_unknown: 3, restored: { 50: null, 90: null, 100: null } });
  const found = headline(impact({ networks: { electricity: lost(), gas: out }, running: true }));
  assert.deepEqual([found.backHours, found.backAt, found.unknownPoints], [null, null, 3]);
  assert.equal(headline(impact({ networks: { electricity: spared } })).nothing, true);
  // Out, and nobody knows how many: that is not nothing.
  assert.equal(headline(impact({ networks: { electricity: lost({ ...spared, customers_unknown: 2 }) } })).nothing, false);
});

test('places that failed come in the order of the plan, reserves by how much of them was used', () => {
  const place = (/** @type {string} */ id, /** @type {number | null} */ tier, /** @type {number} */ hours, /** @type {any[]} */ reserves = []) => ({ id, name: id, tier, failures: hours ? [{}] : [], failed_hours: hours, reserves });
  const facilities = [place('a', null, 9), place('b', 2, 1), place('c', 2, 5), place('d', 1, 0, [{ used_hours: 4, used_share: null }, { used_hours: 0, used_share: 0 }]), place('e', 3, 2, [{ used_hours: 1, used_share: 0.5 }])];
  assert.deepEqual(facilitiesFailed(impact({ facilities })).map(({ id }) => id), ['c', 'b', 'e', 'a']);
  assert.deepEqual(reservesUsed(impact({ facilities })).map(({ id }) => id), ['e', 'd']);
});

test('a township is read for one network or for all; what is out has no time yet', () => {
  const running = town('1', { networks: { electricity: part(), gas: part({ restored_at: null, hours_to_restore: null, customers_unknown: 1 }) } });
  const all = townshipRow(/** @type {any} */ (running), null);
  assert.deepEqual([all.hit, all.hours, all.restoreHours, all.out, all.atLeast, all.share], [300, 900, null, true, true, null]);
  const one = townshipRow(/** @type {any} */ (running), 'electricity');
  assert.deepEqual([one.hit, one.hours, one.restoreHours, one.out, one.share], [100, 300, 4, false, 0.5]);
  assert.equal(townshipRow(/** @type {any} */ (running), 'water').lost, false);
});

test('townships sort by any column; still out is longest, outside of all is last', () => {
  const rows = [townshipRow(/** @type {any} */ (town(null, { people_hours: 9999 })), null), townshipRow(/** @type {any} */ (town('1')), null),
    townshipRow(/** @type {any} */ (town('2', { people_hours: 5, networks: { heat: part({ restored_at: null, hours_to_restore: null }) } })), null)];
  const codes = (/** @type {any} */ column, /** @type {boolean} */ descending) => sortTownships(rows, column, descending, 'zh').map(({ code }) => code);
  assert.deepEqual(codes('hours', true), ['1', '2', null]);
  assert.deepEqual(codes('restore', true), ['2', '1', null]);
  assert.deepEqual(codes('restore', false), ['1', '2', null]);
});

test('the course steps at the moments of its changes and ends at the last moment', () => {
  const frame = { width: 120, height: 120, left: 10, right: 10, top: 10, bottom: 10 };
  const { lines, values } = drawCourse(impact(), frame);
  assert.deepEqual(lines.map(({ network }) => network), ['electricity']);
  assert.equal(lines[0].path, 'M10 10H40V60H90V110H110');
  assert.deepEqual(values[values.length - 1], { value: 100, y: 10 });
});

test('a moment belongs to the hour before it; a place outside the drawing to its nearest end', () => {
  const { series } = impact();
  assert.deepEqual([0, 0.9, 1, 4.9, 5, 99].map((hours) => rowAt(series, hours)), [0, 0, 1, 2, 3, 3]);
  const frame = { width: 120, height: 1, left: 10, right: 10, top: 0, bottom: 0 };
  assert.deepEqual([0, 60, 500].map((x) => hoursAt(x, frame, 10)), [0, 5, 10]);
  assert.equal(peakRow(series), 0);
  assert.deepEqual(hourTicks(30), [0, 6, 12, 18, 24, 30]);
  assert.ok(hourTicks(0.4).length === 1 && hourTicks(2000).length <= 9);
});

test('a value belongs to the first class whose upper bound it does not exceed', () => {
  assert.deepEqual([0, 1, 200, 200.5, 300, 301].map((value) => classOf(value, [200, 300])), [-1, 0, 0, 1, 1, 2]);
});

test('the map shows the whole of the incident, unknown hatched and never as nothing', () => {
  const look = lookOf(answer, USUAL_MAP, null, say, LABELS);
  assert.deepEqual(look.townships.get('1'), { key: '0', colour: '#FC8D59', hatched: false, said: '镇1> 0900' });
  assert.deepEqual([look.townships.get('2')?.key, look.townships.get('2')?.hatched], ['unknown', true]);
  assert.deepEqual(look.rows.map(({ key }) => key), ['zero', '0', 'unknown']);
});

test('at an hour the map shows that hour, with classes that hold for all', () => {
  const colours = [0, 2, 3].map((hour) => lookOf(answer, USUAL_MAP, hour, say, LABELS).townships.get('1')?.colour);
  assert.equal(lookOf(answer, USUAL_MAP, 0, say, LABELS).rows[0].label, '0 人');
  assert.deepEqual(colours, ['#E34A33', '#FDCC8A', '#F1F2F4']);
  const look = lookOf(answer, { ...USUAL_MAP, style: 'bivariate' }, 2, say, LABELS);
  assert.equal(look.at, at(2));
  assert.deepEqual(look.rows.map(({ count }) => count), [1, 1, 0]);
  const customers = { ...answer, classes: { ...classes, network: 'electricity' } };
  assert.equal(lookOf(customers, USUAL_MAP, 0, say, LABELS).townships.get('1')?.said, '镇1≤ 200100');
});

test('an hour with nobody known to be out is not nothing where unknown points are out', () => {
  const unsure = part({ customers_hit: 0, customers_unknown: 4, first_loss_at: at(1), restored_at: at(4) });
  const unknown = { ...answer, impact: impact({ townships: [town('1'), town('2', { networks: { electricity: unsure } })] }) };
  const keys = [0, 1, 2, 3].map((hour) => lookOf(unknown, USUAL_MAP, hour, say, LABELS).townships.get('2')?.key);
  assert.deepEqual(keys, ['zero', 'unknown', 'unknown', 'zero']);
  const gas = { ...unknown, classes: { ...classes, network: 'gas' } };
  assert.equal(lookOf(gas, USUAL_MAP, 1, say, LABELS).townships.get('2')?.key, 'zero');
});

test('loss crossed with time takes the colour of its cell', () => {
  const look = lookOf(answer, { ...USUAL_MAP, style: 'bivariate' }, null, say, LABELS);
  assert.deepEqual([look.townships.get('1')?.colour, look.townships.get('2')?.key, look.square?.title], ['g', 'zero', '两项']);
});

test('small maps keep the shapes of the ground', () => {
  const square = { type: /** @type {const} */ ('Feature'), geometry: { type: 'Polygon', coordinates: [[[112, 35], [113, 35], [113, 36], [112, 36], [112, 35]]] }, properties: { code: '1' } };
  const { height, paths } = drawTownships([square], 100);
  assert.ok(Math.abs(height - 100 / Math.cos((35.5 * Math.PI) / 180)) < 1, String(height));
  assert.ok(paths[0].d.startsWith('M0.0 ') && paths[0].d.endsWith('Z'));
  assert.deepEqual(drawTownships([], 100).paths, []);
});

test('a link says the tab, and the choice of the map where it is not the usual one', () => {
  assert.equal(encodeAftermath(NO_AFTERMATH), null);
  assert.equal(encodeAftermath({ ...NO_AFTERMATH, open: true, tab: 'review' }), 'review');
  const map = /** @type {const} */ ({ style: 'bivariate', measure: 'customer_hours', network: 'heat', scheme: 'fixed', count: 3 });
  const text = encodeAftermath({ ...NO_AFTERMATH, open: true, map });
  assert.deepEqual(decodeAftermath(text ?? ''), { open: true, tab: 'impact', map });
  assert.equal(decodeAftermath('impact~choropleth~people_hit~gas~fixed~3')?.map?.network, null);
  for (const wrong of ['', 'else', 'impact~choropleth', 'impact~choropleth~people_hours~all~fixed~9', `${text}~more`]) assert.equal(decodeAftermath(wrong), null, wrong);
});

test('what is asked is the present, a past moment chosen by hand, or what was believed after an entry', () => {
  const marks = { at: at(0), horizonHours: 72, logged: {} };
  /** @param {any} log @param {number} hours @returns {any} */
  const state = (log, hours) => ({ log: { id: 'i', view: { at: at(3) }, known: null, following: true, now: at(6), ...log }, marks, hours });
  assert.equal(askedOf(state({ id: null }, 0)), null);
  assert.deepEqual(askedOf(state({}, 6)), { id: 'i', at: null, known: null });
  assert.deepEqual(askedOf(state({ following: false }, 2)), { id: 'i', at: at(2), known: null });
  // Of what is to come nothing is known: the present.
  assert.deepEqual(askedOf(state({ following: false }, 9)), { id: 'i', at: null, known: null });
  const back = askedOf(state({ known: 4 }, 1));
  assert.deepEqual(back, { id: 'i', at: at(3), known: 4 });
  assert.ok(!sameAsked(back, { id: 'i', at: at(3), known: 5 }) && sameAsked(back, { ...back, id: 'i' }));
  assert.equal(addressOf(/** @type {any} */ (back), 'impact', 'zh', { network: null, count: 5 }), `/api/incidents/i/impact?lang=zh&progress=1&count=5&at=${encodeURIComponent(at(3))}&known=4`);
});

test('lines are read whole, wherever the pieces of an answer end', () => {
  const bytes = new TextEncoder().encode('{"stage":"impact","title":"推算"}\n\n{"answer":{"name":"东站"}}');
  for (const size of [1, 2, 7, bytes.length]) {
    /** @type {any[]} */
    const lines = [];
    const reader = createLineReader((line) => lines.push(line));
    for (let start = 0; start < bytes.length; start += size) reader.push(bytes.slice(start, start + size));
    reader.end();
    assert.deepEqual(lines, [{ stage: 'impact', title: '推算' }, { answer: { name: '东站' } }], String(size));
  }
});

test('a link names the report that is open, and nothing stands there before its incident is loaded', () => {
  const open = /** @type {any} */ ({ ...NO_AFTERMATH, open: true, tab: 'reports' });
  assert.equal(encodeAftermath(open, 'follow_up'), 'reports.follow_up');
  assert.equal(encodeAftermath({ ...open, tab: 'review' }, 'follow_up'), 'review');
  assert.deepEqual([decodeAftermath('reports.follow_up'), decodeReport('reports.follow_up')], [{ open: true, tab: 'reports' }, 'follow_up']);
  assert.deepEqual([decodeAftermath('reports.else'), decodeAftermath('review.first'), decodeReport('reports')], [null, null, null]);
  assert.deepEqual([null, 'i'].map((id) => afterShown(/** @type {any} */ ({ aftermath: open, log: { id } }))), [false, true]);
});
