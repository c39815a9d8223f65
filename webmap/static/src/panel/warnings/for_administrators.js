/** What only administrators can read anything from: what the other server answered, the names of settings. Folded. */

import { h } from '../../element.js';

/** @param {Pick<import('../../i18n.js').Translator, 't'>} words @param {string | null} reply as it came @param {string[]} settings @returns {HTMLElement | null} */
export function forAdministrators({ t }, reply, settings) {
  if (!reply && !settings.length) return null;
  return h('details', { class: 'warning-more', 'data-for-administrators': '' }, h('summary', {}, t('warnings.for_administrators')),
    reply && h('p', { class: 'facts' }, t('warnings.raw_reply', { reply })),
    settings.length > 0 && h('p', { class: 'facts' }, t('warnings.settings_to_check', { settings: settings.join(t('list_comma')) })));
}
