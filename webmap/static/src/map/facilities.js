/** Facilities as badges: dots when far, pictograms when near, never clustered. */

import * as L from 'leaflet';
import { badge } from '../badge.js';

/** @typedef {import('../types').Feature} Feature */
/** @typedef {import('../types').FacilityStatus} FacilityStatus */

/** Zooms from which the affected of the plan's list, and from which all facilities are badges. */
const MIDDLE_ZOOM = 12;
const NEAR_ZOOM = 14;
const STATE_ORDER = { supplied: 0, unknown: 5_000, on_reserve: 10_000, failed: 20_000 };
/** Facilities of the plan's list stand above those beside it. */
const LISTED_ORDER = 30_000;

/** @param {L.Map} map */
export function createFacilities(map) {
  /** @type {Map<string, {marker: L.Marker, feature: Feature, look: string}>} */
  const markers = new Map();
  /** @type {Map<string, FacilityStatus>} */
  let statuses = new Map();

  function scale() {
    const zoom = map.getZoom();
    return zoom >= NEAR_ZOOM ? 'near' : zoom >= MIDDLE_ZOOM ? 'middle' : 'far';
  }
  const setScale = () => map.getContainer().setAttribute('data-scale', scale());
  map.on('zoomend', setScale);

  /**
   * @param {Feature[]} features those switched on
   * @param {FacilityStatus[]} current
   * @param {(category: string) => string | null} iconOf
   * @param {(feature: Feature, status: FacilityStatus | undefined) => string} describe
   */
  function show(features, current, iconOf, describe) {
    setScale();
    statuses = new Map(current.map((status) => [status.id, status]));
    const wanted = new Set(features.map((feature) => feature.properties.id));
    for (const [id, entry] of markers) {
      if (wanted.has(id)) continue;
      entry.marker.remove();
      markers.delete(id);
    }
    for (const feature of features) update(feature, iconOf, describe);
  }

  /** @param {Feature} feature @param {(category: string) => string | null} iconOf @param {(feature: Feature, status: FacilityStatus | undefined) => string} describe */
  function update(feature, iconOf, describe) {
    const { id, category } = feature.properties;
    const status = statuses.get(id);
    const state = status?.state ?? 'supplied';
    const words = describe(feature, status);
    const look = `${state} ${status?.hours_left} ${words}`;
    const known = markers.get(id);
    if (known?.look === look) return;
    const drawn = badge(iconOf(category), state, status?.hours_left ?? null);
    drawn.setAttribute('data-facility', id);
    drawn.setAttribute('data-state', state);
    drawn.classList.toggle('unlisted', status?.tier === null);
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', words);
    const icon = L.divIcon({ html: drawn, className: 'facility', iconSize: [0, 0] });
    const zIndexOffset = STATE_ORDER[state] + (status?.tier ? LISTED_ORDER : 0);
    if (known) {
      known.marker.setIcon(icon).setZIndexOffset(zIndexOffset);
      markers.set(id, { ...known, look });
      return;
    }
    const [lng, lat] = /** @type {any} */ (feature.geometry).coordinates;
    const options = { icon, pane: 'facilities', interactive: false, keyboard: false, zIndexOffset };
    markers.set(id, { marker: L.marker([lat, lng], options).addTo(map), feature, look });
  }

  /**
   * Some of those on the map stand otherwise now.
   * @param {FacilityStatus[]} changed @param {(category: string) => string | null} iconOf @param {(feature: Feature, status: FacilityStatus | undefined) => string} describe
   */
  function restate(changed, iconOf, describe) {
    for (const status of changed) {
      statuses.set(status.id, status);
      const known = markers.get(status.id);
      if (known) update(known.feature, iconOf, describe);
    }
  }

  /** Facilities on the map with what is known of each. */
  function list() {
    return [...markers.values()].map(({ marker, feature }) => ({
      feature,
      status: statuses.get(feature.properties.id),
      at: marker.getLatLng(),
    }));
  }

  /** Whether a facility is drawn as a badge at this zoom. @param {FacilityStatus | undefined} status */
  function isBadge(status) {
    if (scale() !== 'middle' || !status) return scale() === 'near';
    return status.state !== 'supplied' && status.tier !== null;
  }

  return { show, restate, list, isBadge, scale };
}
