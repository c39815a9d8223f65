/** Whom a channel cannot reach is told by other means: a button that asks for a short note of how. */

import { h } from '../../element.js';
import { formField } from '../form_field.js';

const LONGEST = 500;

/**
 * @param {import('../context').PageContext} context
 * @param {string} id of the field, unique on the page
 * @param {(note: string) => Promise<import('../../types').PageError | null>} send resolves to what refused it
 * @param {(error: import('../../types').PageError) => void} refuse
 */
export function otherMeans({ words: { t } }, id, send, refuse) {
  const begin = h('button', { type: 'button', class: 'secondary-button small-button', 'data-delivery-action': 'told-otherwise' }, t('warnings.told_otherwise'));
  const note = h('input', { type: 'text', maxLength: LONGEST, required: true, autocomplete: 'off' });
  const field = formField(id, t('warnings.told_how'), note);
  const confirm = h('button', { type: 'submit', class: 'primary-button small-button' }, t('warnings.told_record'));
  const leave = h('button', { type: 'button', class: 'text-button small-button' }, t('warnings.told_cancel'));
  const form = h('form', { class: 'other-means-form', noValidate: true, hidden: true }, field.element, h('p', { class: 'field-row' }, confirm, leave));
  const element = h('div', { class: 'other-means' }, begin, form);

  /** @param {boolean} open */
  function show(open) {
    form.hidden = !open;
    begin.hidden = open;
    field.tell([]);
    if (!open) note.value = '';
    (open ? note : begin).focus({ preventScroll: true });
  }
  begin.addEventListener('click', () => show(true));
  leave.addEventListener('click', () => show(false));
  form.addEventListener('keydown', (event) => {
    // Esc also leaves a word that is being put together by an input method.
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    show(false);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!confirm.disabled) void record();
  });

  async function record() {
    const said = note.value.trim();
    field.tell(said ? [] : [t('warnings.field_missing')]);
    if (!said) {
      note.focus();
      return;
    }
    confirm.disabled = true;
    const error = await send(said);
    confirm.disabled = false;
    if (error) refuse(error);
    else show(false);
  }
  return element;
}
