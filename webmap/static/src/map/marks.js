/** What the user has marked and what isolates it: faults, areas, closed roads, devices in the order of operation. */

import * as L from 'leaflet';
import { h } from '../element.js';
import { sign } from '../icons.js';
import { addHatch } from './hatch.js';
import { groundPolygons, polygonsOf } from '../state/areas.js';

/** Below this zoom the signs of many devices would cover the district; few are always shown. */
const DEVICES_ZOOM = 14;
const DEVICES_FAR = 30;
/** Signs nearer than this would cover each other, pixels. */
const SIGN_WIDTH = 40;
/** Room of the signs around their places; a device's number stands above and beside it, as the style sheet puts it. */
const FAULT_BOX = { offset: /** @type {[number, number]} */ ([0, 0]), half: /** @type {[number, number]} */ ([14, 14]) };
const DEVICE_BOX = { offset: /** @type {[number, number]} */ ([40, -12]), half: /** @type {[number, number]} */ ([29, 15]) };

/**
 * @typedef {{at: L.LatLngTuple, label: string, id: string, repaired: boolean, rank: number | null}} FaultMark `rank` is that of its repair
 * @typedef {{at: L.LatLngTuple, label: string, order: number, action: 'open' | 'close'}} DeviceMark
 */

/** @param {L.Map} map */
export function createMarks(map) {
  const faults = L.layerGroup().addTo(map);
  const devices = L.layerGroup().addTo(map);
  const areas = L.layerGroup().addTo(map);
  const roads = L.layerGroup().addTo(map);
  const renderer = L.svg({ pane: 'areas' });
  /** @type {DeviceMark[]} */
  let deviceMarks = [];
  /** @type {FaultMark[]} */
  let faultMarks = [];

  /** @param {HTMLElement} html @param {L.LatLngTuple} at @param {string} className @param {number} zIndexOffset */
  function marker(html, at, className, zIndexOffset) {
    const icon = L.divIcon({ html, className, iconSize: [0, 0] });
    return L.marker(at, { icon, pane: 'marks', interactive: false, keyboard: false, zIndexOffset });
  }

  /** @param {FaultMark[]} marks */
  function setFaults(marks) {
    faultMarks = marks;
    faults.clearLayers();
    for (const mark of marks) {
      const look = mark.repaired ? 'fault-mark repaired' : 'fault-mark';
      const html = h('span', { class: look, role: 'img', 'aria-label': mark.label, 'data-fault': mark.id });
      html.append(sign(mark.repaired ? 'check' : 'close'));
      if (mark.rank !== null) html.append(h('span', { class: 'fault-rank' }, String(mark.rank)));
      marker(html, mark.at, 'fault', 3000).addTo(faults);
    }
  }

  /** @param {DeviceMark[]} marks */
  function setDevices(marks) {
    deviceMarks = marks;
    drawDevices();
  }

  function drawDevices() {
    devices.clearLayers();
    if (map.getZoom() < DEVICES_ZOOM && deviceMarks.length > DEVICES_FAR) return;
    const view = map.getBounds().pad(0.2);
    for (const group of together(deviceMarks.filter((entry) => view.contains(entry.at)))) {
      const [first, last] = [group[0], group[group.length - 1]];
      const whole = last.order - first.order === group.length - 1;
      const number = group.length === 1 ? String(first.order) : `${first.order}${whole ? '–' : '…'}${last.order}`;
      const label = group.map((mark) => mark.label).join('; ');
      const html = h('span', { class: `device-mark device-${first.action}`, role: 'img', 'aria-label': label }, number);
      marker(html, first.at, 'device', 2000 - first.order).addTo(devices);
    }
  }

  /** Devices of one kind of step that stand at one place on the screen share a sign. @param {DeviceMark[]} marks in the order of operation */
  function together(marks) {
    /** @type {DeviceMark[][]} */
    const groups = [];
    for (const mark of marks) {
      const point = map.latLngToLayerPoint(mark.at);
      const near = groups.find((group) => group[0].action === mark.action && map.latLngToLayerPoint(group[0].at).distanceTo(point) < SIGN_WIDTH);
      if (near) near.push(mark);
      else groups.push([mark]);
    }
    return groups;
  }
  map.on('moveend', drawDevices);

  /** @param {import('../types').Position[][][]} polygons @param {string} kind */
  function drawArea(polygons, kind) {
    const rings = polygons.map((polygon) => polygon.map((ring) => ring.map(([lng, lat]) => /** @type {L.LatLngTuple} */ ([lat, lng]))));
    L.polygon(rings, { renderer, pane: 'areas', className: 'area-casing', interactive: false }).addTo(areas);
    L.polygon(rings, { renderer, pane: 'areas', className: `drawn-area drawn-${kind}`, interactive: false }).addTo(areas);
  }

  /** @param {import('../types').DrawnArea[]} drawn @param {import('../types').Geometry | null} ground what a log tells of */
  function setAreas(drawn, ground) {
    areas.clearLayers();
    if (ground) drawArea(groundPolygons(ground), 'ground');
    for (const area of drawn) drawArea(polygonsOf(area), area.kind);
    addHatch(map, 'areas', 'hatch-area', 'hatch-area-line', -45);
  }

  /** Closed roads: barred across, in the colour of what is dead. @param {L.LatLngTuple[][]} paths */
  function setClosedRoads(paths) {
    roads.clearLayers();
    for (const path of paths) {
      L.polyline(path, { renderer, pane: 'areas', className: 'closed-road', interactive: false }).addTo(roads);
      const middle = path.length === 2 ? L.latLngBounds(path).getCenter() : path[Math.floor(path.length / 2)];
      marker(h('span', { class: 'road-bar' }), /** @type {L.LatLngTuple} */ (middle), 'road', 1000).addTo(roads);
    }
  }

  /** The marked fault whose sign lies at a place of the map. @param {L.LatLng} at @returns {string | null} its element's id */
  function faultAt(at) {
    const point = map.latLngToLayerPoint(at);
    const near = faultMarks.filter((mark) => map.latLngToLayerPoint(mark.at).distanceTo(point) <= FAULT_BOX.half[0]);
    return near.length ? near[near.length - 1].id : null;
  }

  /** Where labels must not stand. @returns {{at: L.LatLng, offset: [number, number], half: [number, number]}[]} pixels */
  function signs() {
    /** @param {L.LayerGroup} group */
    const places = (group) => group.getLayers().map((layer) => /** @type {L.Marker} */ (layer).getLatLng());
    return [
      ...places(faults).map((at) => ({ at, ...FAULT_BOX })),
      ...places(devices).map((at) => ({ at, ...DEVICE_BOX })),
    ];
  }

  return { setFaults, setDevices, setAreas, setClosedRoads, faultAt, signs };
}
