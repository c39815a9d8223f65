/** Which layers are loaded first, as later ones refer to them, and how far that is. Pure. */

/** @typedef {import('../types').CatalogLayer} CatalogLayer */
/** @typedef {'done' | 'next' | 'later'} LoadState */
/** @typedef {{layer: CatalogLayer, state: LoadState, after: string[], needed: boolean}} LoadRow */

/** The version that stands for the beginning, when no layer had any record. */
export const EMPTY_VERSION = '0';

/** Layers in the order in which they are loaded, each with those that have to be there before. */
const AFTER = /** @type {Record<string, string[]>} */ ({
  counties: [],
  townships: ['counties'],
  network_nodes: [],
  network_lines: ['network_nodes'],
  facilities: [],
  supplies: ['facilities', 'network_nodes'],
  roads: [],
  coal_routes: ['facilities'],
  sites: [],
  contacts: ['facilities'],
});
/** Without these nothing can be assessed; the others add to it. */
const NEEDED = ['counties', 'townships', 'network_nodes', 'network_lines', 'facilities', 'supplies'];

/**
 * The layers in the order of loading, those needed first. `next` is the first one needed that is empty and whose own have come.
 * @param {CatalogLayer[]} layers @returns {LoadRow[]}
 */
export function loadRows(layers) {
  const known = new Map(layers.map((layer) => [layer.key, layer]));
  const filled = (/** @type {string} */ key) => (known.get(key)?.count ?? 0) > 0;
  const keys = [...NEEDED, ...Object.keys(AFTER).filter((key) => !NEEDED.includes(key)), ...layers.map(({ key }) => key).filter((key) => !(key in AFTER))];
  const next = NEEDED.find((key) => known.has(key) && !filled(key));
  return keys.filter((key) => known.has(key)).map((key) => ({
    layer: /** @type {CatalogLayer} */ (known.get(key)),
    state: filled(key) ? 'done' : key === next ? 'next' : 'later',
    after: (AFTER[key] ?? []).filter((before) => known.has(before) && !filled(before)),
    needed: NEEDED.includes(key),
  }));
}

/** Whether no layer has any record. @param {CatalogLayer[]} layers */
export const isEmpty = (layers) => layers.every(({ count }) => count === 0);

/** The layers that an assessment needs and that have no record, in the order of loading. @param {CatalogLayer[]} layers @returns {CatalogLayer[]} */
export const missingLayers = (layers) => NEEDED.flatMap((key) => layers.find((layer) => layer.key === key && layer.count === 0) ?? []);

/** How many of the layers needed are there. @param {LoadRow[]} rows */
export function progressOf(rows) {
  const needed = rows.filter((row) => row.needed);
  return { done: needed.filter(({ state }) => state === 'done').length, of: needed.length };
}
