/** Steps of the plan in the order in which they are done, and where the mobile units go; each with its reason. */

import { h } from '../../element.js';
import { countBeforeUnit, duration, exactNumber, moment, timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { NETWORKS } from '../../state/marks.js';
import { createStepMenu } from './step_menu.js';

/** @typedef {import('../../response').RestorationPlan} RestorationPlan */
/** @typedef {import('../../response').RepairStep} RepairStep */
/** @typedef {import('../../types').PlaceRef} PlaceRef */

const NAMED = 2;

/** @param {import('../context').PageContext} context */
export function createSteps(context) {
  const { words, titles, actions, data, zoomTo } = context;
  const { t, language } = words;
  const menu = createStepMenu(context);

  /** Lights a row's place while the row is pointed at. @param {HTMLElement} element @param {PlaceRef | null} ref */
  function lights(element, ref) {
    for (const type of ['mouseenter', 'focusin']) element.addEventListener(type, () => actions.hover(ref));
    for (const type of ['mouseleave', 'focusout']) element.addEventListener(type, () => actions.hover(null));
  }

  /** @param {RepairStep} step @returns {string} what comes back, or that nothing does yet */
  function broughtBack({ brings_back: back }) {
    const customers = NETWORKS.filter((network) => back.customers[network] > 0).map((network) => t('brings.customers', { network: titles.network(network), customers: countBeforeUnit(back.customers[network], language) }));
    const names = back.facilities.slice(0, NAMED).map((id) => actions.nameOf(id)).join(t('list_comma'));
    const count = back.facilities.length;
    const places = count ? t(count > NAMED ? 'brings.places_more' : 'brings.places', { names, count }) : '';
    const all = [...customers, places].filter(Boolean);
    return all.length ? t('brings', { what: all.join(t('list_comma')) }) : t('brings.nothing');
  }

  /** @param {RepairStep} step @param {string} crew @param {string} day of the plan */
  function row(step, crew, day) {
    const ref = data.elementRef(step.fault);
    const open = h('button', { type: 'button', class: 'plan-step' },
      h('span', { class: 'step-rank' }, String(step.rank)),
      h('span', { class: 'step-text' }, h('strong', {}, step.name),
        h('span', { class: 'step-when' }, t('step.when', { crew, at: timeOn(step.done_at, day, language) })),
        h('span', { class: 'step-brings' }, broughtBack(step)),
        h('span', { class: 'reason' }, step.reason)));
    open.addEventListener('click', () => {
      if (!ref) return;
      actions.select(ref);
      zoomTo(ref);
    });
    const more = h('button', { type: 'button', class: 'icon-button', 'aria-haspopup': 'menu', 'aria-label': t('step.change', { name: step.name }), 'data-step-more': step.fault }, sign('more'));
    more.addEventListener('click', () => menu.open(step, more));
    const item = h('li', { 'data-plan-step': step.fault, 'data-step-crew': step.crew, class: step.network ? `hue-${step.network}` : '' }, open, h('div', { class: 'step-tools' }, step.fixed && pin(step), more));
    lights(item, ref);
    return item;
  }

  /** @param {RepairStep} step */
  function pin(step) {
    const button = h('button', { type: 'button', class: 'icon-button', title: t('step.fixed'), 'aria-label': t('step.release_named', { name: step.name }), 'data-pin': step.fault }, sign('pin'));
    button.addEventListener('click', () => actions.releaseStep(step.fault));
    return button;
  }

  /** @param {RestorationPlan} plan */
  function list(plan) {
    const names = new Map(plan.crews.map(({ id, name }) => [id, name]));
    return h('ol', { class: 'plan-steps' }, ...plan.steps.map((step) => row(step, names.get(step.crew) ?? step.crew, plan.at)));
  }

  /** @param {RestorationPlan} plan */
  const units = (plan) => h('ul', { class: 'plan-steps' }, ...plan.units.map((step) => unitRow(step, plan.at)));

  /** @param {import('../../response').UnitStep} step @param {string} day of the plan */
  function unitRow(step, day) {
    /** @type {PlaceRef} */
    const ref = { kind: 'facility', id: step.facility };
    const button = h('button', { type: 'button', class: 'plan-step' },
      h('span', { class: 'step-rank' }, sign('right')),
      h('span', { class: 'step-text' }, h('strong', {}, t('unit.goes', { unit: step.unit_name, facility: step.facility_name })),
        h('span', { class: 'step-when' }, t('unit.ready', { at: timeOn(step.ready_at, day, language) })),
        h('span', { class: 'step-brings' }, t(step.in_time ? 'unit.in_time' : 'unit.late', { hours: duration(step.saves_hours, language) })),
        h('span', { class: 'reason' }, step.reason)));
    button.addEventListener('click', () => {
      actions.select(ref);
      zoomTo(ref);
    });
    const item = h('li', { 'data-unit-step': step.unit }, button);
    lights(item, ref);
    return item;
  }

  /** Every fact of the chart. @param {RestorationPlan} plan */
  function table(plan) {
    const names = new Map(plan.crews.map(({ id, name }) => [id, name]));
    const heads = ['rank', 'crew', 'place', 'depart', 'arrive', 'start', 'done', 'work'].map((key) => h('th', { scope: 'col' }, t(`plan_table.${key}`)));
    const rows = plan.steps.map((step) => h('tr', {}, h('td', {}, String(step.rank)), h('th', { scope: 'row' }, names.get(step.crew) ?? step.crew), h('td', {}, step.name),
      ...[step.depart_at, step.arrive_at, step.start_at, step.done_at].map((at) => h('td', {}, moment(at, language))),
      h('td', {}, `${exactNumber(step.work_hours)}${step.hours_assumed ? t('plan_table.assumed') : ''}`)));
    const units = plan.units.map((step) => h('tr', {}, h('td', {}, String(step.rank)), h('th', { scope: 'row' }, step.unit_name), h('td', {}, step.facility_name),
      ...[step.depart_at, step.arrive_at, step.arrive_at, step.ready_at].map((at) => h('td', {}, moment(at, language))), h('td', {}, '–')));
    return h('div', { class: 'table-scroll' }, h('table', { 'data-plan-table': '' }, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows, ...units)));
  }

  /** @param {HTMLElement} element @param {import('../../types').PageState} state */
  function mark(element, { hovered, selected }) {
    for (const item of element.querySelectorAll('[data-plan-step]')) {
      const id = item.getAttribute('data-plan-step');
      item.classList.toggle('hovered', hovered?.id === id);
      item.classList.toggle('selected', selected?.id === id);
    }
  }
  return { list, units, table, mark, menu, lights, broughtBack };
}
