/** Stocks and vehicles as people entered them, kept for this window of the browser so that a reload does not lose them. Pure. */

import { wholeSupply } from './dispatch.js';

/** @typedef {import('../dispatch').Supply} Supply */
/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Kept */

const KEY = 'webmap.dispatch.supply';

/** @param {unknown} value */
const isRows = (value) => Array.isArray(value) && value.every((row) => row !== null && typeof row === 'object' && typeof row.id === 'string');

/** What was kept, null where nothing was or nobody can read it. @param {Kept | null} storage null where the browser keeps nothing @returns {Supply | null} */
export function readSupply(storage) {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? 'null');
    return kept && isRows(kept.stocks) && isRows(kept.vehicles) ? wholeSupply(kept) : null;
  } catch {
    return null;
  }
}

/** @param {Kept | null} storage @param {Supply | null} supply null: those that the data suggest */
export function keepSupply(storage, supply) {
  try {
    if (supply) storage?.setItem(KEY, JSON.stringify(supply));
    else storage?.removeItem(KEY);
  } catch {
    // A full storage: the page itself still holds it.
  }
}
