/** What is said once something is recorded: what the log now says, and the time of damage that was found after it was reported. Pure. */

import { msFromIso } from '../state/clock.js';
import { saidWithoutClause } from '../state/log_entries.js';

/** @typedef {import('../log').LogEntry} LogEntry */
/** @typedef {import('../log').NewFact} NewFact */

/** What a click on the map says of damage, without anybody having said when. */
const DAMAGE = ['fault_located', 'area_drawn'];
/** Within a minute the report and the damage are of one time. */
const SAME_MS = 60_000;

/** @param {LogEntry[]} written @param {string} label where the log says nothing @param {import('../i18n.js').Translator['t']} t */
export function saidOf(written, label, t) {
  const first = written.find(({ kind }) => kind !== 'correction') ?? written[0];
  if (!first) return label;
  const said = saidWithoutClause(first);
  return written.length === 1 ? said : t('log.and_more', { said, count: written.length });
}

/** When the incident was reported, as that counts now. @param {LogEntry[]} entries */
export function reportedAt(entries) {
  const reported = entries.find(({ kind, withdrawn }) => kind === 'reported' && !withdrawn);
  return reported ? reported.counts?.happened_at ?? reported.happened_at : null;
}

/** Damage just marked as of now, though the incident was reported before. @param {LogEntry[]} written @param {string | null} reported @returns {LogEntry[]} */
export function foundLater(written, reported) {
  if (reported === null) return [];
  return written.filter(({ kind, fact, happened_at }) => fact && DAMAGE.includes(kind) && msFromIso(happened_at) - msFromIso(reported) >= SAME_MS);
}

/** The corrections that put damage at the time of the report. @param {LogEntry[]} found @param {string} reported @param {string} happenedAt of the correction @param {string} reason @returns {NewFact[]} */
export function asOfReport(found, reported, happenedAt, reason) {
  return found.map(({ number, fact }) => ({
    kind: 'correction', happened_at: happenedAt, corrects: number, reason,
    replacement: fact && { ...fact, happened_at: reported },
  }));
}
