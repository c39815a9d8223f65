/** No incident runs: the clock, the day, and of when the data are. */

import { h } from '../../element.js';
import { moment } from '../../format.js';
import { isoFromMs } from '../../state/clock.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @returns {import('../../wall').Scene} */
export function calmScene({ words: { t, language }, catalog }) {
  const column = h('div', { class: 'wall-column wall-calm' });
  const element = h('section', { class: 'wall-scene wall-overview', 'aria-label': t('wall.calm') }, column);
  const put = changing(column);

  /** @param {PageState} state @param {number} nowMs */
  function render({ scenes }, nowMs) {
    const now = isoFromMs(nowMs);
    const [day] = moment(now, language).split(/ \d\d:\d\d$|, \d\d:\d\d$/);
    const said = { time: now.slice(11, 16), day, fixed: scenes?.fixed };
    put(said, () => [h('strong', { class: 'wall-time' }, said.time), h('p', { class: 'wall-day' }, said.day), h('p', { class: 'wall-situation' }, t('wall.calm_said')),
      h('p', { class: 'wall-note' }, t(said.fixed ? 'wall.calm_fixed' : 'wall.calm_follows')), h('p', { class: 'wall-note' }, t('wall.data', { version: catalog.data_version }))]);
  }
  return { element, render, has: () => true };
}
