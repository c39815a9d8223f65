/** The question before a version is brought back: what that changes, and that it can be undone in the same way. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { EMPTY_VERSION } from '../../imports/order.js';
import { reversed } from '../../versions/amounts.js';
import { modal } from '../modal.js';
import { comparisonOf } from './comparison.js';

const LONGEST_NOTE = 200;

/** @param {import('../context').PageContext} context */
export function mountRestore(context) {
  const { words: { t, language }, versions, store } = context;
  const dialog = modal('#restore-version', t('close'));
  const about = h('p', {});
  const changes = h('div', { role: 'status' });
  const note = h('input', { type: 'text', id: 'restore-note', maxLength: LONGEST_NOTE, autocomplete: 'off' });
  const restore = h('button', { type: 'button', class: 'primary-button', 'data-restore-do': '' });
  const leave = h('button', { type: 'button', class: 'secondary-button' }, t('imports.cancel'));
  let asked = '';
  dialog.body.append(about, changes, h('p', { class: 'facts' }, t('versions.restore_about')),
    h('div', { class: 'form-field' }, h('label', { htmlFor: note.id }, t('imports.note'), h('span', { class: 'optional-mark' }, t('imports.optional'))), note), h('div', { class: 'field-row' }, restore, leave));
  leave.addEventListener('click', dialog.close);
  restore.addEventListener('click', async () => {
    restore.disabled = true;
    restore.textContent = t('versions.restoring');
    await versions.restore(asked, note.value.trim());
    restore.disabled = false;
    dialog.close();
  });

  return {
    /** @param {Pick<import('../../versions').DataVersion, 'version' | 'written_at'>} version */
    async ask(version) {
      asked = version.version;
      note.value = '';
      dialog.setTitle(t('versions.restore'));
      restore.textContent = t('versions.restore_do');
      restore.disabled = true;
      replaceChildren(about, version.version === EMPTY_VERSION ? t('versions.restore_empty') : t('versions.restore_to', { at: version.written_at ? moment(version.written_at, language) : version.version, version: version.version }));
      replaceChildren(changes, comparisonOf(context, null));
      dialog.open();
      const comparison = store.get().imports.versions.compared === version.version ? store.get().imports.versions.comparison : await versions.compare(version.version);
      if (asked !== version.version) return;
      if (!comparison) return dialog.close();
      replaceChildren(changes, comparisonOf(context, reversed(comparison)));
      /** @type {HTMLElement | null} */ (changes.querySelector('caption'))?.replaceChildren(t('versions.restore_changes'));
      restore.disabled = false;
      return undefined;
    },
  };
}
