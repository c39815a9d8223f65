/** The state with which the page begins: what the catalogue shows at the start, and what the address restores. */

import { NO_AFTERMATH } from './aftermath/state.js';
import { NO_FILM } from './film/state.js';
import { NO_EDITING } from './editing/state.js';
import { NO_IMPORTS } from './imports/state.js';
import { decodeLink } from './link.js';
import { NOT_LIVE } from './live/state.js';
import { NO_LOG } from './log/picture.js';
import { NO_PROTECTION } from './protect.js';
import { NO_RESTORATION } from './restore.js';
import { NO_SITING } from './siting/state.js';
import { NO_DISPATCH } from './state/dispatch.js';
import { roundedStart } from './state/clock.js';
import { hasIncident } from './state/marks.js';
import { LAYERS_AT_START, NO_WARNINGS } from './warnings/state.js';

/** @param {import('./types').Catalog} catalog @param {string} hash of the address @param {number} nowMs */
export function startState(catalog, hash, nowMs) {
  /** @type {Record<string, boolean>} */
  const startLayers = { ...LAYERS_AT_START };
  for (const layer of catalog.layers) for (const row of layer.legend) startLayers[row.key] = row.shown_at_start;
  const restored = decodeLink(hash, catalog.plans[0]?.key ?? '', roundedStart(nowMs));
  /** @type {import('./types').PageState} */
  const state = {
    marks: /** @type {import('./types').IncidentMarks} */ (restored.marks),
    present: restored.present ?? null,
    hours: restored.hours ?? 0,
    layers: { ...startLayers, ...restored.layers },
    shading: restored.shading ?? 'worst',
    vulnerability: restored.vulnerability ?? null, weakness: null,
    selected: null, hovered: null, hoveredWarning: null, mode: 'none',
    theme: restored.theme ?? 'system',
    wall: restored.wall ?? false,
    scenes: restored.scenes ?? null,
    view: restored.view ?? null,
    tab: restored.warning ? 'warnings' : restored.planFromHours != null ? 'restoration' : 'ranking', levelView: 'closed', ordering: false, corridorWidthM: 200, playing: false,
    assessment: null, base: null, presentAssessment: null, presentBase: null,
    restoration: NO_RESTORATION, editingCrews: false, dispatch: NO_DISPATCH, protection: NO_PROTECTION,
    busy: false, failure: null, unreached: null, live: NOT_LIVE, refused: [], log: NO_LOG, warnings: { ...NO_WARNINGS, open: restored.warning ?? null }, viewer: null,
    siting: { ...NO_SITING, ...restored.siting },
    imports: { ...NO_IMPORTS, ...restored.imports },
    editing: { ...NO_EDITING, id: restored.editing ?? null },
    film: { ...NO_FILM, wanted: restored.filmWanted ?? null },
    aftermath: { ...NO_AFTERMATH, ...restored.aftermath }, report: restored.report ?? null,
  };
  const arrival = { incident: restored.incident ?? null, known: restored.known ?? null, hours: state.hours };
  const placed = restored.view ? arrival.incident : null;
  if (arrival.incident) state.hours = 0;
  return { state, startLayers, arrival, placed, planFromHours: hasIncident(state.marks) ? restored.planFromHours ?? null : null, unreadable: restored.unreadable };
}
