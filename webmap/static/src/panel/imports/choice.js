/** A labelled choice of a form, with why it stands as it does. */

import { h } from '../../element.js';

/**
 * @param {object} of
 * @param {string} of.id @param {string} of.label @param {string | null} of.value
 * @param {{value: string, label: string}[]} of.options
 * @param {(value: string) => void} of.onChange
 * @param {(Node | string | null | false)[]} [of.about] lines below
 */
export function choice({ id, label, value, options, onChange, about = [] }) {
  const known = options.some((option) => option.value === (value ?? ''));
  const all = known ? options : [{ value: value ?? '', label: value ?? '—' }, ...options];
  const select = h('select', { id, 'aria-describedby': `${id}-about` }, ...all.map((option) => h('option', { value: option.value, selected: option.value === (value ?? '') }, option.label)));
  select.addEventListener('change', () => onChange(select.value));
  const lines = about.filter(Boolean);
  return h('div', { class: 'form-field' }, h('label', { htmlFor: id }, label), select,
    h('div', { class: 'facts', id: `${id}-about`, hidden: !lines.length }, ...lines.map((line) => (typeof line === 'string' ? h('p', {}, line) : line))));
}
