import assert from 'node:assert/strict';
import { test } from 'node:test';

import { entryText, formHint, gaps, groupOf, grouped, moved, readEntry } from '../../webmap/static/src/state/figures.js';
import * as marks from '../../webmap/static/src/state/marks.js';
import { operatedAs } from '../../webmap/static/src/state/operations.js';

const AT = '2026-01-12T08:00:00+08:00';
const PLAN = 'energy-chengqu';
const none = () => ({});

test('shares are written in percent and carried as fractions', () => {
  assert.equal(readEntry('share', '30'), 0.3);
  assert.equal(readEntry('share', ' 29 % '), 0.29);
  assert.equal(readEntry('share', '7％'), 0.07);
  assert.equal(entryText('share', 0.29), '29');
  for (const text of ['0', '0.1', '28.5', '33.3333', '100']) assert.equal(entryText('share', readEntry('share', text)), text);
});

test('money takes 万 and 亿, and words in English', () => {
  assert.equal(readEntry('yuan', '1000万'), 10_000_000);
  assert.equal(readEntry('yuan', '1.2 亿元'), 120_000_000);
  assert.equal(readEntry('yuan', '10,500,000'), 10_500_000);
  assert.equal(readEntry('yuan', '3 million'), 3_000_000);
});

test('an empty entry is unknown; what cannot be read is kept for the server to judge', () => {
  assert.equal(readEntry('count', '   '), null);
  assert.equal(readEntry('count', 'about 5'), 'about 5');
  assert.equal(readEntry('share', '1.2.3'), '1.2.3');
  assert.equal(entryText('share', 'about 5'), 'about 5');
  assert.equal(entryText('share', null), '');
});

test('yes, no and not known are three things', () => {
  assert.equal(readEntry('flag', 'true'), true);
  assert.equal(readEntry('flag', 'false'), false);
  assert.equal(readEntry('flag', ''), null);
  assert.equal(readEntry('choice', 'severe'), 'severe');
});

test('figures stand in groups, and one of a plan never seen before is not lost', () => {
  assert.equal(groupOf('coal_stock_share'), 'coal');
  assert.equal(groupOf('gas_local_gap_share'), 'gas');
  assert.equal(groupOf('heat_customers_out_share'), 'heat');
  assert.equal(groupOf('power_customers_out_share'), 'grid');
  assert.equal(groupOf('beyond_county_capacity'), 'extent');
  /** @type {any} */
  const figures = ['headquarters_judgement', 'deaths', 'direct_loss_yuan', 'dams_broken'].map((key) => ({ key }));
  const groups = grouped(figures);
  assert.deepEqual(groups.map(({ group }) => group), ['people', 'other', 'judgement']);
  assert.equal(groups.flatMap((entry) => entry.figures).length, figures.length);
});

test('a hint for the form says nothing of fractions', () => {
  assert.equal(formHint('停电用户除以全区供电用户，以小数填写，45% 填 0.45；向城区供电中心核实'), '停电用户除以全区供电用户；向城区供电中心核实');
  assert.equal(formHint('以小数填写，8% 填 0.08；向城区供电中心核实'), '向城区供电中心核实');
  assert.equal(formHint('Lowest stock, as a fraction: 0.35 for 35 %; ask the companies'), 'Lowest stock; ask the companies');
  assert.equal(formHint('As a fraction: 0.08 for 8 %; ask the centre'), 'Ask the centre');
  assert.equal(formHint('单位为天，12 小时填 0.5；向管道企业核实'), '单位为天，12 小时填 0.5；向管道企业核实');
});

test('only what a clause still lacks is named', () => {
  const short = { figure: 'a', observed: 0.27, needed: 0.3 };
  assert.deepEqual(gaps([short, { figure: 'b', observed: 2, needed: 2 }]), [short]);
});

test('a class moves by one place and stops at both ends', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 2, 0), ['c', 'a', 'b']);
  assert.deepEqual(moved(['a', 'b', 'c'], 0, 1), ['b', 'a', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 0, -1), ['a', 'b', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 1, 9), ['a', 'c', 'b']);
});

test('reported figures and the order go into the incident, each under its own plan', () => {
  let now = marks.withFigure(marks.emptyMarks(PLAN, AT), 'customers_out_share', 0.55);
  now = marks.withPriorityOrder(now, { categories: ['hospital'], reason: 'r' });
  assert.deepEqual(marks.incidentDocument(now, 0, /** @type {any} */ (none)).figures, { customers_out_share: 0.55 });
  assert.deepEqual(marks.incidentDocument(now, 0, /** @type {any} */ (none)).priority_order, { categories: ['hospital'], reason: 'r' });
  const other = marks.incidentDocument({ ...now, plan: 'heating-zezhou' }, 0, /** @type {any} */ (none));
  assert.equal('figures' in other || 'priority_order' in other, false);
  assert.equal('priority_order' in marks.incidentDocument(marks.withPriorityOrder(now, null), 0, /** @type {any} */ (none)), false);
});

test('a reported figure is an incident, and taking the last one back ends it', () => {
  const empty = marks.emptyMarks(PLAN, AT);
  const one = marks.withFigure(empty, 'coal_price', 'abnormal');
  assert.equal(marks.hasIncident(empty), false);
  assert.equal(marks.hasIncident(one), true);
  assert.equal(marks.hasIncident(marks.withFigure(one, 'coal_price', null)), false);
  assert.equal(marks.withFigure(one, 'coal_price', 'abnormal'), one);
  assert.equal(marks.withFigure(empty, 'coal_price', null), empty);
});

test('a refused figure is left out of the question; any other refusal is not covered up', () => {
  const two = marks.withFigure(marks.withFigure(marks.emptyMarks(PLAN, AT), 'coal_stock_share', 35), 'customers_out_share', 0.5);
  const problem = (/** @type {string} */ field) => ({ field, message: '', remedy: '' });
  assert.deepEqual(marks.withoutRefused(two, [problem('figures.coal_stock_share')])?.figures[PLAN], { customers_out_share: 0.5 });
  assert.equal(two.figures[PLAN].coal_stock_share, 35);
  assert.equal(marks.withoutRefused(two, [problem('figures.coal_stock_share'), problem('faults[0].element')]), null);
  assert.equal(marks.withoutRefused(two, [problem('figures.nobody_entered_this')]), null);
  assert.equal(marks.withoutRefused(two, []), null);
});

test('valves are closed, switches are opened', () => {
  assert.deepEqual(['valve', 'switch'].map(operatedAs), ['valve', 'switch']);
});
