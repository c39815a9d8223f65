/** What the map shows of a draft: before and after, the chosen record with its corners, what is being drawn. Pure. */

import { isEditing, showsDraft } from './state.js';

/** @typedef {import('../types').Geometry} Geometry */
/** @typedef {import('../types').Position} Position */

/**
 * @typedef {object} EditingPicture
 * @property {boolean} active whether presses are the editor's
 * @property {import('../editing').DraftChange[]} changes
 * @property {string | null} lit `layer id` of the change that is looked at
 * @property {{key: string, geometry: Geometry, fixed: boolean} | null} chosen `fixed`: its corners stay
 * @property {{kind: import('../editing').GeometryKind, corners: Position[]} | null} drawn
 * @property {import('../editing').EditTask['kind']} task
 * @property {Position[]} problems
 */

/** @param {Pick<import('../types').PageState, 'imports' | 'editing'>} state @param {import('../types').Catalog} catalog @returns {EditingPicture | null} null while no draft is shown */
export function editingPicture(state, catalog) {
  if (!showsDraft(state)) return null;
  const { draft, record, adding, task, layer, lit, reviewing } = state.editing;
  const chosen = record?.geometry ? { key: `${record.layer} ${record.id}`, geometry: record.geometry, fixed: task.kind !== 'select' }
    : adding?.geometry ? { key: 'new', geometry: adding.geometry, fixed: adding.layer === 'network_lines' } : null;
  const kind = /** @type {import('../editing').GeometryKind | null} */ (catalog.layers.find(({ key }) => key === layer)?.geometry ?? null);
  return {
    active: isEditing(state),
    changes: draft?.changes ?? [],
    lit: reviewing ? lit : null,
    chosen: reviewing ? null : chosen,
    drawn: task.kind === 'draw' && kind ? { kind, corners: task.corners.map(({ at }) => at) } : null,
    task: task.kind,
    problems: reviewing ? (draft?.problems ?? []).flatMap(({ place }) => (place ? [place] : [])) : [],
  };
}
