/** The area of a warning that is being drafted: the ground itself, the simpler shape that is sent, places left outside. */

import * as L from 'leaflet';
import { groundPolygons } from '../state/areas.js';
import { svg } from '../element.js';

/** @typedef {import('../warnings').WarningArea} WarningArea */

const LATTICE = 'draft-excluded';

/** @param {L.Map} map */
export function createDraftArea(map) {
  const pane = map.getPane('draft') ?? map.createPane('draft');
  // Over the drawn damage, below the pictograms.
  pane.style.zIndex = '430';
  pane.style.pointerEvents = 'none';
  const renderer = L.svg({ pane: 'draft', padding: 0.5 });
  const group = L.layerGroup().addTo(map);

  /** @param {import('../types').Geometry} geometry @param {string} className */
  function draw(geometry, className) {
    const rings = groundPolygons(geometry).map((polygon) => polygon.map((ring) => ring.map(([lng, lat]) => /** @type {L.LatLngTuple} */ ([lat, lng]))));
    if (!rings.length) return;
    L.polygon(rings, { renderer, pane: 'draft', className, interactive: false }).addTo(group);
  }

  /** Small crosses where ground was taken out, once the drawing is there. */
  function addLattice() {
    const drawing = pane.querySelector('svg');
    if (!drawing || drawing.querySelector(`#${LATTICE}`)) return;
    const line = svg('path', { d: 'M4 1v6M1 4h6', class: 'draft-excluded-line' });
    drawing.prepend(svg('defs', {}, svg('pattern', { id: LATTICE, width: 14, height: 14, patternUnits: 'userSpaceOnUse' }, line)));
  }

  /** @param {WarningArea | null} area null takes it away @param {L.LatLngTuple[]} [outside] places that the area leaves out */
  function show(area, outside = []) {
    group.clearLayers();
    if (!area) return;
    draw(area.excluded, 'draft-excluded');
    if (!area.empty) {
      draw(area.shape, 'draft-casing');
      draw(area.shape, 'draft-shape');
      if (area.sending.added_km2 > 0) draw(area.sending.polygons, 'draft-sending');
    }
    for (const at of outside) L.circleMarker(at, { renderer, pane: 'draft', radius: 16, className: 'draft-outside', interactive: false }).addTo(group);
    addLattice();
  }

  return {
    show,
    /** @param {WarningArea} area @returns {L.LatLngBounds | null} null for an empty one */
    bounds(area) {
      const points = groundPolygons(area.shape).flat(2).map(([lng, lat]) => /** @type {L.LatLngTuple} */ ([lat, lng]));
      return points.length ? L.latLngBounds(points) : null;
    },
  };
}
