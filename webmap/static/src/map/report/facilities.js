/** Facilities as small squares with the sign of their class; frame and mark tell the state at a step. */

import * as L from 'leaflet';

import { h, replaceChildren } from '../../element.js';
import { stateAt } from '../../report/at_step.js';

/** @typedef {import('../../report/report').ReportData} ReportData */
/** @typedef {import('../../report/report').ReportFacility} ReportFacility */

const SIZE = { supplied: 15, unknown: 15, on_reserve: 20, failed: 22 };
/** Those in trouble lie above the others. */
const RAISE = { supplied: 0, unknown: 0, on_reserve: 500, failed: 1000 };

/** Below this zoom places that have supply are dots. */
const SIGN_ZOOM = 12.5;

/**
 * @param {import('leaflet').Map} map @param {import('leaflet').FeatureGroup} group @param {ReportData} data
 * @returns {(step: number) => void}
 */
export function facilities(map, group, data) {
  const far = () => map.getContainer().toggleAttribute('data-far', map.getZoom() < SIGN_ZOOM);
  map.on('zoomend', far);
  far();
  const marks = data.facilities.map((facility) => {
    const marker = L.marker(facility.point, { icon: iconOf(facility, 'supplied'), title: facility.name, alt: facility.name, keyboard: facility.states.length > 1 });
    const popup = h('div', { class: 'popup' });
    marker.bindPopup(popup, { maxWidth: 320, autoPanPaddingTopLeft: [56, 12] });
    marker.addTo(group);
    return { facility, marker, popup, shown: '' };
  });
  return (step) => {
    for (const mark of marks) {
      const state = stateAt(mark.facility, step);
      if (state === mark.shown) continue;
      mark.shown = state;
      mark.marker.setIcon(iconOf(mark.facility, state));
      mark.marker.setZIndexOffset(RAISE[state]);
      tell(mark.popup, mark.facility, data.states[state], state);
    }
  };
}

/** @param {ReportFacility} facility @param {import('../../types').FacilityState} state */
function iconOf(facility, state) {
  const size = SIZE[state];
  const sign = h('span', { class: `facility facility-${state}`, 'data-facility': facility.id, 'data-state': state }, facility.sign);
  return L.divIcon({ html: sign, className: 'facility-frame', iconSize: [size, size] });
}

/** @param {HTMLElement} popup @param {ReportFacility} facility @param {string} said @param {string} state */
function tell(popup, facility, said, state) {
  replaceChildren(popup,
    h('h3', {}, facility.name),
    h('p', { class: 'popup-time' }, `${facility.category} · `, h('strong', { class: `said-${state}` }, said)),
    h('dl', {}, ...facility.facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));
}
