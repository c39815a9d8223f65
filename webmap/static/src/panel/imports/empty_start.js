/** On a database without records: what to do first, or whom to ask. Who may load data finds the panel open. */

import { h, replaceChildren } from '../../element.js';
import { mayAppoint, mayEdit } from '../../imports/rights.js';

/** @param {import('../context').PageContext} context @param {HTMLElement} card */
export function emptyStart({ words: { t }, store, imports }, card) {
  document.body.classList.add('no-data');
  const row = h('div', { class: 'field-row' });
  const text = h('p', {});
  card.append(h('header', {}, h('h2', {}, t('data.empty.title'))), text, row);
  const open = h('button', { type: 'button', class: 'primary-button', 'data-empty-open': '' }, t('data.empty.open'));
  open.addEventListener('click', () => imports.show('layers'));

  /** @param {import('../../types').PageState} state */
  function show(state) {
    const may = mayEdit(state);
    replaceChildren(text, t(may ? 'data.empty.planner' : 'data.empty.text'), !may && mayAppoint(state) && h('span', { class: 'facts' }, ` ${t('data.empty.appoint')}`));
    replaceChildren(row, may && open, !may && mayAppoint(state) && h('a', { class: 'primary-button', href: '/people' }, t('data.empty.people')));
  }
  let opened = false;
  store.subscribe((state, before) => {
    if (state.viewer === before.viewer) return;
    show(state);
    if (mayEdit(state) && !opened && !state.imports.open) queueMicrotask(() => imports.show('layers'));
    opened = opened || mayEdit(state);
  });
  show(store.get());
}
