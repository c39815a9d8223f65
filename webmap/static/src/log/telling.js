/** What the log's session says: what was recorded, what was refused and why, what others wrote, who may not and what then. */

/** @typedef {import('../types').PageError} PageError */
/** @typedef {import('../log').NewFact} NewFact */

/** Entries of others that are named one by one. */
const NAMED = 5;

/**
 * @param {import('../i18n.js').Translator} words
 * @param {ReturnType<typeof import('../panel/alerts.js').createAlerts>} alerts
 */
export function createTelling(words, alerts) {
  const { t } = words;
  let toldOut = false;

  /** What others wrote, as problems of an error card are written. @param {PageError} error */
  const asProblems = ({ entries = [] }) => entries.slice(0, NAMED).map(({ number, author, said }) => ({ field: t('log.entry', { number, author }), message: said, remedy: '' }));

  return {
    note: alerts.showNote,
    /** @param {string} label */
    recorded: (label) => alerts.announceUndoable(t('log.recorded', { label })),
    /** Nothing that was to be written disappears without a word. @param {string} label @param {NewFact[]} facts @param {PageError} error */
    refused(label, facts, error) {
      if (error.code === 'written_meanwhile') {
        alerts.showError(t('log.meanwhile', { label }), { ...error, message: error.message || t('log.meanwhile_why'), remedy: t('log.meanwhile_remedy'), problems: asProblems(error) });
        return;
      }
      alerts.showError(t('log.not_recorded', { label }), error);
    },
    /** Told once for each time that somebody was signed in before. @param {PageError | null} stalled why facts wait */
    signedOut(stalled) {
      const out = stalled?.status === 401;
      if (stalled && out && !toldOut) {
        const why = stalled.code === 'other_person' ? { message: t('log.other_person'), remedy: t('log.other_person_remedy') } : {};
        alerts.showError(t('log.signed_out'), { ...stalled, ...why });
      }
      toldOut = out;
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
