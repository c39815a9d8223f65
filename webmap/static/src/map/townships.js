/** Townships and counties: outlines always, shaded by share of customers out when there is an incident. */

import * as L from 'leaflet';
import { addHatch } from './hatch.js';
import { LOSS_RAMP, shadedShare, shareClass } from '../classify.js';

/** @typedef {import('../types').TownshipStatus} TownshipStatus */
/** @typedef {import('../types').FeatureCollection} FeatureCollection */

const HATCH_ID = 'hatch-unknown';
const FILL_OPACITY = 0.78;

/** @param {L.Map} map */
export function createTownships(map) {
  const renderer = L.svg({ pane: 'shading', padding: 0.5 });
  /** @type {Map<string, L.Path>} */
  const outlines = new Map();
  /** @type {L.GeoJSON | null} */
  let townships = null;
  /** @type {L.GeoJSON | null} */
  let counties = null;

  /** @param {FeatureCollection} collection */
  function setTownships(collection) {
    townships?.remove();
    outlines.clear();
    townships = L.geoJSON(/** @type {any} */ (collection), {
      interactive: false,
      style: () => ({ renderer, pane: 'shading', className: 'township', weight: 1, fillOpacity: 0, color: '' }),
      onEachFeature: (feature, layer) => outlines.set(feature.properties.code, /** @type {L.Path} */ (layer)),
    }).addTo(map);
    for (const [code, path] of outlines) path.getElement()?.setAttribute('data-township', code);
    addHatch(map, 'shading', HATCH_ID, 'hatch-line', 45);
  }

  /** @param {FeatureCollection} collection */
  function setCounties(collection) {
    counties?.remove();
    counties = L.geoJSON(/** @type {any} */ (collection), {
      interactive: false,
      style: () => ({ renderer, pane: 'shading', className: 'county', weight: 1.6, fill: false, color: '' }),
    }).addTo(map);
  }

  /**
   * @param {TownshipStatus[] | null} statuses null without an incident
   * @param {import('../types').Network | 'worst'} shading
   * @param {(status: TownshipStatus, share: number | null, network: string | null) => string} describe
   */
  function shade(statuses, shading, describe) {
    const byCode = new Map((statuses ?? []).map((status) => [status.code, status]));
    for (const [code, path] of outlines) {
      const status = byCode.get(code);
      const { share, network } = status ? shadedShare(status, shading) : { share: 0, network: null };
      const step = status ? shareClass(share) : -1;
      const fillColor = step === -2 ? `url(#${HATCH_ID})` : LOSS_RAMP[Math.max(step, 0)];
      path.setStyle({ fillColor, fillOpacity: step === -1 ? 0 : FILL_OPACITY });
      const element = path.getElement();
      element?.removeAttribute('data-impact-class');
      element?.setAttribute('data-share-class', step === -2 ? 'unknown' : step === -1 ? 'none' : String(step + 1));
      element?.setAttribute('role', 'img');
      if (status) element?.setAttribute('aria-label', describe(status, share, network));
      else element?.removeAttribute('aria-label');
    }
  }

  /** Colours of an impact instead of shares. @param {import('../aftermath').MapLook} look */
  function paint({ townships: looks }) {
    for (const [code, path] of outlines) {
      const look = looks.get(code);
      path.setStyle({ fillColor: look?.hatched ? `url(#${HATCH_ID})` : look?.colour ?? '', fillOpacity: !look || look.key === 'zero' ? 0 : FILL_OPACITY });
      const element = path.getElement();
      element?.setAttribute('data-impact-class', look?.key ?? 'none');
      // The steps of the ramp keep their looks on a dark ground.
      element?.setAttribute('data-share-class', look && !look.hatched && look.key !== 'zero' ? String(LOSS_RAMP.indexOf(look.colour) + 1) : 'none');
      element?.setAttribute('role', 'img');
      if (look) element?.setAttribute('aria-label', look.said);
      else element?.removeAttribute('aria-label');
    }
  }

  /** @param {{code: string, kind: 'hovered' | 'selected' | 'picked'}[]} marked */
  function mark(marked) {
    for (const [code, path] of outlines) {
      const element = path.getElement();
      for (const kind of ['hovered', 'selected', 'picked']) {
        element?.classList.toggle(kind, marked.some((entry) => entry.code === code && entry.kind === kind));
      }
    }
  }

  /** @param {'townships' | 'counties'} layer @param {boolean} shown */
  function toggle(layer, shown) {
    const target = layer === 'townships' ? townships : counties;
    if (shown) target?.addTo(map);
    else target?.remove();
  }

  /** @param {string} code */
  function boundsOfTownship(code) {
    const path = outlines.get(code);
    return path instanceof L.Polygon ? path.getBounds() : null;
  }

  /** @param {string[]} codes @returns {L.LatLngBounds | null} of those that are known */
  function boundsOfTownships(codes) {
    const bounds = L.latLngBounds([]);
    for (const code of codes) {
      const own = boundsOfTownship(code);
      if (own) bounds.extend(own);
    }
    return bounds.isValid() ? bounds : null;
  }

  /** Extent of a county's townships, of all when it has none here; null while there are none at all. @param {string} county code */
  function countyBounds(county) {
    const bounds = L.latLngBounds([]);
    for (const [code, path] of outlines) {
      if (code.startsWith(county) && path instanceof L.Polygon) bounds.extend(path.getBounds());
    }
    const all = bounds.isValid() ? bounds : townships?.getBounds();
    return all?.isValid() ? all : null;
  }

  return { countyBounds, setTownships, setCounties, shade, paint, mark, toggle, boundsOfTownship, boundsOfTownships };
}
