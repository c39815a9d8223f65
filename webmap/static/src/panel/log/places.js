/** From what an entry says to its place on the map. */

import { placeIdOf } from '../../state/log_entries.js';

/** @typedef {import('../../types').PlaceRef} PlaceRef */

/**
 * @param {import('../../data.js').LayerData} data
 * @param {import('../../log').NewFact | null} fact
 * @returns {PlaceRef | null} null where it names none, or one that is not loaded
 */
export function placeOf(data, fact) {
  const id = placeIdOf(fact);
  if (!id) return null;
  const element = data.elementRef(id);
  if (element) return element;
  /** @type {PlaceRef[]} */
  const others = [{ kind: 'township', id }, { kind: 'road', id }];
  return others.find((ref) => data.find(ref)) ?? null;
}
