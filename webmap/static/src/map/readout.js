/** Scale bar, north arrow and the coordinates under the pointer. */

import * as L from 'leaflet';
import { h, svg } from '../element.js';
import { coordinates } from '../format.js';

/** @param {L.Map} map @param {HTMLElement} corner @param {string} northLabel */
export function createReadout(map, corner, northLabel) {
  const scale = L.control.scale({ imperial: false, maxWidth: 120 });
  scale.addTo(map);
  const scaleElement = scale.getContainer();
  const arrow = svg('svg', { viewBox: '0 0 16 22', class: 'north-arrow', role: 'img', 'aria-label': northLabel });
  arrow.append(svg('path', { d: 'M8 1 14 18 8 14 2 18z' }));
  const text = h('span', { class: 'coordinates', 'data-coordinates': '' });
  corner.append(h('span', { class: 'north' }, arrow, 'N'));
  if (scaleElement) corner.append(scaleElement);
  corner.append(text);

  /** @param {L.LatLng} at */
  const write = (at) => {
    const wrapped = at.wrap();
    text.textContent = `CGCS2000 ${coordinates(wrapped.lng, wrapped.lat)}`;
  };
  map.on('mousemove', (event) => write(event.latlng));
  map.on('moveend', () => write(map.getCenter()));
}
