/** Townships of an impact as rows of a table: for one network or for all, by any column. Pure. */

import { NETWORKS } from '../state/marks.js';

/** @typedef {import('../aftermath').Impact} Impact */
/** @typedef {import('../aftermath').TownshipImpact} TownshipImpact */
/** @typedef {import('../types').Network} Network */
/** @typedef {'name' | 'hit' | 'share' | 'hours' | 'restore' | 'facilities'} Column */
/**
 * `hit` and `hours` are customers and customer-hours of one network, people and people-hours of all; `atLeast` where
 * some consumer points have no figure. `restoreHours` is null where nothing was lost, or while it is out (`out`).
 * @typedef {{code: string | null, name: string, hit: number, share: number | null, hours: number, restoreHours: number | null, out: boolean, atLeast: boolean, lost: boolean, facilities: number}} TownshipRow
 */

/** @param {TownshipImpact} township @param {Network | null} network @returns {TownshipRow} */
export function townshipRow(township, network) {
  const all = NETWORKS.flatMap((key) => township.networks[key] ?? []);
  const own = network === null ? all : [township.networks[network]].filter((part) => part !== undefined);
  const lost = own.some(({ first_loss_at: at }) => at !== null);
  const out = own.some(({ first_loss_at: first, restored_at: back }) => first !== null && back === null);
  const times = own.flatMap(({ hours_to_restore: hours }) => hours ?? []);
  const one = network === null ? null : own[0] ?? null;
  return {
    code: township.code, name: township.name, lost, out, facilities: township.facilities_failed,
    hit: network === null ? township.people_hit : one?.customers_hit ?? 0,
    share: network === null ? null : one && one.customers > 0 ? one.customers_hit / one.customers : null,
    hours: network === null ? township.people_hours : one?.customer_hours ?? 0,
    restoreHours: out || !times.length ? null : Math.max(...times),
    atLeast: own.some(({ customers_unknown: unknown }) => unknown > 0),
  };
}

/** What a column sorts by: what is still out has lasted longest. @param {TownshipRow} row @param {Column} column */
function measure(row, column) {
  if (column === 'restore') return row.out ? Infinity : row.restoreHours ?? -1;
  if (column === 'share') return row.share ?? (row.atLeast ? 1e-9 : 0);
  if (column === 'facilities') return row.facilities;
  return row[column === 'hours' ? 'hours' : 'hit'] + (row.atLeast ? 0.5 : 0);
}

/**
 * @param {TownshipRow[]} rows @param {Column} column @param {boolean} descending @param {string} language
 * @returns {TownshipRow[]} equal ones by their codes; what lies outside all townships is last
 */
export function sortTownships(rows, column, descending, language) {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if ((a.code === null) !== (b.code === null)) return a.code === null ? 1 : -1;
    if (column === 'name') return sign * a.name.localeCompare(b.name, language);
    const [one, other] = [measure(a, column), measure(b, column)];
    return one === other ? String(a.code).localeCompare(String(b.code)) : sign * (one > other ? 1 : -1);
  });
}
