/** The list of whom to help first, each with its reason; a row opens the chain from the fault to the place. */

import { badge } from '../badge.js';
import { reserveLasts } from '../classify.js';
import { h, replaceChildren } from '../element.js';
import { clockDuration, duration, moment } from '../format.js';
import { fedBy } from '../state/interventions.js';
import { causeChain } from './cause_chain.js';
import { PRIORITY_LIST, planLink } from './plan_links.js';
import { mountPriorityOrder } from './priority_order.js';

/** @typedef {import('../types').Assessment} Assessment */
/** @typedef {import('../types').PageState} PageState */

/** Rows built at first; the rest on demand, as hundreds of rows would delay the first answer. */
const ROWS_AT_FIRST = 40;

/** @param {import('./context').PageContext} context @param {HTMLElement} element */
export function mountRanking(context, element) {
  const { words, titles, store, actions, zoomTo } = context;
  const { t, language } = words;
  const list = h('ol', { class: 'ranking', 'data-ranking': '' });
  const order = mountPriorityOrder(context);
  const empty = h('p', { class: 'empty' }, t('ranking.empty'));
  const more = h('button', { type: 'button', class: 'text-button' });
  let rows = ROWS_AT_FIRST;
  more.addEventListener('click', () => {
    rows = Infinity;
    render(store.get().assessment);
  });

  /** @param {Assessment | null} assessment */
  function render(assessment) {
    if (!assessment) return replaceChildren(element);
    const byId = new Map(assessment.facilities.map((facility) => [facility.id, facility]));
    replaceChildren(list, ...assessment.ranking.slice(0, rows).map((entry) => row(entry, byId.get(entry.id))));
    more.hidden = assessment.ranking.length <= rows;
    more.textContent = t('ranking.more', { count: assessment.ranking.length });
    empty.hidden = assessment.ranking.length > 0;
    if (!list.isConnected) replaceChildren(element, order.element, empty, list, more);
    order.render(store.get().marks);
    mark(store.get());
    return undefined;
  }

  /** @param {import('../types').RankedFacility} entry @param {import('../types').FacilityStatus | undefined} status */
  function row(entry, status) {
    /** @type {import('../types').PlaceRef} */
    const ref = { kind: 'facility', id: entry.id };
    const button = h('button', { type: 'button', class: 'rank-row', 'aria-expanded': 'false' },
      h('span', { class: 'rank-number' }, String(entry.rank)),
      badge(titles.categoryIcon(entry.category), entry.state, entry.hours_left),
      h('span', { class: 'rank-text' }, h('strong', {}, entry.name), fed(entry.id), h('span', { class: 'reason' }, entry.reason)),
      h('span', { class: `rank-state state-${entry.state}`, title: stateWords(entry, status) }, shortState(entry, status)));
    button.addEventListener('click', () => {
      const opened = store.get().selected;
      const same = opened?.kind === 'facility' && opened.id === entry.id && !opened.fromMap;
      actions.select(same ? null : ref);
      if (!same) zoomTo(ref);
    });
    const item = h('li', { 'data-rank-id': entry.id, 'data-state': entry.state }, button);
    for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => actions.hover(ref));
    for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => actions.hover(null));
    if (status) item.append(h('div', { class: 'rank-detail', hidden: true }, ...detail(entry, status)));
    return item;
  }

  /** Mobile units that feed a place now. @param {string} id */
  function fed(id) {
    const units = fedBy(store.get().marks, id, actions.now()).map((commodity) => t(`feeding.short.${commodity}`));
    return units.length > 0 && h('span', { class: 'step-brings', 'data-fed': id }, units.join(t('list_comma')));
  }

  /** @param {import('../types').RankedFacility} entry @param {import('../types').FacilityStatus} status */
  function detail(entry, status) {
    const tier = entry.tier === null ? t('tier.none') : t('tier', { tier: entry.tier });
    return [
      causeChain(status, words),
      h('p', { class: 'facts' }, [titles.category(entry.category), status.township_name, tier].filter(Boolean).join(' · '),
        entry.clause && planLink(context, store.get().marks.plan, t('clause', { clause: entry.clause }), { section: PRIORITY_LIST })),
      status.lost.length > 0 && h('p', { class: 'facts' }, t('lost', { what: status.lost.map(titles.network).join('、') })),
      status.back_at && h('p', { class: 'facts' }, t('back_at', { at: moment(status.back_at, language) })),
      status.fails_at && h('p', { class: 'facts' }, t(entry.state === 'failed' ? 'failed_at' : 'fails_at', { at: moment(status.fails_at, language) })),
    ];
  }

  /** @param {import('../types').RankedFacility} entry @param {import('../types').FacilityStatus | undefined} status */
  function shortState(entry, status) {
    if (entry.state === 'failed') return t('state.failed_short');
    if (reserveLasts(status)) return t('state.lasts_short');
    if (entry.hours_left === null) return t('state.reserve_unknown_short');
    return clockDuration(entry.hours_left);
  }

  /** @param {import('../types').RankedFacility} entry @param {import('../types').FacilityStatus | undefined} status */
  function stateWords(entry, status) {
    if (entry.state === 'failed') return t('state.failed');
    if (reserveLasts(status)) return t('state.lasts');
    return entry.hours_left === null ? t('state.reserve_unknown') : t('state.left', { left: duration(entry.hours_left, language) });
  }

  /** Lights and opens the rows of the hovered and the selected place. @param {PageState} state */
  function mark(state) {
    for (const item of /** @type {Iterable<HTMLElement>} */ (/** @type {unknown} */ (list.children))) {
      const id = item.dataset.rankId;
      const selected = state.selected?.kind === 'facility' && state.selected.id === id;
      const opened = item.classList.contains('selected');
      item.classList.toggle('hovered', state.hovered?.kind === 'facility' && state.hovered.id === id);
      item.classList.toggle('selected', selected);
      if (selected === opened) continue;
      item.querySelector('.rank-row')?.setAttribute('aria-expanded', String(selected));
      const panel = item.querySelector('.rank-detail');
      if (panel instanceof HTMLElement) panel.hidden = !selected;
      if (selected) item.scrollIntoView({ block: 'nearest' });
    }
  }
  return { render, mark };
}
