/** What counts as good, the standard, and how many new sites. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { MODELS, hasNumber, numberIn } from '../../../siting/draft.js';
import { formField } from '../../form_field.js';

/** Puts a control into a frame that takes its place. @param {HTMLElement} control @param {string} className @param {...Node} parts the control among them */
export function within(control, className, ...parts) {
  const frame = h('span', { class: className });
  control.replaceWith(frame);
  frame.append(...parts);
}

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection} */
export function questionSection(form) {
  const { context: { words: { t } } } = form;
  const select = h('select', {}, ...MODELS.map((value) => h('option', { value }, t(`siting.model.${value}`))));
  const model = formField('siting-model', t('siting.model'), select);
  const about = h('p', { class: 'siting-about' });
  model.element.append(about);
  select.addEventListener('change', () => form.choose({ model: /** @type {any} */ (select.value) }));

  const limit = h('input', { type: 'text', inputMode: 'decimal', autocomplete: 'off', class: 'short' });
  const unit = h('span', {});
  const standard = formField('siting-standard', t('siting.standard'), limit);
  within(limit, 'field-row', limit, unit);
  limit.addEventListener('input', () => form.choose({ standard: limit.value }));

  const count = h('input', { type: 'text', inputMode: 'numeric', autocomplete: 'off', class: 'short' });
  const sites = formField('siting-sites', t('siting.sites'), count);
  const fewer = step(-1, 'minus', 'siting.fewer');
  const more = step(1, 'plus', 'siting.more_sites');
  within(count, 'counter', fewer, count, more);
  count.addEventListener('input', () => form.choose({ sites: count.value }));

  /** @param {number} by @param {'plus' | 'minus'} icon @param {string} key */
  function step(by, icon, key) {
    const button = h('button', { type: 'button', class: 'icon-button', 'aria-label': t(key), 'data-siting-step': by }, sign(icon));
    button.addEventListener('click', () => form.choose({ sites: String(Math.max(0, (numberIn(form.draft().sites) || 0) + by)) }));
    return button;
  }

  return {
    element: h('section', { class: 'siting-section' }, h('div', { class: 'siting-pair' }, standard.element, sites.element), model.element),
    fields: { 'question.model': model, 'question.standard': standard, 'question.sites': sites },
    render(_, draft) {
      select.value = draft.model;
      replaceChildren(about, t(`siting.model.${draft.model}.about`));
      if (document.activeElement !== limit) limit.value = draft.standard;
      if (document.activeElement !== count) count.value = draft.sites;
      replaceChildren(unit, t(draft.by === 'road' ? 'siting.minutes_road' : 'siting.metres_straight'));
      sites.element.hidden = !hasNumber(draft);
      fewer.disabled = (numberIn(draft.sites) || 0) <= 0;
    },
  };
}
