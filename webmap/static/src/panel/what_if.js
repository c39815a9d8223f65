/** A what-if beside the present: the strip that says so, and the figures of both with their difference. */

import { find, h, replaceChildren } from '../element.js';
import { countBeforeUnit, duration, exactNumber, shortNumber, timeOn } from '../format.js';
import { sign } from '../icons.js';
import { changedPlaces, compared, nextFailure } from '../state/compare.js';
import { hasIncident } from '../state/marks.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../response').ComparedFigure} ComparedFigure */

const PLACES = 6;

/** @param {import('./context').PageContext} context */
export function mountWhatIf(context) {
  const { words, store, actions, zoomTo } = context;
  const { t, language } = words;
  const strip = find('#what-if');
  const comparison = find('#comparison');
  const take = h('button', { type: 'button', class: 'primary-button', 'data-take-over': '' }, t('what_if.take'));
  const leave = h('button', { type: 'button', class: 'secondary-button', 'data-discard': '' }, t('what_if.discard'));
  take.addEventListener('click', () => actions.takeOver());
  leave.addEventListener('click', () => actions.discard());
  strip.append(sign('branch'), h('strong', {}, t('what_if')), h('span', { class: 'what-if-about' }, t('what_if.about')), take, leave);

  /** @param {ComparedFigure} figure */
  function title({ key }) {
    const [kind, network] = key.split('.');
    return kind === 'customers' ? t(`loss.${network}`) : t(`what_if.${kind}`);
  }

  /** @param {ComparedFigure} figure @param {ComparedFigure['present']} value @param {import('../types').Assessment | null} assessment */
  function said({ unit }, value, assessment) {
    if (unit === 'level') return value === null ? t('what_if.no_level') : t('level.name', { level: String(value) });
    if (unit === 'time') return value === null ? t('what_if.no_failure') : h('span', { title: nextFailure(assessment)?.name ?? '' }, timeOn(String(value), actions.now(), language));
    const count = Number(value);
    return unit === 'customers' ? h('span', { title: exactNumber(count) }, t('what_if.customers', { count: countBeforeUnit(count, language) })) : t('what_if.places', { count });
  }

  /** The difference in words and with a sign, so that no colour has to say it. @param {ComparedFigure} figure */
  function difference({ unit, change, present, whatIf }) {
    if (unit === 'level') return present === whatIf ? '=' : t('what_if.changed');
    if (change === null) return present === whatIf ? '=' : t('what_if.changed');
    if (change === 0) return '=';
    if (unit === 'time') return t(change > 0 ? 'what_if.later' : 'what_if.earlier', { hours: duration(Math.abs(change), language) });
    return `${change > 0 ? '+' : '−'}${unit === 'customers' ? shortNumber(Math.abs(change), language) : Math.abs(change)}`;
  }

  /** @param {ComparedFigure} figure @param {PageState} state */
  function row(figure, { presentAssessment, assessment }) {
    const same = difference(figure) === '=';
    return h('tr', { 'data-compared': figure.key, class: same ? 'same' : '' }, h('th', { scope: 'row' }, title(figure)),
      h('td', {}, said(figure, figure.present, presentAssessment)), h('td', {}, said(figure, figure.whatIf, assessment)),
      h('td', { class: 'difference' }, difference(figure)));
  }

  /** @param {PageState} state */
  function places({ presentAssessment, assessment }) {
    const changed = changedPlaces(presentAssessment, assessment);
    if (!changed.length) return null;
    const rows = changed.slice(0, PLACES).map(({ id, name, from, to }) => {
      const place = h('button', { type: 'button', class: 'cell-button' }, name);
      place.addEventListener('click', () => zoomTo({ kind: 'facility', id }));
      const item = h('li', {}, place, ' ', h('span', { class: 'facts' }, t('what_if.from_to', { from: t(`state.${from}`), to: t(`state.${to}`) })));
      item.addEventListener('mouseenter', () => actions.hover({ kind: 'facility', id }));
      item.addEventListener('mouseleave', () => actions.hover(null));
      return item;
    });
    return h('details', {}, h('summary', {}, t('what_if.changed_places', { count: changed.length })), h('ul', {}, ...rows));
  }

  /** @param {PageState} state */
  function table(state) {
    if (state.marks === state.present) return h('p', { class: 'what-if-first' }, t('what_if.first'));
    const heads = ['figure', 'present', 'then', 'difference'].map((key) => h('th', { scope: 'col' }, t(`what_if.column.${key}`)));
    const figures = compared(state.presentAssessment, state.assessment);
    const same = !changedPlaces(state.presentAssessment, state.assessment).length && figures.every((figure) => difference(figure) === '=');
    const rows = figures.map((figure) => row(figure, state));
    return h('div', {}, same && !state.busy && h('p', { 'data-no-difference': '' }, h('strong', {}, t('what_if.same'))),
      h('table', { 'data-comparison': '' }, h('caption', { class: 'visually-hidden' }, t('what_if.caption')), h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows)));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const trying = state.present !== null;
    strip.hidden = !trying;
    comparison.hidden = !trying;
    document.body.classList.toggle('what-if', trying);
    take.disabled = state.marks === state.present || !hasIncident(state.marks);
    const keys = /** @type {const} */ (['present', 'marks', 'assessment', 'presentAssessment', 'busy']);
    if (!trying || (before && keys.every((key) => state[key] === before[key]))) return;
    const open = comparison.querySelector('details')?.open ?? false;
    replaceChildren(comparison, h('h2', {}, t('what_if.title')), table(state), places(state));
    const details = comparison.querySelector('details');
    if (details) details.open = open;
  }
  return { render };
}
