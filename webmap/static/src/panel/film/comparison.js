/** Two moments beside each other as a table: level, headline figures, and the places of the plan's list that stand otherwise. */

import { find, h, replaceChildren } from '../../element.js';
import { comparedAt } from '../../film/compare.js';
import { isoAt } from '../../film/state.js';
import { exactNumber, moment } from '../../format.js';

/** Places that are named; of more the number is told. */
const NAMED = 30;

/** @param {import('../context').PageContext} context */
export function mountComparison(context) {
  const { words, titles, film } = context;
  const { t, language } = words;
  const box = find('#film-compare');

  /** @param {import('../../film').FilmPoint} point @param {string} begin @param {string} side */
  function headOf({ s, mode }, begin, side) {
    return h('th', { scope: 'col' }, h('span', { class: 'film-side' }, side), h('span', {}, moment(isoAt(begin, s), language)), h('span', {}, t(`film.${mode}`)));
  }

  /** @param {import('../../film/compare.js').CompareRow} row */
  function rowOf({ key, a, b, change }) {
    const named = { level: 'film.row.level', townships: 'figure.townships', failed: 'figure.facilities', on_reserve: 'film.row.on_reserve' }[key];
    const said = (/** @type {number | string | null} */ value) => (typeof value === 'number' ? exactNumber(value) : value ?? t('film.no_level'));
    const sign = change === null ? (a === b ? '' : t('film.changed')) : change ? `${change > 0 ? '+' : '−'}${exactNumber(Math.abs(change))}` : '0';
    return h('tr', { 'data-film-row': key, class: change || (change === null && a !== b) ? 'differs' : '' },
      h('th', { scope: 'row' }, named ? t(named) : t('film.row.customers', { network: titles.network(key) })), h('td', {}, said(a)), h('td', {}, said(b)), h('td', {}, sign));
  }

  /** @param {import('../../types').PageState} state @param {import('../../types').PageState | null} before */
  function render({ film: { compared, begin } }, before) {
    const was = before?.film.compared;
    if (before && was?.a === compared?.a && was?.b === compared?.b) return;
    const [one, other] = compared ? [film.reel(compared.a.mode), film.reel(compared.b.mode)] : [null, null];
    box.hidden = !compared || !one || !other;
    if (!compared || !one || !other || begin === null) return replaceChildren(box);
    const { rows, places } = comparedAt(one, compared.a.s, other, compared.b.s);
    const state = (/** @type {import('../../film').FilmStand} */ stand) => h('td', { class: `state-${stand.state}` }, t(`state.${stand.state}`));
    replaceChildren(box, h('h2', {}, t('film.compare')),
      h('table', { class: 'film-table' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('film.row.figure')), headOf(compared.a, begin, 'A'), headOf(compared.b, begin, 'B'), h('th', { scope: 'col' }, t('film.row.change')))),
        h('tbody', {}, ...rows.map(rowOf))),
      h('h3', {}, t('film.places', { count: places.length })),
      places.length > 0 && h('table', { class: 'film-table film-places' }, h('thead', { class: 'visually-hidden' }, h('tr', {}, h('th', { scope: 'col' }, t('film.row.place')), h('th', { scope: 'col' }, 'A'), h('th', { scope: 'col' }, 'B'))),
        h('tbody', {}, ...places.slice(0, NAMED).map(({ name, a, b }) => h('tr', {}, h('th', { scope: 'row' }, name), state(a), state(b))))),
      places.length > NAMED && h('p', { class: 'facts' }, t('film.more_places', { count: places.length - NAMED })));
    return undefined;
  }
  return { render };
}
