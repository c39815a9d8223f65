/** The light around a hovered or selected place, and the name beside the pointer. */

import * as L from 'leaflet';
import { h } from '../element.js';

/** @param {L.Map} map */
export function createHalos(map) {
  /** @type {Record<string, L.Marker | null>} */
  const halos = { hovered: null, selected: null };

  /** @param {'hovered' | 'selected'} kind @param {L.LatLngTuple | null} at */
  function set(kind, at) {
    halos[kind]?.remove();
    halos[kind] = null;
    if (!at) return;
    const icon = L.divIcon({ html: h('span', { class: `halo halo-${kind}` }), className: '', iconSize: [0, 0] });
    halos[kind] = L.marker(at, { icon, pane: 'halo', interactive: false, keyboard: false }).addTo(map);
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
