/** Tab 「影响」: what the incident cost, in a sentence, figures, a chart, tables and on the map. */

import { h, replaceChildren } from '../../../element.js';
import { toldBar } from '../told.js';
import { beforeAndAfter } from './before_after.js';
import { courseChart } from './course_chart.js';
import { courseTable } from './course_table.js';
import { mapDownloads } from './downloads.js';
import { facilitySection } from './facilities.js';
import { impactHeadline } from './headline.js';
import { mapChoice } from './map_choice.js';
import { networkTable } from './network_table.js';
import { section } from './parts.js';
import { hourPlayer } from './playing.js';
import { basisSection, heatingSection, reliabilitySection } from './reliability.js';
import { impactStatus } from './status.js';
import { townshipTable } from './township_table.js';

/** @typedef {import('../../../types').PageState} PageState */
/** @typedef {import('../../../aftermath').ImpactAnswer} ImpactAnswer */

/** @type {import('../tabs.js').AftermathTabModule} */
export const impactTab = {
  key: 'impact',
  mount(context, pane) {
    const { words, words: { t }, aftermath } = context;
    const status = impactStatus(context);
    const bar = toldBar(words, aftermath.stop);
    const head = impactHeadline(context);
    const chart = courseChart(context);
    const player = hourPlayer(context, chart.said);
    const hours = h('div', {});
    const choice = mapChoice(context);
    const multiples = beforeAndAfter(context);
    const townships = townshipTable(context);
    const rest = h('div', { class: 'impact-rest' });
    const course = section('course', t('aftermath.course'), chart.element, player.element, hours);
    const map = section('map', t('aftermath.map'), choice.element, multiples.element, mapDownloads(context));
    const content = h('div', { class: 'impact-content' }, head.element, course, map, townships.element, rest);
    replaceChildren(pane, status.element, bar.element, content);

    /** @param {ImpactAnswer} answer */
    function draw(answer) {
      const { impact } = answer;
      const nothing = impact.series.length < 2 && !impact.facilities.length;
      head.render(answer);
      for (const part of [course, map, townships.element, rest]) part.hidden = nothing;
      if (nothing) return;
      chart.show(impact);
      replaceChildren(hours, courseTable(context, impact));
      multiples.render(answer);
      townships.render(answer);
      replaceChildren(rest, networkTable(context, impact), facilitySection(context, impact), reliabilitySection(context, impact), heatingSection(context, impact), basisSection(context, impact));
    }

    return {
      render(state, before) {
        const { told, answer, map: chosen, row } = state.aftermath;
        status.render(state);
        bar.render(told);
        content.hidden = !answer;
        content.setAttribute('aria-busy', String(told !== null));
        choice.render(chosen);
        if (answer && (!before || answer !== before.aftermath.answer || state.theme !== before.theme)) draw(answer);
        if (!before || state.aftermath !== before.aftermath) player.render(state);
        if (answer && before && row !== before.aftermath.row) chart.move();
        const another = Boolean(before && state.selected !== before.selected);
        if (!before || another || state.hovered !== before.hovered) townships.mark(state, another);
      },
    };
  },
};
