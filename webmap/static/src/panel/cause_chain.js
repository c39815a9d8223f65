/** The chain from the fault to a place, as an ordered list. */

import { h } from '../element.js';

/**
 * @param {import('../types').FacilityStatus} status
 * @param {import('../i18n.js').Translator} words
 */
export function causeChain(status, words) {
  if (!status.causes.length) return h('p', { class: 'facts' }, words.t('cause.none'));
  return h('ol', { class: 'cause-chain', 'aria-label': words.t('cause.chain') }, ...status.causes.map((cause) => h('li', {}, cause)));
}
