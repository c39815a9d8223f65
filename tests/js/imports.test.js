import assert from 'node:assert/strict';
import { test } from 'node:test';

import { changeCount, issuesBySeverity, rowRanges, writesSomething, writtenLayers } from '../../webmap/static/src/imports/amounts.js';
import { datumChoices, datumOf, oldZone, readDatum } from '../../webmap/static/src/imports/datum.js';
import { createKeptDrafts } from '../../webmap/static/src/imports/kept_drafts.js';
import { loadRows, missingLayers, progressOf } from '../../webmap/static/src/imports/order.js';
import { boundsOfPlaces, importPicture } from '../../webmap/static/src/imports/picture.js';
import * as plans from '../../webmap/static/src/imports/plan.js';
import { NO_IMPORTS, decodeData, encodeData, offeredSteps, reachedStep, shareDone, shownStep, withImport } from '../../webmap/static/src/imports/state.js';
import { comparedRows, countsOf, reversed } from '../../webmap/static/src/versions/amounts.js';

const field = (/** @type {string} */ name, required = false, /** @type {any} */ more = {}) => ({ name, kind: 'text', title: { zh: name, en: name }, unit: null, required, values: [], ...more });
const LINES = /** @type {any} */ ({ key: 'network_lines', geometry: 'LineString', count: 0, title: {}, legend: [],
  fields: [field('id', true), field('name', true), field('provenance', true), field('source', true), field('from_node', true), field('to_node', true), field('capacity', false, { unit: 'kW | m³/h', kind: 'number' })] });
const TABLE = { name: '管线', rows: 3, columns: ['编号', '名称', '能力', '备注'], geometry: /** @type {const} */ ('LineString'), crs: null, samples: { 名称: ['一号线', null, '', '二号线', '三号线', '四号线'] } };
/** @param {any} [change] @returns {any} */
const plan = (change = {}) => ({ layer: 'network_lines', table: '管线', mapping: { name: '名称' }, constants: {}, choices: {}, units: {}, x: null, y: null, wkt: null, datum: 'EPSG:4490', swap_axes: false, encoding: 'auto', mode: 'merge', topology: null, id_from: 'made', ...change });
/** @param {any} [change] @returns {any} */
const document = (change = {}) => ({ id: 'abcd-1', state: 'inspected', file: { name: 'a.zip', bytes: 3 }, layer: 'network_lines', author: 'x', mine: true, created_at: '', updated_at: '1', progress: null, failure: null, base_version: null, committed_version: null, ...change });
/** @param {any} [change] @returns {any} */
const report = (change = {}) => ({ layer: 'network_lines', rows: 12, accepted: 10, rejected: 2, layers: { network_nodes: { added: 4, changed: 0, same: 0, removed: 0 }, network_lines: { added: 7, changed: 2, same: 1, removed: 0 }, roads: { added: 0, changed: 0, same: 3, removed: 0 } }, bounds: null, issues: [], changes: {}, ...change });

test('what has to be filled and is not is told: columns, the position, what a person is asked', () => {
  assert.deepEqual(plans.missingIn(plan(), LINES, TABLE), ['from_node', 'to_node', 'provenance', 'source']);
  const joined = plan({ topology: { tolerance_m: 1, make_nodes: true }, constants: { provenance: 'surveyed', source: '普查' } });
  assert.deepEqual(plans.missingIn(joined, LINES, TABLE), []);
  assert.deepEqual(plans.missingIn(joined, LINES, { ...TABLE, geometry: null }), ['position']);
  assert.deepEqual(plans.missingIn({ ...joined, x: '东', y: '北' }, LINES, { ...TABLE, geometry: null }), []);
});

test('what the check would take for granted is not asked for, and is said in the plan that is checked', () => {
  const counties = /** @type {any} */ ({ ...LINES, key: 'counties', fields: [field('name', true), field('boundary_quality', true), field('restricted', true, { kind: 'boolean' })] });
  const open = plan({ constants: { restricted: false } });
  assert.deepEqual(plans.missingIn(open, counties, TABLE), []);
  assert.deepEqual(plans.targetRows(open, counties).map(({ field: { name }, assumed }) => [name, assumed]), [['name', undefined], ['boundary_quality', 'low'], ['restricted', undefined]]);
  assert.deepEqual(plans.withAssumed(open, counties).constants, { restricted: false, boundary_quality: 'low' });
  assert.equal(plans.withAssumed(plan({ mapping: { name: 'a', boundary_quality: 'b', restricted: 'c' } }), counties).constants.restricted, undefined);
});

test('what was corrected is found again by import, until the plan that it corrects is another', () => {
  /** @type {Map<string, string>} */
  const store = new Map();
  const storage = { getItem: (/** @type {string} */ key) => store.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ value) => void store.set(key, value) };
  let at = 0;
  const kept = createKeptDrafts(storage, () => (at += 1));
  const corrected = plan({ constants: { source: '普查' } });
  kept.keep('first', corrected, plan());
  const again = createKeptDrafts(storage, () => (at += 1));
  assert.deepEqual(again.of('first', plan()), corrected);
  assert.equal(again.of('other', plan()), null);
  assert.equal(again.of('first', plan({ table: '别的表' })), null);
  for (let number = 0; number < 20; number += 1) again.keep(`later-${number}`, corrected, plan());
  assert.equal(again.of('first', plan()), null);
  assert.deepEqual(again.of('later-0', plan()), corrected);
  again.keep('later-0', null, null);
  assert.equal(again.of('later-0', plan()), null);
  assert.equal(createKeptDrafts(null).of('later-1', plan()), null);
});

test('a column and a value for all rows take turns, and an id is of a column or made', () => {
  const mapped = plans.withColumn(plan({ constants: { capacity: 5 }, units: { capacity: 'MW' } }), 'capacity', '能力');
  assert.deepEqual([mapped.mapping.capacity, mapped.constants, mapped.units], ['能力', {}, {}]);
  const said = plans.withConstant(mapped, 'capacity', 7);
  assert.deepEqual([said.mapping, said.constants], [{ name: '名称' }, { capacity: 7 }]);
  assert.deepEqual(plans.withConstant(said, 'capacity', '').constants, {});
  const numbered = plans.withColumn(plan(), 'id', '编号');
  assert.equal(numbered.id_from, 'column');
  assert.equal(plans.withColumn(numbered, 'id', null).id_from, 'made');
  assert.deepEqual(plans.unusedColumns(numbered, TABLE), ['能力', '备注']);
});

test('a word of the file is given a meaning, which goes with its column', () => {
  const said = plans.withWord(plan({ mapping: { kind: '类型' } }), 'kind', '变', 'substation');
  assert.deepEqual(plans.wordsOf(said, 'kind', ['变', null, '阀']), [{ word: '变', key: 'substation' }, { word: '阀', key: null }]);
  assert.deepEqual(plans.withWord(said, 'kind', '变', null).choices, {});
  assert.deepEqual(plans.withColumn(said, 'kind', '种类').choices, {});
  assert.deepEqual(plans.withColumn(said, 'name', '名称').choices, { kind: { 变: 'substation' } });
});

test('layers that are needed and empty are named in the order of loading, others are not', () => {
  const layer = (/** @type {string} */ key, /** @type {number} */ count) => /** @type {any} */ ({ key, count });
  assert.deepEqual(missingLayers([layer('supplies', 0), layer('roads', 0), layer('counties', 2), layer('network_lines', 0)]).map(({ key }) => key), ['network_lines', 'supplies']);
});

test('false is a value, not a blank', () => {
  assert.equal(plans.withConstant(plan(), 'in_service', false).constants.in_service, false);
});

test('a kept plan takes over what this file has, and names what it lacks', () => {
  const kept = plan({ table: '去年', mapping: { name: '名称', capacity: '热负荷' }, x: '东', datum: 'gcj02' });
  const { plan: next, lost } = plans.withKept(kept, plan(), TABLE);
  assert.deepEqual([next.table, next.mapping, next.x, next.datum, lost], ['管线', { name: '名称' }, null, 'gcj02', ['热负荷']]);
});

test('the same plan in another order of keys is no correction', () => {
  assert.ok(plans.samePlan(plan({ mapping: { id: '编号', name: '名称' } }), plan({ mapping: { name: '名称', id: '编号' } })));
  assert.ok(!plans.samePlan(plan(), plan({ mode: 'replace' })));
});

test('samples are the first that say something; units are those of the catalogue', () => {
  assert.equal(plans.sampleText(TABLE.samples.名称, '、'), '一号线、二号线、三号线');
  assert.deepEqual(plans.unitsOf(LINES.fields[6], undefined).slice(0, 2), ['kW', 'W']);
  assert.deepEqual(plans.unitsOf(LINES.fields[1], undefined), []);
  assert.equal(plans.unitsOf(LINES.fields[6], '匹')[0], '匹');
});

test('zones of CGCS2000 by their EPSG codes, with and without the zone in the eastings', () => {
  assert.deepEqual(datumOf('EPSG:4547'), { value: 'EPSG:4547', kind: 'three', zone: null, meridian: 114 });
  assert.deepEqual(datumOf('EPSG:4526'), { value: 'EPSG:4526', kind: 'three', zone: 38, meridian: 114 });
  assert.deepEqual(datumOf('EPSG:4497'), { value: 'EPSG:4497', kind: 'six', zone: 19, meridian: 111 });
  assert.deepEqual(datumOf('EPSG:4508'), { value: 'EPSG:4508', kind: 'six', zone: null, meridian: 111 });
  assert.deepEqual([oldZone('EPSG:2383'), oldZone('EPSG:2414')], [{ system: 'xian80', width: 3, zone: null, meridian: 114 }, { system: 'beijing54', width: 3, zone: 38, meridian: 114 }]);
  assert.equal(oldZone('EPSG:4547'), null);
  const offered = datumChoices(['bd09', 'EPSG:2435'], 112.9).map(({ value }) => value);
  assert.deepEqual(offered.slice(0, 3), ['bd09', 'EPSG:2435', 'EPSG:4490']);
  for (const near of ['EPSG:4547', 'EPSG:4526', 'EPSG:4546', 'EPSG:4508', 'EPSG:4497']) assert.ok(offered.includes(near), near);
  assert.equal(new Set(offered).size, offered.length);
  assert.deepEqual([readDatum(' epsg:4547 '), readDatum('4547'), readDatum('CGCS2000')], ['EPSG:4547', 'EPSG:4547', null]);
});

test('the link of the panel says what is looked at and refuses the rest', () => {
  assert.equal(encodeData({ ...NO_IMPORTS, open: true, view: 'import', id: 'abcd-1' }), 'import:abcd-1');
  assert.deepEqual(decodeData('import:abcd-1'), { open: true, view: 'import', id: 'abcd-1' });
  for (const view of ['layers', 'imports', 'versions', 'edit']) assert.equal(encodeData({ ...NO_IMPORTS, ...decodeData(view) }), view);
  assert.equal(encodeData(NO_IMPORTS), null);
  assert.deepEqual([decodeData('import:../x'), decodeData('nothing')], [null, null]);
});

test('an import stands at the step it has reached, and a correction asks for another check', () => {
  assert.deepEqual(['uploaded', 'inspected', 'checking', 'checked', 'committing', 'committed'].map((state) => reachedStep(document({ state }))), ['recognised', 'recognised', 'preview', 'preview', 'commit', 'commit']);
  const checked = document({ state: 'checked', report: report() });
  assert.equal(offeredSteps(checked, false).length, 5);
  assert.deepEqual(offeredSteps(checked, true), ['file', 'recognised']);
  const imports = { ...NO_IMPORTS, open: true, view: /** @type {const} */ ('import'), id: 'abcd-1', known: { 'abcd-1': checked } };
  assert.equal(shownStep({ ...imports, step: 'issues' }), 'issues');
  assert.equal(shownStep({ ...imports, step: 'issues', draft: plan() }), 'recognised');
  assert.equal(shownStep({ ...imports, id: null }), 'file');
  assert.equal(shownStep({ ...imports, known: { 'abcd-1': document({ state: 'failed' }) } }), 'recognised');
});

test('the list keeps its order, forgets what was discarded and knows a share only of a known whole', () => {
  const list = [document({ id: 'one1' }), document({ id: 'two2' })];
  assert.deepEqual(withImport(list, document({ id: 'two2', state: 'checked', report: report() }))?.map(({ state, report: large }) => [state, large]), [['inspected', undefined], ['checked', undefined]]);
  assert.deepEqual(withImport(list, document({ id: 'new3' }))?.map(({ id }) => id), ['new3', 'one1', 'two2']);
  assert.deepEqual(withImport(list, document({ id: 'one1', state: 'discarded' }))?.map(({ id }) => id), ['two2']);
  assert.deepEqual([shareDone({ step: 'reading', done: 50, of: 200 }), shareDone({ step: 'reading', done: 50, of: null }), shareDone(null)], [25, null, null]);
});

test('what is written is told by layer, the one of the file first; a layer that stays as it is says nothing', () => {
  assert.deepEqual(writtenLayers(report()).map(({ layer, written }) => [layer, written]), [['network_lines', 9], ['network_nodes', 4]]);
  assert.ok(writesSomething(report()));
  assert.ok(!writesSomething(report({ layers: { network_lines: { added: 0, changed: 0, same: 9, removed: 0 } } })));
  assert.ok(writesSomething(report({ layers: { network_lines: { added: 0, changed: 0, same: 9, removed: 1 } } })), 'a removal is a write');
  assert.equal(changeCount(report({ changes: { snapped: 3, split: 2 } })), 5);
});

test('issues stand worst first and most frequent first; rows that follow each other are one range', () => {
  const issue = (/** @type {string} */ severity, /** @type {number} */ count) => /** @type {any} */ ({ code: `${severity}${count}`, severity, count });
  assert.deepEqual(issuesBySeverity([issue('note', 1), issue('error', 2), issue('error', 9)]).map((group) => [group.severity, group.issues.map(({ count }) => count)]), [['error', [9, 2]], ['note', [1]]]);
  assert.deepEqual(rowRanges([5, 3, 4, 9, 10, 12, 3], 8), ['3–5', '9', '10', '12']);
  assert.deepEqual(rowRanges([1, 3, 5, 7], 2), ['1', '3']);
});

test('the map shows an import from its preview on, and no longer once it is written', () => {
  const issue = /** @type {any} */ ({ code: 'near', severity: 'warning', layer: null, column: null, places: [[112, 35], [113, 36]] });
  const preview = /** @type {any} */ ({ type: 'FeatureCollection', features: [{}], changes: [{ place: [112, 35] }, { place: [113, 35] }] });
  const at = (/** @type {any} */ change, /** @type {any} */ state = 'checked') => importPicture({ ...NO_IMPORTS, open: true, view: 'import', id: 'abcd-1', preview, known: { 'abcd-1': document({ state, report: report({ issues: [issue] }) }) }, ...change });
  assert.equal(at({})?.features.length, 1);
  assert.equal(at({ change: 1 })?.current, preview.changes[1]);
  assert.deepEqual(at({ lit: 'near|warning||' })?.places, issue.places);
  assert.equal(at({ step: 'recognised' }), null);
  assert.equal(at({ view: 'versions' }), null);
  assert.equal(at({}, 'committed'), null);
  assert.deepEqual(boundsOfPlaces(issue.places), [112, 35, 113, 36]);
});

test('layers are loaded in an order, and the next is the first needed that is empty', () => {
  const layers = (/** @type {Record<string, number>} */ counts) => ['counties', 'townships', 'roads', 'coal_routes', 'network_lines', 'network_nodes', 'sites', 'facilities', 'supplies', 'contacts'].map((key) => /** @type {any} */ ({ key, count: counts[key] ?? 0 }));
  const empty = loadRows(layers({}));
  assert.deepEqual(empty.slice(0, 6).map(({ layer }) => layer.key), ['counties', 'townships', 'network_nodes', 'network_lines', 'facilities', 'supplies']);
  assert.deepEqual(empty.filter(({ state }) => state === 'next').map(({ layer }) => layer.key), ['counties']);
  const going = loadRows(layers({ counties: 2, townships: 24, facilities: 9 }));
  assert.equal(going.find(({ state }) => state === 'next')?.layer.key, 'network_nodes');
  assert.deepEqual(going.find(({ layer }) => layer.key === 'supplies')?.after, ['network_nodes']);
  assert.deepEqual(progressOf(going), { done: 3, of: 6 });
});

test('a version tells what it changed, and the way back is the way there reversed', () => {
  const version = /** @type {any} */ ({ layers: ['roads', 'sites'], changes: { roads: { added: 1, changed: 0, removed: 0 }, sites: { added: 0, changed: 5, removed: 2 }, counties: { added: 0, changed: 0, removed: 0 } } });
  assert.deepEqual(countsOf(version).map(({ layer }) => layer), ['sites', 'roads']);
  assert.deepEqual(countsOf({ ...version, changes: null }), [{ layer: 'roads', counts: null }, { layer: 'sites', counts: null }]);
  const comparison = { from: '1-a', to: '2-b', layers: { roads: { added: 3, changed: 1, removed: 0 }, sites: { added: 0, changed: 0, removed: 0 } } };
  assert.deepEqual(reversed(comparison), { from: '2-b', to: '1-a', layers: { roads: { added: 0, changed: 1, removed: 3 }, sites: { added: 0, changed: 0, removed: 0 } } });
  assert.deepEqual(comparedRows(comparison).map(({ layer }) => layer), ['roads']);
});
