/** What the wall's tables say, of an assessment at a moment. Pure. */

import { NETWORKS } from '../state/marks.js';
import { hoursBetween, isoFromMs } from '../state/clock.js';

/** @typedef {import('../types').Assessment} Assessment */
/** @typedef {import('../wall').TownshipRow} TownshipRow */
/** @typedef {import('../wall').PlaceRow} PlaceRow */

/** @param {Assessment | null} assessment @returns {TownshipRow[]} townships that lost anything, the most customers first */
export function townshipRows(assessment) {
  const rows = (assessment?.townships ?? []).map(({ code, name, commodities }) => {
    const losses = NETWORKS.flatMap((network) => {
      const loss = commodities[network];
      if (!loss || (!loss.customers_out && !loss.customers_unknown)) return [];
      return [{ network, customers: loss.customers_out, unknown: loss.customers_unknown, share: loss.share }];
    });
    return { code, name, losses, most: Math.max(0, ...losses.map(({ customers }) => customers)) };
  });
  return rows.filter(({ losses }) => losses.length).sort((a, b) => b.most - a.most || a.code.localeCompare(b.code));
}

/** @param {TownshipRow[]} rows @returns {string[]} networks that anybody lost, in the page's order */
export const networksOf = (rows) => NETWORKS.filter((network) => rows.some(({ losses }) => losses.some((loss) => loss.network === network)));

/**
 * The first places of the ranking, with what is left of their reserves.
 * @param {Assessment | null} assessment @param {number | null} nowMs the clock; null where the incident's own stands still
 * @returns {PlaceRow[]}
 */
export function placeRows(assessment, nowMs) {
  if (!assessment) return [];
  const byId = new Map(assessment.facilities.map((facility) => [facility.id, facility]));
  const now = nowMs === null ? null : isoFromMs(nowMs);
  return assessment.ranking.map(({ id, rank, name, category, state, hours_left: hours }) => {
    const fails = byId.get(id)?.fails_at;
    // One whose reserve nobody knows is still supplied until its supply fails: then it counts as without.
    const isCounted = state !== 'failed' && hours !== null;
    const left = !isCounted ? null : now !== null && fails ? hoursBetween(now, fails) : hours;
    return { id, rank, name, category, state, lasts: state === 'on_reserve' && hours === null && !byId.get(id)?.reserve_unknown, leftS: left === null ? null : Math.max(0, Math.round(left * 3600)) };
  });
}

/** A countdown: hours and minutes, in the last hour minutes and seconds. @param {number} seconds @returns {{text: string, unit: 'hm' | 'ms' | 'd'}} */
export function countdown(seconds) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  if (seconds >= 100 * 3600) return { text: String(Math.floor(seconds / 86_400)), unit: 'd' };
  if (seconds >= 3600) return { text: `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}`, unit: 'hm' };
  return { text: `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`, unit: 'ms' };
}
