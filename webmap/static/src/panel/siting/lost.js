/** What is said instead of a plan that could not be fetched. */

import { h } from '../../element.js';

/** @param {import('../context').PageContext} context @param {import('../../types').PageError} error */
export function lostRun({ words: { t }, siting }, { status, message, remedy }) {
  const list = h('button', { type: 'button', class: 'secondary-button', 'data-siting-to-list': '' }, t('siting.to_list'));
  list.addEventListener('click', () => siting.show('runs'));
  const why = status === 404 ? t('siting.gone') : [message || t(status ? 'error.server' : 'error.unreachable', { status }), remedy].filter(Boolean).join(t('sentence_gap'));
  return h('span', { class: 'siting-lost', role: 'alert' }, h('span', {}, why), list);
}
