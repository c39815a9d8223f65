/** Classes of facilities ticked in a list, those of the plan's list with their tier. */

import { h } from '../../../element.js';
import { toggled } from '../../../siting/draft.js';
import { choiceField } from '../../form_field.js';

/**
 * @param {import('./form.js').AskForm} form
 * @param {{id: string, label: string, listed: boolean, chosen: (draft: import('../../../siting').SitingDraft) => string[], choose: (keys: string[]) => void}} about
 *   `listed` classes stand first, with their tier
 */
export function categoryTicks(form, { id, label, listed, chosen, choose }) {
  const { context: { words: { t }, catalog, titles, store } } = form;
  const tiers = new Map(catalog.plans.find(({ key }) => key === store.get().marks.plan)?.priority_list.map(({ category, tier }) => [category, tier]));
  const field = catalog.layers.find(({ key }) => key === 'facilities')?.fields.find(({ name }) => name === 'category');
  const keys = (field?.values ?? []).map(({ key }) => key);
  if (listed) keys.sort((one, other) => (tiers.get(one) ?? 99) - (tiers.get(other) ?? 99));
  const ticks = keys.map((key) => {
    const tick = h('input', { type: 'checkbox', value: key, 'data-category': key });
    tick.addEventListener('change', () => choose(toggled(chosen(form.draft()), key)));
    return tick;
  });
  const own = choiceField(id, label, [h('div', { class: 'draft-ticks' }, ...ticks.map((tick, index) => h('label', {}, tick, titles.category(keys[index]),
    listed && tiers.has(keys[index]) && h('span', { class: 'facts' }, t('siting.tier', { tier: tiers.get(keys[index]) ?? '' })))))]);
  return {
    element: own.element, field: own,
    /** @param {unknown} _ @param {import('../../../siting').SitingDraft} draft */
    render(_, draft) {
      for (const tick of ticks) tick.checked = chosen(draft).includes(tick.value);
    },
  };
}
