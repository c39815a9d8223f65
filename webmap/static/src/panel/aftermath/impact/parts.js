/** Pieces that the sections of an impact share: a heading with its content, a table, definitions to open. */

import { h } from '../../../element.js';

/** @typedef {import('../../../aftermath').Impact} Impact */

/** @param {string} key @param {string} title @param {...(Node | string | null | false)} content */
export function section(key, title, ...content) {
  return h('section', { class: 'impact-section', 'data-impact': key }, h('h3', {}, title), ...content);
}

/** Rows under heads; the first of each row names it. @param {string[]} heads @param {(Node | string)[][]} rows @param {Record<string, any>} [properties] */
export function table(heads, rows, properties = {}) {
  return h('div', { class: 'table-scroll' }, h('table', { class: 'impact-table', ...properties },
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...rows.map(([name, ...cells]) => h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((cell) => h('td', {}, cell)))))));
}

/** How figures are defined, opened on demand. @param {import('../../../i18n.js').Translator} words @param {Impact} impact @param {string[]} keys of the document's definitions @param {string} [title] */
export function definitions({ t }, impact, keys, title = t('aftermath.definitions')) {
  const found = impact.definitions.filter(({ key }) => keys.includes(key));
  if (!found.length) return null;
  return h('details', { class: 'impact-definitions' }, h('summary', {}, title),
    h('dl', {}, ...found.flatMap((entry) => [
      h('dt', {}, entry.title, ' ', h('span', { class: 'facts' }, entry.unit)),
      h('dd', {}, entry.text, ' ', h('span', { class: 'facts' }, entry.source)),
    ])));
}
