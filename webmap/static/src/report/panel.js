/** The report's tables, one at a time, to be sorted by any column. */

import { h, replaceChildren } from '../element.js';
import { duration, exactNumber, moment } from '../format.js';
import { sorted } from './at_step.js';

/** @typedef {import('./report').ReportData} ReportData */
/** @typedef {import('./report').ReportTable} ReportTable */

const FIGURES = new Set(['integer', 'number', 'hours', 'share', 'ratio']);

/** @param {ReportData} data @param {HTMLElement} about what the first tab holds @returns {HTMLElement} */
export function panel(data, about) {
  const { words, tables } = data;
  const body = h('div', { class: 'panel-body', id: 'panel-body', role: 'tabpanel' });
  const contents = [about, ...tables.map((table) => tableOf(table, data))];
  const tabs = [words.overview, ...tables.map((table) => table.title)].map((title, number) =>
    h('button', { type: 'button', role: 'tab', class: 'panel-tab', 'aria-controls': 'panel-body', onclick: () => choose(number), onkeydown: (/** @type {KeyboardEvent} */ event) => move(event, number) }, title));

  /** @param {number} chosen */
  function open(chosen) {
    tabs.forEach((tab, number) => {
      tab.setAttribute('aria-selected', String(number === chosen));
      tab.tabIndex = number === chosen ? 0 : -1;
    });
    replaceChildren(body, contents[chosen]);
    body.scrollTop = 0;
  }

  /** Where the tables lie below the map, what was asked for comes into view. @param {number} chosen */
  function choose(chosen) {
    open(chosen);
    if (body.getBoundingClientRect().top > window.innerHeight * 0.8) body.closest('aside')?.scrollIntoView();
  }

  /** @param {KeyboardEvent} event @param {number} number */
  function move(event, number) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = (number + by + tabs.length) % tabs.length;
    open(next);
    tabs[next].focus();
  }

  open(0);
  return h('section', { class: 'panel', 'aria-label': words.tables }, h('div', { class: 'panel-tabs', role: 'tablist' }, ...tabs), body);
}

/** @param {ReportTable} table @param {ReportData} data */
function tableOf(table, data) {
  const body = h('tbody');
  let column = -1;
  let falling = false;
  const heads = table.columns.map(({ title, kind }, number) =>
    h('th', { scope: 'col', class: FIGURES.has(kind) ? 'figure' : null },
      h('button', { type: 'button', class: 'sort', title: data.words.sort, onclick: () => sortBy(number) }, title)));

  /** @param {number} number */
  function sortBy(number) {
    falling = number === column ? !falling : FIGURES.has(table.columns[number].kind);
    column = number;
    heads.forEach((head, place) => {
      if (place === column) head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    fill(sorted(table.rows, column, falling, data.language));
  }

  /** @param {(string | number | null)[][]} rows */
  function fill(rows) {
    replaceChildren(body, ...rows.map((row) => h('tr', {}, ...row.map((value, place) => cell(value, table.columns[place].kind, data)))));
  }

  fill(table.rows);
  if (!table.rows.length) return h('p', { class: 'nothing' }, data.words.nothing);
  return h('div', { class: 'table-frame', tabIndex: 0, role: 'region', 'aria-label': table.title },
    h('table', { 'data-table': table.key }, h('thead', {}, h('tr', {}, ...heads)), body));
}

/** @param {string | number | null} value @param {string} kind @param {ReportData} data */
function cell(value, kind, data) {
  if (value === null) return h('td', { class: FIGURES.has(kind) ? 'figure none' : 'none' }, '—');
  if (kind === 'moment') return h('td', { class: 'moment' }, moment(String(value), data.language));
  if (kind === 'hours') return h('td', { class: 'figure' }, duration(Number(value), data.language));
  if (kind === 'share') return h('td', { class: 'figure' }, `${(Number(value) * 100).toFixed(0)} %`);
  if (kind === 'ratio') return h('td', { class: 'figure' }, Number(value).toFixed(3));
  if (FIGURES.has(kind)) return h('td', { class: 'figure' }, exactNumber(Number(value)));
  return h('td', { class: kind === 'long_text' ? 'long' : null }, String(value));
}
