/** From the page's state to what the map shows. Only what changed is drawn anew. */

import { addHours } from '../state/clock.js';
import { repairedBy } from '../state/interventions.js';
import { editingPicture } from '../editing/picture.js';
import { importPicture } from '../imports/picture.js';
import { litPlace, pictureOf } from '../siting/picture.js';
import { NO_DISPATCH } from '../state/dispatch.js';
import { shownVersion } from '../warnings/state.js';
import { shownWarnings } from '../warnings/on_map.js';
import { placeOf } from './place.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').PlaceRef} PlaceRef */

/** Isolated devices beyond this number are in the panel's list only. */
const MOST_DEVICES = 200;

/** @param {any} parts @param {PageState} state @param {PageState | null} before null draws everything */
export function renderMap(parts, state, before) {
  /** @param {(keyof PageState)[]} keys */
  const changed = (...keys) => !before || keys.some((key) => state[key] !== before[key]);
  if (changed('layers')) showContext(parts, state);
  if (changed('layers', 'assessment', 'theme', 'vulnerability', 'weakness')) showNetworks(parts, state);
  if (changed('layers', 'assessment')) showFacilities(parts, state);
  if (changed('assessment', 'shading', 'aftermath')) showLosses(parts, state, before);
  if (changed('assessment', 'marks', 'restoration', 'hours')) showMarks(parts, state);
  if (changed('marks', 'theme')) showClosedRoads(parts, state);
  if (changed('warnings', 'layers', 'hours', 'log', 'wall')) showWarnings(parts, state);
  if (changed('siting', 'theme')) showSiting(parts, state, before);
  if (changed('imports', 'editing')) parts.edits.show(editingPicture(state, parts.catalog));
  if (changed('imports', 'theme')) parts.staged.show(importPicture(state.imports), state.theme);
  if (changed('dispatch', 'tab')) parts.trip.show(state.tab === 'restoration' ? state.dispatch : NO_DISPATCH);
  if (changed('hoveredWarning')) parts.warnings.light(state.hoveredWarning);
  if (changed('hovered', 'selected', 'marks')) showHighlights(parts, state);
  if (changed('selected', 'weakness')) showPopup(parts, state);
  else if (changed('marks', 'assessment')) refreshPopup(parts, state);
  if (changed('mode')) switchMode(parts, state, before?.mode ?? 'none');
  if (changed('corridorWidthM')) parts.drawing.setCorridorWidth(state.corridorWidthM);
}

/** The impact that the townships show. @type {WeakMap<object, import('../aftermath').MapLook | null>} */
const painted = new WeakMap();

/** While it is looked at what an incident cost, that shades the townships; else the loss at the moment. @param {any} parts @param {PageState} state @param {PageState | null} before */
function showLosses({ townships, words }, state, before) {
  const look = words.impact(state.aftermath);
  const shown = before ? painted.get(townships) ?? null : null;
  painted.set(townships, look);
  if (look ? look === shown : !shown && before && state.assessment === before.assessment && state.shading === before.shading) return;
  if (look) townships.paint(look);
  else townships.shade(state.assessment?.townships ?? null, state.shading, words.township);
}

/** @param {any} parts @param {PageState} state */
function showContext({ townships, context }, state) {
  townships.toggle('townships', state.layers.townships !== false);
  townships.toggle('counties', state.layers.counties !== false);
  for (const key of ['roads', 'coal_routes', 'sites']) if (context.has(key)) context.toggle(key, state.layers[key] === true);
}

/** @param {any} parts @param {PageState} state */
function showNetworks({ network, catalog }, state) {
  /** @type {Record<string, import('../types').LegendSymbol>} */
  const symbols = {};
  const shownLines = new Set();
  const shownNodes = new Set();
  for (const layer of catalog.layers) {
    for (const row of layer.legend) {
      if (layer.key === 'network_lines') symbols[row.where.network] = row.symbol;
      if (!state.layers[row.key]) continue;
      if (layer.key === 'network_lines') shownLines.add(row.where.network);
      if (layer.key === 'network_nodes') shownNodes.add(row.where.network);
    }
  }
  const outages = Object.values(state.assessment?.outages ?? {});
  const isolation = (state.assessment?.isolation ?? []).filter((entry) => entry.active);
  const deadLines = new Set(outages.flatMap((outage) => outage?.dead_lines ?? []));
  const deadNodes = new Set(outages.flatMap((outage) => outage?.unsupplied_nodes ?? []));
  for (const entry of isolation) {
    for (const id of entry.lost_lines) deadLines.add(id);
    for (const id of entry.lost_nodes) deadNodes.add(id);
  }
  const { vulnerability, weakness } = state;
  const rating = weakness && weakness.network === vulnerability ? { network: weakness.network, elements: weakness.byId } : null;
  if (rating) shownLines.add(rating.network);
  if (rating) shownNodes.add(rating.network);
  network.show({ symbols, shownLines, shownNodes, deadLines, deadNodes, rating });
}

/** @param {any} parts @param {PageState} state */
function showFacilities({ facilities, data, words }, state) {
  const shown = data.features('facilities').filter(
    (/** @type {import('../types').Feature} */ { properties }) => state.layers[`facilities_${properties.category}`],
  );
  facilities.show(shown, state.assessment?.facilities ?? [], words.iconOf, words.facility);
}

/** @param {any} parts @param {PageState} state */
function showMarks({ marks, data, words }, state) {
  marks.setAreas(state.marks.areas, state.marks.logged?.ground ?? null);
  const repaired = repairedBy(state.marks, addHours(state.marks.at, state.hours));
  const ranks = new Map(state.restoration.plan?.steps.map((step) => [step.fault, step.rank]));
  const faults = [];
  for (const { element } of state.marks.faults) {
    const ref = data.elementRef(element);
    const at = ref && placeOf(data, ref);
    if (!at) continue;
    const look = { repaired: repaired.has(element), rank: ranks.get(element) ?? null };
    faults.push({ at, id: element, ...look, label: words.fault(data.find(ref)?.properties.name ?? '', look) });
  }
  marks.setFaults(faults);
  const devices = [];
  for (const step of state.assessment?.switching ?? []) {
    const at = step.advised && placeOf(data, { kind: 'node', id: step.id });
    if (at && devices.length < MOST_DEVICES) devices.push({ at, order: step.order, action: step.action, label: words.step(step) });
  }
  marks.setDevices(devices);
}

/** @param {any} parts @param {PageState} state */
function showHighlights({ halos, townships, data }, state) {
  const picked = state.marks.townships.map((code) => ({ code, kind: 'picked' }));
  for (const kind of /** @type {const} */ (['hovered', 'selected'])) {
    const ref = state[kind];
    if (ref?.kind === 'township') picked.push({ code: ref.id, kind });
    const lit = [ref, ref?.beside].map((one) => (one && one.kind !== 'township' ? placeOf(data, one) : null));
    halos.set(kind, lit.filter((at) => at !== null));
  }
  townships.mark(picked);
}

/** @param {any} parts @param {PageState} state */
function showPopup({ popup, data, words }, state) {
  const ref = state.selected;
  const at = ref?.fromMap ? ref.at ?? placeOf(data, ref) : null;
  const card = ref && at ? words.card(ref) : null;
  if (card) popup.open(at, card);
  else popup.close();
}

/** What the open card says, after something was done. @param {any} parts @param {PageState} state */
function refreshPopup({ popup, words }, { selected }) {
  if (selected?.fromMap) popup.refresh(() => words.card(selected));
}

/** @param {any} parts @param {PageState} state */
function showClosedRoads({ marks, data }, state) {
  marks.setClosedRoads(state.marks.closedRoads
    .map((id) => data.find({ kind: 'road', id })?.geometry.coordinates.map((/** @type {[number, number]} */ [lng, lat]) => [lat, lng]))
    .filter((path) => path !== undefined));
}

/** @param {any} parts @param {PageState} state @param {import('../types').Mode} before */
function switchMode({ drawing, measure, map }, state, before) {
  if (before === state.mode) return;
  if (before === 'measure') measure.stop();
  else drawing.stop();
  map.getContainer().setAttribute('data-mode', state.mode);
  if (state.mode === 'measure') measure.start();
  else if (['polygon', 'circle', 'corridor'].includes(state.mode)) drawing.start(state.mode);
}

/** What the picture of siting is made of. @type {(keyof import('../siting').SitingState)[]} */
const OF_PICTURE = ['open', 'view', 'draft', 'survey', 'shown', 'known'];

/** @param {any} parts @param {PageState} state @param {PageState | null} before */
function showSiting({ siting: marks, halos }, { siting, theme }, before) {
  const same = before && theme === before.theme && OF_PICTURE.every((key) => siting[key] === before.siting[key]);
  if (!same) marks.show(pictureOf(siting));
  marks.light(siting.lit);
  const place = litPlace(siting);
  if (place || (before && litPlace(before.siting))) halos.set('hovered', place ? [[place[1], place[0]]] : []);
}

/** What was drawn of the warnings last. @type {WeakMap<object, string>} */
const drawnWarnings = new WeakMap();

/** The clock goes on without anything to draw anew. @param {any} parts @param {PageState} state */
function showWarnings({ warnings, words }, state) {
  const { open, detail, drafting, reading } = state.warnings;
  const one = detail?.id === open ? detail : null;
  const version = one && shownVersion(one, reading);
  // What is being drafted has its own drawing.
  const rows = shownWarnings(state).filter(({ warning }) => warning.id !== drafting?.warningId)
    .map(({ warning, group }) => ({ id: warning.id, group, shape: warning.id === open && version ? version.area.shape : warning.shape, ...words.warning(warning, group) }));
  const sending = version && !drafting && version.area.sending.added_km2 > 0 ? version.area.sending.polygons : null;
  const key = JSON.stringify([rows, open, sending, state.wall]);
  if (drawnWarnings.get(warnings) === key) return;
  drawnWarnings.set(warnings, key);
  warnings.show(rows, open, sending);
}
