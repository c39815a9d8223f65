/** What limits a choice beside its number: money, room, sites in reserve, how distance is reckoned, how long is searched. */

import { h, replaceChildren } from '../../../element.js';
import { canLimit } from '../../../siting/draft.js';
import { choiceField, formField } from '../../form_field.js';
import { within } from './question.js';

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection} */
export function limitSection(form) {
  const { context: { words: { t } } } = form;
  const budget = entry('budget', 'siting.budget', { hint: t('siting.budget_hint') });
  const backup = entry('backup', 'siting.backup', { placeholder: '0', hint: t('siting.backup_hint') });
  const seconds = entry('seconds', 'siting.seconds', { placeholder: '20', unit: t('siting.seconds_unit') });
  const ways = /** @type {const} */ (['road', 'straight']);
  const radios = ways.map((value) => h('input', { type: 'radio', name: 'siting-by', value }));
  const by = choiceField('siting-by', t('siting.by'), [h('div', { class: 'draft-tri' }, ...ways.map((value, index) => h('label', {}, radios[index], h('span', {}, t(`siting.by.${value}`)))))]);
  const roads = h('p', { class: 'facts' });
  by.element.append(roads);
  for (const radio of radios) radio.addEventListener('change', () => form.choose({ by: /** @type {any} */ (radio.value) }));
  const room = h('input', { type: 'checkbox', 'data-siting-capacities': '' });
  const roomWhy = h('span', { class: 'facts' });
  const capacities = choiceField('siting-capacities', t('siting.capacities'), [h('label', { class: 'check-row' }, room, h('span', {}, t('siting.capacities.count'), ' ', roomWhy))]);
  room.addEventListener('change', () => form.choose({ capacities: room.checked }));

  /** @param {'budget' | 'backup' | 'seconds'} key @param {string} label @param {{placeholder?: string, unit?: string, hint?: string}} about */
  function entry(key, label, { placeholder = '', unit = '', hint }) {
    const input = h('input', { type: 'text', inputMode: 'decimal', autocomplete: 'off', placeholder, class: 'short' });
    const field = formField(`siting-${key}`, t(label), input, { hint });
    if (unit) within(input, 'field-row', input, h('span', {}, unit));
    input.addEventListener('input', () => form.choose({ [key]: input.value }));
    return { input, field, element: field.element };
  }

  return {
    element: h('section', { class: 'siting-section' }, by.element, h('div', { class: 'siting-pair' }, budget.element, backup.element), h('div', { class: 'siting-pair' }, capacities.element, seconds.element)),
    fields: { 'distance.by': by, 'distance.closed_roads': by, 'question.budget': budget.field, 'question.backup': backup.field, capacities, seconds: seconds.field },
    render({ marks }, draft) {
      for (const [{ input }, text] of /** @type {const} */ ([[budget, draft.budget], [backup, draft.backup], [seconds, draft.seconds]])) if (document.activeElement !== input) input.value = text;
      for (const radio of radios) radio.checked = radio.value === draft.by;
      roads.hidden = draft.by !== 'road';
      replaceChildren(roads, marks.closedRoads.length ? t('siting.roads_closed', { count: marks.closedRoads.length }) : t('siting.roads_open'));
      room.checked = draft.capacities;
      room.disabled = !canLimit(draft);
      replaceChildren(roomWhy, canLimit(draft) ? '' : t('siting.capacities.why_not'));
      backup.element.hidden = draft.model !== 'mclp' && draft.model !== 'lscp';
    },
  };
}
