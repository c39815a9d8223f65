/** Townships as a table: every figure that the map shades, sortable by each column. */

import { LOSS_RAMP, shadedShare, shareClass } from '../classify.js';
import { h, replaceChildren } from '../element.js';
import { exactNumber, percent } from '../format.js';

/** @typedef {import('../types').Assessment} Assessment */
/** @typedef {import('../types').TownshipStatus} TownshipStatus */
/** @typedef {'name' | 'customers' | 'share' | 'population' | 'facilities'} Column */

/** @type {Column[]} */
const COLUMNS = ['name', 'customers', 'share', 'population', 'facilities'];

/** @param {import('./context').PageContext} context @param {HTMLElement} element */
export function mountTownshipTable(context, element) {
  const { words, titles, store, actions, zoomTo } = context;
  const { t, language } = words;
  /** @type {{column: Column, descending: boolean}} */
  let order = { column: 'share', descending: true };
  const body = h('tbody', {});

  /** @param {TownshipStatus} township */
  function measured(township) {
    const { share, network } = shadedShare(township, store.get().shading);
    const loss = network ? township.commodities[/** @type {import('../types').Network} */ (network)] : undefined;
    const affected = township.facilities_failed * 1000 + township.facilities_on_reserve;
    return { name: township.name, share, network, customers: loss?.customers_out ?? 0, population: township.population_affected, facilities: affected };
  }

  /** @param {TownshipStatus[]} townships */
  function sorted(townships) {
    const sign = order.descending ? -1 : 1;
    return townships.map((township) => ({ township, figures: measured(township) })).sort((a, b) => {
      if (order.column === 'name') return sign * a.figures.name.localeCompare(b.figures.name, language);
      const gap = (a.figures[order.column] ?? -1) - (b.figures[order.column] ?? -1);
      return gap ? sign * gap : a.township.code.localeCompare(b.township.code);
    });
  }

  /** @param {Column} column */
  function head(column) {
    const active = order.column === column;
    const button = h('button', { type: 'button', class: 'sort-button', 'data-sort': column }, t(`column.${column}`),
      active && h('span', { 'aria-hidden': 'true' }, order.descending ? ' ↓' : ' ↑'));
    button.addEventListener('click', () => {
      order = { column, descending: active ? !order.descending : column !== 'name' };
      render(store.get().assessment);
      const again = element.querySelector(`[data-sort="${column}"]`);
      if (again instanceof HTMLElement) again.focus();
    });
    return h('th', { scope: 'col', 'aria-sort': active ? (order.descending ? 'descending' : 'ascending') : 'none' }, button);
  }

  /** @param {{township: TownshipStatus, figures: ReturnType<typeof measured>}} entry */
  function row({ township, figures }) {
    /** @type {import('../types').PlaceRef} */
    const ref = { kind: 'township', id: township.code };
    const step = shareClass(figures.share);
    const chip = h('span', { class: `share-chip ${step === -2 ? 'share-unknown' : ''}` });
    if (step >= 0) chip.style.backgroundColor = LOSS_RAMP[step];
    const name = h('button', { type: 'button', class: 'cell-button' }, township.name);
    name.addEventListener('click', () => {
      actions.select(ref);
      zoomTo(ref);
    });
    const facilities = township.facilities_failed || township.facilities_on_reserve
      ? t('township.facilities', { failed: township.facilities_failed, reserve: township.facilities_on_reserve }) : '0';
    const element_ = h('tr', { 'data-township-row': township.code },
      h('th', { scope: 'row' }, name),
      h('td', {}, exactNumber(figures.customers)),
      h('td', { class: 'share-cell', title: figures.network ? titles.network(figures.network) : '' }, chip, percent(figures.share, t('unknown'))),
      h('td', {}, exactNumber(figures.population)),
      h('td', {}, facilities));
    element_.addEventListener('mouseenter', () => actions.hover(ref));
    element_.addEventListener('mouseleave', () => actions.hover(null));
    return element_;
  }

  /** @param {Assessment | null} assessment */
  function render(assessment) {
    if (!assessment) return replaceChildren(element);
    replaceChildren(body, ...sorted(assessment.townships).map(row));
    const { shading } = store.get();
    const caption = shading === 'worst' ? t('township.caption_worst') : t('township.caption', { network: titles.network(shading) });
    const table = h('table', { class: 'townships' }, h('caption', {}, caption), h('thead', {}, h('tr', {}, ...COLUMNS.map(head))), body);
    replaceChildren(element, h('div', { class: 'table-scroll' }, table));
    mark(store.get());
    return undefined;
  }

  /** @param {import('../types').PageState} state */
  function mark(state) {
    for (const line of body.rows) {
      const code = line.dataset.townshipRow;
      line.classList.toggle('hovered', state.hovered?.kind === 'township' && state.hovered.id === code);
      line.classList.toggle('selected', state.selected?.kind === 'township' && state.selected.id === code);
    }
  }
  return { render, mark };
}
