/** The sites of an answer: new ones by their number, those that stay; what each serves and what would be lost without it. */

import { h, replaceChildren } from '../../../element.js';
import { lostWithout } from '../../../siting/compare.js';
import { numbersOf } from '../../../siting/picture.js';

/** @typedef {import('../../../siting').SitingPlan} SitingPlan */
/** @typedef {import('../../../siting').SitingSite} SitingSite */

/** @param {import('../../context').PageContext} context @param {import('../words.js').SitingWords} say */
export function sitesPart({ words: { t }, siting, goTo }, say) {
  const element = h('section', { class: 'siting-part', 'data-siting-sites': '' });
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();

  /** What is lost without a site, in the measure that the question has. @param {SitingSite} site @param {SitingPlan} plan */
  function without(site, plan) {
    const lost = lostWithout(site, plan);
    if (lost === null) return null;
    if (lost.measure === 'share') return lost.value < 0.0005 ? t('siting.without.nothing') : t('siting.without.share', { points: (100 * lost.value).toFixed(1) });
    if (lost.value <= 0) return t('siting.without.nothing');
    if (lost.measure === 'worst') return t('siting.without.worst', { distance: say.way(site.without_it.objective, plan.unit) });
    const least = plan.unit === 'm' ? 1 : 0.1;
    return t(lost.value < least ? 'siting.without.mean_little' : 'siting.without.mean', { distance: say.way(Math.max(least, lost.value), plan.unit) });
  }

  /** @param {SitingSite} site @param {SitingPlan} plan @param {number | undefined} number */
  function row(site, plan, number) {
    const { unit, demand } = plan;
    const facts = [site.serves_count ? t('siting.serves', { amount: say.amount(site.serves_weight, demand.weight_unit) }) : t('siting.serves_none'), site.worst !== null && t('siting.farthest', { distance: say.way(site.worst, unit) }), site.capacity !== null && t('siting.capacity', { value: say.capacity(site.capacity, plan.kind) }), site.new && (site.cost !== null ? say.money(site.cost) : t('siting.cost_not_known'))].filter(Boolean).join(' · ');
    const lost = without(site, plan);
    const button = h('button', { type: 'button', class: 'siting-site' },
      h('span', { class: `siting-badge ${site.new ? 'badge-new' : 'badge-existing'}`, 'aria-hidden': 'true' }, number ? String(number) : ''),
      h('span', { class: 'step-text' },
        h('strong', {}, site.name, !site.new && h('span', { class: 'facts' }, ` ${t(`siting.status.${site.status}`)}`)),
        h('span', {}, facts),
        site.facilities.length > 0 && h('span', { class: 'facts' }, site.facilities.join(t('list_comma'))),
        lost && h('span', { class: 'facts', 'data-siting-without': '' }, lost)));
    button.addEventListener('click', () => goTo(site.point));
    const item = h('li', { 'data-siting-site': site.id }, button);
    for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => siting.light(site.id));
    for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => siting.light(null));
    items.set(site.id, item);
    return item;
  }

  return {
    element,
    /** @param {SitingPlan} plan */
    draw(plan) {
      const numbers = numbersOf(plan);
      items.clear();
      const chosen = plan.sites.filter((site) => site.new);
      const stays = plan.sites.filter((site) => !site.new);
      replaceChildren(element, h('h3', {}, t('siting.new_sites', { count: chosen.length })),
        chosen.length ? h('ol', { class: 'plan-steps' }, ...chosen.map((site) => row(site, plan, numbers.get(site.id)))) : h('p', { class: 'empty' }, t('siting.no_new_sites')),
        stays.length > 0 && h('details', { class: 'siting-fold inner' }, h('summary', {}, t('siting.stays', { count: stays.length })), h('ul', { class: 'plan-steps' }, ...stays.map((site) => row(site, plan, undefined)))));
    },
    /** @param {string | null} lit */
    mark(lit) {
      for (const [id, item] of items) item.classList.toggle('hovered', id === lit);
    },
  };
}
