/** The empty map: panes in drawing order, the plain ground, and the base map if the installation has one. */

import * as L from 'leaflet';
import '@geoman-io/leaflet-geoman-free';
import { leafletLayer } from 'protomaps-leaflet';

/** Panes from below to above; all but `facilities` let the pointer through to the map, which finds what is under it. */
const PANES = { shading: 350, context: 380, network: 400, areas: 420, facilities: 450, marks: 470, labels: 480, halo: 490 };

/** @param {HTMLElement} container @param {[number, number, number, number]} bounds west, south, east, north */
export function createBase(container, bounds) {
  const map = L.map(container, {
    zoomControl: false,
    attributionControl: true,
    zoomSnap: 0.5,
    minZoom: 8,
    maxZoom: 19,
    boxZoom: true,
    keyboard: true,
    maxBounds: L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]).pad(1.5),
    preferCanvas: false,
  });
  map.attributionControl.setPrefix(false);
  for (const [name, order] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(order);
    pane.style.pointerEvents = 'none';
  }
  return map;
}

/** @param {[number, number, number, number]} bounds */
export function boundsOf(bounds) {
  return L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);
}

/**
 * Adds the configured base map under everything else. Without one the ground stays plain paper.
 * @param {L.Map} map @param {import('../types').Basemap | null} basemap @param {boolean} dark
 * @returns {() => void} takes it away again
 */
export function addBasemap(map, basemap, dark) {
  if (!basemap) return () => {};
  const layer =
    basemap.kind === 'wmts'
      ? L.tileLayer(basemap.url, { attribution: basemap.attribution, maxZoom: 19, maxNativeZoom: 18, opacity: 0.6 })
      : /** @type {L.Layer} */ (
          /** @type {unknown} */ (
            leafletLayer({ url: basemap.url, flavor: dark ? 'dark' : 'light', lang: 'zh', attribution: basemap.attribution })
          )
        );
  layer.addTo(map);
  return () => layer.remove();
}
