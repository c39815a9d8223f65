/** The small map of the field's page: townships, the lines around a position, and the position itself. Our own data alone. */

import * as L from 'leaflet';
import 'leaflet/dist/leaflet.css';

/** Zoom that shows a street with its lines. */
const STREET_ZOOM = 16;
/** A Chinese sign of a township's name with some room. */
const LETTER_PX = 16;
/** Colours and patterns as on the large map. @type {Record<string, L.PathOptions>} */
const LINES = {
  electricity: { color: '#7B4FB5', weight: 2.5 },
  gas: { color: '#1B8A6B', weight: 2.5, dashArray: '10 4 2 4' },
  heat: { color: '#C2477F', weight: 3.5 },
  water: { color: '#2F7FC1', weight: 1.5 },
  road: { color: '#8b8f96', weight: 2 },
};

/**
 * @param {HTMLElement} container
 * @param {{onPick: (position: import('../types').Position) => void, zoomIn: string, zoomOut: string}} options
 */
export function createFieldMap(container, { onPick, zoomIn, zoomOut }) {
  const map = L.map(container, { attributionControl: false, zoomControl: false, preferCanvas: true, zoomSnap: 0.5, zoomAnimation: false, fadeAnimation: false });
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const ground = L.featureGroup().addTo(map);
  const lines = L.featureGroup().addTo(map);
  const spot = L.featureGroup().addTo(map);
  /** Lengths of the townships' names. @type {Map<L.Layer, number>} */
  const names = new Map();
  map.setView([35.5, 112.85], 10);
  map.on('click', ({ latlng: { lng, lat } }) => onPick([round(lng), round(lat)]));

  /** @param {import('../field').FieldStart['townships']} townships */
  function setTownships(townships) {
    ground.clearLayers();
    names.clear();
    for (const { name, geometry } of townships) {
      const area = L.geoJSON(/** @type {any} */ (geometry), { style: { color: '#8b8f96', weight: 1.2, fillColor: '#8b8f96', fillOpacity: 0.07 }, interactive: false });
      names.set(area, name.length);
      area.bindTooltip(name, { permanent: true, direction: 'center', className: 'field-township' }).addTo(ground);
    }
    label();
  }

  /** Names only where a township is wide enough for its own. */
  function label() {
    for (const layer of ground.getLayers()) {
      if (!(layer instanceof L.GeoJSON)) continue;
      const bounds = layer.getBounds();
      const { x, y } = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
      const fits = x > (names.get(layer) ?? 0) * LETTER_PX && y > 2 * LETTER_PX;
      if (fits) layer.openTooltip();
      else layer.closeTooltip();
    }
  }
  map.on('zoomend', label);

  return {
    setTownships,
    /** @param {string[]} codes townships of the plan; without any all @param {import('../field').FieldStart['townships']} townships */
    fit(codes, townships) {
      const chosen = townships.filter(({ code }) => !codes.length || codes.includes(code));
      const bounds = L.geoJSON(/** @type {any} */ ({ type: 'GeometryCollection', geometries: chosen.map(({ geometry }) => geometry) })).getBounds();
      if (bounds.isValid()) map.fitBounds(bounds, { animate: false });
    },
    /** @param {import('../types').Position | null} position @param {number | null} accuracyM @param {boolean} move */
    setPosition(position, accuracyM, move) {
      spot.clearLayers();
      if (!position) return;
      const at = L.latLng(position[1], position[0]);
      if (accuracyM) L.circle(at, { radius: accuracyM, color: '#1d5fd1', weight: 1, fillOpacity: 0.12, interactive: false }).addTo(spot);
      L.circleMarker(at, { radius: 9, color: '#fff', weight: 3, fillColor: '#1d5fd1', fillOpacity: 1, interactive: false }).addTo(spot);
      if (move) map.setView(at, Math.max(map.getZoom(), STREET_ZOOM), { animate: false });
    },
    /** @param {import('../field').NearAnswer['lines']} around */
    setLines(around) {
      lines.clearLayers();
      for (const { network, geometry } of around) L.geoJSON(/** @type {any} */ (geometry), { style: LINES[network ?? 'road'] ?? LINES.road, interactive: false }).addTo(lines);
    },
    /** What was chosen as broken. @param {import('../field').FieldGeometry | null} geometry */
    setElement(geometry) {
      for (const layer of spot.getLayers()) if (layer instanceof L.GeoJSON) spot.removeLayer(layer);
      if (!geometry) return;
      L.geoJSON(/** @type {any} */ (geometry), {
        style: { color: '#16181b', weight: 6, opacity: 0.55 }, interactive: false,
        pointToLayer: (_, at) => L.circleMarker(at, { radius: 13, color: '#16181b', weight: 3, fill: false }),
      }).addTo(spot);
    },
    resized: () => map.invalidateSize({ animate: false }),
  };
}

/** To about a metre. @param {number} degrees */
const round = (degrees) => Math.round(degrees * 1e5) / 1e5;

/** @typedef {ReturnType<typeof createFieldMap>} FieldMap */
