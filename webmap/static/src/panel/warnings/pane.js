/** Tab 「预警」: what is in force, what is in preparation and whose turn it is, what is over; or one warning. */

import { h, replaceChildren } from '../../element.js';
import { plansFor } from '../incidents/rights.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @param {HTMLElement} element */
export function mountWarnings(context, element) {
  const { words: { t }, warnings } = context;
  const begin = h('button', { type: 'button', class: 'primary-button', 'data-draft-warning': '' }, t('warnings.draft'));
  begin.addEventListener('click', () => warnings.draft(null));
  replaceChildren(element, begin);

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    if (!changed('warnings', 'log', 'viewer', 'tab')) return;
    begin.hidden = !plansFor(state.viewer, 'draft_warning').includes(state.log.view?.incident.plan ?? '');
  }
  return { render };
}
