import assert from 'node:assert/strict';
import { test } from 'node:test';

import { comparedAt } from '../../webmap/static/src/film/compare.js';
import { bandsOf, ticksOf } from '../../webmap/static/src/film/marks.js';
import { momentAt, playedAt, schedule } from '../../webmap/static/src/film/pace.js';
import { Screen, createReel, hoursLeft, knownShare, nextStop, stopsOf, toldAt } from '../../webmap/static/src/film/reel.js';
import { NO_FILM, decodeFilm, encodeFilm } from '../../webmap/static/src/film/state.js';

const figures = (/** @type {number} */ failed, /** @type {number} */ customers) => ({ townships: 1, inside: 1, failed, on_reserve: 0, unknown: 0, customers: [customers, 0, 0, 0], customers_unknown: [0, 0, 0, 0] });
const moment = (/** @type {number} */ s, /** @type {any} */ change = {}) => ({ s, nodes: [], lines: [], facilities: [], townships: [], figures: null, ranking: null, ...change });

/** Two nodes go at 60 s, one comes back at 120 s and fails again at 180 s. @returns {any} */
const film = () => ({
  plan: { county_code: '140502', county_name: '城区' }, begin: '2026-01-12T08:00:00+08:00', length_s: 7200, mode: 'known', known: 5,
  networks: ['electricity', 'gas', 'heat', 'water'], nodes: ['a', 'b'], lines: ['l'],
  facilities: [{ id: 'f-1', name: '医院', category: 'hospital', tier: 4 }, { id: 'f-2', name: '学校', category: 'school', tier: null }],
  townships: [{ code: '140502100', name: '甲镇', county_code: '140502', customers: [100, 0, 0, 0], customers_unknown: [0, 0, 0, 0] }],
  moments: [
    moment(60, { nodes: [0, 1], lines: [0], facilities: [[0, 1, 3660, false], [1, 2, 60, false]], townships: [[0, 0, 40, 0, 120]], figures: figures(0, 40), ranking: [0] }),
    moment(120, { nodes: [1], townships: [[0, 0, 10, 0, 30]], figures: figures(0, 10) }),
    moment(180, { nodes: [1], facilities: [[0, 2, 180, false]], figures: figures(1, 10) }),
  ],
  entries: [{ s: 0, number: 1, group: 'other', said: '停电', late: false }, { s: 60, number: 2, group: 'damage', said: '线路故障', late: false }, { s: 62, number: 3, group: 'damage', said: '又一处', late: false }],
  course: [{ s: 0, known: 1, phase: 'reported', level: null, next_report: null }, { s: 60, known: 3, phase: 'responding', level: 'III', next_report: null }, { s: 3600, known: 5, phase: 'ended', level: null, next_report: null }],
  gone: [],
});

/** @param {Screen} screen */
const seen = (screen) => ({ nodes: [...screen.deadNodes].sort(), lines: [...screen.deadLines], stand: screen.stand(0), out: screen.townships()[0].commodities.electricity?.customers_out, failed: screen.figures.failed, ranking: screen.ranking });

test('forwards, backwards and at once, a moment shows the same', () => {
  const reel = createReel(film());
  const walked = new Screen(reel);
  for (const s of [0, 60, 130, 7000, 120, 59, 180, 60, 125]) {
    walked.goTo(s);
    const jumped = new Screen(reel);
    jumped.goTo(s);
    assert.deepEqual(seen(walked), seen(jumped), `at ${s}`);
  }
  walked.goTo(125);
  assert.deepEqual(seen(walked), { nodes: ['a'], lines: ['l'], stand: { state: 'on_reserve', failsS: 3660, reserveUnknown: false }, out: 10, failed: 0, ranking: [0] });
  walked.goTo(0);
  assert.deepEqual(seen(walked), { nodes: [], lines: [], stand: { state: 'supplied', failsS: null, reserveUnknown: false }, out: 0, failed: 0, ranking: [] });
});

test('of a step only what became other is told', () => {
  const screen = new Screen(createReel(film()));
  screen.goTo(60);
  assert.deepEqual(screen.goTo(61), { network: false, facilities: new Set(), townships: false, figures: false, ranking: false });
  assert.deepEqual(screen.goTo(185), { network: true, facilities: new Set([0]), townships: true, figures: true, ranking: false });
});

test('hours left shrink with the time, down to none', () => {
  assert.equal(hoursLeft({ state: 'on_reserve', failsS: 3660, reserveUnknown: false }, 60), 1);
  assert.equal(hoursLeft({ state: 'failed', failsS: 60, reserveUnknown: false }, 600), 0);
  assert.equal(hoursLeft({ state: 'supplied', failsS: null, reserveUnknown: false }, 0), null);
});

test('a share that unknown figures could change is unknown', () => {
  assert.equal(knownShare(5, 10, 0, 0), 0.5);
  assert.equal(knownShare(5, 10, 1, 1), null);
  assert.equal(knownShare(5, 10, 0, 1), null);
  assert.equal(knownShare(0, 10, 0, 1), 0);
  assert.equal(knownShare(0, 0, 0, 0), null);
});

test('level and last sentence are those of the moment', () => {
  assert.deepEqual([toldAt(film(), 59).level, toldAt(film(), 60).level, toldAt(film(), 3600).phase], [null, 'III', 'ended']);
  assert.deepEqual([toldAt(film(), 61).entry?.number, toldAt(film(), 5000).entry?.number, toldAt(film(), -1).entry], [2, 3, null]);
});

test('steps go from change to change and stop at the ends', () => {
  const stops = stopsOf(film());
  assert.deepEqual(stops, [0, 60, 62, 120, 180, 7200]);
  assert.deepEqual([nextStop(stops, 0, 1), nextStop(stops, 62, 1), nextStop(stops, 7200, 1), nextStop(stops, 62, -1), nextStop(stops, 0, -1)], [60, 120, 7200, 60, 0]);
});

test('72 hours last as long as was chosen, and quiet stretches less', () => {
  const whole = [0, 3600, 72 * 3600];
  const plain = schedule(whole, 60, false);
  assert.ok(Math.abs(playedAt(plain, 72 * 3600) - 60) < 1e-9);
  assert.ok(Math.abs(momentAt(plain, 30) - 36 * 3600) < 1e-6);
  const short = schedule(whole, 60, true);
  assert.ok(playedAt(short, 72 * 3600) < 8);
  for (const s of [0, 100, 1800, 3600, 5000, 40 * 3600, 72 * 3600]) assert.ok(Math.abs(momentAt(short, playedAt(short, s)) - s) < 1e-6);
  assert.equal(momentAt(short, 1e9), 72 * 3600);
});

test('dense entries of a group are one tick that counts them', () => {
  assert.deepEqual(ticksOf(film(), 10), [{ group: 'other', count: 1, share: 0.05 }, { group: 'damage', count: 2, share: 0.05 }]);
  assert.deepEqual(bandsOf(film()), [{ level: 'III', from: 60 / 7200, to: 0.5 }]);
});

test('two moments: the change of each figure, and the places of the list that stand otherwise', () => {
  const reel = createReel(film());
  const { rows, places } = comparedAt(reel, 60, reel, 200);
  assert.deepEqual(rows.find(({ key }) => key === 'electricity'), { key: 'electricity', a: 40, b: 10, change: -30 });
  assert.deepEqual(rows.find(({ key }) => key === 'failed'), { key: 'failed', a: 0, b: 1, change: 1 });
  assert.deepEqual(places.map(({ name, a, b }) => [name, a.state, b.state]), [['医院', 'on_reserve', 'failed']]);
  assert.deepEqual(comparedAt(reel, 70, reel, 70).places, []);
});

test('a link says the moment, the mode and what is compared', () => {
  const open = { ...NO_FILM, open: true, begin: '2026-01-12T08:00:00+08:00', s: 3600, mode: /** @type {const} */ ('believed') };
  const text = encodeFilm(open);
  assert.equal(text, '2026-01-12T09:00:00+08:00~b');
  assert.deepEqual(decodeFilm(text ?? ''), { at: '2026-01-12T09:00:00+08:00', mode: 'believed', compared: null });
  const two = encodeFilm({ ...open, compared: { a: { s: 0, mode: 'known' }, b: { s: 3600, mode: 'believed' }, split: 0.4 } });
  assert.deepEqual(decodeFilm(two ?? '')?.compared, { a: { s: Date.parse('2026-01-12T08:00:00+08:00'), mode: 'known' }, b: { s: Date.parse('2026-01-12T09:00:00+08:00'), mode: 'believed' }, split: 0.4 });
  assert.equal(encodeFilm(NO_FILM), null);
  for (const wrong of ['', 'x', '2026-01-12T09:00:00+08:00', '2026-01-12T09:00:00+08:00~x', '2026-01-12T09:00:00+08:00~k~y~b~0.5', '2026-01-12T09:00:00+08:00~k~2026-01-12T09:00:00+08:00~b~7']) assert.equal(decodeFilm(wrong), null, wrong);
});
