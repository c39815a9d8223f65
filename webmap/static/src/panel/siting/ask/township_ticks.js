/** Townships ticked in a list by county, the plan's own first; none ticked is all. */

import { h, replaceChildren } from '../../../element.js';
import { toggled } from '../../../siting/draft.js';
import { choiceField } from '../../form_field.js';

/** @param {import('./form.js').AskForm} form */
export function townshipTicks(form) {
  const { context: { words: { t, titleOf }, data, catalog } } = form;
  const list = h('div', { class: 'draft-townships' });
  const field = choiceField('siting-townships', t('siting.townships'), [list]);
  let built = '';

  /** @param {string} code @param {string} plan */
  function countyName(code, plan) {
    const feature = data.features('counties').find(({ properties }) => properties.code === code);
    return feature?.properties.name ?? titleOf(catalog.plans.find(({ key }) => key === plan)?.county_name) ?? code;
  }

  /** @param {string} plan */
  function build(plan) {
    const own = catalog.plans.find(({ key }) => key === plan)?.county_code;
    /** @type {Map<string, {code: string, name: string}[]>} */
    const counties = new Map();
    for (const { properties } of data.features('townships')) counties.set(properties.county_code, [...(counties.get(properties.county_code) ?? []), { code: properties.code, name: properties.name }]);
    const sorted = [...counties].sort(([one], [other]) => Number(other === own) - Number(one === own) || one.localeCompare(other));
    replaceChildren(list, ...sorted.map(([county, rows], index) => h('details', { open: index === 0 },
      h('summary', {}, t('draft.county', { name: countyName(county, plan), count: rows.length })),
      h('div', { class: 'draft-ticks' }, ...rows.map(({ code, name }) => {
        const tick = h('input', { type: 'checkbox', value: code, 'data-siting-township': code });
        tick.addEventListener('change', () => form.choose({ townships: toggled(form.draft().townships, code) }));
        return h('label', {}, tick, name);
      })))));
  }

  return {
    element: field.element, field,
    /** @param {import('../../../types').PageState} state @param {import('../../../siting').SitingDraft} draft */
    render({ marks }, draft) {
      const key = `${marks.plan} ${data.features('townships').length} ${data.features('counties').length}`;
      if (key !== built) build(marks.plan);
      built = key;
      for (const tick of list.querySelectorAll('input')) tick.checked = draft.townships.includes(tick.value);
    },
  };
}
