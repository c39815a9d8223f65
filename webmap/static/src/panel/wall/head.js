/** Above every scene: what it is about, its marks, the clock, and how old the picture is. */

import { find, h } from '../../element.js';
import { moment } from '../../format.js';
import { clockText } from '../../live/age.js';
import { hasIncident } from '../../state/marks.js';
import { isoFromMs, msFromIso } from '../../state/clock.js';
import { shortPlanTitle } from '../plan_links.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context */
export function createHead(context) {
  const { words: { t, language }, catalog } = context;
  const product = find('#topbar h1').textContent ?? '';
  const title = h('div', { class: 'wall-title' });
  const clock = h('div', { class: 'wall-clock' });
  const element = h('header', { class: 'wall-head' }, title, clock);
  const [putTitle, putClock] = [changing(title), changing(clock)];

  /** @param {PageState} state @returns {{name: string, marks: string[], plan: string | null}} */
  function about({ log, marks }) {
    const incident = log.view?.incident;
    const plan = incident?.plan ?? (hasIncident(marks) ? marks.plan : null);
    const kind = incident ? incident.drill && 'incidents.drill' : hasIncident(marks) && 'wall.calculation';
    const name = incident?.name ?? (log.id !== null ? t('incidents.loading') : kind ? t('incidents.calculation') : product);
    return { name, marks: [kind && t(kind), catalog.synthetic && t('sample')].filter((mark) => mark !== false), plan: plan && shortPlanTitle(context, plan) };
  }

  /**
   * @param {PageState} state @param {number} nowMs @param {number} heardMs when the server last answered
   */
  function render(state, nowMs, heardMs) {
    const said = about(state);
    putTitle(said, () => [h('h1', {}, ...said.marks.map((mark) => h('span', { class: 'wall-mark' }, mark)), h('span', {}, said.name)), h('p', {}, said.plan)]);
    const asOf = Math.max(heardMs, state.live.asOf ? msFromIso(state.live.asOf) : 0);
    const now = isoFromMs(nowMs);
    const [day] = moment(now, language).split(/ \d\d:\d\d$|, \d\d:\d\d$/);
    const shown = { time: now.slice(11, 16), day, as: t('wall.as_of', { at: clockText(isoFromMs(asOf), nowMs, language) }) };
    putClock(shown, () => [h('strong', {}, shown.time), h('p', {}, h('span', {}, shown.day), h('span', {}, shown.as))]);
  }
  return { element, render };
}
