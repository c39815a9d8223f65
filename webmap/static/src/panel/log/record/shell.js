/** A field of the form with its name, its help and what is wrong with it. */

import { h, replaceChildren } from '../../../element.js';

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {HTMLElement} focusable what the label names and a problem points at
 * @property {() => Record<string, unknown>} read the fields that it enters, as the server has them
 * @property {() => string} [wrong] why it cannot be sent; empty when it can
 * @property {string[]} [also] further fields whose problems belong here
 * @property {(name: string) => HTMLElement | null} [part] where what is wrong with one of several fields is mended
 * @property {(name: string, problem: import('../../../types').Problem) => string} [explain] in the field's own terms, where the server's are those of files
 * @property {boolean} [group] several things to press: the name is a legend then
 */

/** @typedef {ReturnType<typeof fieldShell>} Shell */

/**
 * @param {import('../../../i18n.js').Translator} words
 * @param {{name: string, label: string, hint?: string, required?: boolean, optional?: boolean}} field `optional` is said beside the name
 * @param {Control} control
 */
export function fieldShell({ t }, { name, label, hint, required = false, optional: mayBeEmpty = !required }, control) {
  const { focusable } = control;
  const errorId = `record-${name}-error`;
  const error = h('p', { class: 'field-error', id: errorId, role: 'alert', hidden: true });
  const optional = mayBeEmpty && h('span', { class: 'facts' }, ' ', t('record.optional'));
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
    // A group has no field of its own that could be wrong.
    if (!control.group) focusable.setAttribute('aria-invalid', String(said.length > 0));
    element.classList.toggle('refused', said.length > 0);
  }
  // What was wrong is being set right.
  element.addEventListener('input', () => tell());

  /** Looks whether it can be sent. */
  function check() {
    const wrong = control.wrong?.() ?? '';
    const empty = required && isEmpty(control.read()[name]);
    const said = wrong || (empty ? t(control.group ? 'record.choose_one' : 'record.required') : '');
    tell(...(said ? [said] : []));
    return !said;
  }
  const names = [name, ...(control.also ?? [])];

  /** Shows what the server says of these fields. @param {Map<string, import('../../../types').Problem[]>} beside @returns {boolean} whether it says anything */
  function tellProblems(beside) {
    const own = names.flatMap((field) => (beside.get(field) ?? []).map((problem) => control.explain?.(field, problem) ?? [problem.message, problem.remedy].filter(Boolean).join(t('record.remedy_gap'))));
    if (own.length) tell(...own);
    return own.length > 0;
  }

  /** @param {Map<string, unknown>} [beside] goes to the part that is wrong */
  function focus(beside) {
    const part = names.filter((field) => beside?.has(field)).map((field) => control.part?.(field)).find(Boolean);
    (part ?? focusable).focus();
  }
  return { element, names, read: control.read, check, tellProblems, focus };
}

/** @param {unknown} value */
function isEmpty(value) {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}
