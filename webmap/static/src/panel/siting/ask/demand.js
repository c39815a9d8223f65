/** Whom for: the whole district or what the incident takes out; people, facilities, or both in that order; a part of them. */

import { h, replaceChildren } from '../../../element.js';
import { DEMANDS } from '../../../siting/draft.js';
import { hasIncident } from '../../../state/marks.js';
import { choiceField, formField } from '../../form_field.js';
import { townshipTicks } from './township_ticks.js';
import { categoryTicks } from './category_ticks.js';

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection} */
export function demandSection(form) {
  const { context: { words: { t } } } = form;
  const places = /** @type {const} */ (['district', 'incident']);
  const radios = places.map((value) => h('input', { type: 'radio', name: 'siting-where', value }));
  const hint = h('p', { class: 'facts' });
  const where = choiceField('siting-where', t('siting.where'), [h('div', { class: 'draft-tri' }, ...places.map((value, index) => h('label', {}, radios[index], h('span', {}, t(`siting.where.${value}`)))))]);
  where.element.append(hint);
  for (const radio of radios) radio.addEventListener('change', () => form.choose({ where: /** @type {any} */ (radio.value) }));

  const select = h('select', {}, ...DEMANDS.map((value) => h('option', { value }, t(`siting.of.${value}`))));
  const of = formField('siting-of', t('siting.of'), select);
  select.addEventListener('change', () => form.choose({ of: /** @type {any} */ (select.value) }));

  const townships = townshipTicks(form);
  const categories = categoryTicks(form, { id: 'siting-categories', label: t('siting.categories'), listed: true, chosen: (draft) => draft.categories, choose: (keys) => form.choose({ categories: keys }) });
  const percent = h('input', { type: 'text', inputMode: 'decimal', autocomplete: 'off', placeholder: '100', class: 'short' });
  const share = formField('siting-share', t('siting.share'), percent, { hint: t('siting.share_hint') });
  percent.addEventListener('input', () => form.choose({ sharePercent: percent.value }));
  const summary = h('summary', {});
  const fold = h('details', { class: 'siting-fold inner', 'data-siting-part': '' }, summary, townships.element, categories.element, share.element);

  return {
    element: h('section', { class: 'siting-section' }, h('div', { class: 'siting-pair' }, of.element, where.element), fold),
    fields: { 'demand.where': where, incident: where, 'demand.of': of, 'demand.townships': townships.field, 'demand.categories': categories.field, 'demand.share_in_need': share },
    render(state, draft) {
      const marked = hasIncident(state.marks) || draft.incident !== null;
      radios[1].disabled = !marked && draft.where !== 'incident' && draft.scenarios.length < 2;
      for (const radio of radios) radio.checked = radio.value === draft.where;
      replaceChildren(hint, marked ? t(draft.incident ? 'siting.where.kept' : 'siting.where.marked') : t('siting.where.none'));
      hint.hidden = marked && draft.where === 'district' && draft.incident === null;
      select.value = draft.of;
      const ofPeople = draft.of !== 'facilities';
      share.element.hidden = !ofPeople;
      categories.element.hidden = draft.of !== 'facilities' && draft.of !== 'facilities_then_people';
      if (document.activeElement !== percent) percent.value = draft.sharePercent;
      townships.render(state, draft);
      categories.render(state, draft);
      const parts = [draft.townships.length && t('siting.part.townships', { count: draft.townships.length }), !categories.element.hidden && draft.categories.length && t('siting.part.categories', { count: draft.categories.length }), ofPeople && draft.sharePercent.trim() && `${draft.sharePercent.trim()} %`].filter(Boolean);
      replaceChildren(summary, t('siting.part'), h('span', { class: 'facts' }, parts.length ? ` ${parts.join(' · ')}` : ` ${t('siting.part.all')}`));
    },
  };
}
