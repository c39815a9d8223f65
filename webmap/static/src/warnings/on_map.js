/** Which warnings the map shows at the moment looked at. Pure. */

import { addHours, msFromIso } from '../state/clock.js';
import { LAYER_OF, groupOf, grouped } from './state.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../warnings').WarningSummary} WarningSummary */
/** @typedef {import('./state.js').Group} Group */

/** The moment looked at where that is not the present of the incident that is open; else null. @param {PageState} state */
export function otherMoment({ log, marks, hours }) {
  if (log.id === null || (log.following && log.known === null)) return null;
  return addHours(marks.at, hours);
}

/** The present that warnings are told by; of a drill too, whose warnings run out by the clock. @param {Pick<PageState, 'warnings'>} state */
export const momentNow = ({ warnings }) => warnings.now ?? new Date().toISOString();

/** Whether a warning in force now counts at a moment too. What was lifted since is not known to the list. @param {WarningSummary} warning @param {string} at */
function countsAt({ in_force: inForce }, at) {
  return inForce !== null && msFromIso(inForce.issued_at) <= msFromIso(at) && msFromIso(at) < msFromIso(inForce.expires_at);
}

/**
 * Those with ground, by the switches of the layers; the one whose card is open in any case. Of another moment only those
 * in force then.
 * @param {PageState} state @returns {{warning: WarningSummary, group: Group}[]} the gravest first
 */
export function shownWarnings(state) {
  const { warnings: { list, open }, layers, log } = state;
  const now = momentNow(state);
  const at = otherMoment(state);
  const groups = grouped(list, now, log.id);
  const rows = /** @type {Group[]} */ (['current', 'planned', 'past']).flatMap((group) => groups[group].map((warning) => ({ warning, group })));
  return rows.filter(({ warning, group }) => {
    if (!warning.shape?.coordinates.length) return false;
    if (warning.id === open) return true;
    if (layers[LAYER_OF[group]] !== true) return false;
    return at === null || group !== 'current' || countsAt(warning, at);
  });
}

/** @param {PageState} state how many each row of the layers has @returns {Record<Group, number>} */
export function warningCounts(state) {
  const groups = grouped(state.warnings.list, momentNow(state), state.log.id);
  return { current: groups.current.length, planned: groups.planned.length, past: groups.past.length };
}

/** Where a warning belongs now. @param {PageState} state @param {WarningSummary} warning */
export const groupNow = (state, warning) => groupOf(warning, momentNow(state));
