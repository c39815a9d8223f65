/** The figures of an impact that stand for the whole incident. Pure. */

import { NETWORKS } from '../state/marks.js';
import { hoursBetween, msFromIso } from '../state/clock.js';

/** @typedef {import('../aftermath').Impact} Impact */
/** @typedef {import('../aftermath').NetworkImpact} NetworkImpact */
/** @typedef {import('../types').Network} Network */

/** Networks of which anybody lost supply, also where nobody knows how many. @param {Impact} impact @returns {[Network, NetworkImpact][]} */
export function networksHit({ networks }) {
  return NETWORKS.flatMap((network) => {
    const own = networks[network];
    return own && (own.first_loss_at !== null || own.customers_hit > 0 || own.customers_unknown > 0) ? [[network, own]] : [];
  });
}

/**
 * What stands first. People are those of the network with most of them in each township, so nobody counts twice; with consumer
 * points that nobody knows the figures of, they are the least there were. `backHours` runs from the first loss until all of
 * every network is back; null while something is out, or where nothing was.
 * @param {Impact} impact
 */
export function headline(impact) {
  const hit = networksHit(impact);
  const unknownPoints = hit.reduce((sum, [, { customers_unknown: unknown }]) => sum + unknown, 0);
  const people = impact.townships.reduce((sum, township) => sum + township.people_hit, 0);
  const first = earliest(hit.map(([, { first_loss_at: at }]) => at));
  const ends = hit.map(([, { restored }]) => restored['100']?.at ?? null);
  const allBack = hit.length > 0 && ends.every((at) => at !== null);
  const backAt = allBack ? latest(ends) : null;
  const last = impact.series[impact.series.length - 1] ?? null;
  return {
    nothing: hit.length === 0, unknownPoints, people, peopleHours: impact.people_hours_hit, firstAt: first, backAt,
    backHours: first && backAt ? hoursBetween(first, backAt) : null, peopleStill: last?.people_hit ?? 0,
    facilitiesFailed: impact.facilities.filter(({ failures }) => failures.length > 0).length,
  };
}

/** @typedef {ReturnType<typeof headline>} Headline */

/** @param {(string | null)[]} moments */
const known = (moments) => moments.filter((at) => at !== null).sort((a, b) => msFromIso(a) - msFromIso(b));
/** @param {(string | null)[]} moments */
const earliest = (moments) => known(moments)[0] ?? null;
/** @param {(string | null)[]} moments */
const latest = (moments) => known(moments).pop() ?? null;

/** Reserves that were used, the fullest used first; of unknown size last. @param {Impact} impact */
export function reservesUsed({ facilities }) {
  return facilities
    .flatMap(({ id, name, tier, reserves }) => reserves.filter(({ used_hours: used }) => used > 0).map((reserve) => ({ id, name, tier, ...reserve })))
    .sort((a, b) => (b.used_share ?? -1) - (a.used_share ?? -1) || b.used_hours - a.used_hours);
}

/** Places outside the list come after it. @param {number | null} tier */
const tierOrder = (tier) => tier ?? Number.MAX_SAFE_INTEGER;

/** Facilities that failed, those of the plan's list in its order first, then the longest. @param {Impact} impact */
export function facilitiesFailed({ facilities }) {
  return facilities.filter(({ failures }) => failures.length > 0)
    .sort((a, b) => tierOrder(a.tier) - tierOrder(b.tier) || b.failed_hours - a.failed_hours);
}

/** @param {number} value @param {number} digits after the point at the most */
export function fixed(value, digits) {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
