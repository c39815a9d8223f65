/** Who is covered and who is not: by class, by township, and the places that are left. */

import { h, replaceChildren } from '../../../element.js';

/** @typedef {import('../../../siting').SitingPlan} SitingPlan */

/** @param {import('../../context').PageContext} context @param {import('../words.js').SitingWords} say */
export function coveragePart({ words: { t }, siting, goTo }, say) {
  const element = h('div', { class: 'siting-coverage' });
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();

  /** @param {SitingPlan} plan */
  function left({ uncovered, uncovered_more: more, unit, demand, study }) {
    if (study.question.standard === null && !uncovered.length) return null;
    const rows = uncovered.map((place) => {
      const key = `left ${place.id}`;
      const why = place.reason === 'unreachable' ? t('siting.left.unreachable') : place.reason === 'full' ? t('siting.left.full') : t('siting.left.beyond', { distance: say.way(place.nearest, unit) });
      const button = h('button', { type: 'button', class: 'siting-site plain' }, h('span', { class: 'step-text' }, h('strong', {}, place.name), h('span', {}, [place.tier !== null && t('siting.tier', { tier: place.tier }), say.amount(place.weight, demand.weight_unit), why].filter(Boolean).join(' · '))));
      button.addEventListener('click', () => goTo(place.point));
      const item = h('li', { 'data-siting-left': place.id }, button);
      for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => siting.light(key));
      for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => siting.light(null));
      items.set(key, item);
      return item;
    });
    return h('section', { class: 'siting-part' }, h('h3', {}, t('siting.left', { count: uncovered.length + more })),
      rows.length ? h('details', { class: 'siting-fold inner', open: rows.length <= 6 }, h('summary', {}, t('siting.left.show')), h('ul', { class: 'plan-steps' }, ...rows), more > 0 && h('p', { class: 'facts' }, t('siting.left.more', { count: more }))) : h('p', { class: 'empty' }, t('siting.left.none')));
  }

  /** @param {number | null} value of 1 */
  const bar = (value) => h('span', { class: 'share-bar', 'aria-hidden': 'true' }, h('span', { style: `width:${100 * (value ?? 0)}%` }));

  /** @param {SitingPlan} plan */
  function tiers({ tiers: rows, unit, demand }) {
    if (rows.length < 2) return null;
    return h('section', { class: 'siting-part' }, h('h3', {}, t('siting.by_tier')), h('table', { class: 'siting-table' },
      h('thead', {}, h('tr', {}, ...['siting.col.tier', 'siting.col.covered', 'siting.col.worst'].map((key) => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, h('th', { scope: 'row' }, row.title),
        h('td', {}, row.tier === null ? t('siting.of_all', { part: say.amount(row.covered_weight, demand.weight_unit), all: say.amount(row.weight, demand.weight_unit) }) : `${row.covered_count} / ${row.count}`),
        h('td', {}, row.worst === null ? '—' : say.way(row.worst, unit)))))));
  }

  /** @param {SitingPlan} plan */
  function townships({ townships: rows, unit, demand }) {
    if (!rows.length) return null;
    const sorted = [...rows].sort((a, b) => (a.covered_share ?? 2) - (b.covered_share ?? 2) || b.weight - a.weight);
    return h('section', { class: 'siting-part' }, h('details', { class: 'siting-fold inner', 'data-siting-townships': '' }, h('summary', {}, t('siting.by_township', { count: rows.length })), h('table', { class: 'siting-table' },
      h('thead', {}, h('tr', {}, ...['siting.col.township', 'siting.col.share', 'siting.col.demand', 'siting.col.worst'].map((key) => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, ...sorted.map((row) => h('tr', {}, h('th', { scope: 'row' }, row.name), h('td', {}, bar(row.covered_share), say.share(row.covered_share)),
        h('td', {}, say.amount(row.weight, demand.weight_unit)), h('td', {}, row.worst === null ? '—' : say.way(row.worst, unit))))))));
  }

  return {
    element,
    /** @param {SitingPlan} plan */
    draw(plan) {
      items.clear();
      const { worst, unit } = plan;
      const farthest = worst && h('p', { 'data-siting-worst': '' }, t('siting.worst_line', { name: worst.name, distance: say.way(worst.distance, unit), site: plan.sites.find(({ id }) => id === worst.site)?.name ?? worst.site }));
      replaceChildren(element, left(plan), farthest, tiers(plan), townships(plan));
    },
    /** @param {string | null} lit */
    mark(lit) {
      for (const [key, item] of items) item.classList.toggle('hovered', key === lit);
    },
  };
}
