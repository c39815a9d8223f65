/** 重点单位: whom to help first, with how long each lasts, counting down. */

import { badge } from '../../badge.js';
import { h } from '../../element.js';
import { countdown, placeRows } from '../../wall/rows.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../wall').PlaceRow} PlaceRow */

const ROWS = 8;

/** @param {import('../context').PageContext} context @returns {import('../../wall').Scene} */
export function placesScene({ words: { t }, titles }) {
  const body = h('div', { class: 'wall-body' });
  const element = h('section', { class: 'wall-scene', 'aria-label': t('wall.scene.places') }, body);
  const put = changing(body);

  /** @param {PlaceRow} row */
  function stateOf({ state, lasts, leftS }) {
    if (state === 'failed') return h('strong', { class: 'wall-left failed' }, t('state.failed_short'));
    if (leftS !== null) {
      const { text, unit } = countdown(leftS);
      return h('strong', { class: 'wall-left' }, text, h('small', {}, t(`wall.left.${unit}`)));
    }
    return h('strong', { class: 'wall-left unknown' }, t(lasts ? 'state.lasts_short' : 'state.reserve_unknown_short'));
  }

  /** @param {PageState} state @param {number} nowMs */
  function render({ assessment, log }, nowMs) {
    const clock = log.view && !log.view.incident.drill && log.view.phase !== 'ended' && log.following ? nowMs : null;
    const all = placeRows(assessment, clock);
    const rows = all.slice(0, ROWS);
    put([rows, all.length], () => [
      h('h2', {}, t('wall.places', { count: all.length })),
      rows.length > 0 ? h('ol', { class: 'wall-places' }, ...rows.map((row) => h('li', { 'data-wall-place': row.id, 'data-state': row.state },
        h('span', { class: 'wall-rank' }, String(row.rank)), badge(titles.categoryIcon(row.category), /** @type {import('../../types').FacilityState} */ (row.state), row.leftS === null ? null : row.leftS / 3600),
        h('span', { class: 'wall-name' }, row.name), stateOf(row)))) : h('p', { class: 'wall-empty' }, t('ranking.empty')),
      all.length > ROWS && h('p', { class: 'wall-more' }, t('wall.more_places', { count: all.length - ROWS })),
    ]);
  }
  return { element, render, has: ({ assessment }) => (assessment?.ranking.length ?? 0) > 0 };
}
