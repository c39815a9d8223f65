/** Townships by what they lost: of the network that the map shows, or of all. Sorted by any column. */

import { sortTownships, townshipRow } from '../../../aftermath/townships.js';
import { h, replaceChildren } from '../../../element.js';
import { percent } from '../../../format.js';
import { definitions } from './parts.js';
import { impactWords } from './say.js';

/** @typedef {import('../../../aftermath').ImpactAnswer} ImpactAnswer */
/** @typedef {import('../../../aftermath/townships.js').Column} Column */
/** @typedef {import('../../../aftermath/townships.js').TownshipRow} TownshipRow */

/** @param {import('../../context').PageContext} context */
export function townshipTable(context) {
  const { words, words: { t, language }, titles, actions, zoomTo } = context;
  const say = impactWords(context);
  const caption = h('p', { class: 'facts' });
  const place = h('div', { class: 'table-scroll' });
  const defined = h('div', {});
  const element = h('section', { class: 'impact-section', 'data-impact': 'townships' }, h('h3', {}, t('aftermath.townships')), caption, place, defined);
  /** @type {{column: Column, descending: boolean}} */
  let order = { column: 'hours', descending: true };
  /** @type {ImpactAnswer | null} */
  let answer = null;

  /** @param {Column} column @param {string} text */
  function head(column, text) {
    const active = order.column === column;
    const button = h('button', { type: 'button', class: 'sort-button', 'data-impact-sort': column }, text, active && h('span', { 'aria-hidden': 'true' }, order.descending ? ' ↓' : ' ↑'));
    button.addEventListener('click', () => {
      order = { column, descending: active ? !order.descending : column !== 'name' };
      draw();
      /** @type {HTMLElement | null} */ (place.querySelector(`[data-impact-sort="${column}"]`))?.focus();
    });
    return h('th', { scope: 'col', 'aria-sort': active ? (order.descending ? 'descending' : 'ascending') : 'none' }, button);
  }

  /** @param {TownshipRow} row @param {boolean} ofNetwork */
  function line(row, ofNetwork) {
    const least = row.atLeast && (row.lost || row.hit > 0);
    const cells = [say.count(row.hit, least), ...(ofNetwork ? [row.share === null ? '—' : percent(row.share, t('aftermath.unknown'))] : []),
      say.count(row.hours, least), say.restore(row.restoreHours, row.lost, row.out), String(row.facilities)];
    /** @type {import('../../../types').PlaceRef | null} */
    const ref = row.code === null ? null : { kind: 'township', id: row.code };
    const element_ = h('tr', { 'data-impact-township': row.code ?? 'outside' }, h('th', { scope: 'row' }, ref ? nameOf(row, ref) : row.name), ...cells.map((cell) => h('td', {}, cell)));
    if (ref) {
      element_.addEventListener('mouseenter', () => actions.hover(ref));
      element_.addEventListener('mouseleave', () => actions.hover(null));
    }
    return element_;
  }

  /** @param {TownshipRow} row @param {import('../../../types').PlaceRef} ref */
  function nameOf(row, ref) {
    const button = h('button', { type: 'button', class: 'cell-button' }, row.name);
    button.addEventListener('click', () => {
      actions.select(ref);
      zoomTo(ref);
    });
    return button;
  }

  function draw() {
    if (!answer) return;
    const { impact, classes: { network } } = answer;
    const rows = impact.townships.map((township) => townshipRow(township, network)).filter((row) => row.lost || row.facilities > 0 || row.hit > 0);
    const spared = impact.townships.length - rows.length;
    const of = network === null ? t('aftermath.townships.all') : t('aftermath.townships.of', { network: titles.network(network) });
    caption.textContent = [of, spared > 0 && t('aftermath.townships.spared', { count: spared })].filter(Boolean).join('');
    place.hidden = rows.length === 0;
    const unit = network === null ? 'people' : 'customers';
    const heads = [head('name', t('column.name')), head('hit', t(`aftermath.column.${unit}_hit`)), ...(network === null ? [] : [head('share', t('column.share'))]),
      head('hours', t(`aftermath.column.${unit === 'people' ? 'people_hours' : 'customer_hours'}`)), head('restore', t('aftermath.column.restore')), head('facilities', t('aftermath.column.failed'))];
    const sorted = sortTownships(rows, order.column, order.descending, language);
    replaceChildren(place, h('table', { class: 'impact-table' }, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...sorted.map((row) => line(row, network !== null)))));
    replaceChildren(defined, definitions(words, impact, ['people_hit', 'people_hours', 'customer_hours', 'hours_per_customer']));
  }

  return {
    element,
    /** @param {ImpactAnswer} next */
    render(next) {
      answer = next;
      if (order.column === 'share' && next.classes.network === null) order = { column: 'hours', descending: true };
      draw();
    },
    /** @param {import('../../../types').PageState} state @param {boolean} chosen whether another place was chosen just now */
    mark({ hovered, selected }, chosen) {
      for (const row of place.querySelectorAll('[data-impact-township]')) {
        const code = row.getAttribute('data-impact-township');
        row.classList.toggle('hovered', hovered?.kind === 'township' && hovered.id === code);
        const own = selected?.kind === 'township' && selected.id === code;
        row.classList.toggle('selected', own);
        if (own && chosen) row.scrollIntoView({ block: 'nearest' });
      }
    },
  };
}
