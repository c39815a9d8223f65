/** Warnings in words: until when, for which places, whose turn it is. */

import { duration, moment, timeOn } from '../../format.js';
import { secondsUntil } from '../../warnings/state.js';
import { decisionWords } from '../decide/words.js';

/** @typedef {import('../../warnings').StepChoice} StepChoice */
/** @typedef {import('../../warnings').WarningSummary} WarningSummary */

/** Places that are named one by one. */
const NAMED = 3;

/** @param {Pick<import('../context').PageContext, 'words'>} context */
export function warningWords({ words }) {
  const { t, language, has } = words;
  const { office } = decisionWords(words);
  /** The plan's own word; in English with what it means. @param {{level: string, level_name: string}} warning */
  const level = ({ level: key, level_name: name }) => (language === 'en' && has(`warnings.level.${key}`) ? t('warnings.level_en', { name, level: t(`warnings.level.${key}`) }) : name);
  const offices = (/** @type {string[]} */ names) => names.map(office).join(t('warnings.or'));

  return {
    office,
    offices,
    level,
    /** How long is left. @param {string} until @param {string} now */
    left(until, now) {
      const seconds = secondsUntil(until, now);
      return seconds > 0 ? t('warnings.left', { left: duration(seconds / 3600, language) }) : t('warnings.over_for', { ago: duration(-seconds / 3600, language) });
    },
    /** @param {string} until @param {string} now */
    until: (until, now) => t('warnings.until', { at: timeOn(until, now, language) }),
    /** @param {string} at @param {string} now */
    at: (at, now) => timeOn(at, now, language),
    /** What somebody did and why: the sentence names them. @param {Pick<import('../../warnings').WarningStep, 'at' | 'said' | 'remarks'>} step @param {string} now */
    step: ({ at, said, remarks }, now) => t(remarks ? 'warnings.step_remarks' : 'warnings.step', { at: timeOn(at, now, language), said, remarks: remarks ?? '' }),
    /** @param {string} at */
    moment: (at) => moment(at, language),
    /** @param {string[]} names of townships */
    places(names) {
      if (!names.length) return t('warnings.nowhere');
      const named = names.slice(0, NAMED).join(t('list_comma'));
      return names.length > NAMED ? t('warnings.places_more', { named, count: names.length }) : named;
    },
    /** Whose turn it is, and what is to be done. @param {StepChoice | null} next @param {string} statusTitle of the version */
    turn(next, statusTitle) {
      if (!next) return statusTitle;
      const key = `warnings.turn.${next.kind}`;
      return next.offices.length && has(key) ? t(key, { offices: offices(next.offices) }) : statusTitle;
    },
    /** @param {import('../../warnings').StepKind} kind @param {boolean} issued whether something is in force */
    action: (kind, issued) => t(kind === 'revised' && issued ? 'warnings.do.update' : `warnings.do.${kind}`),
  };
}

/** @typedef {ReturnType<typeof warningWords>} WarningWords */
