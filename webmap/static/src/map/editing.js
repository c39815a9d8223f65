/** A draft on the map: what changes, the chosen record with corners to drag, what is being drawn. */

import * as L from 'leaflet';
import { h } from '../element.js';
import { middlesOf, pathsOf } from '../editing/shape.js';
import { cornersOf } from '../editing/state.js';

/** @typedef {import('../editing/picture.js').EditingPicture} EditingPicture */
/** @typedef {import('../types').Geometry} Geometry */
/** @typedef {import('../types').Position} Position */
/** @typedef {import('../editing/shape.js').Place} Place */

/** Reach of a press, pixels. A finger needs more than a mouse. */
const REACH_PX = matchMedia('(pointer: coarse)').matches ? 24 : 12;
/** More corners than these are shown only as far as the map shows them, and no more than these. */
const MOST_CORNERS = 300;
/** A step with the arrow keys, pixels. */
const STEP_PX = 2;
const KEYS_REST_MS = 600;

/** @param {Position} position @returns {L.LatLngTuple} */
const latLng = ([lng, lat]) => [lat, lng];
/** @param {L.LatLng} at @returns {Position} */
const position = ({ lng, lat }) => [lng, lat];

/**
 * @typedef {object} EditingHandlers
 * @property {(at: Position, reach: number) => unknown} press
 * @property {(at: Position, reach: number) => {name: string, at: Position | null} | null} under
 * @property {(place: Place, to: Position, reach: number) => void} drop
 * @property {(place: Place, at: Position) => void} insert
 * @property {(place: Place) => void} takeAway
 */

/**
 * @param {L.Map} map @param {EditingHandlers} handlers
 * @param {(what: 'corner' | 'middle', number: number) => string} label of a corner for who does not see it
 * @param {(at: L.Point | null, name: string) => void} onName told what the pointer is over
 */
export function createEditingMap(map, handlers, label, onName) {
  const pane = map.getPane('draft-edit') ?? map.createPane('draft-edit');
  pane.style.zIndex = '457';
  pane.style.pointerEvents = 'none';
  const handlePane = map.getPane('draft-handles') ?? map.createPane('draft-handles');
  handlePane.style.zIndex = '640';
  const renderer = L.svg({ pane: 'draft-edit', padding: 0.5 });
  const [changes, chosen, handles, drawn, places] = Array.from({ length: 5 }, () => L.layerGroup().addTo(map));
  /** @type {EditingPicture | null} */
  let picture = null;
  /** @type {L.Polyline | null} */
  let hint = null;
  let snapRing = /** @type {L.CircleMarker | null} */ (null);
  let keyTimer = 0;

  /** Degrees of latitude that a reach of so many pixels is worth. */
  function reach() {
    const { y } = map.getSize();
    const middle = map.containerPointToLatLng([0, y / 2]);
    return Math.abs(middle.lat - map.containerPointToLatLng([0, y / 2 + REACH_PX]).lat);
  }

  /** @param {Geometry} geometry @param {string} className @param {L.LayerGroup} group @param {number} [radius] */
  function draw(geometry, className, group, radius = 7) {
    const look = { renderer, pane: 'draft-edit', interactive: false, className };
    if (geometry.type === 'Point') L.circleMarker(latLng(geometry.coordinates), { ...look, radius }).addTo(group);
    else if (geometry.type === 'LineString') L.polyline(geometry.coordinates.map(latLng), { ...look, fill: false }).addTo(group);
    else L.polygon(pathsOf(geometry).map((path) => path.map(latLng)), { ...look }).addTo(group);
  }

  function drawChanges() {
    changes.clearLayers();
    if (!picture) return;
    for (const { layer, id, kind, moved, before, after } of picture.changes) {
      const lit = picture.lit === `${layer} ${id}` ? ' lit' : '';
      if (before && (moved || kind === 'removed')) draw(before, `edit-before${lit}`, changes, 6);
      if (after) draw(after, `edit-after edit-${kind}${moved ? '' : ' edit-same-place'}${lit}`, changes, 6);
    }
  }

  /** @param {Place} place @param {Position} at @param {'corner' | 'middle'} what @param {number} number */
  function handle(place, at, what, number) {
    const html = h('span', { class: `edit-handle edit-${what}` });
    const icon = L.divIcon({ html, className: 'edit-grip', iconSize: [32, 32] });
    const marker = L.marker(latLng(at), { icon, pane: 'draft-handles', draggable: true, keyboard: what === 'corner', autoPan: true, bubblingMouseEvents: false });
    marker.on('drag', () => preview(place, position(marker.getLatLng()), what));
    marker.on('dragend', () => (what === 'corner' ? handlers.drop(place, position(marker.getLatLng()), reach()) : handlers.insert(place, position(marker.getLatLng()))));
    marker.on('contextmenu', () => what === 'corner' && handlers.takeAway(place));
    marker.addTo(handles);
    const element = marker.getElement();
    element?.setAttribute('aria-label', label(what, number));
    element?.setAttribute('data-edit-handle', `${what} ${place.path} ${place.index}`);
    if (what === 'corner') element?.addEventListener('keydown', (event) => onKey(event, marker, place));
  }

  /** @param {KeyboardEvent} event @param {L.Marker} marker @param {Place} place */
  function onKey(event, marker, place) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') handlers.takeAway(place);
    else if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) return;
    const far = STEP_PX * (event.shiftKey ? 10 : 1);
    const to = map.containerPointToLatLng(map.latLngToContainerPoint(marker.getLatLng()).add([step[0] * far, step[1] * far]));
    marker.setLatLng(to);
    preview(place, position(to), 'corner');
    // Several presses are one move.
    window.clearTimeout(keyTimer);
    keyTimer = window.setTimeout(() => handlers.drop(place, position(marker.getLatLng()), reach()), KEYS_REST_MS);
  }

  /** The chosen record as it would be. @param {Place} place @param {Position} to @param {'corner' | 'middle'} what */
  function preview({ path, index }, to, what) {
    const geometry = picture?.chosen?.geometry;
    if (!geometry) return;
    const paths = pathsOf(geometry);
    const corners = [...paths[path]];
    corners.splice(index, what === 'corner' ? 1 : 0, to);
    paths[path] = corners;
    chosen.clearLayers();
    const look = { renderer, pane: 'draft-edit', interactive: false, className: 'edit-chosen' };
    if (geometry.type === 'Point') L.circleMarker(latLng(to), { ...look, radius: 11 }).addTo(chosen);
    else if (geometry.type === 'LineString') L.polyline(paths[0].map(latLng), { ...look, fill: false }).addTo(chosen);
    else L.polygon(paths.map((one) => one.map(latLng)), look).addTo(chosen);
  }

  function drawChosen() {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.getAttribute('data-edit-handle') : null;
    chosen.clearLayers();
    handles.clearLayers();
    const shown = picture?.chosen;
    if (!shown || !picture) return;
    draw(shown.geometry, 'edit-chosen', chosen, 11);
    if (shown.fixed || !picture.active) return;
    const bounds = map.getBounds().pad(0.2);
    const many = cornersOf(shown.geometry).length > MOST_CORNERS;
    let left = MOST_CORNERS;
    pathsOf(shown.geometry).forEach((corners, path) => corners.forEach((at, index) => {
      if ((many && !bounds.contains(latLng(at))) || left <= 0) return;
      left -= 1;
      handle({ path, index }, at, 'corner', index + 1);
    }));
    if (left > 0) for (const { place, at } of middlesOf(shown.geometry)) if (!many || bounds.contains(latLng(at))) handle(place, at, 'middle', place.index);
    if (focused) /** @type {HTMLElement | null} */ (handlePane.querySelector(`[data-edit-handle="${focused}"]`))?.focus({ preventScroll: true });
  }

  function drawDrawn() {
    drawn.clearLayers();
    hint = null;
    const now = picture?.drawn;
    if (!now) return;
    const look = { renderer, pane: 'draft-edit', interactive: false };
    L.polyline(now.corners.map(latLng), { ...look, className: 'edit-drawn', fill: false }).addTo(drawn);
    for (const corner of now.corners) L.circleMarker(latLng(corner), { ...look, className: 'edit-drawn-corner', radius: 5 }).addTo(drawn);
    if (now.corners.length) hint = L.polyline([], { ...look, className: 'edit-drawn-hint', fill: false }).addTo(drawn);
  }

  function drawPlaces() {
    places.clearLayers();
    for (const place of picture?.problems ?? []) {
      const icon = L.divIcon({ html: h('span', { class: 'issue-place' }), className: 'staged-place', iconSize: [0, 0] });
      L.marker(latLng(place), { icon, pane: 'draft-handles', interactive: false, keyboard: false }).addTo(places);
    }
  }

  /** @param {Position | null} at */
  function ring(at) {
    if (!at) {
      snapRing?.remove();
      snapRing = null;
    } else if (snapRing) snapRing.setLatLng(latLng(at));
    else snapRing = L.circleMarker(latLng(at), { renderer, pane: 'draft-edit', interactive: false, className: 'edit-snap', radius: 12 }).addTo(map);
  }

  let pending = 0;
  map.on('mousemove', (event) => {
    if (!picture?.active) return;
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => {
      if (!picture?.active) return;
      const found = handlers.under(position(event.latlng), reach());
      onName(found ? event.containerPoint : null, found?.name ?? '');
      ring(found?.at ?? null);
      const last = picture.drawn?.corners.at(-1);
      if (hint && last) hint.setLatLngs([latLng(last), found?.at ? latLng(found.at) : event.latlng]);
    });
  });
  map.on('mouseout', () => {
    cancelAnimationFrame(pending);
    if (picture?.active) onName(null, '');
    ring(null);
  });
  map.on('click', (event) => picture?.active && handlers.press(position(event.latlng), reach()));
  map.on('moveend', () => picture?.chosen && cornersOf(picture.chosen.geometry).length > MOST_CORNERS && drawChosen());

  return {
    /** @param {EditingPicture | null} next null takes it all away */
    show(next) {
      const before = picture;
      picture = next;
      const container = map.getContainer();
      container.classList.toggle('edit-drawing', next?.drawn != null || next?.task === 'split' || next?.task === 'refer');
      document.body.classList.toggle('with-edits', next !== null);
      if (next?.active !== before?.active) {
        if (next?.active) map.doubleClickZoom.disable();
        else map.doubleClickZoom.enable();
        onName(null, '');
        ring(null);
      }
      if (next?.changes !== before?.changes || next?.lit !== before?.lit) drawChanges();
      if (next?.chosen?.geometry !== before?.chosen?.geometry || next?.chosen?.key !== before?.chosen?.key || next?.chosen?.fixed !== before?.chosen?.fixed || next?.active !== before?.active) drawChosen();
      if (next?.drawn?.corners.length !== before?.drawn?.corners.length || next?.drawn?.kind !== before?.drawn?.kind) drawDrawn();
      if (next?.problems.length !== before?.problems.length) drawPlaces();
    },
  };
}
