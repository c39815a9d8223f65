/** The light around hovered or selected places, and the name beside the pointer. */

import * as L from 'leaflet';
import { h } from '../element.js';

/** @param {L.Map} map */
export function createHalos(map) {
  /** @type {Record<string, L.Marker[]>} */
  const halos = { hovered: [], selected: [] };

  /** @param {'hovered' | 'selected'} kind @param {L.LatLngTuple[]} places */
  function set(kind, places) {
    for (const halo of halos[kind]) halo.remove();
    halos[kind] = places.map((at) => {
      const icon = L.divIcon({ html: h('span', { class: `halo halo-${kind}` }), className: '', iconSize: [0, 0] });
      return L.marker(at, { icon, pane: 'halo', interactive: false, keyboard: false }).addTo(map);
    });
  }
  return { set };
}

/** @param {HTMLElement} container the map's */
export function createPointerLabel(container) {
  const label = h('div', { class: 'pointer-label', hidden: true, 'data-pointer-label': '' });
  container.append(label);

  /** @param {{x: number, y: number} | null} point @param {string} [text] */
  function set(point, text = '') {
    label.hidden = !point || !text;
    if (!point || !text) return;
    label.textContent = text;
    const right = point.x > container.clientWidth / 2;
    label.style.left = right ? '' : `${point.x + 16}px`;
    label.style.right = right ? `${container.clientWidth - point.x + 16}px` : '';
    label.style.top = `${Math.max(point.y - 44, 4)}px`;
  }
  return { set };
}
