import assert from 'node:assert/strict';
import { test } from 'node:test';

import { alikeness, figureRows, lostWithout, overfull, peopleBeyond, seatsOf, sharedSites } from '../../webmap/static/src/siting/compare.js';
import { differing } from '../../webmap/static/src/siting/conditions.js';
import { decimalsOf, drawCurve, niceTicks } from '../../webmap/static/src/siting/curve.js';
import * as drafts from '../../webmap/static/src/siting/draft.js';
import { createDraftKeeping } from '../../webmap/static/src/siting/keeping.js';
import { numbersOf, pictureOf } from '../../webmap/static/src/siting/picture.js';
import { fieldFor, sortProblems } from '../../webmap/static/src/siting/problems.js';
import { NO_SITING, decodeSiting, encodeSiting, withCompared, withRun } from '../../webmap/static/src/siting/state.js';

const MAP = { plan: 'energy-chengqu', onMap: null, closedRoads: [] };
const INCIDENT = /** @type {any} */ ({ plan: 'heating-zezhou', at: '2026-01-12T08:00:00+08:00', horizon_hours: 72 });
const FRAME = { width: 400, height: 200, left: 50, right: 50, top: 10, bottom: 30 };

/** @param {any} [change] @returns {any} */
function plan(change = {}) {
  const study = drafts.studyOf(drafts.newDraft(), MAP);
  return {
    data_version: '1', model: 'mclp', status: 'optimal', objective: 80, unit: 'min', cost: { total: 10, unknown_count: 0 },
    demand: { weight: 100, weight_unit: 'people', covered_weight: 80, covered_share: 0.8 }, worst: { name: 'x', site: 'a', distance: 20 },
    sites: [site('a', { new: false, status: 'existing' }), site('b'), site('c')], lines: [[112.1, 35.1, 1, 50, 4, 1], [112.2, 35.2, -1, 20, null, 0]],
    candidates: [{ ...site('b'), excluded: null, reason: null }, { ...site('d'), excluded: 'affected', reason: '在受灾范围内' }], uncovered: [],
    curve: [{ sites: 1, status: 'optimal', objective: 60, covered_share: 0.6 }, { sites: 0, status: 'optimal', objective: 40, covered_share: 0.4 }, { sites: 2, status: 'gap', objective: 80, covered_share: 0.8 }],
    ...change, study: { ...study, ...change.study },
  };
}

/** @param {string} id @param {any} [change] */
const site = (id, change = {}) => ({ id, name: `点${id}`, point: [112, 35], status: 'candidate', new: true, capacity: null, cost: null, ...change });
/** @param {any} [change] @returns {any} */
const run = (change = {}) => ({ id: 'run-1', state: 'done', plan_document: plan(), ...change });

test('the defaults are a question that can be asked at once', () => {
  for (const kind of drafts.KINDS) assert.deepEqual(drafts.wrongIn(drafts.newDraft(kind), null), [], kind);
  const study = drafts.studyOf(drafts.newDraft(), MAP);
  assert.deepEqual(study.question, { model: 'mclp', sites: 3, budget: null, standard: 15, backup: 0, shared: false });
  assert.equal(study.plan, 'energy-chengqu');
  assert.equal(study.incident, null);
});

test('another kind brings what is usual for it, but not over what was chosen', () => {
  const usual = drafts.withKind(drafts.newDraft(), 'mobile_generator');
  assert.deepEqual([usual.of, usual.standard], ['facilities', '20']);
  const chosen = drafts.withKind(drafts.withChoice(drafts.newDraft(), { standard: '40' }), 'mobile_generator');
  assert.deepEqual([chosen.of, chosen.standard], ['facilities', '40']);
});

test('an incident is part of the question only where something asks for it, and brings its plan', () => {
  const onMap = { ...MAP, onMap: INCIDENT };
  assert.equal(drafts.studyOf(drafts.newDraft(), onMap).incident, null);
  const affected = drafts.studyOf(drafts.withChoice(drafts.newDraft(), { affected: true }), onMap);
  assert.equal(affected.incident, INCIDENT);
  assert.equal(affected.plan, 'heating-zezhou');
  assert.deepEqual(drafts.wrongIn(drafts.withChoice(drafts.newDraft(), { where: 'incident' }), null).map(({ field }) => field), ['demand.where']);
});

test('what is written wrongly is told at its field, and an emptied number needs a budget', () => {
  /** @param {any} change */
  const wrong = (change) => drafts.wrongIn(drafts.withChoice(drafts.newDraft(), change), null).map(({ field }) => field);
  assert.deepEqual(wrong({ sites: '2.5' }), ['question.sites']);
  assert.deepEqual(wrong({ sites: '' }), ['question.sites']);
  assert.deepEqual(wrong({ sites: '', budget: '200万' }), []);
  assert.deepEqual(wrong({ standard: '一刻钟' }), ['question.standard']);
  assert.deepEqual(wrong({ standard: '', model: 'pmedian' }), []);
  assert.deepEqual(wrong({ sharePercent: '120' }), ['demand.share_in_need']);
  assert.deepEqual(wrong({ scenarios: [{ name: 'a', incident: null }] }), ['scenarios']);
  assert.deepEqual(wrong({ scenarios: [{ name: 'a', incident: null }, { name: 'b', incident: null }], model: 'pcenter' }), ['scenarios']);
  assert.deepEqual(wrong({ layer: false }), ['candidates']);
});

test('the form of a study stands for the same study', () => {
  const draft = drafts.withChoice(drafts.newDraft('crew'), { where: 'incident', budget: '200万', backup: '1', sharePercent: '12.5', townships: ['140502100'], by: 'straight', incident: INCIDENT });
  const study = drafts.studyOf(draft, MAP);
  assert.equal(study.question.budget, 2_000_000);
  assert.equal(study.question.standard, 3000, 'metres once distances are straight');
  assert.deepEqual(drafts.studyOf(drafts.draftOf(study), MAP), study);
});

test('capacities fall away where they are not in the unit of the demand', () => {
  const full = drafts.withChoice(drafts.newDraft(), { capacities: true });
  assert.equal(full.capacities, true);
  assert.equal(drafts.withChoice(full, { of: 'facilities' }).capacities, false);
  assert.equal(drafts.withKind(full, 'crew').capacities, false);
});

test('a point of the curve asks the same with another number', () => {
  const { study } = plan({ study: { question: { model: 'lscp', sites: null, standard: 15, budget: 5, backup: 0, shared: false } } });
  assert.deepEqual(drafts.withNumber(study, 2).question, { model: 'mclp', sites: 2, standard: 15, budget: null, backup: 0, shared: false });
});

test('the curve runs from few to many, higher where more are covered, and marks what was asked', () => {
  const { spots, ticks, measure, path } = drawCurve(plan(), FRAME);
  assert.equal(measure, 'share');
  assert.deepEqual(spots.map(({ sites }) => sites), [0, 1, 2]);
  assert.deepEqual(spots.map(({ x }) => x), [50, 200, 350]);
  const heights = spots.map(({ y }) => Number(y));
  assert.ok(heights[0] > heights[1] && heights[1] > heights[2]);
  assert.ok(heights.every((y) => y >= FRAME.top && y <= FRAME.height - FRAME.bottom));
  assert.deepEqual(spots.map(({ asked, proven }) => [asked, proven]), [[false, true], [false, true], [true, false]]);
  assert.ok(Math.abs(Number(spots[1].gain) - 0.2) < 1e-9);
  assert.ok(ticks[0].value <= 0.4 && ticks[ticks.length - 1].value >= 0.8);
  assert.equal(path.split(/[ML]/).length - 1, 3);
});

test('the curve breaks where a number of sites is impossible, and p-median shows the mean way', () => {
  const broken = plan({ model: 'pmedian', curve: [{ sites: 0, status: 'infeasible', objective: null }, { sites: 1, status: 'optimal', objective: 900 }, { sites: 2, status: 'optimal', objective: 450 }] });
  const { spots, measure, path } = drawCurve(broken, FRAME);
  assert.equal(measure, 'mean');
  assert.deepEqual(spots.map(({ value, infeasible }) => [value, infeasible]), [[null, true], [9, false], [4.5, false]]);
  assert.equal(path.match(/M/g)?.length, 1);
  assert.equal(drawCurve(plan({ curve: [] }), FRAME).spots.length, 0);
  assert.deepEqual(niceTicks(0.962, 0.986), [0.96, 0.97, 0.98, 0.99]);
});

test('side by side the better figure is marked, each in its own direction', () => {
  const rows = figureRows([plan(), plan({ demand: { weight: 100, weight_unit: 'people', covered_weight: 90, covered_share: 0.9 }, worst: { distance: 25 }, cost: { total: 30, unknown_count: 0 } })]);
  /** @param {string} key */
  const best = (key) => rows.find((row) => row.key === key)?.cells.map((cell) => cell.best);
  assert.deepEqual(best('covered_share'), [false, true]);
  assert.deepEqual(best('worst'), [true, false]);
  assert.deepEqual(best('cost'), [true, false]);
  assert.deepEqual(best('new_sites'), [false, false], 'more is neither better nor worse');
});

test('no best is marked where demand or standard differ, or a figure is unknown', () => {
  const other = plan({ worst: { distance: 5 }, study: { demand: { of: 'facilities' } }, cost: { total: 1, unknown_count: 2 } });
  assert.deepEqual(alikeness([plan(), other]), { measure: false, standard: true, data: true });
  assert.ok(figureRows([plan(), other]).every(({ cells }) => cells.every(({ best }) => !best)));
});

test('plans of which one counts seats, or a part of the people, are not ranked, and what differs is named', () => {
  const base = drafts.newDraft();
  /** @param {any} change */
  const made = (change) => plan({ demand: { weight: 100, weight_unit: 'people', covered_weight: 90, covered_share: 0.9 }, study: drafts.studyOf(drafts.withChoice(base, change), { ...MAP, onMap: INCIDENT }) });
  /** @type {[any, string, boolean][]} */
  const cases = [[{ capacities: true }, 'capacities', true], [{ sharePercent: '5' }, 'share', true], [{ where: 'incident' }, 'where', true], [{ by: 'straight' }, 'distance', true], [{ townships: ['140502100'] }, 'townships', true],
    [{ without: ['b'] }, 'candidates', false], [{ budget: '200万' }, 'budget', false], [{ backup: '1' }, 'backup', false]];
  for (const [change, key, measure] of cases) {
    const plans = [plan({ study: drafts.studyOf(base, MAP) }), made(change)];
    assert.ok(differing(plans).includes(/** @type {any} */ (key)), key);
    const share = figureRows(plans).find((row) => row.key === 'covered_share');
    assert.equal(share?.cells.some(({ best }) => best), !measure, key);
  }
  assert.ok(figureRows([plan(), plan({ worst: { distance: 5 }, study: { question: { ...plan().study.question, standard: 30 } } })]).every(({ cells }) => cells.every(({ best }) => !best)), 'another standard');
  const zoned = made({ affected: true });
  assert.deepEqual(differing([made({}), { ...zoned, study: { ...zoned.study, plan: MAP.plan } }]), ['excluded'], 'an incident that only excludes ground leaves the demand as it was');
});

test('sites of several plans carry the letters of all that have them, shared ones first', () => {
  const shared = sharedSites([plan(), plan({ sites: [site('c'), site('e')] })]);
  assert.deepEqual(shared.map(({ id, letters }) => [id, letters.join('')]), [['c', 'AB'], ['b', 'A'], ['e', 'B']]);
});

test('the map numbers new sites, draws lines to what they serve and leaves the rest visible', () => {
  const siting = { ...NO_SITING, open: true, view: /** @type {const} */ ('answer'), shown: ['run-1'], known: { 'run-1': run() } };
  const picture = pictureOf(siting);
  assert.deepEqual([...numbersOf(plan())], [['b', 1], ['c', 2]]);
  assert.deepEqual(picture?.marks.map(({ id, look, text }) => [id, look, text]), [['d', 'out', ''], ['a', 'existing', ''], ['b', 'new', '1'], ['c', 'new', '2']]);
  assert.deepEqual(picture?.dots.map(({ state, site: own }) => [state, own]), [['covered', 'b'], ['left', null]]);
  assert.equal(pictureOf({ ...siting, open: false }), null);
});

test('a candidate that is left out by hand is crossed out before the server has answered', () => {
  const survey = /** @type {any} */ ({ demand_points: [], existing: [], candidates: [{ ...site('b'), excluded: null, reason: null }, { ...site('d'), excluded: 'area', reason: '在排除区内' }] });
  const siting = { ...NO_SITING, open: true, draft: { ...drafts.newDraft(), without: ['b'] }, survey };
  assert.deepEqual(pictureOf(siting)?.marks.map(({ id, look, reason, pressable }) => [id, look, reason, pressable]), [['b', 'out', null, true], ['d', 'out', '在排除区内', false]]);
});

test('a problem is told at the nearest field that the form has', () => {
  const known = ['kind', 'question.sites', 'candidates', 'excluded.areas', 'scenarios'];
  assert.equal(fieldFor(known, 'study.question.sites'), 'question.sites');
  assert.equal(fieldFor(known, 'candidates.points[0].point'), 'candidates');
  assert.equal(fieldFor(known, 'excluded.areas[1]'), 'excluded.areas');
  assert.equal(fieldFor(known, 'excluded'), 'excluded.areas');
  assert.equal(fieldFor(known, 'plan'), null);
  const { beside, rest } = sortProblems(known, [{ field: 'scenarios[0].name', message: 'a', remedy: '' }, { field: 'plan', message: 'b', remedy: '' }]);
  assert.deepEqual([[...beside.keys()], rest.length], [['scenarios'], 1]);
});

test('a link names what is looked at, and only what a link can name is read', () => {
  const known = { open: true, view: /** @type {const} */ ('compare'), shown: ['run-a', 'run-b'] };
  assert.equal(encodeSiting({ ...NO_SITING, ...known }), 'run-a,run-b');
  assert.deepEqual(decodeSiting('run-a,run-b'), known);
  assert.deepEqual(decodeSiting('run-a'), { open: true, view: 'answer', shown: ['run-a'] });
  assert.equal(encodeSiting({ ...NO_SITING, open: true }), 'new');
  assert.equal(encodeSiting(NO_SITING), null);
  for (const wrong of ['', 'run-a,run-a', 'a b', 'run-a,run-b,run-c,run-d']) assert.equal(decodeSiting(wrong), null, wrong);
});

test('three plans at the most are compared, and a list keeps the order of its runs', () => {
  assert.deepEqual(['a', 'b', 'c', 'd'].reduce(withCompared, []), ['b', 'c', 'd']);
  assert.deepEqual(withCompared(['a', 'b'], 'a'), ['b']);
  const list = withRun([run({ id: 'x' }), run({ id: 'y', state: 'running' })], run({ id: 'y', state: 'done' }));
  assert.deepEqual(list?.map(({ id, state }) => [id, state]), [['x', 'done'], ['y', 'done']]);
  assert.deepEqual(withRun([], run({ id: 'z' }))?.map(({ id }) => id), ['z']);
});

test('the form is found again after a sign-in, unless another version of the page wrote it', () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value) };
  const keeping = createDraftKeeping(storage);
  assert.deepEqual(keeping.take(), drafts.newDraft());
  const draft = drafts.withChoice(drafts.newDraft('crew'), { sites: '7', incident: INCIDENT, without: ['a'] });
  keeping.keep(draft);
  assert.deepEqual(keeping.take(), draft);
  for (const wrong of ['{"kind":"crew"}', 'no json', JSON.stringify({ ...draft, without: 'a' })]) {
    kept.set([...kept.keys()][0], wrong);
    assert.deepEqual(keeping.take(), drafts.newDraft(), wrong);
  }
});

test('a site that gets more people than it holds is told, unless capacities were counted', () => {
  const sites = [site('a', { capacity: 100, serves_weight: 100 }), site('b', { capacity: 100, serves_weight: 101 }), site('c', { serves_weight: 900 })];
  assert.deepEqual(overfull(plan({ kind: 'warm_shelter', sites })).map(({ id }) => id), ['b']);
  assert.deepEqual(overfull(plan({ kind: 'warm_shelter', sites, study: { capacities: true } })), []);
  assert.deepEqual(overfull(plan({ kind: 'coal_depot', sites })), [], 'tonnes are no people');
});

test('what a site is worth is told in what its question measures', () => {
  /** @param {string} model @param {number | null} objective @param {number | null} gone @param {number | null} [share] @returns {any} */
  const lost = (model, objective, gone, share = 0.8) => lostWithout({ without_it: { objective: gone, covered_share: share } }, plan({ model, objective }));
  assert.deepEqual(lost('pmedian', 900, 1000), { measure: 'mean', value: 1 }, 'the share covered is as it was, the way is not');
  assert.deepEqual(lost('pmedian', 900, 900.0000001), { measure: 'mean', value: 0 });
  assert.deepEqual(lost('pcenter', 41, 41), { measure: 'worst', value: 0 });
  assert.equal(lost('pcenter', 41, 55).value, 14);
  assert.equal(lost('pmedian', 900, null), null);
  assert.ok(Math.abs(lost('mclp', 80, 70, 0.7).value - 0.1) < 1e-9);
  assert.equal(lost('mclp', 80, null, null), null);
});

test('too few seats are told with their size, and only where they were not counted', () => {
  const demand = { weight: 100, weight_unit: 'people', covered_weight: 80, covered_share: 0.8, seats: { total: 79, unknown_count: 2 } };
  assert.deepEqual(seatsOf(plan({ demand })), { total: 79, unknown_count: 2, scarce: true });
  assert.equal(seatsOf(plan({ demand: { ...demand, seats: { total: 80, unknown_count: 0 } } }))?.scarce, false);
  assert.equal(seatsOf(plan({ demand, study: { capacities: true } })), null);
  assert.equal(seatsOf(plan({ demand: { ...demand, seats: null } })), null);
  assert.equal(peopleBeyond([site('a', { capacity: 100, serves_weight: 130 }), site('b', { capacity: 10, serves_weight: 15 })]), 35);
});

test('the lines of a curve are told apart, and none stands above all', () => {
  /** @param {number[]} shares */
  const ticks = (shares) => drawCurve(plan({ curve: shares.map((share, sites) => ({ sites, status: 'optimal', objective: null, covered_share: share })) }), FRAME).ticks.map(({ value }) => value);
  for (const shares of [[0.001, 0.005, 0.012], [0.4, 0.8], [1, 1, 1], [0.97, 1], [0, 0], [0.995, 0.999], [0.9996, 0.9998]]) {
    const values = ticks(shares);
    assert.ok(values.length > 1 && values.every((value) => value <= 1), `${shares}: ${values}`);
    assert.ok(values[0] <= shares[0] && values[values.length - 1] >= shares[shares.length - 1] - 1e-9, `${shares}: ${values}`);
    const percents = values.map((value) => 100 * value);
    assert.equal(new Set(percents.map((value) => value.toFixed(decimalsOf(percents)))).size, values.length, `${shares}`);
  }
});

test('digits of an input method are digits', () => {
  const draft = drafts.withChoice(drafts.newDraft(), { sharePercent: '０.５', sites: '２', standard: '１２．５', budget: '２００万' });
  assert.deepEqual(drafts.wrongIn(draft, null), []);
  const { demand, question } = drafts.studyOf(draft, MAP);
  assert.deepEqual([demand.share_in_need, question.sites, question.standard, question.budget], [0.005, 2, 12.5, 2_000_000]);
});
