/** A field of the form with its name, its help and what is wrong with it. */

import { h, replaceChildren } from '../../../element.js';

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {HTMLElement} focusable what the label names and a problem points at
 * @property {() => Record<string, unknown>} read the fields that it enters, as the server has them
 * @property {() => string} [wrong] why it cannot be sent; empty when it can
 * @property {string[]} [also] further fields whose problems belong here
 * @property {boolean} [group] several things to press: the name is a legend then
 */

/** @typedef {ReturnType<typeof fieldShell>} Shell */

/**
 * @param {import('../../../i18n.js').Translator} words
 * @param {{name: string, label: string, hint?: string, required?: boolean}} field
 * @param {Control} control
 */
export function fieldShell({ t }, { name, label, hint, required = false }, control) {
  const { focusable } = control;
  const errorId = `record-${name}-error`;
  const error = h('p', { class: 'field-error', id: errorId, role: 'alert', hidden: true });
  const optional = !required && h('span', { class: 'facts' }, ' ', t('record.optional'));
  if (!focusable.id) focusable.id = `record-${name}`;
  focusable.setAttribute('aria-describedby', errorId);
  const help = hint ? h('p', { class: 'facts' }, hint) : null;
  const element = control.group
    ? h('fieldset', { class: 'record-field' }, h('legend', {}, label, optional), control.element, error, help)
    : h('div', { class: 'record-field' }, h('label', { htmlFor: focusable.id }, label, optional), control.element, error, help);
  element.dataset.recordField = name;

  /** @param {string[]} said nothing takes it away */
  function tell(...said) {
    error.hidden = said.length === 0;
    replaceChildren(error, said.join(t('sentence_gap')));
    focusable.setAttribute('aria-invalid', String(said.length > 0));
    element.classList.toggle('refused', said.length > 0);
  }
  // What was wrong is being set right.
  element.addEventListener('input', () => tell());

  /** Looks whether it can be sent. */
  function check() {
    const wrong = control.wrong?.() ?? '';
    const empty = required && isEmpty(control.read()[name]);
    const said = wrong || (empty ? t('record.required', { name: label }) : '');
    tell(...(said ? [said] : []));
    return !said;
  }
  return { element, names: [name, ...(control.also ?? [])], read: control.read, check, tell, focus: () => focusable.focus() };
}

/** @param {unknown} value */
function isEmpty(value) {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}
