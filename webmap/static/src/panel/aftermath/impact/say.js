/** How figures of an impact are said: least figures where some are unknown, counts with their units, durations. */

import { fixed } from '../../../aftermath/figures.js';
import { countBeforeUnit, duration, exactNumber, headlineNumber } from '../../../format.js';

/** @param {import('../../context').PageContext} context */
export function impactWords({ words: { t, language } }) {
  /** A figure, the least there was where something is not known; where nothing else is known, unknown. @param {number} value @param {boolean} least */
  function count(value, least) {
    if (!least) return exactNumber(Math.round(value));
    return value > 0 ? t('at_least', { count: exactNumber(Math.round(value)) }) : t('aftermath.unknown');
  }
  /** Sums over people and hours grow beyond 万. @param {number} value @returns {{number: string, unit: string}} */
  function short(value) {
    if (language === 'zh' && value >= 99_995_000) return { number: fixed(value / 1e8, 2), unit: '亿' };
    if (language === 'en' && value >= 999_500) return { number: fixed(value / 1e6, 2), unit: ' million' };
    return headlineNumber(value, language);
  }
  return {
    count, short,
    /** Such a sum before its unit, as `countBeforeUnit` has counts. @param {number} value */
    amount(value) {
      const { number, unit } = short(value);
      return language === 'zh' ? `${number} ${unit}` : number + unit;
    },
    /** @param {number} value of people @param {boolean} [least] */
    people: (value, least = false) => t(least ? 'aftermath.people_least' : 'aftermath.people', { count: countBeforeUnit(value, language) }),
    /** @param {number | null} hours null says unknown */
    hours: (hours) => (hours === null ? t('aftermath.unknown') : duration(hours, language)),
    /** A time to restore that may not be reached yet. @param {number | null} hours @param {boolean} lost @param {boolean} out */
    restore: (hours, lost, out) => (out ? t('aftermath.not_back') : !lost || hours === null ? '—' : duration(hours, language)),
    /** Hours as a figure among others. @param {number} value */
    hourFigure: (value) => value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  };
}

/** @typedef {ReturnType<typeof impactWords>} ImpactWords */
