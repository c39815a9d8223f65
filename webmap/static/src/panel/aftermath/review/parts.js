/** Pieces that all parts of the review use: a folding part, a table, a time with the way to its entry. */

import { h } from '../../../element.js';
import { timeOn } from '../../../format.js';
import { signOf } from '../../../reports/review.js';
import { entryButton } from '../../log/show_entry.js';

/** Rows of a table before the rest is unfolded. */
const AT_FIRST = 12;

/** @typedef {Node | string | null | undefined | false} Piece */

/** @param {string} key @param {string} title @param {Piece} count beside the title @param {Piece[]} content @param {boolean} [open] */
export function part(key, title, count, content, open = true) {
  return h('details', { class: 'review-part', 'data-review-part': key, open }, h('summary', {}, h('h3', {}, title), count && h('span', { class: 'facts' }, count)), ...content);
}

/** @param {string} caption @param {string[]} heads @param {HTMLTableRowElement[]} rows */
export function table(caption, heads, rows) {
  return h('div', { class: 'review-scroll' }, h('table', { class: 'review-table' }, h('caption', { class: 'visually-hidden' }, caption),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))), h('tbody', {}, ...rows)));
}

/** A long table, the rest of it unfolded on demand. @param {ReturnType<typeof table>} shown with all rows @param {string} more what the button says */
export function limited(shown, more) {
  const rows = [...shown.querySelectorAll('tbody tr')].slice(AT_FIRST);
  if (!rows.length) return [shown];
  for (const row of rows) row.remove();
  const button = h('button', { type: 'button', class: 'text-button' }, more);
  button.addEventListener('click', () => {
    shown.querySelector('tbody')?.append(...rows);
    button.remove();
  });
  return [shown, button];
}

/** @param {string} state @param {string} title */
export function stateMark(state, title) {
  return h('span', { class: `review-state state-${state}`, 'data-review-state': state }, h('span', { 'aria-hidden': 'true' }, signOf(state)), title);
}

/** A time, by the clock where it is of the day on which one looks; pressed, its entry is read. @param {import('../../context').PageContext} context @param {string | null} at @param {number | null} entry */
export function timeOf(context, at, entry) {
  const { words: { t, language }, log } = context;
  if (at === null) return h('span', { class: 'facts' }, '—');
  const text = timeOn(at, log.happenedAt(null), language);
  return entry === null ? text : entryButton(context, entry, t('review.at_entry', { at: text, number: entry }));
}
