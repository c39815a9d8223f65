/** The plan of restoration: one sentence, how good it is, then its steps, what stays out, and what more would help. */

import { h, replaceChildren } from '../../element.js';
import { exactNumber, moment, percent, shortNumber } from '../../format.js';
import { worseLevels } from '../../state/losses.js';
import { createSteps } from './steps.js';
import { createUncovered } from './uncovered.js';

/** @typedef {import('../../response').RestorationPlan} RestorationPlan */
/** @typedef {import('../../types').PageState} PageState */

/** Levels named of what fixed steps cost. */
const COSTS = 2;
/** A bound as low as this tells nothing of how good the plan is. */
const GAP_SAYS_NOTHING = 0.995;

/** @param {import('../context').PageContext} context */
export function mountPlanView(context) {
  const { words, store, actions, restorer } = context;
  const { t, language } = words;
  const element = h('div', { class: 'plan-view', 'data-plan-view': '' });
  const steps = createSteps(context);
  const uncovered = createUncovered(context, steps.lights);

  /** @param {string} label @param {string} className @param {Record<string, any>} properties @param {() => void} action */
  function button(label, className, properties, action) {
    const made = h('button', { type: 'button', class: className, ...properties }, label);
    made.addEventListener('click', action);
    return made;
  }

  /** How far the plan may be from the best there is; what is fixed by hand bounds the best. @param {RestorationPlan} plan */
  function quality({ status, gap, steps: all }) {
    const said = proven(status, gap);
    const count = all.filter(({ fixed }) => fixed).length;
    return said && count ? t('restoration.under_fixed', { count, what: said }) : said;
  }

  /** @param {RestorationPlan['status']} status @param {number} gap */
  function proven(status, gap) {
    if (status === 'optimal' || (status === 'bounded' && gap === 0)) return t('restoration.optimal');
    if (status !== 'bounded') return null;
    return gap >= GAP_SAYS_NOTHING ? t('restoration.gap_unknown') : t('restoration.gap', { gap: percent(gap, t('unknown')) });
  }

  /** What the fixed steps cost against the plan without them, as long as it was made and nothing else has changed since. @param {RestorationPlan} plan @param {import('../../response').FreePlan | null} free */
  function costOfFixed(plan, free) {
    if (!free || !plan.steps.some(({ fixed }) => fixed)) return null;
    const worse = worseLevels(free.levels, plan.levels).slice(0, COSTS)
      .map(({ title, unit, more }) => t('restoration.worse', { title, more: loss(more, unit) }));
    return h('p', { class: 'facts', 'data-fixed-cost': '' }, t('restoration.fixed_cost', { what: worse.join(t('list_comma')) || t('restoration.no_worse') }));
  }

  /** @param {number} value @param {string} unit */
  const loss = (value, unit) => t(`restoration.${unit}`, { value: shortNumber(value, language) });

  /** A plan proven best needs no column that says so line by line. @param {RestorationPlan} plan */
  function levels(plan) {
    const known = plan.levels.filter(({ without_repairs: worst, value }) => worst > 0 || value > 0);
    const proven = known.every(({ gap }) => gap === 0);
    const rows = known.map((level) => h('tr', { 'data-level': level.key },
      h('th', { scope: 'row' }, level.title, ' ', h('span', { class: 'facts' }, t(`levels.${level.unit}`))),
      ...[level.value, level.without_repairs].map((value) => h('td', { title: exactNumber(value) }, shortNumber(value, language))),
      !proven && h('td', {}, level.gap >= GAP_SAYS_NOTHING ? t('unknown') : level.gap > 0 ? t('restoration.gap_short', { gap: percent(level.gap, t('unknown')) }) : t('restoration.optimal_short'))));
    if (!rows.length) return null;
    const heads = ['goal', 'plan', 'nothing', ...(proven ? [] : ['gap'])].map((key) => h('th', { scope: 'col' }, t(`levels.${key}`)));
    return section('levels', t('levels.title'), h('p', { class: 'facts' }, t('levels.about')), h('table', { class: 'levels' }, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows)));
  }

  /** @param {string} key @param {string} title @param {...(Node | null)} content */
  const section = (key, title, ...content) => h('section', { class: 'plan-section', 'data-plan-section': key }, h('h3', {}, title), ...content);
  /** @param {string} key @param {string} title @param {...Node} content */
  const fold = (key, title, ...content) => h('details', { 'data-fold': key }, h('summary', {}, title), ...content);

  /** @param {RestorationPlan} plan */
  function stayOut(plan) {
    const { count, shown, rest } = uncovered(plan);
    if (!shown.length) return null;
    return section('uncovered', t('uncovered.title', { count }), h('ul', { class: 'plan-rows' }, ...shown),
      rest.length ? fold('uncovered', t('uncovered.more', { count: rest.length }), h('ul', { class: 'plan-rows' }, ...rest)) : null);
  }

  /** @param {RestorationPlan} plan */
  function extra({ extra_crews: crews }) {
    if (!crews.length) return null;
    return section('extra', t('extra.title'), h('ul', { class: 'plan-rows' }, ...crews.map(({ text }) => h('li', {}, text))));
  }

  /** @param {RestorationPlan} plan */
  function rules({ rules: others, levels: goals }) {
    if (!others.length) return [];
    const shown = goals.map((goal, index) => ({ goal, index })).filter(({ goal }) => goal.without_repairs > 0);
    const heads = shown.map(({ goal }) => h('th', { scope: 'col' }, goal.title));
    const line = (/** @type {string} */ title, /** @type {number[]} */ values) => h('tr', {}, h('th', { scope: 'row' }, title), ...shown.map(({ index, goal }) => h('td', {}, loss(values[index], goal.unit))));
    return [fold('rules', t('rules.title'), h('div', { class: 'table-scroll' }, h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, t('rules.rule')), ...heads)),
      h('tbody', {}, line(t('rules.this'), goals.map(({ value }) => value)), ...others.map(({ title, values }) => line(title, values))))))];
  }

  /** @param {PageState} state @param {RestorationPlan} plan */
  function controls(state, plan) {
    const played = state.marks.planned !== null;
    const play = button(t(played ? 'restoration.played' : 'restoration.play'), played ? 'secondary-button' : 'primary-button', { 'aria-pressed': String(played), 'data-play-plan': '' }, () => actions.playPlan(!played));
    const some = plan.steps.length > 0 || plan.units.length > 0;
    return h('div', { class: 'field-row plan-controls' }, some && play,
      button(t('restoration.crews'), 'text-button', { 'data-edit-crews': '' }, () => store.update({ editingCrews: true })));
  }

  /** @param {RestorationPlan} plan */
  function switching(plan) {
    const advised = plan.switching.filter((step) => step.advised && step.action === 'close').length;
    return advised ? button(t('restoration.switching', { count: advised }), 'text-button', {}, () => store.update({ tab: 'isolation' })) : null;
  }

  /** @param {PageState} state @param {boolean} stale */
  function render(state, stale) {
    const { plan, fromHours, working, free } = state.restoration;
    if (!plan) return replaceChildren(element);
    const open = new Set([...element.querySelectorAll('details[open]')].map((one) => one.getAttribute('data-fold')));
    const good = quality(plan);
    replaceChildren(element,
      h('p', { class: 'plan-summary', 'data-plan-summary': '' }, plan.summary),
      good && h('p', { class: 'plan-quality', 'data-plan-quality': '' }, good, h('span', { class: 'facts' }, t('restoration.since', { at: moment(plan.at, language) }))),
      costOfFixed(plan, free),
      stale && !working && h('div', { class: 'stale-note', 'data-stale': '' }, h('span', {}, t('restoration.stale')), button(t('restoration.again'), 'secondary-button', { 'data-restore-again': '' }, () => void restorer.run(fromHours))),
      controls(state, plan), slot, switching(plan),
      plan.steps.length > 0 && section('steps', t('steps.title'), h('p', { class: 'facts' }, t('steps.about')), steps.list(plan)),
      plan.units.length > 0 && section('units', t('units.title'), steps.units(plan)),
      stayOut(plan), extra(plan), levels(plan), fold('table', t('plan_table.title'), steps.table(plan)), ...rules(plan),
      fold('assumptions', t('assumptions'), h('ul', { class: 'assumptions' }, ...plan.assumptions.map(({ text }) => h('li', {}, text)), h('li', {}, plan.method))));
    for (const one of element.querySelectorAll('details')) one.open = open.has(one.getAttribute('data-fold'));
    return undefined;
  }
  /** Where the chart stands on a phone. */
  const slot = h('div', { id: 'gantt-slot' });
  return { element, render, mark: (/** @type {PageState} */ state) => steps.mark(element, state) };
}
