import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NO_FILM } from '../../webmap/static/src/film/state.js';
import { decodeArea, decodeLink, encodeArea, encodeLink } from '../../webmap/static/src/link.js';
import { emptyMarks } from '../../webmap/static/src/state/marks.js';

const AT = '2026-01-12T08:00:00+08:00';
const START = { lines_electricity: true, roads: true, sites: false };

/** @returns {any} */
function state() {
  const marks = emptyMarks('energy-chengqu', AT);
  marks.faults = [{ element: 'e-sub-1', at: AT }, { element: 'h-2', at: '2026-01-12T07:30:00+08:00' }];
  marks.areas = [
    { kind: 'polygon', path: [[112.8, 35.5], [112.9, 35.5], [112.85, 35.6]], sizeM: 0 },
    { kind: 'corridor', path: [[112.8, 35.4], [112.95, 35.45]], sizeM: 350 },
    { kind: 'circle', path: [[112.84, 35.49]], sizeM: 1200 },
  ];
  marks.townships = ['140502001', '140525100'];
  marks.networks = ['electricity', 'heat'];
  marks.figures = {
    'energy-chengqu': { coal_stock_share: 0.35, coal_price: 'abnormal', beyond_township_capacity: false, affected_townships: 'five ~ six, 7%' },
    'heating-zezhou': { deaths: 3 },
  };
  marks.inoperable = ['e-sw-0028', 'h-vl-0052'];
  marks.orders = { 'energy-chengqu': { categories: ['hospital', 'government'], reason: '透析 ~ 病人在途，先保 & 其余' } };
  return {
    marks, hours: 4.25, shading: 'heat', vulnerability: 'gas', theme: 'dark', wall: true,
    view: { lat: 35.49, lng: 112.85, zoom: 12.5 },
    layers: { lines_electricity: false, roads: true, sites: true },
    restoration: { working: false, plan: null, fromHours: 0, response: null }, log: { id: null }, warnings: { open: null }, siting: { open: false }, imports: { open: false }, aftermath: { open: false }, film: NO_FILM,
  };
}

test('a link gives back everything that was seen', () => {
  const before = state();
  const link = encodeLink(before, 'en', START);
  const after = decodeLink(`#${link}`, 'other-plan', '2030-01-01T00:00:00+08:00');
  assert.deepEqual(after.marks, before.marks);
  assert.deepEqual(after.view, before.view);
  assert.equal(after.hours, 4.25);
  assert.equal(after.shading, 'heat');
  assert.equal(after.vulnerability, 'gas');
  assert.equal(after.theme, 'dark');
  assert.equal(after.wall, true);
  assert.equal(after.language, 'en');
  assert.deepEqual(after.layers, { lines_electricity: false, sites: true });
});

test('a plan that was made takes along its crews, also suggested ones, and when they start', () => {
  /** @type {any} */
  const response = {
    crews: [{ id: 'crew-1', name: '电力 ~ 1 队', skills: ['electricity', 'gas'], site: 's-1' }],
    units: [{ id: 'unit-4', name: '发电车', kind: 'generator', site: 's-4', capacity: 600 }],
    repairs: [{ fault: 'e-sub-1', hours: 2.5 }], fixed: [{ fault: 'h-2', crew: 'crew-1', position: 1 }], seconds: 10,
  };
  const made = { ...state(), restoration: { working: false, plan: {}, fromHours: 1.5, response } };
  const after = decodeLink(encodeLink(made, 'zh', START), 'p', AT);
  assert.deepEqual(after.marks?.response, response);
  assert.equal(after.planFromHours, 1.5);
  const without = decodeLink(encodeLink(state(), 'zh', START), 'p', AT);
  assert.deepEqual([without.marks?.response, without.planFromHours], [null, null]);
  assert.equal(decodeLink('pl=1&pr=e-1~2026-01-12T09%3A00%3A00%2B08%3A00', 'p', AT).planFromHours, 0);
});

test('an empty address starts with the plan and time given', () => {
  const after = decodeLink('', 'energy-chengqu', AT);
  assert.deepEqual(after.marks, emptyMarks('energy-chengqu', AT));
  assert.equal(after.view, undefined);
  assert.equal(after.hours, 0);
});

test('parts that cannot be read are left out, the rest is kept', () => {
  const after = decodeLink('#v=north,pole,x&t=yesterday&h=-3&hz=100000&a=star~1~0.0&a=polygon~0~1&f=e-1@noon&f=', 'p', AT);
  assert.equal(after.view, undefined);
  assert.equal(after.hours, 0);
  assert.equal(after.marks?.at, AT);
  assert.equal(after.marks?.horizonHours, 72);
  assert.deepEqual(after.marks?.areas, []);
  assert.deepEqual(after.marks?.faults, [{ element: 'e-1', at: AT }]);
});

test('figures and orders that cannot be read are left out, the rest is kept', () => {
  const after = decodeLink('#g=p~a~1~b~nonsense~c~%2527x~d&g=~a~1&g=%25E0%25A4%25A~a~1&o=p~why&o=p~~x&o=p~why~x', 'p', AT);
  assert.deepEqual(after.marks?.figures, { p: { a: 1, c: 'x' } });
  assert.deepEqual(after.marks?.orders, { p: { reason: 'why', categories: ['x'] } });
});

test('a drawn corner moves by less than a metre on its way through a link', () => {
  /** @type {any} */
  const area = { kind: 'polygon', path: [[112.123456, 35.654321], [-0.000004, -12.5], [112.2, 35.7]], sizeM: 0 };
  const again = decodeArea(encodeArea(area));
  area.path.forEach((/** @type {number[]} */ [lng, lat], /** @type {number} */ index) => {
    assert.ok(Math.abs((again?.path[index][0] ?? 99) - lng) <= 0.5e-5 + 1e-12);
    assert.ok(Math.abs((again?.path[index][1] ?? 99) - lat) <= 0.5e-5 + 1e-12);
  });
});

/** @param {any} log @param {any} [more] @returns {any} */
const inIncident = (log, more = {}) => ({ ...state(), log: { id: 'inc-7', known: null, following: true, ...log }, ...more });

test('an incident of the log is a link without marks; the log has them', () => {
  const link = encodeLink(inIncident({}), 'zh', START);
  const parts = new URLSearchParams(link);
  assert.equal(parts.get('i'), 'inc-7');
  for (const key of ['p', 't', 'f', 'a', 'tw', 'n', 'g', 'o', 'x', 'h', 'k', 'if', 'pf']) assert.equal(parts.has(key), false, key);
  const after = decodeLink(link, 'energy-chengqu', AT);
  assert.deepEqual([after.incident, after.known, after.hours, after.unreadable], ['inc-7', null, 0, []]);
  assert.deepEqual(after.view, state().view);
});

test('a link looks back at what was believed, or at a time chosen by hand', () => {
  const back = decodeLink(encodeLink(inIncident({ known: 12 }), 'zh', START), 'p', AT);
  assert.deepEqual([back.incident, back.known], ['inc-7', 12]);
  const chosen = decodeLink(encodeLink(inIncident({ following: false }), 'zh', START), 'p', AT);
  assert.deepEqual([chosen.incident, chosen.known, chosen.hours], ['inc-7', null, 4.25]);
});

test('a what-if on an incident shares the incident, not the what-if', () => {
  const link = encodeLink(inIncident({}, { present: state().marks }), 'zh', START);
  assert.equal(new URLSearchParams(link).has('if'), false);
  assert.equal(decodeLink(link, 'p', AT).incident, 'inc-7');
});

test('an entry number that is none is named; without an incident it says nothing', () => {
  const wrong = decodeLink('#i=inc-7&k=first', 'p', AT);
  assert.deepEqual([wrong.incident, wrong.known, wrong.unreadable], ['inc-7', null, [{ key: 'k', text: 'first' }]]);
  assert.deepEqual([decodeLink('#k=3', 'p', AT).incident, decodeLink('#k=3', 'p', AT).known], [null, null]);
});

test('a link opens the card of a warning, beside the networks of a calculation and with an incident', () => {
  const seen = { ...state(), warnings: { open: 'b3f1c2d4e5a60718' } };
  const after = decodeLink(encodeLink(seen, 'zh', START), 'p', AT);
  assert.equal(after.warning, 'b3f1c2d4e5a60718');
  assert.deepEqual(after.marks?.networks, ['electricity', 'heat']);
  assert.deepEqual(after.unreadable, []);
  const logged = { ...seen, log: { id: 'inc-1', known: null, following: true } };
  const incident = decodeLink(encodeLink(logged, 'zh', START), 'p', AT);
  assert.deepEqual([incident.incident, incident.warning, incident.unreadable], ['inc-1', 'b3f1c2d4e5a60718', []]);
});

test('networks alone name no warning, and what is neither is told', () => {
  assert.equal(decodeLink('n=electricity', 'p', AT).warning, null);
  const neither = decodeLink('n=gas,fire', 'p', AT);
  assert.deepEqual([neither.warning, neither.unreadable], [null, [{ key: 'n', text: 'gas,fire' }]]);
});
