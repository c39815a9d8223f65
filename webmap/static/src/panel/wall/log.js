/** 最近记录: what was written last, when it happened, and by whom. */

import { h } from '../../element.js';
import { timeOn } from '../../format.js';
import { isoFromMs } from '../../state/clock.js';
import { countingTime } from '../../state/log_entries.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */

const ROWS = 6;

/** @param {import('../context').PageContext} context @returns {import('../../wall').Scene} */
export function logScene({ words: { t, language } }) {
  const body = h('div', { class: 'wall-body' });
  const element = h('section', { class: 'wall-scene', 'aria-label': t('wall.scene.log') }, body);
  const put = changing(body);

  /** @param {PageState} state @param {number} nowMs */
  function render({ log: { entries, view } }, nowMs) {
    const today = view?.incident.drill ? view.at : isoFromMs(nowMs);
    const last = entries.filter(({ withdrawn, corrects }) => !withdrawn && corrects === null).slice(-ROWS).reverse();
    const rows = last.map((entry) => ({ number: entry.number, at: timeOn(countingTime(entry), today, language), author: entry.author, said: entry.counts?.said ?? entry.said, group: entry.group }));
    put(rows, () => [h('h2', {}, t('wall.log', { count: entries.length })),
      h('ol', { class: 'wall-log' }, ...rows.map(({ number, at, author, said, group }) => h('li', { 'data-wall-entry': number, 'data-group': group }, h('time', {}, at), h('span', {}, said), h('small', {}, author))))]);
  }
  return { element, render, has: ({ log }) => log.view !== null };
}
