/** Layers that give context: roads, coal routes, emergency supply sites. Each is added when first switched on. */

import * as L from 'leaflet';
import { themed } from '../classify.js';
import { dashes } from './network_style.js';

/** @typedef {import('../types').LegendSymbol} LegendSymbol */
/** @typedef {import('../types').FeatureCollection} FeatureCollection */

/** A site that stands is full, a planned one half full in a broken ring, a candidate empty. @type {Record<string, L.CircleMarkerOptions>} */
const POINTS = { existing: { fillOpacity: 0.85 }, planned: { fillOpacity: 0.35, dashArray: '3 2' }, candidate: { fillOpacity: 0 } };

/** @param {L.Map} map */
export function createContextLayers(map) {
  const renderer = L.canvas({ pane: 'context', padding: 0.4 });
  /** @type {Map<string, {layer: L.GeoJSON, symbol: LegendSymbol}>} */
  const layers = new Map();

  /** @param {LegendSymbol} symbol @param {boolean} dark @param {string} [status] of a site @returns {any} */
  function style(symbol, dark, status) {
    const color = themed(symbol.colour, dark);
    if (symbol.shape === 'point') return { renderer, radius: 4, color, weight: 1.5, fillColor: color, ...(POINTS[status ?? ''] ?? POINTS.existing) };
    const dashArray = dashes(symbol.pattern, symbol.width_px).join(' ');
    return { renderer, color, weight: symbol.width_px, opacity: dark ? 0.45 : 0.75, dashArray };
  }

  /** @param {string} key @param {FeatureCollection} collection @param {LegendSymbol} symbol @param {boolean} dark */
  function set(key, collection, symbol, dark) {
    layers.get(key)?.layer.remove();
    const options = (/** @type {any} */ feature) => ({ ...style(symbol, dark, feature?.properties.status), interactive: false, pane: 'context' });
    const layer = L.geoJSON(/** @type {any} */ (collection), {
      interactive: false,
      style: options,
      pointToLayer: (feature, at) => L.circleMarker(at, options(feature)),
    });
    layers.set(key, { layer, symbol });
  }

  /** @param {string} key @param {boolean} shown */
  function toggle(key, shown) {
    const entry = layers.get(key);
    if (shown) entry?.layer.addTo(map);
    else entry?.layer.remove();
  }

  /** @param {boolean} dark */
  function recolour(dark) {
    for (const { layer, symbol } of layers.values()) layer.setStyle((feature) => style(symbol, dark, feature?.properties.status));
  }

  return { set, toggle, recolour, has: (/** @type {string} */ key) => layers.has(key) };
}
