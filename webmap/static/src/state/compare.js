/** The figures of the present beside those of a what-if. Pure. */

import { hoursBetween } from './clock.js';
import { NETWORKS } from './marks.js';

/** @typedef {import('../types').Assessment} Assessment */
/** @typedef {import('../response').ComparedFigure} ComparedFigure */

/**
 * Customers out of each network that loses any, places of the list that have failed now and by the end, the next
 * failure, the response level.
 * @param {Assessment | null} present at the moment shown; null when nothing is broken
 * @param {Assessment | null} whatIf at the same moment
 * @returns {ComparedFigure[]}
 */
export function compared(present, whatIf) {
  /** @type {ComparedFigure[]} */
  const rows = [];
  for (const network of NETWORKS) {
    const [now, then] = [present, whatIf].map((one) => one?.outages[network]?.customers ?? 0);
    if (now > 0 || then > 0) rows.push(counted(`customers.${network}`, 'customers', now, then));
  }
  const [failedNow, failedThen] = [present, whatIf].map((one) => listed(one).filter(({ state }) => state === 'failed').length);
  rows.push(counted('failed', 'places', failedNow, failedThen));
  const [laterNow, laterThen] = [present, whatIf].map((one) => listed(one).filter(({ fails_at: at, state }) => at !== null || state === 'failed').length);
  rows.push(counted('failed_later', 'places', laterNow, laterThen));
  const [nextNow, nextThen] = [nextFailure(present), nextFailure(whatIf)];
  const change = nextNow && nextThen ? hoursBetween(nextNow.at, nextThen.at) : null;
  rows.push({ key: 'next', unit: 'time', present: nextNow?.at ?? null, whatIf: nextThen?.at ?? null, change });
  rows.push({ key: 'level', unit: 'level', present: present?.level.level ?? null, whatIf: whatIf?.level.level ?? null, change: null });
  return rows;
}

/** @param {string} key @param {'customers' | 'places'} unit @param {number} present @param {number} whatIf @returns {ComparedFigure} */
function counted(key, unit, present, whatIf) {
  return { key, unit, present, whatIf, change: whatIf - present };
}

/** Places of the plan's list. @param {Assessment | null} assessment */
function listed(assessment) {
  return (assessment?.facilities ?? []).filter(({ tier }) => tier !== null);
}

/** The place of the list that fails next. @param {Assessment | null} assessment @returns {{id: string, name: string, at: string} | null} */
export function nextFailure(assessment) {
  const coming = listed(assessment).filter(({ state, fails_at: at }) => at !== null && state !== 'failed');
  coming.sort((a, b) => Date.parse(a.fails_at ?? '') - Date.parse(b.fails_at ?? '') || (a.id < b.id ? -1 : 1));
  return coming.length ? { id: coming[0].id, name: coming[0].name, at: coming[0].fails_at ?? '' } : null;
}

/** Places of the list that stand otherwise in the what-if. @param {Assessment | null} present @param {Assessment | null} whatIf */
export function changedPlaces(present, whatIf) {
  const before = new Map(listed(present).map((place) => [place.id, place.state]));
  return listed(whatIf)
    .map((place) => ({ id: place.id, name: place.name, from: before.get(place.id) ?? 'supplied', to: place.state }))
    .filter(({ from, to }) => from !== to);
}
