/** 乡镇: who is out of what, the most customers first. */

import { h } from '../../element.js';
import { headlineNumber, percent } from '../../format.js';
import { networksOf, townshipRows } from '../../wall/rows.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */

const ROWS = 8;

/** @param {import('../context').PageContext} context @returns {import('../../wall').Scene} */
export function townshipsScene({ words: { t, language }, titles }) {
  const body = h('div', { class: 'wall-body' });
  const element = h('section', { class: 'wall-scene', 'aria-label': t('wall.scene.townships') }, body);
  const put = changing(body);

  /** @param {import('../../wall').TownshipRow} row @param {string} network */
  function cell(row, network) {
    const loss = row.losses.find((one) => one.network === network);
    if (!loss) return h('td', { class: 'none' }, '–');
    if (!loss.customers) return h('td', {}, t('customers_unknown'));
    const { number, unit } = headlineNumber(loss.customers, language);
    return h('td', {}, h('strong', {}, number), h('span', {}, `${unit}${language === 'en' && unit ? ' ' : ''}${t('wall.households')} ${percent(loss.share, t('unknown'))}`));
  }

  /** @param {PageState} state */
  function render({ assessment }) {
    const rows = townshipRows(assessment);
    put(rows, () => {
      const networks = networksOf(rows);
      const head = h('tr', {}, h('th', { scope: 'col' }, t('column.name')), ...networks.map((network) => h('th', { scope: 'col' }, t(`loss.${network}`))));
      const lines = rows.slice(0, ROWS).map((row) => h('tr', { 'data-wall-township': row.code }, h('th', { scope: 'row' }, row.name), ...networks.map((network) => cell(row, network))));
      return [
        h('h2', {}, t('wall.townships', { count: rows.length })),
        rows.length > 0 ? h('table', { class: 'wall-townships' }, h('thead', {}, head), h('tbody', {}, ...lines)) : h('p', { class: 'wall-empty' }, t('township.no_loss')),
        rows.length > ROWS && h('p', { class: 'wall-more' }, t('wall.more_townships', { count: rows.length - ROWS })),
      ];
    });
  }
  return { element, render, has: ({ assessment }) => townshipRows(assessment).length > 0 };
}
