/** The empty map: panes in drawing order, the plain ground, and the base map if the installation has one. */

import * as L from 'leaflet';
import '@geoman-io/leaflet-geoman-free';
import { leafletLayer } from 'protomaps-leaflet';

/** Panes from below to above; all but `facilities` let the pointer through to the map, which finds what is under it. */
const PANES = { shading: 350, context: 380, network: 400, areas: 420, warnings: 425, facilities: 450, marks: 470, labels: 480, 'warning-names': 485, halo: 490 };

/** Tiles in a row that may be missing before the service counts as dead. */
const MOST_FAILURES = 4;

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
 * Adds the configured base map under everything else. Without one the ground stays plain paper. One that does not answer
 * is taken away again and told once, instead of being asked for every tile.
 * @param {L.Map} map @param {import('../types').Basemap | null} basemap @param {boolean} dark
 * @param {() => void} onFailed
 * @returns {() => void} takes it away again
 */
export function addBasemap(map, basemap, dark, onFailed) {
  if (!basemap) return () => {};
  return basemap.kind === 'wmts' ? addTiles(map, basemap, onFailed) : addArchive(map, basemap, dark, onFailed);
}

/** @param {L.Map} map @param {import('../types').Basemap} basemap @param {() => void} onFailed */
function addTiles(map, { url, attribution }, onFailed) {
  const layer = L.tileLayer(url, { attribution, maxZoom: 19, maxNativeZoom: 18, opacity: 0.6 });
  let failures = 0;
  layer.on('tileload', () => {
    failures = 0;
  });
  layer.on('tileerror', () => {
    failures += 1;
    if (failures !== MOST_FAILURES) return;
    layer.remove();
    onFailed();
  });
  layer.addTo(map);
  return () => layer.remove();
}

/** @param {L.Map} map @param {import('../types').Basemap} basemap @param {boolean} dark @param {() => void} onFailed */
function addArchive(map, { url, attribution }, dark, onFailed) {
  let wanted = true;
  /** @type {L.Layer | null} */
  let layer = null;
  void isArchive(url).then((fits) => {
    if (!wanted) return;
    if (!fits) return onFailed();
    layer = /** @type {L.Layer} */ (/** @type {unknown} */ (leafletLayer({ url, flavor: dark ? 'dark' : 'light', lang: 'zh', attribution })));
    layer.addTo(map);
    return undefined;
  });
  return () => {
    wanted = false;
    layer?.remove();
  };
}

/** Whether a PMTiles archive (version 3) answers there: its header starts so. @param {string} url @returns {Promise<boolean>} */
async function isArchive(url) {
  try {
    const answer = await fetch(url, { headers: { Range: 'bytes=0-126' } });
    // A server without ranges would send the whole archive: the first piece is enough.
    const reader = answer.body?.getReader();
    const header = (await reader?.read())?.value ?? new Uint8Array();
    void reader?.cancel();
    return answer.ok && header.length >= 127 && new TextDecoder().decode(header.slice(0, 7)) === 'PMTiles' && header[7] === 3;
  } catch {
    return false;
  }
}
