/** Without an incident: what to do first. */

import { find, h } from '../element.js';
import { sign } from '../icons.js';
import { isEmpty, missingLayers } from '../imports/order.js';
import { mayEdit } from '../imports/rights.js';
import { emptyStart } from './imports/empty_start.js';
import { maySeeLogs } from './incidents/rights.js';

/**
 * @param {import('./context').PageContext} context
 * @param {{openSearch: () => void, openIncidents: () => void}} commands
 */
export function mountFirstStep(context, { openSearch, openIncidents }) {
  const { words, actions, store } = context;
  const { t, titleOf } = words;
  const card = find('#first-step');
  // Without data there is nothing to mark.
  if (isEmpty(context.catalog.layers)) return emptyStart(context, card);
  // Before anything is assessed on it: the picture is not whole.
  const missing = missingLayers(context.catalog.layers).map(({ title }) => titleOf(title)).join(t('list_comma'));
  const text = h('p', { 'data-incomplete': missing ? '' : null });
  const load = h('button', { type: 'button', class: 'primary-button', 'data-load-on': '', hidden: true }, t('data.incomplete.load'));
  load.addEventListener('click', () => context.imports.show('layers'));
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
  card.append(h('header', {}, h('h2', {}, missing ? t('data.incomplete.title', { layers: missing }) : t('first.title')), close), text, h('div', { class: 'field-row' }, load, fault, search, figures, guard, incidents));
  const show = () => {
    incidents.hidden = !maySeeLogs(store.get().viewer);
    const loads = missing !== '' && mayEdit(store.get());
    load.hidden = !loads;
    fault.className = missing ? 'secondary-button' : 'primary-button';
    text.textContent = t(!missing ? 'first.text' : loads ? 'data.incomplete.planner' : 'data.incomplete.text');
  };
  store.subscribe((state, before) => {
    if (state.viewer !== before.viewer) show();
  });
  show();
  return undefined;
}
