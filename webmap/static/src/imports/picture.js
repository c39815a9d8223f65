/** What the map shows of an import: records as they would be, changes of the topology, places of an issue. Pure. */

import { issueKey } from './amounts.js';
import { openImport, shownStep } from './state.js';

/** @typedef {import('../imports').ImportsState} ImportsState */
/** @typedef {import('../imports').TopologyChange} TopologyChange */
/** @typedef {import('../types').Feature} Feature */
/** @typedef {import('../types').Position} Position */
/** @typedef {{features: Feature[], changes: TopologyChange[], current: TopologyChange | null, places: Position[]}} ImportPicture */

/** @param {ImportsState} imports @returns {ImportPicture | null} null while the map is to be as ever */
export function importPicture(imports) {
  const document = openImport(imports);
  if (!imports.open || imports.view !== 'import' || !document || !imports.preview || document.state === 'committed') return null;
  const step = shownStep(imports);
  if (step !== 'preview' && step !== 'issues' && step !== 'commit') return null;
  const changes = imports.preview.changes ?? [];
  const lit = imports.lit === null ? null : document.report?.issues.find((issue) => issueKey(issue) === imports.lit);
  return {
    features: imports.preview.features,
    changes,
    current: imports.change === null ? null : changes[imports.change] ?? null,
    places: lit?.places ?? [],
  };
}

/** West, south, east, north of places; null of none. @param {Position[]} places @returns {[number, number, number, number] | null} */
export function boundsOfPlaces(places) {
  if (!places.length) return null;
  const longitudes = places.map(([longitude]) => longitude);
  const latitudes = places.map(([, latitude]) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
