import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NO_FILM } from '../../webmap/static/src/film/state.js';
import { decodeLink, encodeLink } from '../../webmap/static/src/link.js';
import { effective, isOpen, repairedBy, withOperation, withPlacement, withRepair, withRoadClosed, withoutOperation } from '../../webmap/static/src/state/interventions.js';
import { emptyMarks, incidentDocument, withFault, withStart, withoutFault } from '../../webmap/static/src/state/marks.js';

const AT = '2026-01-12T08:00:00+08:00';
const TEN = '2026-01-12T10:00:00+08:00';
const NOON = '2026-01-12T12:00:00+08:00';
const none = /** @type {any} */ (() => null);
const marked = () => withFault(emptyMarks('p', AT), 'e-1');

test('what is done goes into the incident document; what is not is left out', () => {
  const untouched = incidentDocument(marked(), 0, none);
  for (const field of ['repairs', 'placements', 'operations', 'closed_roads']) assert.equal(field in untouched, false);
  let marks = withRepair(marked(), 'e-1', TEN);
  marks = withPlacement(marks, { facility: 'f', commodity: 'heat', at: TEN });
  marks = withRoadClosed(withOperation(marks, { device: 'd', action: 'close', at: TEN }), 'r-1', true);
  const { repairs, placements, operations, closed_roads: roads } = incidentDocument(marks, 2, none);
  assert.deepEqual([repairs, placements, operations, roads],
    [[{ element: 'e-1', at: TEN }], [{ facility: 'f', commodity: 'heat', at: TEN }], [{ device: 'd', action: 'close', at: TEN }], ['r-1']]);
});

test('a fault that is taken away takes its repair along, also one of a plan', () => {
  const marks = { ...withRepair(marked(), 'e-1', TEN), planned: { repairs: [{ element: 'e-2', at: NOON }], placements: [], operations: [] } };
  assert.equal('repairs' in incidentDocument(withoutFault(marks, 'e-1'), 0, none), false);
  assert.equal(withRepair(marks, 'e-9', null), marks);
});

test('by hand counts before the plan', () => {
  const planned = { repairs: [{ element: 'e-1', at: NOON }], placements: [{ facility: 'f', commodity: /** @type {const} */ ('heat'), at: NOON }], operations: [] };
  const marks = { ...withRepair(marked(), 'e-1', TEN), planned };
  assert.deepEqual(effective(marks).repairs, [{ element: 'e-1', at: TEN }]);
  assert.deepEqual(effective(marks).placements, planned.placements);
  assert.deepEqual([...repairedBy(marks, TEN)], ['e-1']);
  assert.deepEqual([...repairedBy(marks, AT)], []);
});

test('a facility has one unit for each commodity, a device one operation at a moment', () => {
  let marks = withPlacement(marked(), { facility: 'f', commodity: 'heat', at: TEN });
  marks = withPlacement(withPlacement(marks, { facility: 'f', commodity: 'electricity', at: TEN }), { facility: 'f', commodity: 'heat', at: NOON });
  assert.deepEqual(marks.placements.map(({ commodity, at }) => [commodity, at]), [['electricity', TEN], ['heat', NOON]]);
  marks = withOperation(withOperation(marks, { device: 'd', action: 'open', at: NOON }), { device: 'd', action: 'close', at: TEN });
  marks = withOperation(marks, { device: 'd', action: 'open', at: TEN });
  assert.deepEqual(marks.operations.map(({ action, at }) => [action, at]), [['open', TEN], ['open', NOON]]);
  assert.equal(withoutOperation(marks, 'd', TEN).operations.length, 1);
});

test('a device stands as last operated, else as it stands normally', () => {
  const marks = withOperation(withOperation(marked(), { device: 'd', action: 'close', at: TEN }), { device: 'd', action: 'open', at: NOON });
  assert.deepEqual([AT, TEN, NOON].map((at) => isOpen(marks, 'd', true, at)), [true, false, true]);
  assert.equal(isOpen(marks, 'other', false, NOON), false);
});

test('a plan does not follow the incident to another start', () => {
  const marks = { ...marked(), planned: { repairs: [], placements: [], operations: [] } };
  assert.equal(withStart(marks, NOON).planned, null);
  assert.notEqual(withStart(marks, AT).planned, null);
});

/** @returns {any} */
function everything() {
  return {
    ...withRepair(marked(), 'e-1', TEN),
    placements: [{ facility: 'f-1', commodity: 'electricity', at: TEN, unit: 'u~1' }], operations: [{ device: 'd', action: 'open', at: NOON }],
    closedRoads: ['r-1', 'r-2'], planned: { repairs: [{ element: 'e-1', at: NOON }], placements: [], operations: [{ device: 't', action: 'close', at: AT }] },
    response: {
      crews: [{ id: 'crew-1', name: '电力 ~ 1 队, 南', skills: ['electricity', 'heat'], site: 's-1' }, { id: 'crew-2', name: 'B', skills: ['gas'], depot: [112.8, 35.5] }],
      units: [{ id: 'u-1', name: '车', kind: 'generator', site: 's-2', capacity: 600 }, { id: 'u-2', name: 'x', kind: 'boiler', depot: [112, 35] }],
      repairs: [{ fault: 'e-1', hours: 2.5 }], fixed: [{ fault: 'e-1', crew: 'crew-1', position: 2 }, { fault: 'e-2', crew: 'crew-2' }], seconds: 30,
    },
  };
}
/** @param {any} marks @param {any} [present] @returns {any} */
const state = (marks, present = null) => ({ marks, present, hours: 0, shading: 'worst', vulnerability: null, theme: 'system', wall: false, view: null, layers: {}, restoration: { working: false, plan: null, fromHours: 0, response: null }, log: { id: null }, warnings: { open: null }, siting: { open: false }, imports: { open: false }, aftermath: { open: false }, film: NO_FILM });

test('a link gives back what is done, the plan that is played and the crews', () => {
  const restored = decodeLink(encodeLink(state(everything()), 'zh', {}), 'p', NOON);
  assert.deepEqual(restored.marks, everything());
  assert.equal(restored.present, null);
  assert.deepEqual(restored.unreadable, []);
});

test('no crews entered is not the same as crews as suggested', () => {
  const empty = { ...marked(), response: { crews: [], units: [], repairs: [], fixed: [], seconds: 10 } };
  assert.deepEqual(decodeLink(encodeLink(state(empty), 'zh', {}), 'p', AT).marks?.response, empty.response);
  assert.equal(decodeLink(encodeLink(state(marked()), 'zh', {}), 'p', AT).marks?.response, null);
});

test('a link keeps the present and the what-if apart', () => {
  const restored = decodeLink(encodeLink(state(everything(), marked()), 'zh', {}), 'p', NOON);
  assert.deepEqual(restored.present, marked());
  assert.deepEqual(restored.marks, everything());
});

test('what cannot be read of what is done is left out and named', () => {
  const restored = decodeLink(`#f=e-1&r=e-1~noon&r=~x&m=f~coal~${encodeURIComponent(TEN)}&d=d~turn~x&cs=10&c=id~~electricity&fx=e-1&rh=e-1~-2`, 'p', AT);
  const { repairs, placements, operations, response } = /** @type {any} */ (restored.marks);
  assert.deepEqual([repairs, placements, operations, response.crews, response.fixed, response.repairs], [[], [], [], [], [], []]);
  assert.deepEqual(restored.unreadable.map(({ key }) => key), ['r', 'r', 'm', 'd', 'c', 'fx', 'rh']);
});
