/** The map as the rest of the page knows it: give it the state, hear what was pointed at. */

import * as L from 'leaflet';
import { addBasemap, boundsOf, createBase } from './base.js';
import { createContextLayers } from './context_layers.js';
import { createDrawing } from './drawing.js';
import { createFacilities } from './facilities.js';
import { createEditingMap } from './editing.js';
import { createImportPicture } from './imports.js';
import { createFilmPicture } from './film.js';
import { createFilmSides } from './film_sides.js';
import { createHalos, createPointerLabel } from './halo.js';
import { createLabels } from './labels.js';
import { composeLabels } from './label_choice.js';
import { createMarks } from './marks.js';
import { createMeasure } from './measure.js';
import { indexLines, indexNodes } from './network_index.js';
import { NetworkLayer } from './network_layer.js';
import { pick, pickTownship } from './picker.js';
import { placeOf } from './place.js';
import { middleOf, padding, reducedMotion } from './room.js';
import { createReadout } from './readout.js';
import { createTownships } from './townships.js';
import { createPopup } from './popup.js';
import { renderMap } from './render.js';
import { createSitingMarks } from './siting.js';
import { createTripWay } from './trip.js';
import { createDraftArea } from './warning_draft.js';
import { createWarningAreas } from './warnings.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').PlaceRef} PlaceRef */
/** @typedef {import('./picker.js').Picked} Picked */

/** Zoom that shows a place with its surroundings. */
const PLACE_ZOOM = 15;
/** The tools for marking lie over the map's upper edge, pixels. */
const TOOLS_HEIGHT = 60;
/** Modes in which the place under the pointer is named and picked. */
const POINTING = ['none', 'fault', 'township', 'element', 'point'];

/**
 * @typedef {object} MapWords
 * @property {string} north
 * @property {(picked: Picked) => string} name what the pointer names
 * @property {(metres: number) => string} distance
 * @property {(ref: PlaceRef) => HTMLElement | null} card content of a place's popup
 * @property {string} closeLabel
 * @property {(feature: import('../types').Feature, status?: import('../types').FacilityStatus) => string} facility
 * @property {(status: import('../types').TownshipStatus, share: number | null, network: string | null) => string} township
 * @property {(name: string, look: {repaired: boolean, rank: number | null}) => string} fault
 * @property {(step: import('../types').SwitchingStep) => string} step
 * @property {(category: string) => string | null} iconOf
 * @property {(aftermath: import('../aftermath').AftermathState) => import('../aftermath').MapLook | null} impact what the townships show while it is looked at what an incident cost
 * @property {(what: 'corner' | 'middle', number: number) => string} corner what a corner of an edited record is called
 * @property {(mark: import('../siting/picture.js').Mark) => string} site what a mark of siting is called
 * @property {(warning: import('../warnings').WarningSummary, group: string) => {label: string, drill: string | null}} warning
 *
 * @typedef {object} MapHandlers
 * @property {(picked: Picked | null, at?: [number, number], byFinger?: boolean) => void} onPick a click on a place, or on nothing
 * @property {(picked: Picked | null) => void} onHover
 * @property {(area: import('../types').DrawnArea) => void} onDrawn
 * @property {(id: string) => void} onWarning a click on a warning's rim or name
 * @property {(id: string | null) => void} onWarningHover
 * @property {(id: string) => void} onSite a press on a mark of siting
 * @property {(id: string | null) => void} onSiteHover
 * @property {import('../editing/pointing.js').Pointing} editing what presses mean while a draft is worked on
 * @property {() => void} onModeEnd
 * @property {() => void} onCrossing a corner was not taken, as edges would cross
 * @property {() => void} onBasemapFailed
 * @property {(view: import('../types').View) => void} onMove
 */

/**
 * @param {HTMLElement} container @param {HTMLElement} corner place of scale, north and coordinates
 * @param {import('../types').Catalog} catalog @param {import('../data.js').LayerData} data
 * @param {MapWords} words @param {MapHandlers} handlers
 */
export function createMapView(container, corner, catalog, data, words, handlers) {
  const map = createBase(container, catalog.bounds);
  const network = new NetworkLayer('network');
  const parts = {
    map, network, data, words, catalog,
    townships: createTownships(map),
    facilities: createFacilities(map),
    context: createContextLayers(map),
    marks: createMarks(map),
    halos: createHalos(map),
    labels: createLabels(map),
    popup: createPopup(map, words.closeLabel, () => handlers.onPick(null), () => padding(container)),
    drawing: createDrawing(map, handlers.onDrawn, handlers.onModeEnd, handlers.onCrossing),
    measure: createMeasure(map, words.distance),
    draft: createDraftArea(map),
    warnings: createWarningAreas(map, { onOpen: handlers.onWarning, onHover: handlers.onWarningHover, covered: () => padding(container) }),
    siting: createSitingMarks(map, { onPick: handlers.onSite, onLight: handlers.onSiteHover, label: words.site }),
    trip: createTripWay(map),
    staged: createImportPicture(map),
    edits: createEditingMap(map, handlers.editing, words.corner, (at, name) => pointerLabel.set(at, name)),
    removeBasemap: () => {},
  };
  const pointerLabel = createPointerLabel(container);
  const moving = createFilmPicture(parts, words);
  const sides = createFilmSides(parts, words);
  /** @type {PageState | null} */
  let state = null;
  let placed = false;
  /** @type {import('./network_index.js').Lines | null} */
  let roads = null;
  map.fitBounds(boundsOf(catalog.bounds), { animate: false });
  network.addTo(map);
  createReadout(map, corner, words.north);
  const attribution = map.attributionControl.getContainer();
  if (attribution) corner.prepend(attribution);
  const relabel = () => parts.labels.set(...composeLabels(parts, state));

  /** @param {L.LatLng} at @returns {Picked | null} */
  function pickAt(at) {
    if (state?.mode === 'township') return pickTownship(data.features('townships'), at);
    const fault = state?.mode === 'none' ? data.elementRef(parts.marks.faultAt(at) ?? '') : null;
    const broken = fault && data.find(fault);
    if (fault && broken) return { ...fault, feature: broken };
    const facilities = parts.facilities.list();
    const shownRoads = state?.layers.roads && state.mode === 'none' ? roads : null;
    const sources = { picture: network.picture, facilities, townships: data.features('townships'), roads: shownRoads };
    const found = pick(sources, at, map.getZoom(), isForElements(state?.mode) || state?.vulnerability !== null);
    // Of what an incident cost, townships tell; the networks have stepped back.
    return state?.aftermath.open && found?.kind !== 'facility' ? pickTownship(data.features('townships'), at) : found;
  }

  let pending = 0;
  map.on('mousemove', (event) => {
    const mode = state?.mode ?? 'none';
    if (!POINTING.includes(mode)) return pointerLabel.set(null);
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => {
      const picked = forMode(pickAt(event.latlng), mode);
      container.classList.toggle('over-place', picked !== null && picked.kind !== 'township');
      const named = picked && (mode !== 'none' || picked.kind !== 'township' || state?.aftermath.open);
      pointerLabel.set(named ? event.containerPoint : null, named ? words.name(picked) : '');
      handlers.onHover(picked);
    });
    return undefined;
  });
  map.on('mouseout', () => {
    cancelAnimationFrame(pending);
    pointerLabel.set(null);
    handlers.onHover(null);
  });
  map.on('click', (event) => {
    const mode = state?.mode ?? 'none';
    if (!POINTING.includes(mode)) return;
    cancelAnimationFrame(pending);
    pointerLabel.set(null);
    const { originalEvent } = event;
    const byFinger = originalEvent instanceof PointerEvent && originalEvent.pointerType === 'touch';
    handlers.onPick(forMode(pickAt(event.latlng), mode), [event.latlng.lat, event.latlng.lng], byFinger);
  });

  map.on('moveend', () => {
    const { lat, lng } = map.getCenter();
    handlers.onMove({ lat, lng, zoom: map.getZoom() });
    relabel();
  });

  /** @param {string} key of a layer that has arrived */
  function layerArrived(key) {
    const collection = { type: /** @type {const} */ ('FeatureCollection'), features: data.features(key) };
    if (key === 'townships') {
      parts.townships.setTownships(collection);
      if (!placed) fitAll(false);
    } else if (key === 'counties') parts.townships.setCounties(collection);
    else if (key === 'network_lines') network.show({ lines: indexLines(collection.features) });
    else if (key === 'network_nodes') network.show({ nodes: indexNodes(collection.features) });
    else if (key !== 'facilities') {
      if (key === 'roads') roads = indexLines(collection.features);
      const symbol = catalog.layers.find((layer) => layer.key === key)?.legend[0]?.symbol;
      if (symbol) parts.context.set(key, collection, symbol, network.picture.dark);
    }
    if (state) renderMap(parts, state, null);
    relabel();
  }

  /** @param {PageState} next @param {PageState | null} before @param {boolean} dark */
  function render(next, before, dark) {
    state = next;
    if (dark !== network.picture.dark || !before) {
      parts.removeBasemap();
      parts.removeBasemap = addBasemap(map, catalog.basemap, dark, handlers.onBasemapFailed);
      parts.context.recolour(dark);
    }
    network.picture.dark = dark;
    renderMap(parts, next, before);
    relabel();
  }

  /** Shows the ground of the plan in force. @param {boolean} animate */
  function fitAll(animate) {
    const county = catalog.plans.find(({ key }) => key === state?.marks.plan)?.county_code ?? '';
    const bounds = parts.townships.countyBounds(county) ?? boundsOf(catalog.bounds);
    map.fitBounds(bounds, { ...padding(container), animate });
  }

  /** A map that is being zoomed takes no other view; what is asked then follows. @param {() => void} move */
  function whenAtRest(move) {
    if (/** @type {any} */ (map)._animatingZoom) map.once('zoomend', move);
    else move();
  }

  /** @param {PlaceRef} ref @returns {boolean} false when the place is not known yet */
  function zoomTo(ref) {
    if (ref.kind === 'township') {
      const bounds = parts.townships.boundsOfTownship(ref.id);
      if (bounds) map.fitBounds(bounds, { ...padding(container), maxZoom: 14, animate: !reducedMotion() });
      return bounds !== null;
    }
    const at = placeOf(data, ref);
    if (!at) return false;
    centreOn(at);
    return true;
  }

  /** In the middle of what no panel covers, near enough to see its surroundings. @param {[number, number]} at latitude, longitude @param {number} [least] zoom */
  function centreOn(at, least = PLACE_ZOOM) {
    const zoom = Math.max(map.getZoom(), least);
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = padding(container);
    const centre = map.project(at, zoom).add([(right - left) / 2, (bottom - top) / 2]);
    whenAtRest(() => map.setView(map.unproject(centre, zoom), zoom, { animate: !reducedMotion() }));
  }

  /** @param {string[]} codes of townships @returns {boolean} whether all of them lie where no panel covers the map */
  function showsTownships(codes) {
    const bounds = parts.townships.boundsOfTownships(codes);
    const { paddingTopLeft: [left], paddingBottomRight: [right, bottom] } = padding(container);
    const { x, y } = map.getSize();
    const clear = L.latLngBounds([map.containerPointToLatLng([left - 24, 0]), map.containerPointToLatLng([x - right + 24, y - bottom + 40])]);
    return !bounds || clear.contains(bounds);
  }

  /** Shows several places at once, unless all of them are seen already. @param {PlaceRef[]} refs */
  function fitPlaces(refs) {
    const places = refs.map((ref) => placeOf(data, ref)).filter((at) => at !== null);
    if (!places.length) return;
    const { paddingTopLeft: [left, top], paddingBottomRight } = padding(container);
    const { x, y } = map.getSize();
    const below = top + TOOLS_HEIGHT;
    const clear = L.bounds([left, below], [x - paddingBottomRight[0], y - paddingBottomRight[1]]);
    if (places.every((at) => clear.contains(map.latLngToContainerPoint(at)))) return;
    const room = { paddingTopLeft: L.point(left, below), paddingBottomRight: L.point(paddingBottomRight) };
    whenAtRest(() => map.fitBounds(L.latLngBounds(places), { ...room, maxZoom: PLACE_ZOOM, animate: !reducedMotion() }));
  }

  /** Brings what lies within bounds into view, not nearer than a place. @param {L.LatLngBounds | null} bounds @param {number} [pad] share of their size */
  function fit(bounds, pad = 0) {
    if (bounds) whenAtRest(() => map.fitBounds(bounds.pad(pad), { ...padding(container), maxZoom: PLACE_ZOOM, animate: !reducedMotion() }));
  }

  return {
    render, layerArrived, zoomTo, showsTownships, fitPlaces,
    fitTownships: (/** @type {string[]} */ codes) => fit(parts.townships.boundsOfTownships(codes)),
    nameWarnings: parts.warnings.rename, showPin: parts.halos.setPin,
    /** @param {import('../film/session.js').Frame} frame */
    film: (frame) => state && moving.show(frame, state),
    /** @param {import('./film_sides.js').Sides | null} shown */
    filmSides: (shown) => state && sides.show(shown, state),
    filmSplit: sides.split,
    middle: () => middleOf(container),
    /** @param {import('../types').View} view */
    setView: (view) => {
      placed = true;
      map.setView([view.lat, view.lng], view.zoom, { animate: false });
    },
    fitAll: () => fitAll(!reducedMotion()),
    /** @param {import('../warnings').WarningArea | null} area of a warning that is being drafted */
    showDraftArea: (area) => parts.draft.show(area, (area?.outside ?? []).map(({ id }) => placeOf(data, { kind: 'facility', id })).filter((at) => at !== null)),
    /** @param {import('../warnings').WarningArea} area */
    fitDraftArea: (area) => fit(parts.draft.bounds(area)),
    /** Brings the sites of siting into view. */
    fitSites: () => fit(parts.siting.bounds(), 0.15),
    /** Brings the way of the trip that is shown into view. */
    fitTrip: () => fit(state && parts.trip.bounds(state.dispatch), 0.1),
    /** Brings a box of west, south, east and north into view. @param {[number, number, number, number]} box */
    fitBox: ([west, south, east, north]) => fit(L.latLngBounds([south, west], [north, east])),
    /** @param {import('../types').Position} point longitude, latitude */
    goTo: ([lng, lat], /** @type {number | undefined} */ least) => centreOn([lat, lng], least),
    /** @param {number} step */
    zoomBy: (step) => map.setZoom(map.getZoom() + step),
    resized: () => map.invalidateSize({ animate: false }),
    focus: () => container.focus(),
  };
}

/** Whether stations and lines are looked for. @param {string} [mode] */
const isForElements = (mode) => mode === 'fault' || mode === 'element';

/** Which places a mode takes. @param {Picked | null} picked @param {string} mode */
function forMode(picked, mode) {
  if (isForElements(mode) && picked?.kind === 'township') return null;
  return picked;
}
