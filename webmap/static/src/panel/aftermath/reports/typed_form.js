/** A small form that keeps what was typed until it is stored, sends one entry, and shows what is refused. */

import { h, replaceChildren } from '../../../element.js';
import { failureBox, sendOnSubmit } from '../../log/record/sending.js';
import { fieldShell } from '../../log/record/shell.js';

/** @typedef {import('../../log/record/shell.js').Shell} Shell */
/** @typedef {import('../../../log').NewFact} NewFact */

/**
 * A field with ids of its own, as the dialog that records has fields of the same names.
 * @param {import('../../../i18n.js').Translator} words @param {string} prefix @param {Parameters<typeof fieldShell>[1]} field
 * @param {import('../../log/record/shell.js').Control} control @returns {Shell}
 */
export function ownShell(words, prefix, field, control) {
  const id = `${prefix}-${field.name}`;
  control.focusable.id = id;
  const shell = fieldShell(words, field, control);
  const error = shell.element.querySelector('.field-error');
  if (error) control.focusable.setAttribute('aria-describedby', (error.id = `${id}-error`));
  return shell;
}

/**
 * @param {import('../../context').PageContext} context
 * @param {object} options
 * @param {Shell[]} options.shells
 * @param {string} options.submit what the button says
 * @param {string} options.label what was recorded
 * @param {(entered: Record<string, any>) => NewFact} options.fact
 * @param {(entered: Record<string, string>) => void} options.onTyped
 * @param {() => void} options.onStored
 * @param {() => void} options.onCancel
 * @param {Node[]} [options.notes] above the buttons
 * @param {(entered: Record<string, any>) => {key: string, said: Node, anyway: string} | null} options.overtaken what somebody
 *   wrote of the same since the form was opened; `key` names the entry, `anyway` is what the button says then
 */
export function typedForm(context, { shells, submit: text, label, fact, onTyped, onStored, onCancel, notes = [], overtaken }) {
  const { words: { t }, log } = context;
  const failure = failureBox();
  const submit = h('button', { type: 'submit', class: 'primary-button', 'data-report-submit': '' }, text);
  const cancel = h('button', { type: 'button', class: 'text-button' }, t('reports.close_form'));
  const meanwhile = h('div', { class: 'report-overtaken', role: 'alert', hidden: true, 'data-overtaken': '' });
  const element = h('form', { class: 'record-form report-form', noValidate: true }, ...shells.map((shell) => shell.element), failure, ...notes, meanwhile, h('div', { class: 'report-form-foot' }, cancel, submit));
  cancel.addEventListener('click', onCancel);
  const entered = () => Object.assign({}, ...shells.map((shell) => shell.read()));
  const keep = () => onTyped(Object.fromEntries(Object.entries(entered()).filter(([, value]) => typeof value === 'string' && value !== '')));
  element.addEventListener('input', keep);
  element.addEventListener('change', () => void tell());
  let told = '';

  /** Says what was written of the same since. @returns {boolean} whether that was not said before */
  function tell() {
    const now = overtaken(entered());
    const isNew = now !== null && now.key !== told;
    if ((now?.key ?? '') !== told) {
      told = now?.key ?? '';
      meanwhile.hidden = now === null;
      replaceChildren(meanwhile, now?.said);
      submit.textContent = now?.anyway ?? text;
    }
    return isNew;
  }

  /** Nothing is written over what was written meanwhile without that being read first. */
  async function unseen() {
    await log.refresh();
    if (!tell()) return false;
    meanwhile.scrollIntoView({ block: 'nearest' });
    return true;
  }
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  });

  sendOnSubmit(context, { element, shells, submit, failure, fact: () => fact(entered()), label: () => label, held: unseen, onStored });
  tell();
  return { element, focus: () => shells[0].focus(), tell: () => {
    // While it is sent, the entry that comes in is one's own.
    if (element.getAttribute('aria-busy') !== 'true') tell();
  } };
}
