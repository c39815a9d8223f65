/** What the log's session says: what was recorded, what was refused and why, what others wrote, who may not and what then. */

/** @typedef {import('../types').PageError} PageError */
/** @typedef {import('../log').NewFact} NewFact */

import { timeOn } from '../format.js';
import { DISCARDED } from './outbox.js';

/** What somebody wrote by hand in facts, so that a refusal does not lose it. @param {NewFact[]} facts */
export function writtenIn(facts) {
  const own = facts.filter(({ kind }) => kind !== 'correction').flatMap(({ value, text, reason }) => [value, text, reason]);
  return own.filter((part) => typeof part === 'string' || typeof part === 'number').join('；');
}

/** Entries of others that are named one by one. */
const NAMED = 5;

/**
 * @param {import('../i18n.js').Translator} words
 * @param {ReturnType<typeof import('../panel/alerts.js').createAlerts>} alerts
 */
export function createTelling(words, alerts) {
  const { t } = words;
  /** Why nobody was signed in when that was told last. */
  let toldOut = '';

  /** What others wrote, as problems of an error card are written. @param {PageError} error */
  const asProblems = ({ entries = [] }) => entries.slice(0, NAMED).map(({ number, author, said }) => ({ field: t('log.entry', { number, author }), message: said, remedy: '' }));

  /** A field of a fact, as the form for it is worded. @param {string} path `facts[0].value` @param {NewFact[]} facts */
  function fieldOf(path, facts) {
    const [, index, name] = /^facts\[(\d+)\]\.(?:replacement\.)?(\w+)/.exec(path) ?? [];
    const kind = facts[Number(index)]?.kind;
    return [`record.field.${kind}.${name}`, `record.field.${name}`, `log.field.${name}`].filter(words.has).map((key) => t(key))[0] ?? path;
  }

  return {
    note: alerts.showNote,
    /** What the server remarks on what it stored. @param {import('../log').Stored | undefined} stored */
    notesOf: (stored) => (stored?.notes ?? []).join(' '),
    /**
     * @param {string} label @param {string} [notes] what the server remarks on it
     * @param {{at: string, reported: string, apply: () => void} | null} [ofReport] the time that it was given, and the way to another
     */
    recorded(label, notes, ofReport) {
      const said = ofReport ? t('log.recorded_at', { label, at: timeOn(ofReport.at, ofReport.at, words.language) }) : t('log.recorded', { label });
      const also = ofReport ? { text: t('log.of_report', { at: timeOn(ofReport.reported, ofReport.at, words.language) }), press: ofReport.apply } : undefined;
      alerts.announceUndoable([said, notes].filter(Boolean).join(' · '), also);
    },
    /** Nothing that was to be written disappears without a word. @param {string} label @param {NewFact[]} facts @param {PageError} error */
    refused(label, facts, error) {
      if (error.code === DISCARDED) {
        alerts.showNote(t('log.aside.discarded', { label }));
        return;
      }
      if (error.code === 'written_meanwhile') {
        alerts.showError(t('log.meanwhile', { label }), { ...error, message: error.message || t('log.meanwhile_why'), remedy: t('log.meanwhile_remedy'), problems: asProblems(error) });
        return;
      }
      const problems = error.problems.map((problem) => ({ ...problem, field: fieldOf(problem.field, facts) }));
      const written = writtenIn(facts);
      if (written) problems.unshift({ field: t('log.was_written'), message: written, remedy: '' });
      alerts.showError(t('log.not_recorded', { label }), { ...error, problems });
    },
    /**
     * Told once for each reason, until the server takes something again.
     * @param {PageError} error why nothing is stored or answered at the moment
     */
    signedOut(error) {
      const key = error.code === 'other_person' ? 'log.other_person' : 'log.out';
      if (key === toldOut) return;
      toldOut = key;
      alerts.clearAbout(t('log.signed_out'));
      alerts.showError(t('log.signed_out'), { ...error, message: t(key), remedy: t(`${key}_remedy`) });
    },
    /** Somebody is signed in again, so what was said of that is over. */
    signedIn() {
      if (toldOut) alerts.clearAbout(t('log.signed_out'));
      toldOut = '';
    },
    /** @param {PageError} error */
    othersWrote(error) {
      const [first] = error.entries ?? [];
      if (first) alerts.showNote(t('log.others_wrote', { author: first.author, said: first.said }));
    },
    /** @param {PageError} error @param {() => void} again */
    notOpened(error, again) {
      const key = { 401: 'not_signed_in', 403: 'not_allowed', 404: 'unknown' }[error.status];
      const why = key ? { message: t(`log.open.${key}`), remedy: t(`log.open.${key}_remedy`) } : {};
      alerts.showError(t('log.open.failed'), { ...error, ...why }, again);
    },
    /** @param {string} title @param {PageError} error @param {() => void} [again] */
    failed: (title, error, again) => alerts.showError(title, error, again),
  };
}

/** @typedef {ReturnType<typeof createTelling>} Telling */
