/** The way of a trip on the map: from the vehicle past the stock to the place, over everything else. */

import * as L from 'leaflet';
import { h } from '../element.js';
import { tripOnMap } from '../state/dispatch.js';

/** @typedef {import('../dispatch').DispatchState} DispatchState */

/** @param {L.Map} map */
export function createTripWay(map) {
  const pane = map.getPane('trip') ?? map.createPane('trip');
  // Over networks and badges, below words and halos.
  pane.style.zIndex = '460';
  pane.style.pointerEvents = 'none';
  const renderer = L.svg({ pane: 'trip', padding: 0.5 });
  const group = L.layerGroup().addTo(map);

  /** @param {L.LatLngTuple} at @param {string} className */
  function mark(at, className) {
    const icon = L.divIcon({ html: h('span', { class: className }), className: '', iconSize: [0, 0] });
    L.marker(at, { icon, pane: 'trip', interactive: false, keyboard: false }).addTo(group);
  }

  /** @param {DispatchState} state */
  function show(state) {
    group.clearLayers();
    const trip = tripOnMap(state);
    if (!trip) return;
    const way = trip.route.map(([lng, lat]) => /** @type {L.LatLngTuple} */ ([lat, lng]));
    const stock = state.plan?.stocks.find(({ id }) => id === trip.stock);
    L.polyline(way, { renderer, pane: 'trip', className: 'trip-casing', interactive: false }).addTo(group);
    L.polyline(way, { renderer, pane: 'trip', className: `trip-way hue-${trip.commodity}`, interactive: false }).addTo(group);
    if (stock) mark([stock.latitude, stock.longitude], `trip-stock hue-${trip.commodity}`);
    mark(way[way.length - 1], `trip-end hue-${trip.commodity}`);
  }

  return {
    show,
    /** @param {DispatchState} state @returns {L.LatLngBounds | null} */
    bounds(state) {
      const trip = tripOnMap(state);
      return trip ? L.latLngBounds(trip.route.map(([lng, lat]) => /** @type {L.LatLngTuple} */ ([lat, lng]))) : null;
    },
  };
}
