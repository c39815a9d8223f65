/** Measuring a distance along clicked points. */

import * as L from 'leaflet';
import { h } from '../element.js';
import { pathLengthM } from '../state/areas.js';

/**
 * @param {L.Map} map
 * @param {(metres: number) => string} inWords
 */
export function createMeasure(map, inWords) {
  const group = L.layerGroup();
  /** @type {L.LatLng[]} */
  let points = [];
  let finished = false;

  /** @param {L.LatLng[]} path */
  const lengthOf = (path) => pathLengthM(path.map(({ lng, lat }) => [lng, lat]));

  /** @param {L.LatLng | null} pointer */
  function draw(pointer) {
    group.clearLayers();
    const path = pointer && !finished ? [...points, pointer] : points;
    if (!path.length) return;
    L.polyline(path, { className: 'measure-line', interactive: false, pane: 'marks' }).addTo(group);
    const words = h('span', { class: 'measure-label', 'data-measured': '' }, inWords(lengthOf(path)));
    const icon = L.divIcon({ html: words, className: '', iconSize: [0, 0] });
    L.marker(path[path.length - 1], { icon, pane: 'labels', interactive: false, keyboard: false }).addTo(group);
  }

  /** @param {L.LeafletMouseEvent} event */
  function add(event) {
    if (finished) {
      points = [];
      finished = false;
    }
    points.push(event.latlng);
    draw(null);
  }
  /** @param {L.LeafletMouseEvent} event */
  const follow = (event) => points.length && draw(event.latlng);
  function finish() {
    finished = true;
    draw(null);
  }

  function start() {
    group.addTo(map);
    map.on('click', add).on('mousemove', follow).on('dblclick', finish);
    map.doubleClickZoom.disable();
  }

  function stop() {
    map.off('click', add).off('mousemove', follow).off('dblclick', finish);
    map.doubleClickZoom.enable();
    points = [];
    finished = false;
    group.clearLayers().remove();
  }
  return { start, stop };
}
