/** 总览: the level as a huge numeral, one sentence, three figures, beside the map that fills the screen. */

import { h } from '../../element.js';
import { headlineNumber } from '../../format.js';
import { hasIncident } from '../../state/marks.js';
import { inForce } from '../decide/choices.js';
import { headlineFigures } from '../headline.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @returns {import('../../wall').Scene} */
export function overviewScene(context) {
  const { words: { t, language }, catalog } = context;
  const column = h('div', { class: 'wall-column' });
  const element = h('section', { class: 'wall-scene wall-overview', 'aria-label': t('wall.scene.overview') }, column);
  const put = changing(column);

  /** What runs, and what is recommended where that is another; before any level what is recommended alone. @param {PageState} state */
  function levelOf({ log: { view }, assessment }) {
    const running = view && inForce(view);
    const recommended = assessment?.level.level ?? null;
    const levels = catalog.plans.find(({ key }) => key === (view?.incident.plan ?? assessment?.plan.key))?.levels.map(({ level }) => level) ?? [];
    if (view?.phase === 'ended') return { numeral: null, said: t('wall.ended'), also: '' };
    if (running) {
      const above = recommended && levels.indexOf(recommended) < levels.indexOf(running);
      return { numeral: running, said: t('wall.level_running'), also: above ? t('wall.level_above', { level: recommended }) : '' };
    }
    return { numeral: recommended, said: t(recommended ? 'wall.level_recommended' : 'wall.level_none'), also: recommended ? t('wall.level_not_started') : '', advised: true };
  }

  /** @param {PageState} state */
  function situationOf({ assessment, failure, marks, busy }) {
    if (assessment) return assessment.situation;
    if (failure) return t('wall.no_assessment');
    return t(hasIncident(marks) && busy ? 'wall.assessing' : 'wall.no_damage');
  }

  /** @param {PageState} state */
  function render(state) {
    const level = levelOf(state);
    const figures = state.assessment ? headlineFigures(context, state.assessment) : [];
    const situation = situationOf(state);
    put([level, figures, situation], () => [
      h('div', { class: `wall-level${level.advised ? ' advised' : ''}` }, level.numeral && h('strong', { 'data-wall-level': '' }, level.numeral), h('div', {}, h('span', {}, level.said), level.also && h('em', {}, level.also))),
      h('p', { class: 'wall-situation' }, situation),
      h('dl', { class: 'wall-figures' }, ...figures.map(({ key, value, label, note }) => {
        const { number, unit } = headlineNumber(value, language);
        return h('div', { 'data-wall-figure': key }, h('dt', {}, label), h('dd', {}, h('strong', {}, number), unit), h('dd', { class: 'wall-note' }, note));
      }))]);
  }
  return { element, render, has: () => true };
}
