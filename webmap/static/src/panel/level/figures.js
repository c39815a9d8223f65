/** The form for figures that people report. An empty field is unknown; the card answers while one writes. */

import { h, replaceChildren } from '../../element.js';
import { grouped } from '../../state/figures.js';
import { reportedFigures } from '../../state/marks.js';
import { shortPlanTitle } from '../plan_links.js';
import { figureField } from './field.js';

/** @typedef {import('../../types').PageState} PageState */

/**
 * @param {import('../context').PageContext} context
 * @param {import('./words.js').FigureWords} say
 * @param {HTMLElement} element
 */
export function mountFigures(context, say, element) {
  const { words, actions } = context;
  const { t } = words;
  /** @type {Map<string, ReturnType<typeof figureField>>} */
  const fields = new Map();
  let plan = '';

  /** Fields are made once for a plan, so that writing is not disturbed. @param {string} wanted */
  function build(wanted) {
    plan = wanted;
    fields.clear();
    const groups = grouped(say.figuresOf(plan)).map(({ group, figures }) => {
      const built = figures.map((figure) => {
        const field = figureField(context, say, figure);
        fields.set(figure.key, field);
        return field.element;
      });
      return h('fieldset', { class: 'figure-group' }, h('legend', {}, t(`figures.group.${group}`)), ...built);
    });
    const done = h('button', { type: 'button', class: 'primary-button', 'data-figures-done': '' }, t('figures.done'));
    done.addEventListener('click', () => {
      actions.showLevel('closed');
      /** @type {HTMLElement | null} */ (document.querySelector('[data-level-view="figures"]'))?.focus();
    });
    replaceChildren(element, h('h3', {}, t('figures.title')), h('p', { class: 'note-line' }, t('figures.about', { plan: shortPlanTitle(context, plan) })), ...groups, done);
  }

  /** @param {PageState} state */
  function render(state) {
    if (state.levelView !== 'figures') return;
    if (state.marks.plan !== plan) build(state.marks.plan);
    const used = new Map(state.assessment?.level.figures.map((figure) => [figure.key, figure]));
    const missing = new Set(state.assessment?.level.could_rise_by ?? []);
    const reported = reportedFigures(state.marks);
    for (const [key, field] of fields) {
      field.sync(reported[key] ?? null, {
        computed: used.get(key)?.computed ?? null,
        missing: missing.has(key),
        problems: state.refused.filter((problem) => problem.field === `figures.${key}`),
      });
    }
  }

  /** @param {string[]} keys of figures worth asking for, the first of which is gone to */
  function focusFirst(keys) {
    fields.get(keys.find((key) => fields.has(key)) ?? '')?.focus();
  }
  return { render, focusFirst };
}
