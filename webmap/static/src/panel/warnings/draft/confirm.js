/** Before a warning goes out of the form it is asked once more, by the same box as on its card. */

import { h, replaceChildren } from '../../../element.js';
import { modal } from '../../modal.js';
import { officeField } from '../../decide/fields.js';
import { refusalNote } from '../../decide/refusal.js';
import { essentials } from '../essentials.js';

/** @param {import('../../context').PageContext} context */
export function issueDialog(context) {
  const { words, warnings } = context;
  const { t } = words;
  document.body.append(h('dialog', { id: 'issue-warning' }));
  const dialog = modal('#issue-warning', t('close'));
  const refusal = refusalNote(context);

  /**
   * @param {import('../../../warnings').Warning} warning as it is stored
   * @param {string[]} offices of the viewer's that may issue it
   * @param {(office: string) => Promise<import('../../../types').PageError | null>} issue resolves to what refused it
   */
  function open(warning, offices, issue) {
    const office = officeField(words, offices);
    const about = h('div', {}, essentials(context, warning, undefined));
    const send = h('button', { type: 'submit', class: 'primary-button', 'data-issue-confirm': '' }, t(warning.drill ? 'draft.confirm_drill' : 'draft.confirm_real'));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('draft.confirm_back'));
    leave.addEventListener('click', () => dialog.close());
    const form = h('form', { class: 'issue-form', noValidate: true }, about,
      office.element, refusal.element, h('div', { class: 'form-actions' }, send, leave));
    refusal.clear();
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (send.disabled) return;
      send.disabled = true;
      const refused = await issue(office.value());
      send.disabled = false;
      if (refused) refusal.show(refused);
      else dialog.close();
    });
    dialog.setTitle(t(warning.in_force ? 'draft.confirm_update' : 'draft.confirm_title'));
    replaceChildren(dialog.body, form);
    dialog.open();
    send.focus();
    void warnings.briefing(warning.id).then((briefing) => form.isConnected && replaceChildren(about, essentials(context, warning, briefing)));
  }
  return { open, close: dialog.close };
}
