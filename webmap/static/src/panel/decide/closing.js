/** Closing an incident that never needed a response, with the reason. */

import { h, replaceChildren } from '../../element.js';
import { drillMark } from '../drill.js';
import { formField } from '../form_field.js';
import { modal } from '../modal.js';
import { unreachedNote } from '../unreached.js';
import { timeField } from './fields.js';
import { refusalNote } from './refusal.js';

const LONGEST_REASON = 2000;

/** @param {import('../context').PageContext} context */
export function mountClosing(context) {
  const { words, store, log } = context;
  const { t } = words;
  const dialog = modal('#close-incident', t('close'));
  const refusal = refusalNote(context);
  const unreached = unreachedNote(context);

  function open() {
    const { view } = store.get().log;
    if (!view) return;
    const { drill, name } = view.incident;
    const reason = h('textarea', { rows: 2, maxLength: LONGEST_REASON });
    const field = formField('closing-reason', t('decide.reason'), reason, { hint: t('decide.close_hint') });
    const time = timeField(context, drill);
    const send = h('button', { type: 'submit', class: 'primary-button', 'data-close-confirm': '' }, t('decide.close_confirm'));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('decide.leave'));
    const form = h('form', { class: 'decide-form', noValidate: true }, h('p', {}, name), time.element, field.element, refusal.element, h('div', { class: 'form-actions' }, send, leave));
    leave.addEventListener('click', () => dialog.close());
    reason.addEventListener('input', () => field.tell([]));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      refusal.clear();
      const said = reason.value.trim();
      field.tell(said ? [] : [t('decide.close_reason_missing')]);
      if (!said) reason.focus();
      if (!said || !time.check() || send.disabled) return;
      send.disabled = true;
      const fact = { kind: 'closed', happened_at: time.value() ?? log.happenedAt(), reason: said };
      if (await log.record([fact], t('decide.done.closed'), { undoable: false, onRefused: refusal.show })) dialog.close();
      send.disabled = false;
    });
    dialog.setTitle(drill && drillMark(words), t('decide.close'));
    refusal.clear();
    replaceChildren(dialog.body, unreached, form);
    dialog.open();
    reason.focus();
  }
  return { open };
}
