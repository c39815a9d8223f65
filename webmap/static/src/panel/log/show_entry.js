/** The way to an entry of the log from wherever its number stands. */

import { h } from '../../element.js';

/** @type {WeakMap<import('../context').PageContext, (number: number) => void>} */
const ways = new WeakMap();

/** The tab of the log says how it shows an entry. @param {import('../context').PageContext} context @param {(number: number) => void} show */
export function leadToEntries(context, show) {
  ways.set(context, show);
}

/** Opens the log at an entry; what covers it is put away. @param {import('../context').PageContext} context @param {number} number */
export function showEntry(context, number) {
  context.aftermath.close();
  context.store.update({ tab: 'log', levelView: 'closed' });
  ways.get(context)?.(number);
}

/** 「第 N 条」, pressed to read the entry. @param {import('../context').PageContext} context @param {number} number @param {string} [text] */
export function entryButton(context, number, text = context.words.t('logpane.number', { number })) {
  const button = h('button', { type: 'button', class: 'cell-button entry-link', 'data-show-entry': String(number), title: saidOf(context, number) }, text);
  button.addEventListener('click', () => showEntry(context, number));
  return button;
}

/** What an entry says, read without going there. @param {import('../context').PageContext} context @param {number} number */
function saidOf({ store }, number) {
  return store.get().log.entries.find((entry) => entry.number === number)?.said ?? '';
}
