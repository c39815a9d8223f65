/** Townships as a table: for each network that anybody lost, households and share; sortable by each column. */

import { LOSS_RAMP, shadedShare, shareClass, shareOf } from '../classify.js';
import { h, replaceChildren } from '../element.js';
import { exactNumber, percent } from '../format.js';
import { NETWORKS } from '../state/marks.js';

/** @typedef {import('../types').Assessment} Assessment */
/** @typedef {import('../types').Network} Network */
/** @typedef {import('../types').TownshipStatus} TownshipStatus */
/** @typedef {{column: string, descending: boolean}} Order `shaded` is the share by which the map is shaded */

/** @param {import('./context').PageContext} context @param {HTMLElement} element */
export function mountTownshipTable(context, element) {
  const { words, store, actions, zoomTo } = context;
  const { t, language } = words;
  /** @type {Order} */
  let order = { column: 'shaded', descending: true };
  const body = h('tbody', {});

  /** People of the network that shades the map, or the highest of all networks. @param {TownshipStatus} township */
  function populationOf(township) {
    const { shading } = store.get();
    return shading === 'worst' ? township.population_affected : township.commodities[shading]?.population ?? 0;
  }

  /** What a column sorts by; an unknown share stands before none. @param {TownshipStatus} township @param {string} column */
  function measure(township, column) {
    const [figure, network] = column.split(':');
    const loss = township.commodities[/** @type {Network} */ (network)];
    if (figure === 'customers') return (loss?.customers_out ?? 0) + ((loss?.customers_unknown ?? 0) > 0 ? 0.5 : 0);
    if (figure === 'share') return loss ? shareOf(loss) ?? 1e-9 : 0;
    if (figure === 'population') return populationOf(township);
    if (figure === 'facilities') return township.facilities_failed * 1000 + township.facilities_on_reserve;
    return shadedShare(township, store.get().shading).share ?? 1e-9;
  }

  /** @param {TownshipStatus[]} townships */
  function sorted(townships) {
    const sign = order.descending ? -1 : 1;
    return [...townships].sort((a, b) => {
      if (order.column === 'name') return sign * a.name.localeCompare(b.name, language);
      const gap = measure(a, order.column) - measure(b, order.column);
      return gap ? sign * gap : a.code.localeCompare(b.code);
    });
  }

  /** @param {string} column @param {string} text @param {string} [label] */
  function sortButton(column, text, label) {
    const active = order.column === column;
    const button = h('button', { type: 'button', class: 'sort-button', 'data-sort': column, 'aria-label': label ?? null }, text,
      active && h('span', { 'aria-hidden': 'true' }, order.descending ? ' ↓' : ' ↑'));
    button.addEventListener('click', () => {
      order = { column, descending: active ? !order.descending : column !== 'name' };
      render(store.get().assessment);
      const again = element.querySelector(`[data-sort="${column}"]`);
      if (again instanceof HTMLElement) again.focus();
    });
    return button;
  }

  /** @param {string[]} columns @param {...(Node | string)} content */
  function head(columns, ...content) {
    const active = columns.includes(order.column);
    const direction = order.descending ? 'descending' : 'ascending';
    return h('th', { scope: 'col', 'aria-sort': active ? direction : 'none' }, ...content);
  }

  /** @param {Network} network */
  function networkHead(network) {
    const loss = t(`loss.${network}`);
    const columns = [`customers:${network}`, `share:${network}`];
    return head(columns, h('span', { class: 'column-title' }, loss), h('span', { class: 'column-sorts' },
      sortButton(columns[0], t('column.customers_of'), t('column.sort_customers', { loss })),
      sortButton(columns[1], t('column.share_of'), t('column.sort_share', { loss }))));
  }

  function populationHead() {
    const { shading } = store.get();
    const title = shading === 'worst' ? t('column.population_worst') : t('column.population_of', { loss: t(`loss.${shading}`) });
    return head(['population'], sortButton('population', title), shading === 'worst' ? note(t('column.population_worst_note')) : '');
  }

  /** @param {string} text */
  function note(text) {
    return h('span', { class: 'column-note' }, text);
  }

  /** Households and share of one network in a township. @param {TownshipStatus} township @param {Network} network */
  function lossCell(township, network) {
    const loss = township.commodities[network];
    if (!loss || (!loss.customers_out && !loss.customers_unknown)) return h('td', { 'data-loss': network }, '0');
    const share = shareOf(loss);
    const step = shareClass(share);
    const chip = h('span', { class: `share-chip ${step === -2 ? 'share-unknown' : ''}`, 'data-step': String(step + 1) });
    if (step >= 0) chip.style.setProperty('--step-colour', LOSS_RAMP[step]);
    const count = exactNumber(loss.customers_out);
    const shown = !loss.customers_unknown ? count : loss.customers_out ? t('at_least', { count }) : '';
    return h('td', { 'data-loss': network }, shown && h('span', { class: 'loss-count' }, shown),
      h('span', { class: 'loss-share' }, chip, percent(share, t('customers_unknown'))));
  }

  /** @param {Network[]} networks */
  function rowOf(networks) {
    return (/** @type {TownshipStatus} */ township) => {
      /** @type {import('../types').PlaceRef} */
      const ref = { kind: 'township', id: township.code };
      const name = h('button', { type: 'button', class: 'cell-button' }, township.name);
      name.addEventListener('click', () => {
        actions.select(ref);
        zoomTo(ref);
      });
      const facilities = township.facilities_failed || township.facilities_on_reserve
        ? t('township.facilities', { failed: township.facilities_failed, reserve: township.facilities_on_reserve }) : '0';
      const line = h('tr', { 'data-township-row': township.code }, h('th', { scope: 'row' }, name),
        ...networks.map((network) => lossCell(township, network)),
        h('td', {}, exactNumber(populationOf(township))), h('td', { class: 'facility-cell' }, facilities));
      line.addEventListener('mouseenter', () => actions.hover(ref));
      line.addEventListener('mouseleave', () => actions.hover(null));
      return line;
    };
  }

  function caption() {
    const { shading } = store.get();
    if (order.column !== 'shaded') return null;
    return h('caption', {}, shading === 'worst' ? t('township.caption_worst') : t('township.caption', { loss: t(`loss.${shading}`) }));
  }

  /** @param {Assessment | null} assessment */
  function render(assessment) {
    if (!assessment) return replaceChildren(element);
    const networks = NETWORKS.filter((network) => assessment.townships.some(({ commodities }) =>
      (commodities[network]?.customers_out ?? 0) > 0 || (commodities[network]?.customers_unknown ?? 0) > 0));
    if (order.column.includes(':') && !networks.some((network) => order.column.endsWith(`:${network}`))) {
      order = { column: 'shaded', descending: true };
    }
    replaceChildren(body, ...sorted(assessment.townships).map(rowOf(networks)));
    const heads = [head(['name'], sortButton('name', t('column.name'))), ...networks.map(networkHead), populationHead(),
      head(['facilities'], sortButton('facilities', t('column.facilities')), note(t('column.facilities_note')))];
    const table = h('table', { class: 'townships' }, caption(), h('thead', {}, h('tr', {}, ...heads)), body);
    replaceChildren(element, networks.length === 0 && h('p', { class: 'facts' }, t('township.no_loss')), h('div', { class: 'table-scroll' }, table));
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
