/** Search over places and stations. Enter goes there; a fault can be marked from here without the map. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';

/** @typedef {import('../types').PlaceRef} PlaceRef */
/** @typedef {{ref: PlaceRef, name: string, about: string, rank: number}} Entry */

const MOST_RESULTS = 30;
/** Kinds of node that people know by name. */
const STATION_RANK = { source: 1, substation: 1, pump: 3, regulator: 3, heat_exchange: 3, switch: 6, valve: 6, transformer: 7 };

/** @param {import('./context').PageContext} context */
export function mountSearch(context) {
  const { words, titles, data, actions, zoomTo } = context;
  const { t } = words;
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

  /** @returns {Entry[]} */
  function entries() {
    const facilities = data.features('facilities').map(({ properties }) => ({
      ref: /** @type {PlaceRef} */ ({ kind: 'facility', id: properties.id }), name: properties.name, about: titles.category(properties.category), rank: 2 }));
    const townships = data.features('townships').map(({ properties }) => ({
      ref: /** @type {PlaceRef} */ ({ kind: 'township', id: properties.code }), name: properties.name, about: titles.value('townships', 'kind', properties.kind), rank: 0 }));
    const nodes = data.features('network_nodes').filter(({ properties }) => properties.kind in STATION_RANK).map(({ properties }) => ({
      ref: /** @type {PlaceRef} */ ({ kind: 'node', id: properties.id }), name: properties.name,
      about: `${titles.network(properties.network)} · ${titles.value('network_nodes', 'kind', properties.kind)}`,
      rank: STATION_RANK[/** @type {keyof typeof STATION_RANK} */ (properties.kind)] }));
    return [...townships, ...facilities, ...nodes];
  }

  /** How well a name fits, lower is better; null when it does not. @param {Entry} entry @param {string[]} wanted */
  function fit(entry, wanted) {
    const text = `${entry.name} ${entry.ref.id}`.toLowerCase();
    if (!wanted.every((word) => text.includes(word))) return null;
    // Who writes a whole name or number wants that one, not others whose numbers hold it too.
    const whole = [entry.name, entry.ref.id].some((one) => one.toLowerCase() === wanted.join(' '));
    return (whole ? -10 : 0) + entry.rank + (entry.name.toLowerCase().startsWith(wanted[0]) ? -0.5 : 0) + entry.name.length / 100;
  }

  function update() {
    const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const scored = wanted.length ? entries().map((entry) => ({ entry, score: fit(entry, wanted) })) : [];
    const fitting = scored.filter((item) => item.score !== null).sort((a, b) => (a.score ?? 0) - (b.score ?? 0));
    found = fitting.slice(0, MOST_RESULTS).map(({ entry }) => entry);
    replaceChildren(list, ...found.map(row));
    if (!wanted.length) status.textContent = t('search.hint');
    else status.textContent = found.length ? t('search.count', { count: fitting.length }) : t('search.none', { text: input.value.trim() });
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
