/** Places by name: what can be searched for, and those that fit what is written. */

import { matching } from '../state/place_match.js';

/** @typedef {import('../types').PlaceRef} PlaceRef */
/** @typedef {import('../types').Feature} Feature */
/** @typedef {{ref: PlaceRef, name: string, about: string, rank: number}} Entry */

/** Kinds of node that people know by name. @type {Record<string, number>} */
const STATION_RANK = { source: 1, substation: 1, pump: 3, regulator: 3, heat_exchange: 3, switch: 6, valve: 6, transformer: 7 };
const OTHER_NODE_RANK = 8;
const LINE_RANK = 9;
/** Layers of what can be closed. */
export const ROAD_LAYERS = ['roads', 'coal_routes'];

/** @param {import('./context').PageContext} context */
export function createPlaceNames({ data, titles, catalog, words, store }) {
  /** @param {string} layer @param {PlaceRef['kind']} kind @param {(feature: Feature) => {about: string, rank: number}} tell @param {(properties: Record<string, any>) => boolean} [wanted] */
  function entries(layer, kind, tell, wanted = () => true) {
    return data.features(layer).filter(({ properties }) => properties.name && wanted(properties)).map((feature) => ({
      ref: /** @type {PlaceRef} */ ({ kind, id: String(feature.properties[kind === 'township' ? 'code' : 'id']) }), name: String(feature.properties.name), ...tell(feature) }));
  }
  /** @param {string} layer */
  const networkPart = (layer) => (/** @type {Feature} */ { properties }) => ({
    about: `${titles.network(properties.network)} · ${titles.value(layer, 'kind', properties.kind)}`,
    rank: layer === 'network_lines' ? LINE_RANK : STATION_RANK[properties.kind] ?? OTHER_NODE_RANK });

  const facilities = () => entries('facilities', 'facility', ({ properties }) => ({ about: titles.category(properties.category), rank: 2 }));
  const townships = () => entries('townships', 'township', ({ properties }) => ({ about: titles.value('townships', 'kind', properties.kind), rank: 0 }));
  /** @param {(properties: Record<string, any>) => boolean} [wanted] */
  const nodes = (wanted) => entries('network_nodes', 'node', networkPart('network_nodes'), wanted);

  /** Ids of what the incident broke or takes the supply of. */
  function affected() {
    const { assessment, marks } = store.get();
    const facilitiesHit = (assessment?.facilities ?? []).filter(({ state }) => state !== 'supplied').map(({ id }) => id);
    const townshipsHit = (assessment?.townships ?? []).filter(({ commodities }) =>
      Object.values(commodities).some((loss) => loss.customers_out > 0)).map(({ code }) => code);
    return new Set([...marks.faults.map(({ element }) => element), ...facilitiesHit, ...townshipsHit]);
  }

  return {
    townships, facilities,
    /** @param {Entry[]} all @param {string} text @returns {Entry[]} those that fit, the best first; none for an empty text */
    fitting(all, text) {
      const hit = affected();
      return matching(all, text, ({ name, about, rank, ref: { id } }) => ({ name, about, rank, id, affected: hit.has(id) }));
    },
    /** What the search of the page offers. */
    searched: () => [...townships(), ...facilities(), ...nodes(({ kind }) => kind in STATION_RANK)],
    /** What can be broken or be repaired. */
    elements: () => [...facilities(), ...nodes(), ...entries('network_lines', 'line', networkPart('network_lines'))],
    devices: () => nodes(({ kind }) => kind === 'switch' || kind === 'valve'),
    /** Empty until their layers are there; they are not loaded at the start. */
    roads: () => ROAD_LAYERS.flatMap((layer, index) => entries(layer, 'road', () => ({ about: words.titleOf(catalog.layers.find(({ key }) => key === layer)?.title), rank: index }))),
  };
}
