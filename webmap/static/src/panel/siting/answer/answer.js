/** The answer to a siting question: one sentence, figures, sites, the curve, who is left out, what it rests on, what to do with it. */

import { h, replaceChildren } from '../../../element.js';
import { moment } from '../../../format.js';
import { sign } from '../../../icons.js';
import { figureOf, overfull, peopleBeyond, seatsOf } from '../../../siting/compare.js';
import { openRun } from '../../../siting/state.js';
import { sitingLegend } from '../legend.js';
import { lostRun } from '../lost.js';
import { sitingProgress } from '../progress.js';
import { sitingWords } from '../words.js';
import { choicePart } from './choice.js';
import { coveragePart } from './coverage.js';
import { curvePart } from './curve.js';
import { downloadPart } from './downloads.js';
import { robustPart } from './robust.js';
import { sitesPart } from './sites.js';

/** @typedef {import('../../../types').PageState} PageState */
/** @typedef {import('../../../siting').SitingRun} SitingRun */
/** @typedef {import('../../../siting').SitingPlan} SitingPlan */

/** Of an incident document that names none. */
const USUAL_HORIZON_H = 72;

/** @param {import('../../context').PageContext} context */
export function mountAnswer(context) {
  const { words: { t, language }, siting, fitSites } = context;
  const say = sitingWords(context);
  const progress = sitingProgress(context);
  const head = h('div', { class: 'siting-answer-head' });
  const notices = h('div', { class: 'siting-notices' });
  const figures = h('div', { class: 'siting-figures' });
  const sites = sitesPart(context, say);
  const curve = curvePart(context, say);
  const coverage = coveragePart(context, say);
  const robust = robustPart(context, say);
  const choice = choicePart(context);
  const downloads = downloadPart(context);
  const basis = h('div', {});
  const answer = h('div', { class: 'siting-answer-body' }, figures, notices, sitingLegend(context.words, ['new', 'existing', 'candidate', 'out', 'covered', 'left']), choice.element, sites.element, curve.element, coverage.element, robust.element, basis, downloads.element);
  const waiting = h('p', { class: 'empty', role: 'status' });
  const element = h('div', { class: 'siting-answer', hidden: true }, waiting, progress.element, head, answer);
  /** What was drawn last, so that what has the focus stays while another site is lit. @type {SitingRun | null} */
  let drawn = null;
  let fitted = '';

  /** @param {SitingRun} run @param {SitingPlan} plan */
  function showHead(run, plan) {
    const edit = h('button', { type: 'button', class: 'text-button', 'data-siting-edit': '' }, t('siting.edit'));
    edit.addEventListener('click', () => void siting.edit(run.id));
    const mark = plan.synthetic && h('span', { class: 'siting-sample' }, t('sample'));
    replaceChildren(head,
      h('div', { class: 'siting-title' }, h('p', { class: 'facts' }, say.title(run), mark), edit),
      h('p', { class: 'siting-sentence', 'data-siting-sentence': '' }, plan.sentence),
      h('p', { class: 'siting-proof', 'data-siting-status': plan.status }, sign(plan.status === 'optimal' ? 'check' : plan.status === 'infeasible' ? 'close' : 'clock'), h('span', {}, plan.proof)),
      plan.scenario && h('p', { class: 'facts' }, t('siting.scenario.shown', { name: plan.scenario })));
  }

  /** What has to be known before the answer is trusted. @param {SitingRun} run @param {SitingPlan} plan */
  function showNotices(run, plan) {
    const again = h('button', { type: 'button', class: 'secondary-button', 'data-siting-again': '' }, t('siting.again'));
    again.addEventListener('click', () => void siting.again(run.id));
    const full = overfull(plan);
    replaceChildren(notices,
      // A choice changes the data by itself.
      !run.current && !run.choice && h('div', { class: 'stale-note', 'data-siting-stale': '' }, h('span', {}, t('siting.stale')), again),
      run.state === 'cancelled' && h('p', { class: 'stale-note' }, t('siting.ended.cancelled.best')),
      full.length > 0 && h('p', { class: 'stale-note', 'data-siting-overfull': full.length }, t('siting.overfull', { count: full.length, people: say.amount(peopleBeyond(full), 'people') })),
      plan.straight && h('p', { class: 'stale-note' }, t('siting.straight_note')),
      plan.notes.length > 0 && h('ul', { class: 'siting-notes', 'data-siting-notes': '' }, ...plan.notes.map((text) => h('li', {}, text))));
  }

  /** @param {string} title @param {string} value @param {string} [below] @param {boolean} [caution] */
  const figure = (title, value, below, caution) => h('div', { class: `siting-figure${caution ? ' caution' : ''}` }, h('span', {}, caution && sign('alert'), title), h('strong', {}, value), below && h('span', { class: 'facts' }, below));

  /** @param {SitingPlan} plan */
  function showFigures(plan) {
    const { demand, worst, unit, cost, study } = plan;
    const seats = seatsOf(plan);
    const mean = figureOf(plan, 'mean');
    const standard = study.question.standard !== null && demand.covered_share !== null;
    const unknown = cost.unknown_count > 0 ? t('siting.cost_unknown', { count: cost.unknown_count }) : '';
    replaceChildren(figures,
      standard && figure(t('siting.covered', { standard: say.standard(study) }), say.share(demand.covered_share), demand.covered_weight === null ? '' : t(study.demand.of === 'facilities_then_people' ? 'siting.of_both' : 'siting.of_all', { part: say.amount(demand.covered_weight, demand.weight_unit), all: say.amount(demand.weight, demand.weight_unit) })),
      mean !== null && figure(t('siting.compare.mean'), say.way(mean, unit)),
      seats && figure(t('siting.seats'), say.amount(seats.total, 'people'), [seats.scarce && t('siting.seats_scarce'), seats.unknown_count > 0 && t('siting.seats_unknown', { count: seats.unknown_count })].filter(Boolean).join(t('siting.semicolon')), seats.scarce),
      worst && figure(t('siting.worst'), say.way(worst.distance, unit), worst.name),
      (cost.total !== null || unknown) && figure(t('siting.cost'), say.money(cost.total), unknown));
  }

  /** What happened in the incident that the plan was made for. @param {import('../../../types').IncidentDocument} told */
  function incident({ at, horizon_hours: hours = USUAL_HORIZON_H, faults = [], area, area_townships: townships = [], closed_roads: roads = [] }) {
    const parts = [faults.length && t('siting.incident.faults', { count: faults.length }), area && t('siting.incident.area'), townships.length && t('siting.part.townships', { count: townships.length }), roads.length && t('siting.incident.roads', { count: roads.length })];
    return t('siting.incident', { at: moment(at, language), hours, what: parts.filter(Boolean).join(t('list_comma')) });
  }

  /** @param {SitingRun} run @param {SitingPlan} plan */
  function showBasis(run, plan) {
    replaceChildren(basis,
      h('details', { class: 'siting-fold', 'data-siting-basis': '' }, h('summary', {}, t('siting.basis')),
        h('p', {}, plan.reading),
        plan.study.incident && h('p', { 'data-siting-incident': '' }, incident(plan.study.incident)),
        h('h4', {}, t('assumptions')),
        h('ul', { class: 'assumptions' }, ...plan.assumptions.map(({ text }) => h('li', {}, text))),
        h('p', { class: 'facts' }, t('siting.run_by', { author: run.author, at: moment(run.created_at, language), version: run.data_version, seconds: plan.seconds.toFixed(1) }))));
  }

  /** @param {SitingRun} run @param {SitingPlan} plan */
  function draw(run, plan) {
    showNotices(run, plan);
    showHead(run, plan);
    showFigures(plan);
    choice.render(run, plan);
    sites.draw(plan);
    curve.draw(run, plan);
    coverage.draw(plan);
    robust.draw(plan);
    showBasis(run, plan);
    downloads.render(run);
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    if (!changed('siting', 'viewer')) return;
    const run = openRun(state.siting);
    const plan = run?.plan_document ?? null;
    waiting.hidden = run !== null;
    replaceChildren(waiting, state.siting.lost ? lostRun(context, state.siting.lost) : t('siting.loading'));
    if (!run) progress.element.hidden = true;
    if (run && (run !== drawn || changed('viewer'))) {
      progress.render(run);
      if (plan) draw(run, plan);
    }
    head.hidden = answer.hidden = plan === null;
    drawn = run;
    if (!run || !plan) return;
    sites.mark(state.siting.lit);
    coverage.mark(state.siting.lit);
    if (fitted === run.id) return;
    fitted = run.id;
    // Once the map has them, too.
    queueMicrotask(fitSites);
  }
  return { element, render };
}
