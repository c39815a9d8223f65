/** Layers as they arrive: asked for once, kept by key, each record found by its id. */

import { getJson } from './request.js';

/** @typedef {import('./types').Feature} Feature */
/** @typedef {import('./types').FeatureCollection} FeatureCollection */
/** @typedef {import('./types').PlaceKind} PlaceKind */
/** @typedef {import('./types').PlaceRef} PlaceRef */

/** @type {Record<PlaceKind, string>} */
const LAYER_OF_KIND = {
  facility: 'facilities',
  node: 'network_nodes',
  line: 'network_lines',
  township: 'townships',
  site: 'sites',
  road: 'roads',
};

/** @param {(waiting: string[]) => void} onProgress called with the keys of the layers still under way */
export function createLayerData(onProgress) {
  /** @type {Map<string, Promise<FeatureCollection>>} */
  const requests = new Map();
  /** @type {Map<string, FeatureCollection>} */
  const arrived = new Map();
  /** @type {Map<string, Map<string, Feature>>} */
  const byId = new Map();

  const report = () => onProgress([...requests.keys()].filter((key) => !arrived.has(key)));

  /** @param {string} key @returns {Promise<FeatureCollection>} */
  function load(key) {
    const known = requests.get(key);
    if (known) return known;
    const request = getJson(`/api/layers/${key}`).then((/** @type {FeatureCollection} */ collection) => {
      arrived.set(key, collection);
      const name = key === 'townships' || key === 'counties' ? 'code' : 'id';
      byId.set(key, new Map(collection.features.map((feature) => [feature.properties[name], feature])));
      report();
      return collection;
    });
    requests.set(key, request);
    request.catch(() => {
      requests.delete(key);
      report();
    });
    report();
    return request;
  }

  /** Asks for a layer whose records changed; what arrived before stays until then. @param {string} key */
  function again(key) {
    requests.delete(key);
    return load(key);
  }

  /** @param {PlaceRef} ref @returns {Feature | null} null while its layer has not arrived */
  function find(ref) {
    return byId.get(LAYER_OF_KIND[ref.kind])?.get(ref.id) ?? null;
  }

  /** Which element a fault names: a node, a line or a facility. @param {string} id @returns {PlaceRef | null} */
  function elementRef(id) {
    /** @type {PlaceKind[]} */
    const kinds = ['node', 'line', 'facility'];
    const kind = kinds.find((candidate) => byId.get(LAYER_OF_KIND[candidate])?.has(id));
    return kind ? { kind, id } : null;
  }

  /** @param {string} key @returns {Feature[]} empty while the layer has not arrived */
  const features = (key) => arrived.get(key)?.features ?? [];

  return { load, again, find, elementRef, features, has: (/** @type {string} */ key) => arrived.has(key) };
}

/** @typedef {ReturnType<typeof createLayerData>} LayerData */
