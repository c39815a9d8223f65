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
  /** @type {L.Marker | null} */
  let pin = null;

  /** A place that is not in the data, such as where a person stood. @param {import('../types').Position | null} at longitude, latitude */
  function setPin(at) {
    pin?.remove();
    if (!at) return;
    const icon = L.divIcon({ html: h('span', { class: 'map-pin', 'data-pin': '' }), className: '', iconSize: [0, 0] });
    pin = L.marker([at[1], at[0]], { icon, pane: 'halo', interactive: false, keyboard: false }).addTo(map);
  }
  return { set, setPin };
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
