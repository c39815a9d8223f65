/** Before, at the height, and after or now: three small maps under one legend. Pressed, the large map shows the same. */

import { classOf, unknownAt, valuesAt } from '../../../aftermath/looks.js';
import { drawTownships } from '../../../aftermath/small_maps.js';
import { LOSS_RAMP } from '../../../classify.js';
import { h, replaceChildren, svg } from '../../../element.js';
import { countBeforeUnit, timeOn } from '../../../format.js';
import { chip } from '../map_legend.js';

/** @typedef {import('../../../aftermath').ImpactAnswer} ImpactAnswer */
/** @typedef {import('../../../aftermath/small_maps.js').Drawing} Drawing */

const WIDTH = 150;

/** @param {import('../../context').PageContext} context */
export function beforeAndAfter({ words: { t, language }, data, aftermath }) {
  const element = h('div', { class: 'impact-multiples' });

  /** @param {Drawing} drawing @param {(code: string) => string | null} colourOf null for no loss @param {Set<string | null>} unsure */
  function small({ width, height, paths }, colourOf, unsure) {
    return svg('svg', { viewBox: `-1 -1 ${width + 2} ${height + 2}`, class: 'small-map', 'aria-hidden': 'true' }, ...paths.map(({ code, d }) => {
      const path = svg('path', { d, class: 'small-township', 'data-small-township': code });
      const colour = colourOf(code);
      if (unsure.has(code)) path.classList.add('small-unknown');
      if (colour) {
        path.style.setProperty('--step-colour', colour);
        path.setAttribute('data-step', String(LOSS_RAMP.indexOf(colour) + 1));
      }
      return path;
    }));
  }

  /** @param {ImpactAnswer} answer @param {number | null} row null before it began @returns {Map<string | null, string>} colours of the townships with a loss */
  function coloursAt(answer, row) {
    if (row === null) return new Map();
    const { hourly, impact } = answer;
    const values = valuesAt(answer, row);
    return new Map(impact.by_hour.codes.flatMap((code, index) => (values[index] > 0 ? [[code, hourly.colours[classOf(values[index], hourly.breaks)]]] : [])));
  }

  /** @param {Drawing} drawing @param {ImpactAnswer} answer @param {string} name @param {number | null} row */
  function state(drawing, answer, name, row) {
    const { impact, hourly } = answer;
    const colours = coloursAt(answer, row);
    const total = row === null ? 0 : valuesAt(answer, row).reduce((sum, value) => sum + value, 0);
    const day = impact.begins_at ?? impact.until;
    const said = h('span', {}, h('strong', {}, name), row !== null && ` ${timeOn(impact.series[row].at, day, language)}`, h('br', {}), `${countBeforeUnit(total, language)}${hourly.unit}`);
    const picture = small(drawing, (code) => colours.get(code) ?? null, row === null ? new Set() : unknownAt(answer, row));
    if (row === null) return h('div', { class: 'impact-state', 'data-impact-state': 'before' }, picture, said);
    const button = h('button', { type: 'button', class: 'impact-state', 'data-impact-state': String(row), title: t('aftermath.multiples.show') }, picture, said);
    button.addEventListener('click', () => aftermath.setRow(row));
    return button;
  }

  return {
    element,
    /** @param {ImpactAnswer} answer */
    render(answer) {
      const { impact, hourly } = answer;
      const drawing = drawTownships(data.features('townships'), WIDTH);
      element.hidden = !drawing.paths.length || !hourly.labels.length;
      if (element.hidden) return;
      const last = impact.series.length - 1;
      const legend = h('ul', { class: 'impact-legend-rows across' }, ...hourly.labels.map((label, index) => h('li', {}, chip({ colour: hourly.colours[index] }), h('span', {}, label))));
      replaceChildren(element,
        h('p', {}, h('strong', {}, hourly.title), h('span', { class: 'facts' }, ` ${hourly.unit}`)),
        h('div', { class: 'impact-states' }, state(drawing, answer, t('aftermath.multiples.before'), null),
          state(drawing, answer, t('aftermath.multiples.peak'), hourly.peak), state(drawing, answer, t(impact.running ? 'aftermath.multiples.now' : 'aftermath.multiples.after'), last)),
        legend, h('p', { class: 'facts' }, hourly.sentence));
    },
  };
}
