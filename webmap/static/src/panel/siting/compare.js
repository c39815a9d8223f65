/** Two or three plans side by side: figures in a table, the question of each, the sites that they share. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { LETTERS, alikeness, answered, figureRows, sharedSites } from '../../siting/compare.js';
import { differing } from '../../siting/conditions.js';
import { comparedRuns } from '../../siting/state.js';
import { lostRun } from './lost.js';
import { sitingWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../siting').SitingRun} SitingRun */
/** @typedef {import('../../siting').SitingPlan} SitingPlan */
/** @typedef {{run: SitingRun, plan: SitingPlan}} Answered */

/** @param {import('../context').PageContext} context */
export function mountCompare(context) {
  const { words: { t }, siting, goTo, fitSites } = context;
  const say = sitingWords(context);
  const back = h('button', { type: 'button', class: 'text-button', 'data-siting-back': '' }, t('siting.back_to_runs'));
  back.addEventListener('click', () => siting.show('runs'));
  const content = h('div', { class: 'siting-comparison' });
  const element = h('div', { class: 'siting-compare', hidden: true }, back, content);
  let fitted = '';

  /** @param {number} index */
  const letter = (index) => h('span', { class: `siting-letter letter-${LETTERS[index]}` }, LETTERS[index]);

  /** @param {import('../../siting/compare.js').FigureKey} key @param {number | null} value @param {SitingPlan} plan */
  function told(key, value, { demand, unit }) {
    if (value === null) return '—';
    if (key === 'new_sites') return String(value);
    if (key === 'covered_share') return say.share(value);
    if (key === 'cost') return say.money(value);
    if (key === 'mean' || key === 'worst') return say.way(value, unit);
    return say.amount(value, demand.weight_unit);
  }

  /** @param {Answered[]} columns */
  function table(columns) {
    const plans = columns.map(({ plan }) => plan);
    const rows = figureRows(plans);
    /** @param {string} title @param {(column: Answered) => string} of */
    const asked = (title, of) => h('tr', {}, h('th', { scope: 'row' }, title), ...columns.map((column) => h('td', {}, of(column))));
    return h('table', { class: 'siting-table compare-table' },
      h('thead', {}, h('tr', {}, h('td', {}), ...columns.map(({ run }, index) => h('th', { scope: 'col' }, open(run, index))))),
      h('tbody', {},
        asked(t('siting.model'), ({ plan }) => t(`siting.model.${plan.model}`)),
        asked(t('siting.standard'), ({ plan }) => say.standard(plan.study)),
        ...differing(plans).map((key) => h('tr', { 'data-condition': key }, h('th', { scope: 'row' }, t(`siting.condition.${key}`)), ...columns.map(({ plan }) => h('td', {}, say.condition.full[key](plan.study))))),
        ...rows.map(({ key, cells }) => h('tr', { 'data-compare': key }, h('th', { scope: 'row' }, t(`siting.compare.${key}`)),
          ...cells.map(({ value, best }, index) => h('td', { class: best ? 'best' : '' }, told(key, value, plans[index]), best && h('span', { class: 'best-mark' }, sign('check'), h('span', { class: 'visually-hidden' }, t('siting.best'))))))),
        asked(t('siting.compare.proof'), ({ plan }) => t(`siting.proof.${plan.status}`)),
        asked(t('siting.compare.data'), ({ run }) => t(run.current ? 'siting.data.current' : 'siting.tag.stale'))));
  }

  /** @param {SitingRun} run @param {number} index */
  function open(run, index) {
    const button = h('button', { type: 'button', class: 'compare-open', 'data-compare-open': run.id }, letter(index), h('span', {}, say.title(run)));
    button.addEventListener('click', () => siting.look(run.id));
    return button;
  }

  /** @param {SitingPlan[]} plans */
  function sites(plans) {
    return h('section', { class: 'siting-part' }, h('h3', {}, t('siting.compare.sites')), h('ul', { class: 'plan-steps' }, ...sharedSites(plans).map((site) => {
      const button = h('button', { type: 'button', class: 'siting-site' }, h('span', { class: 'letters' }, ...site.letters.map((one) => letter(LETTERS.indexOf(one)))), h('strong', {}, site.name));
      button.addEventListener('click', () => goTo(site.point));
      const item = h('li', { 'data-siting-site': site.id }, button);
      for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => siting.light(site.id));
      for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => siting.light(null));
      return item;
    })));
  }

  /** @param {Answered[]} columns @param {import('../../siting').SitingState} now */
  function draw(columns, { shown, lost }) {
    const plans = columns.map(({ plan }) => plan);
    if (lost && columns.length < 2) return replaceChildren(content, lostRun(context, lost));
    if (columns.length < 2) return replaceChildren(content, h('p', { class: 'empty', role: 'status' }, t(shown.length > columns.length ? 'siting.loading' : 'siting.compare_hint', { most: LETTERS.length })));
    const alike = alikeness(plans);
    const unlike = [!alike.measure && t('siting.unlike.measure'), alike.measure && !alike.standard && t('siting.unlike.standard'), !alike.data && t('siting.unlike.data')].filter(Boolean);
    return replaceChildren(content, unlike.length > 0 && h('ul', { class: 'siting-notes', 'data-siting-unlike': '' }, ...unlike.map((text) => h('li', {}, text))), h('div', { class: 'table-scroll' }, table(columns)), sites(plans));
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed @param {PageState | null} before */
  function render(state, changed, before) {
    const { siting: now } = state;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (content.querySelectorAll('[data-siting-site]'))) item.classList.toggle('hovered', item.dataset.sitingSite === now.lit);
    if (before?.siting.open && ['known', 'shown', 'view', 'lost'].every((key) => now[/** @type {'known'} */ (key)] === before.siting[/** @type {'known'} */ (key)])) return;
    const columns = answered(comparedRuns(now));
    draw(columns, now);
    const key = columns.map(({ run }) => run.id).join();
    if (columns.length < 2 || fitted === key) return;
    fitted = key;
    queueMicrotask(fitSites);
  }
  return { element, render };
}
