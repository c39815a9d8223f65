/** Before a warning goes out it is asked once more: what, where, to how many, until when, by which channels, real or drill. */

import { h, replaceChildren } from '../../../element.js';
import { countBeforeUnit, moment } from '../../../format.js';
import { modal } from '../../modal.js';
import { officeField } from '../../decide/fields.js';
import { refusalNote } from '../../decide/refusal.js';

/** @param {import('../../context').PageContext} context */
export function issueDialog(context) {
  const { words } = context;
  const { t, language } = words;
  document.body.append(h('dialog', { id: 'issue-warning' }));
  const dialog = modal('#issue-warning', t('close'));
  const refusal = refusalNote(context);

  /**
   * @param {import('../../../warnings').Warning} warning as it is stored @param {import('../../../warnings_draft').Suggested} suggested
   * @param {string[]} offices of the viewer's that may issue it
   * @param {(office: string) => Promise<import('../../../types').PageError | null>} issue resolves to what refused it
   */
  function open(warning, suggested, offices, issue) {
    const version = warning.versions[warning.versions.length - 1];
    const { content, area } = version;
    const inside = /** @type {import('../../../warnings_draft').InsideFigures} */ (/** @type {unknown} */ (area.inside));
    const office = officeField(words, offices);
    const channels = content.channels.map((key) => suggested.channels.find((channel) => channel.key === key)?.title ?? key);
    const names = area.townships.map(({ name }) => name);
    const place = content.texts[language][suggested.items.find(({ name }) => name === '预警区域或场所')?.name ?? ''] ?? names.join(t('draft.comma'));
    const people = inside.people_network ? t('draft.confirm_people', { count: countBeforeUnit(inside.people, language) }) : t('draft.unknown');
    const send = h('button', { type: 'submit', class: 'primary-button', 'data-issue-confirm': '' }, t(warning.drill ? 'draft.confirm_drill' : 'draft.confirm_real'));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('draft.confirm_back'));
    leave.addEventListener('click', () => dialog.close());
    /** @param {string} key @param {string} value */
    const row = (key, value) => h('div', { 'data-confirm': key }, h('dt', {}, t(`draft.confirm.${key}`)), h('dd', {}, value));
    const form = h('form', { class: 'issue-form', noValidate: true },
      h('p', { class: warning.drill ? 'issue-kind drill' : 'issue-kind', 'data-issue-kind': warning.drill ? 'drill' : 'real' }, t(warning.drill ? 'draft.is_drill' : 'draft.is_real')),
      h('dl', {}, row('level', warning.level_name), row('area', place), row('people', people), row('until', moment(content.expires_at, language)), row('channels', channels.join(t('draft.comma')) || t('draft.no_channel'))),
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
  }
  return { open, close: dialog.close };
}
