/** Search over places and stations. Enter goes there; a fault can be marked from here without the map. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { createPlaceNames } from './place_names.js';

/** @typedef {import('../types').PlaceRef} PlaceRef */
/** @typedef {import('./place_names.js').Entry} Entry */

const MOST_RESULTS = 30;

/** @param {import('./context').PageContext} context */
export function mountSearch(context) {
  const { words, actions, zoomTo } = context;
  const { t } = words;
  const places = createPlaceNames(context);
  const dialog = /** @type {HTMLDialogElement} */ (find('#search'));
  const input = h('input', { type: 'search', placeholder: t('search.placeholder'), 'aria-label': t('search.placeholder'), 'data-search-input': '' });
  const list = h('ul', { class: 'search-results', 'aria-label': t('search.results') });
  const status = h('p', { class: 'facts', role: 'status' });
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close') }, sign('close'));
  dialog.append(h('div', { class: 'search-field' }, sign('search'), input, close), status, list);
  dialog.setAttribute('aria-label', t('search'));
  /** @type {Entry[]} */
  let found = [];

  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  input.addEventListener('input', update);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && found.length) go(found[0]);
    if (event.key === 'ArrowDown') focusRow(0, event);
  });
  list.addEventListener('keydown', (event) => {
    const rows = [...list.querySelectorAll('.search-row')];
    const at = rows.findIndex((row) => row.parentElement?.contains(document.activeElement));
    if (event.key === 'ArrowDown') focusRow(at + 1, event);
    if (event.key === 'ArrowUp') (at > 0 ? focusRow(at - 1, event) : input.focus());
  });

  /** @param {number} index @param {Event} event */
  function focusRow(index, event) {
    event.preventDefault();
    const row = list.querySelectorAll('.search-row')[index];
    if (row instanceof HTMLElement) row.focus();
  }

  function update() {
    const wanted = input.value.trim();
    const all = places.fitting(wanted ? places.searched() : [], wanted);
    found = all.slice(0, MOST_RESULTS);
    replaceChildren(list, ...found.map(row));
    if (!wanted) status.textContent = t('search.hint');
    else status.textContent = found.length ? t('search.count', { count: all.length }) : t('search.none', { text: wanted });
  }

  /** @param {Entry} entry */
  function row(entry) {
    const place = h('button', { type: 'button', class: 'search-row' }, h('strong', {}, entry.name), h('span', {}, entry.about));
    place.addEventListener('click', () => go(entry));
    const township = entry.ref.kind === 'township';
    const mark = h('button', { type: 'button', class: 'text-button', 'data-search-fault': entry.ref.id, 'aria-label': `${t(township ? 'card.pick' : 'card.mark')}: ${entry.name}` }, t(township ? 'card.pick' : 'card.mark'));
    mark.addEventListener('click', () => {
      dialog.close();
      if (township) actions.toggleTownship(entry.ref.id);
      else actions.addFault(entry.ref.id);
      // The answer is read next, not the search button.
      find('#incident-panel').focus();
      zoomTo(entry.ref);
    });
    return h('li', { 'data-search-result': entry.ref.id }, place, mark);
  }

  /** @param {Entry} entry */
  function go(entry) {
    dialog.close();
    actions.select({ ...entry.ref });
    zoomTo(entry.ref);
  }

  function open() {
    dialog.showModal();
    input.select();
    update();
  }
  return { open };
}
