/** Without an incident: what to do first. */

import { find, h } from '../element.js';
import { sign } from '../icons.js';
import { isEmpty } from '../imports/order.js';
import { emptyStart } from './imports/empty_start.js';
import { maySeeLogs } from './incidents/rights.js';

/**
 * @param {import('./context').PageContext} context
 * @param {{openSearch: () => void, openIncidents: () => void}} commands
 */
export function mountFirstStep(context, { openSearch, openIncidents }) {
  const { words, actions, store } = context;
  const { t } = words;
  const card = find('#first-step');
  // Without data there is nothing to mark.
  if (isEmpty(context.catalog.layers)) return emptyStart(context, card);
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close') }, sign('close'));
  close.addEventListener('click', () => {
    card.dataset.dismissed = 'true';
    card.hidden = true;
  });
  const fault = h('button', { type: 'button', class: 'primary-button' }, t('tool.fault'));
  fault.addEventListener('click', () => actions.setMode('fault'));
  const search = h('button', { type: 'button', class: 'text-button' }, t('first.search'));
  search.addEventListener('click', openSearch);
  const figures = h('button', { type: 'button', class: 'text-button', 'data-first-figures': '' }, t('level.figures'));
  figures.addEventListener('click', () => actions.showLevel('figures'));
  const guard = h('button', { type: 'button', class: 'text-button', 'data-open-protection': '' }, sign('shield'), t('protection'));
  guard.addEventListener('click', () => actions.showProtection(true));
  // Only who may see logs is told of them here: for others the calculation is all there is.
  const incidents = h('button', { type: 'button', class: 'text-button', 'data-first-incidents': '', hidden: true }, sign('list'), t('incidents'));
  incidents.addEventListener('click', openIncidents);
  card.append(h('header', {}, h('h2', {}, t('first.title')), close), h('p', {}, t('first.text')), h('div', { class: 'field-row' }, fault, search, figures, guard, incidents));
  const show = () => { incidents.hidden = !maySeeLogs(store.get().viewer); };
  store.subscribe((state, before) => {
    if (state.viewer !== before.viewer) show();
  });
  show();
  return undefined;
}
