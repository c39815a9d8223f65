/** Figures of a plan in words: values with their units, titles, gaps. */

import { exactNumber, shortNumber } from '../../format.js';
import { entryText, gaps } from '../../state/figures.js';

/** @typedef {import('../../types').FigureValue} FigureValue */
/** @typedef {import('../../types').PlanFigure} PlanFigure */

/** Figures named before the rest is only counted. */
const NAMED = 3;

/** @param {import('../context').PageContext} context */
export function figureWords({ words, catalog }) {
  const { t, titleOf, language } = words;

  /** @param {string} plan @returns {PlanFigure[]} */
  const figuresOf = (plan) => catalog.plans.find(({ key }) => key === plan)?.figures ?? [];

  /** @param {string} plan @param {string} key */
  const figureOf = (plan, key) => figuresOf(plan).find((figure) => figure.key === key);

  /** @param {string} plan @param {string} key the unit in a title is left out, values carry it */
  const title = (plan, key) => titleOf(figureOf(plan, key)?.title).replace(/\s*[（(](元|天|yuan|days)[）)]$/i, '') || key;

  /** @param {PlanFigure | undefined} figure @param {FigureValue | null} value */
  function value(figure, value) {
    if (value === null) return t('unknown');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'string') return titleOf(figure?.choices.find(({ key }) => key === value)?.title) || value;
    if (figure?.kind === 'share') return `${entryText('share', Number(value.toPrecision(4)))}\u00a0%`;
    if (figure?.kind === 'yuan') return t('figures.yuan', { value: shortNumber(value, language) });
    if (figure?.kind === 'days') return t('figures.days', { value: exactNumber(value) });
    return exactNumber(value);
  }

  /** @param {PlanFigure | undefined} figure @param {number} difference */
  function gap(figure, difference) {
    const size = Math.abs(difference);
    if (figure?.kind === 'share') return t('figures.points', { value: entryText('share', Number(size.toPrecision(3))) });
    return value(figure, size);
  }

  /** Up to three titles, then how many in all. @param {string} plan @param {string[]} keys */
  function named(plan, keys) {
    const names = keys.slice(0, NAMED).map((key) => title(plan, key)).join(t('list_comma'));
    return keys.length > NAMED ? t('level.and_more', { names, count: keys.length }) : names;
  }

  /** The clause that comes nearest, with what it lacks; empty where nothing measured comes near. @param {import('../../types').LevelResult} level */
  function nearest({ plan, nearest: near }) {
    const short = gaps(near?.shortfalls ?? []).filter(({ observed }) => observed > 0);
    if (!near || !short.length) return '';
    const parts = short.map(({ figure, observed, needed }) => t('level.short_of', {
      title: title(plan, figure), value: value(figureOf(plan, figure), observed), gap: gap(figureOf(plan, figure), needed - observed) }));
    return t('level.nearest', { clause: near.clause, parts: parts.join(t('list_comma')) });
  }

  return { figuresOf, figureOf, title, value, named, nearest };
}

/** @typedef {ReturnType<typeof figureWords>} FigureWords */
