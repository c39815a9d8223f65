/** Classes of facilities ticked in a list, those of the plan's list with their tier. */

import { h, replaceChildren } from '../../../element.js';
import { toggled } from '../../../siting/draft.js';
import { choiceField } from '../../form_field.js';

/**
 * @param {import('./form.js').AskForm} form
 * @param {{id: string, label: string, listed: boolean, chosen: (draft: import('../../../siting').SitingDraft) => string[], choose: (keys: string[]) => void}} about
 *   `listed` classes stand first, with their tier
 */
export function categoryTicks(form, { id, label, listed, chosen, choose }) {
  const { context: { words: { t }, catalog, titles } } = form;
  /** @param {string} plan */
  const tiersOf = (plan) => new Map(catalog.plans.find(({ key }) => key === plan)?.priority_list.map(({ category, tier }) => [category, tier]));
  const field = catalog.layers.find(({ key }) => key === 'facilities')?.fields.find(({ name }) => name === 'category');
  const keys = (field?.values ?? []).map(({ key }) => key);
  const ticks = keys.map((key) => {
    const tick = h('input', { type: 'checkbox', value: key, 'data-category': key });
    tick.addEventListener('change', () => choose(toggled(chosen(form.draft()), key)));
    return tick;
  });
  const list = h('div', { class: 'draft-ticks' });
  const own = choiceField(id, label, [list]);
  let built = '';

  /** Classes of a plan's list stand in its order. @param {string} plan */
  function build(plan) {
    const tiers = listed ? tiersOf(plan) : new Map();
    const order = [...ticks].sort((one, other) => (tiers.get(one.value) ?? 99) - (tiers.get(other.value) ?? 99));
    replaceChildren(list, ...order.map((tick) => h('label', {}, tick, titles.category(tick.value), tiers.has(tick.value) && h('span', { class: 'facts' }, t('siting.tier', { tier: tiers.get(tick.value) })))));
  }
  return {
    element: own.element, field: own,
    /** @param {import('../../../types').PageState} state @param {import('../../../siting').SitingDraft} draft */
    render({ marks: { plan } }, draft) {
      if (plan !== built) build(plan);
      built = plan;
      for (const tick of ticks) tick.checked = chosen(draft).includes(tick.value);
    },
  };
}
