import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nearestFeature } from '../../webmap/static/src/editing/near.js';
import { editingPicture } from '../../webmap/static/src/editing/picture.js';
import { createPointing } from '../../webmap/static/src/editing/pointing.js';
import { drawnShape, endAt, middlesOf, pathsOf, withCorner, withNewCorner, withoutCorner } from '../../webmap/static/src/editing/shape.js';
import { NO_EDITING, boxOf, canRedo, canUndo, decodeEdit, featuresIn, isEditing, problemGroups, stepsMoved, stepsWith, stepsWithout } from '../../webmap/static/src/editing/state.js';
import { beginning, differing, handedOn, lacking, searched, valueOf } from '../../webmap/static/src/editing/values.js';

/** @param {string} id @param {any} geometry @param {any} [more] @returns {any} */
const feature = (id, geometry, more = {}) => ({ type: 'Feature', geometry, properties: { id, name: `名${id}`, ...more } });
/** @param {[number, number]} coordinates @returns {any} */
const point = (coordinates) => ({ type: 'Point', coordinates });
/** @param {[number, number][]} coordinates @returns {any} */
const line = (coordinates) => ({ type: 'LineString', coordinates });
const SQUARE = /** @type {any} */ ({ type: 'Polygon', coordinates: [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]] });
/** @param {any} [more] @returns {any} */
const draft = (more = {}) => ({ id: 'd', state: 'open', length: 2, total: 3, changes: [], problems: [], steps: ['a', 'b', 'c'].map((op) => ({ operation: { op }, title: op })), ...more });
/** @param {string} name @param {any} [more] @returns {any} */
const field = (name, more = {}) => ({ name, kind: 'text', required: false, values: [], unit: null, title: { zh: name, en: name }, references: null, ...more });

test('a step is added after those that count, undone and done again without being lost, and one is left out', () => {
  const now = draft();
  assert.deepEqual(stepsWith(now, /** @type {any} */ ({ op: 'x' })), { keep: 2, add: [{ op: 'x' }], length: 3 });
  assert.deepEqual(stepsMoved(now, -1), { keep: 3, add: [], length: 1 });
  assert.deepEqual(stepsMoved(now, 1), { keep: 3, add: [], length: 3 });
  assert.deepEqual(stepsWithout(draft({ length: 3 }), 0), { keep: 0, add: [{ op: 'b' }, { op: 'c' }], length: 2 });
  assert.deepEqual([canUndo(now), canRedo(now), canUndo(draft({ length: 0 })), canRedo(draft({ length: 3 })), canUndo(null)], [true, true, false, false, false]);
});

test('features are as the draft has them', () => {
  const features = [feature('a', point([1, 1])), feature('b', point([2, 2])), feature('c', point([3, 3]))];
  const changes = [
    { layer: 'sites', id: 'b', kind: 'changed', name: 'B', fields: [{ field: 'name', before: '名b', after: '新' }], after: point([5, 5]) },
    { layer: 'sites', id: 'c', kind: 'removed', name: 'C', fields: [], after: null },
    { layer: 'sites', id: 'd', kind: 'added', name: '丁', fields: [], after: point([6, 6]) },
    { layer: 'roads', id: 'a', kind: 'removed', name: '', fields: [], after: null },
  ];
  const found = [...featuresIn(features, draft({ changes }), 'sites')];
  assert.deepEqual(found.map(({ properties, geometry }) => [properties.id, properties.name, geometry?.coordinates[0]]), [['a', '名a', 1], ['b', '新', 5], ['d', '丁', 6]]);
  assert.deepEqual([...featuresIn(features, null, 'sites')], features);
});

test('the box holds what is before and after', () => {
  assert.deepEqual(boxOf([{ before: point([1, 5]), after: line([[3, 2], [4, 4]]) }]), [1, 2, 4, 5]);
  assert.equal(boxOf([{ before: null, after: null }]), null);
});

test('the nearest within reach is found, an area by its inside, a hole not', () => {
  const near = [feature('p', point([10, 60.001])), feature('l', line([[9, 60.0005], [11, 60.0005]]))];
  assert.equal(nearestFeature(near, [10, 60], 0.01)?.properties.id, 'l');
  assert.equal(nearestFeature(near, [10, 60], 0.0001), null);
  assert.equal(nearestFeature(near, [10, 60], 0.01, ({ properties }) => properties.id === 'p')?.properties.id, 'p');
  // At 60 degrees a degree of longitude is worth half of one of latitude.
  const aside = [feature('east', point([10.0018, 60])), feature('north', point([10, 60.001]))];
  assert.equal(nearestFeature(aside, [10, 60], 0.01)?.properties.id, 'east');
  const area = [feature('area', SQUARE)];
  assert.equal(nearestFeature(area, [3, 3], 0.001)?.properties.id, 'area');
  assert.equal(nearestFeature(area, [1.8, 1.5], 0.001), null);
});

test('corners are moved, added and taken away; rings stay closed', () => {
  assert.deepEqual(pathsOf(SQUARE).map((path) => path.length), [4, 3]);
  const moved = withCorner(SQUARE, { path: 0, index: 0 }, [-1, -1]);
  assert.deepEqual([moved.coordinates[0][0], moved.coordinates[0][4]], [[-1, -1], [-1, -1]]);
  assert.deepEqual(moved.coordinates[1], SQUARE.coordinates[1]);
  const bent = withNewCorner(line([[0, 0], [2, 0]]), { path: 0, index: 1 }, [1, 1]);
  assert.deepEqual(bent.coordinates, [[0, 0], [1, 1], [2, 0]]);
  assert.deepEqual(withoutCorner(bent, { path: 0, index: 1 })?.coordinates, [[0, 0], [2, 0]]);
  assert.equal(withoutCorner(line([[0, 0], [2, 0]]), { path: 0, index: 0 }), null);
  assert.equal(withoutCorner(SQUARE, { path: 1, index: 0 }), null);
  const many = { type: 'MultiPolygon', coordinates: [SQUARE.coordinates, [[[8, 8], [9, 8], [9, 9], [8, 8]]]] };
  const third = withCorner(many, { path: 2, index: 0 }, [7, 7]);
  assert.deepEqual([third.coordinates[0], third.coordinates[1][0][0], third.coordinates[1][0][3]], [SQUARE.coordinates, [7, 7], [7, 7]]);
  assert.equal(middlesOf(SQUARE).length, 7);
  assert.deepEqual(middlesOf(line([[0, 0], [2, 0]])), [{ place: { path: 0, index: 1 }, at: [1, 0] }]);
  assert.deepEqual([0, 1, 2].map((index) => endAt(bent, { path: 0, index })), ['from', null, 'to']);
  assert.equal(drawnShape('LineString', [[0, 0]]), null);
  assert.deepEqual(drawnShape('Polygon', [[0, 0], [1, 0], [1, 1]])?.coordinates, [[[0, 0], [1, 0], [1, 1], [0, 0]]]);
});

test('what people write becomes values; what is no number stays for the server to refuse', () => {
  const number = field('demand', { kind: 'number' });
  for (const [text, value] of [['1,200', 1200], ['１２０．５', 120.5], [' ', null], ['many', 'many'], ['-5', -5]]) assert.equal(valueOf(number, String(text)), value);
  assert.equal(valueOf(field('in_service', { kind: 'boolean' }), 'false'), false);
  const fields = [field('name', { required: true }), number, field('id', { required: true })];
  assert.deepEqual(differing(fields, { name: '甲', demand: 5 }, { name: '甲', demand: '' }), { demand: null });
  assert.deepEqual(lacking(fields, { name: ' ', demand: '' }, ['id']), ['name']);
});

test('a new record begins in service and as the last one came about, where that is a choice here', () => {
  const kinds = field('kind', { required: true, values: [{ key: 'feeder' }] });
  const fields = [field('in_service', { kind: 'boolean', required: true }), field('normally_open', { kind: 'boolean', required: true }), kinds, field('source', { required: true })];
  const known = handedOn({ id: 'x', name: '甲', kind: 'transformer', source: '现场', customers: 3 });
  assert.deepEqual(beginning(fields, known), { in_service: true, normally_open: false, kind: null, source: '现场' });
  assert.equal(beginning([kinds], { kind: 'feeder' }).kind, 'feeder');
});

test('records are found by name or id, those that begin with it first', () => {
  const features = [feature('x-1', null, { name: '城东北站' }), feature('北-2', null, { name: '二' }), feature('y', null, { name: '北站' })];
  assert.deepEqual(searched(features, '北', 8).map(({ properties }) => properties.id), ['北-2', 'y', 'x-1']);
  assert.deepEqual(searched(features, ' ', 8), []);
  assert.deepEqual(searched(features, '医院', 8, ({ properties }) => (properties.id === 'y' ? '人民医院' : '')).map(({ properties }) => properties.id), ['y'], 'a need by its place');
});

test('the map is the editor’s only while a draft is worked on', () => {
  const imports = /** @type {any} */ ({ open: true, view: 'edit' });
  const editing = { ...NO_EDITING, draft: draft() };
  assert.equal(isEditing({ imports, editing }), true);
  assert.equal(isEditing({ imports, editing: { ...editing, reviewing: true } }), false);
  assert.equal(isEditing({ imports: { ...imports, view: 'versions' }, editing }), false);
  const catalog = /** @type {any} */ ({ layers: [{ key: 'network_lines', geometry: 'LineString' }] });
  assert.equal(editingPicture({ imports: { ...imports, open: false }, editing }, catalog), null);
  const record = /** @type {any} */ ({ layer: 'network_lines', id: 'l', geometry: line([[0, 0], [1, 1]]) });
  assert.equal(editingPicture({ imports, editing: { ...editing, record } }, catalog)?.chosen?.fixed, false);
  assert.deepEqual([decodeEdit('0f8b6c1e-1111-2222-3333-444455556666') !== null, decodeEdit('../x'), decodeEdit('')], [true, null, null]);
});

/** A town of two nodes and a line, and what was asked of the session. @param {any} change */
function town(change) {
  const features = /** @type {Record<string, any[]>} */ ({
    network_nodes: [feature('n1', point([0, 0]), { network: 'gas' }), feature('n2', point([1, 0]), { network: 'gas' }), feature('n3', point([0, 1]), { network: 'water' })],
    network_lines: [feature('l', line([[0, 0], [1, 0]]), { network: 'gas' })],
  });
  const state = { editing: { ...NO_EDITING, draft: draft(), ...change } };
  /** @type {any[]} */
  const asked = [];
  const session = /** @type {any} */ (new Proxy({}, { get: (_, name) => (...given) => { asked.push([name, ...given]); if (name === 'task') state.editing = { ...state.editing, task: given[0] }; } }));
  const data = /** @type {any} */ ({ features: (/** @type {string} */ key) => features[key] ?? [] });
  const catalog = /** @type {any} */ ({ layers: [{ key: 'network_lines', geometry: 'LineString' }, { key: 'network_nodes', geometry: 'Point' }] });
  const pointing = createPointing(/** @type {any} */ ({ get: () => state }), session, data, catalog, () => asked.push(['apart']));
  return { pointing, asked, state };
}

test('a main is drawn from node to node: it joins those near, of one network, and ends at the second', () => {
  const { pointing, asked, state } = town({ task: { kind: 'draw', corners: [] } });
  pointing.press([0.01, 0.01], 0.05);
  assert.deepEqual(state.editing.task.corners.map(({ at, node }) => [at, node?.id]), [[[0, 0], 'n1']]);
  pointing.press([0.02, 0.98], 0.05);
  assert.equal(state.editing.task.corners[1].node, null, 'water is no gas');
  pointing.press([1.01, 0], 0.05);
  const [name, shape, corners] = asked[asked.length - 1];
  assert.equal(name, 'fill');
  assert.deepEqual(shape.coordinates, [[0, 0], [0.02, 0.98], [1, 0]]);
  assert.equal(corners[2].node.id, 'n2');
});

test('a press on the last corner finishes what ends at no node', () => {
  const { pointing, asked } = town({ task: { kind: 'draw', corners: [] } });
  for (const at of [[3, 3], [4, 4], [4.001, 4]]) pointing.press(/** @type {any} */ (at), 0.05);
  assert.deepEqual(asked.at(-1)[1].coordinates, [[3, 3], [4, 4]]);
});

test('what a dragged corner means', () => {
  const record = { layer: 'network_lines', id: 'l', values: { network: 'gas', from_node: 'n1', to_node: 'n2' }, geometry: line([[0, 0], [0.5, 0], [1, 0]]) };
  const bent = town({ record });
  bent.pointing.drop({ path: 0, index: 1 }, [0.5, 0.5], 0.05);
  assert.deepEqual(bent.asked, [['apply', { op: 'reshape', layer: 'network_lines', id: 'l', geometry: line([[0, 0], [0.5, 0.5], [1, 0]]) }]]);
  const joined = town({ record: { ...record, values: { ...record.values, to_node: 'other' } } });
  joined.pointing.drop({ path: 0, index: 2 }, [1.01, 0], 0.05);
  assert.deepEqual(joined.asked, [['apply', { op: 'join', id: 'l', end: 'to', node: 'n2' }]]);
  const apart = town({ record });
  apart.pointing.drop({ path: 0, index: 2 }, [0.02, 0.99], 0.05);
  assert.deepEqual(apart.asked, [['apart'], ['look', 'network_lines', 'l']], 'another network is none to end at');
  const moved = town({ record: { layer: 'network_nodes', id: 'n1', values: {}, geometry: point([0, 0]) } });
  moved.pointing.drop({ path: 0, index: 0 }, [0.2, 0.2], 0.05);
  assert.deepEqual(moved.asked, [['apply', { op: 'move', layer: 'network_nodes', id: 'n1', to: [0.2, 0.2] }]]);
});

test('a line is split where it is pressed, at a node near that', () => {
  const record = { layer: 'network_lines', id: 'l', values: { network: 'gas', from_node: 'n1', to_node: 'x' }, geometry: line([[0, 0], [2, 0]]) };
  const { pointing, asked } = town({ record, task: { kind: 'split' } });
  pointing.press([1.01, 0], 0.05);
  assert.deepEqual(asked.at(-1), ['apply', { op: 'split', layer: 'network_lines', id: 'l', at: [1.01, 0], node_id: 'n2' }]);
});

test('problems of one kind are told once, errors first', () => {
  const problem = (/** @type {string} */ severity, /** @type {string} */ message, /** @type {string} */ id) => /** @type {any} */ ({ severity, message, id });
  const groups = problemGroups([problem('warning', '断头', 'a'), problem('error', '网络不同', 'b'), problem('warning', '断头', 'c')]);
  assert.deepEqual(groups.map((group) => group.map(({ id }) => id)), [['b'], ['a', 'c']]);
});
