/** An import on the map: records as they would be over those that are there, changes of the topology, places of an issue. */

import * as L from 'leaflet';
import { h } from '../element.js';

/** @typedef {import('../imports/picture.js').ImportPicture} ImportPicture */
/** @typedef {'added' | 'changed' | 'same' | 'rejected'} What */

/** More changes than these are dots until they are looked at from near; the one that is looked at is always a ring. */
const FEW_CHANGES = 300;
const NEAR_ZOOM = 15;
/** How each is drawn: the hue is one, so weight and dashes tell them apart as well. @type {Record<What, {token: string, weight: number, dashArray?: string, radius: number, fill: number}>} */
const LOOKS = {
  same: { token: '--text-soft', weight: 1.5, radius: 2.5, fill: 0.04 },
  changed: { token: '--staged', weight: 4, dashArray: '7 5', radius: 6, fill: 0.06 },
  added: { token: '--staged', weight: 4, radius: 5, fill: 0.16 },
  rejected: { token: '--text', weight: 3, dashArray: '2 5', radius: 5, fill: 0 },
};
const ORDER = /** @type {What[]} */ (['same', 'added', 'changed', 'rejected']);

/** @param {import('../types').Position} position @returns {L.LatLngTuple} */
const latLng = ([lng, lat]) => [lat, lng];

/** @param {L.Map} map */
export function createImportPicture(map) {
  const pane = map.getPane('staged') ?? map.createPane('staged');
  const signs = map.getPane('staged-signs') ?? map.createPane('staged-signs');
  pane.style.zIndex = '456';
  signs.style.zIndex = '476';
  pane.style.pointerEvents = signs.style.pointerEvents = 'none';
  const canvas = L.canvas({ pane: 'staged', padding: 0.4 });
  const records = L.layerGroup().addTo(map);
  const changes = L.layerGroup().addTo(map);
  const places = L.layerGroup().addTo(map);
  /** @type {ImportPicture | null} */
  let drawn = null;
  let drawnDark = '';

  const colour = (/** @type {string} */ token) => getComputedStyle(document.documentElement).getPropertyValue(token).trim();

  /** @param {import('../types').Feature[]} features */
  function drawRecords(features) {
    records.clearLayers();
    for (const what of ORDER) {
      const look = LOOKS[what];
      const of = features.filter(({ geometry, properties }) => geometry && properties.what === what);
      if (!of.length) continue;
      const ink = colour(look.token);
      // Areas share their rims.
      const areas = of[0].geometry?.type.endsWith('Polygon');
      const style = { renderer: canvas, pane: 'staged', interactive: false, color: ink, weight: areas ? Math.min(look.weight, 2) : look.weight, dashArray: look.dashArray, fillColor: ink, fillOpacity: look.fill, opacity: what === 'same' ? 0.7 : 1 };
      L.geoJSON(/** @type {any} */ ({ type: 'FeatureCollection', features: of }), {
        interactive: false, style: () => /** @type {any} */ (style),
        pointToLayer: (_, at) => L.circleMarker(at, /** @type {any} */ ({ ...style, dashArray: undefined, weight: what === 'added' ? 1.5 : 2.5, color: what === 'added' ? colour('--panel') : ink, radius: look.radius, fillOpacity: what === 'added' ? 1 : 0 })),
      }).addTo(records);
    }
  }

  /** @param {ImportPicture} picture */
  function drawChanges({ changes: list, current }) {
    changes.clearLayers();
    const ink = colour('--text');
    const few = list.length <= FEW_CHANGES || map.getZoom() >= NEAR_ZOOM;
    for (const { place } of list) L.circleMarker(latLng(place), { renderer: canvas, pane: 'staged', interactive: false, radius: few ? 4.5 : 1.5, color: ink, weight: few ? 2 : 0, fillColor: colour(few ? '--panel' : '--text'), fillOpacity: few ? 1 : 0.6 }).addTo(changes);
    if (current) mark(current.place, 'staged-current').addTo(changes);
  }

  /** @param {import('../types').Position} place @param {string} className */
  function mark(place, className) {
    return L.marker(latLng(place), { icon: L.divIcon({ html: h('span', { class: className }), className: 'staged-place', iconSize: [0, 0] }), pane: 'staged-signs', interactive: false, keyboard: false });
  }

  map.on('zoomend', () => {
    if (drawn?.changes.length) drawChanges(drawn);
  });

  return {
    /** @param {ImportPicture | null} picture null takes it all away @param {string} theme */
    show(picture, theme) {
      if (!picture) {
        for (const group of [records, changes, places]) group.clearLayers();
      } else {
        const anew = drawn === null || theme !== drawnDark;
        if (anew || picture.features !== drawn?.features) drawRecords(picture.features);
        if (anew || picture.changes !== drawn?.changes || picture.current !== drawn?.current) drawChanges(picture);
        if (anew || picture.places !== drawn?.places) {
          places.clearLayers();
          for (const place of picture.places) mark(place, 'issue-place').addTo(places);
        }
      }
      drawn = picture;
      drawnDark = theme;
      document.body.classList.toggle('with-staged', picture !== null);
    },
  };
}
