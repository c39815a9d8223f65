/** A figure of the plan with its value: the entry of the form for reported figures, with the figure's own unit. */

import { h, replaceChildren } from '../../../element.js';
import { entryText, formHint, grouped, readEntry } from '../../../state/figures.js';
import { entryControl } from '../../level/field.js';
import { figureWords } from '../../level/words.js';

/** @typedef {import('../../../types').FigureValue} FigureValue */

/**
 * @param {import('../../context').PageContext} context @param {import('../../../state/record_kinds.js').Field} _
 * @param {Record<string, unknown>} start
 * @returns {import('./shell.js').Control}
 */
export function figureControl(context, _, start) {
  const { words: { t, titleOf }, store } = context;
  const { plan } = store.get().marks;
  const say = figureWords(context);
  const known = store.get().log.view?.document.figures ?? {};
  const select = h('select', {}, h('option', { value: '' }, t('record.choose')), ...grouped(say.figuresOf(plan)).map(({ group, figures }) =>
    h('optgroup', { label: t(`figures.group.${group}`) }, ...figures.map(({ key }) => h('option', { value: key, selected: key === start.figure }, say.title(plan, key))))));
  const place = h('div', { class: 'record-figure' });
  /** @type {ReturnType<typeof entryControl> | null} */
  let entry = null;
  const unknown = h('input', { type: 'checkbox', checked: start.figure !== undefined && start.value === null });

  /** @param {FigureValue | null} value stands in the entry */
  function build(value) {
    const figure = say.figureOf(plan, select.value);
    entry = figure ? entryControl(context, figure, 'record-value', () => {}) : null;
    if (!figure || !entry) return replaceChildren(place);
    entry.set(entryText(figure.kind, value));
    // Yes, no and choices have "not known" among them.
    const numeric = figure.kind !== 'flag' && figure.kind !== 'choice';
    const before = known[figure.key];
    replaceChildren(place,
      h('label', { class: 'visually-hidden', htmlFor: 'record-value', id: 'record-value-name' }, say.title(plan, figure.key)),
      entry.element,
      numeric && h('label', { class: 'record-unknown' }, unknown, t('record.figure_unknown')),
      h('p', { class: 'facts' }, [before !== undefined && t('record.figure_before', { value: say.value(figure, before) }), formHint(titleOf(figure.hint))].filter(Boolean).join(t('sentence_gap'))));
    return undefined;
  }
  select.addEventListener('change', () => {
    unknown.checked = false;
    build(null);
  });
  unknown.addEventListener('change', () => place.classList.toggle('unknown', unknown.checked));
  build(/** @type {FigureValue | null} */ (start.value ?? null));

  const figureNow = () => say.figureOf(plan, select.value);
  const value = () => {
    const figure = figureNow();
    return figure && entry && !unknown.checked ? readEntry(figure.kind, entry.text()) : null;
  };
  return {
    element: h('div', { class: 'record-figure-field' }, select, place), focusable: select, also: ['value'],
    part: (name) => (name === 'value' ? place.querySelector('input, select') : null),
    // The server's remedy for a share is about fractions, which nobody writes here.
    explain: (name, { message, remedy }) => [message, name === 'value' && figureNow()?.kind === 'share' ? t('figures.share_here') : remedy].filter(Boolean).join(t('record.remedy_gap')),
    read: () => ({ figure: select.value, value: value() }),
    wrong() {
      const figure = figureNow();
      const numeric = figure && figure.kind !== 'flag' && figure.kind !== 'choice';
      return numeric && value() === null && !unknown.checked ? t('record.value_missing') : '';
    },
  };
}
