/** The answer first: one sentence, then three figures. */

import { h, replaceChildren } from '../../../element.js';
import { duration, moment, timeOn } from '../../../format.js';
import { headline } from '../../../aftermath/figures.js';
import { impactWords } from './say.js';

/** @typedef {import('../../../aftermath').ImpactAnswer} ImpactAnswer */
/** @typedef {import('../../../aftermath/figures.js').Headline} Headline */

/** @param {import('../../context').PageContext} context */
export function impactHeadline(context) {
  const { words: { t, language } } = context;
  const say = impactWords(context);
  const element = h('div', { class: 'impact-head' });

  /** @param {Headline} found @param {ImpactAnswer} answer */
  function sentence(found, { impact }) {
    const at = moment(impact.until, language);
    if (found.nothing) return t('aftermath.sentence.nothing', { at });
    const values = { people: say.people(found.people, found.unknownPoints > 0), hours: say.amount(found.peopleHours), at };
    if (found.backHours !== null) return t('aftermath.sentence.back', { ...values, duration: duration(found.backHours, language) });
    return t(found.peopleStill > 0 ? 'aftermath.sentence.running' : 'aftermath.sentence.not_back', { ...values, still: say.people(found.peopleStill) });
  }

  /** @param {string} key @param {string} label @param {string} number @param {string} unit @param {string} note @param {boolean} [least] */
  function figure(key, label, number, unit, note, least = false) {
    return h('div', { class: 'figure', 'data-impact-figure': key }, h('span', { class: 'figure-label' }, label),
      h('span', { class: 'figure-value' }, least && h('span', { class: 'figure-least' }, t('aftermath.least')), number, unit && h('span', { class: 'figure-unit' }, unit)),
      note && h('span', { class: 'figure-note' }, note));
  }

  /** @param {Headline} found @param {ImpactAnswer} answer */
  function figures(found, { impact }) {
    const least = found.unknownPoints > 0;
    const people = say.short(found.people);
    const hours = say.short(found.peopleHours);
    const each = found.people > 0 ? t('aftermath.figure.each', { hours: duration(found.peopleHours / found.people, language) }) : '';
    const back = found.backAt ? t('aftermath.figure.back_at', { at: timeOn(found.backAt, impact.begins_at ?? found.backAt, language) }) : t('aftermath.figure.still', { people: say.people(found.peopleStill) });
    return h('div', { class: 'impact-figures' },
      figure('people', t('aftermath.figure.people'), people.number, `${people.unit}${t('aftermath.unit.people')}`, t('aftermath.figure.people_note'), least),
      figure('people_hours', t('aftermath.figure.people_hours'), hours.number, `${hours.unit}${t('aftermath.unit.people_hours')}`, each, least),
      figure('restore', t('aftermath.figure.restore'), found.backHours === null ? t('aftermath.not_back') : duration(found.backHours, language), '', back));
  }

  return {
    element,
    /** @param {ImpactAnswer} answer */
    render(answer) {
      const found = headline(answer.impact);
      const failed = found.nothing && found.facilitiesFailed > 0 && t('aftermath.places_all_the_same', { count: found.facilitiesFailed });
      const unknown = found.unknownPoints > 0 && h('p', { class: 'facts' }, t('aftermath.unknown_points', { count: found.unknownPoints }));
      replaceChildren(element, h('p', { class: 'impact-sentence', 'data-impact-sentence': '' }, sentence(found, answer)),
        found.nothing && h('p', { class: 'facts' }, t('aftermath.first_step')), failed && h('p', {}, failed), !found.nothing && figures(found, answer), unknown);
    },
  };
}
