/** What the page keeps of editing, and what follows from it. Pure. */

/** @typedef {import('../editing').EditingState} EditingState */
/** @typedef {import('../editing').DataDraft} DataDraft */
/** @typedef {import('../editing').DraftChange} DraftChange */
/** @typedef {import('../types').Feature} Feature */
/** @typedef {import('../types').Geometry} Geometry */

/** @type {EditingState} */
export const NO_EDITING = {
  id: null, drafts: null, draft: null, layer: 'network_lines', task: { kind: 'select' }, record: null, adding: null, referred: null, reviewing: false, lit: null,
  saving: false, refused: null, lost: null,
};

/** Whether the map belongs to the editor. @param {Pick<import('../types').PageState, 'imports' | 'editing'>} state */
export const isEditing = ({ imports, editing }) => imports.open && imports.view === 'edit' && editing.draft?.state === 'open' && !editing.reviewing;

/** Whether the map shows what a draft changes. @param {Pick<import('../types').PageState, 'imports' | 'editing'>} state */
export const showsDraft = ({ imports, editing }) => imports.open && imports.view === 'edit' && editing.draft?.state === 'open';

/** @param {DataDraft | null} draft */
export const canUndo = (draft) => draft !== null && draft.length > 0;
/** @param {DataDraft | null} draft */
export const canRedo = (draft) => draft !== null && draft.length < draft.total;

/** Steps as they are sent: a new one after those that count. @param {DataDraft} draft @param {import('../editing').EditOperation[]} add */
export const stepsWith = (draft, ...add) => ({ keep: draft.length, add, length: draft.length + add.length });
/** The pointer moved by some steps; nothing is lost. @param {DataDraft} draft @param {number} by */
export const stepsMoved = (draft, by) => ({ keep: draft.total, add: [], length: Math.min(Math.max(draft.length + by, 0), draft.total) });
/** All that count but one; what was undone goes. @param {DataDraft} draft @param {number} number from 0 */
export function stepsWithout(draft, number) {
  const add = draft.steps.slice(number + 1, draft.length).map(({ operation }) => operation);
  return { keep: number, add, length: number + add.length };
}

/** @param {string} text @returns {string | null} the id of a draft in a link; null when it cannot be read */
export const decodeEdit = (text) => /^[\w-]{8,64}$/.exec(text)?.[0] ?? null;

/** The changes of a layer by id. @param {DataDraft | null} draft @param {string} layer @returns {Map<string, DraftChange>} */
export function changesOf(draft, layer) {
  return new Map((draft?.changes ?? []).filter((change) => change.layer === layer).map((change) => [change.id, change]));
}

/**
 * Features of a layer as the draft has them: changed ones as they will be, removed ones left out, added ones at the end.
 * @param {Feature[]} features @param {DataDraft | null} draft @param {string} layer @returns {Iterable<Feature>}
 */
export function* featuresIn(features, draft, layer) {
  const changes = changesOf(draft, layer);
  for (const feature of features) {
    const change = changes.get(feature.properties.id);
    if (!change) yield feature;
    else if (change.kind !== 'removed') yield changed(feature, change);
  }
  for (const change of changes.values()) {
    if (change.kind === 'added') yield changed({ type: 'Feature', geometry: null, properties: { id: change.id, name: change.name } }, change);
  }
}

/** @param {Feature} feature @param {DraftChange} change @returns {Feature} */
function changed(feature, change) {
  const after = Object.fromEntries(change.fields.map(({ field, after: value }) => [field, value]));
  return { ...feature, geometry: change.after, properties: { ...feature.properties, ...after } };
}

/** Box of what a draft changes, before and after: west, south, east, north; null for nothing with a place. @param {Pick<DraftChange, 'before' | 'after'>[]} changes @returns {[number, number, number, number] | null} */
export function boxOf(changes) {
  const points = changes.flatMap(({ before, after }) => [...cornersOf(before), ...cornersOf(after)]);
  if (!points.length) return null;
  /** @type {[number, number, number, number]} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of points) {
    box[0] = Math.min(box[0], lng);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lng);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** Problems by what they are, errors first, each kind in the order told. @param {import('../editing').EditProblem[]} problems @returns {import('../editing').EditProblem[][]} */
export function problemGroups(problems) {
  /** @type {Map<string, import('../editing').EditProblem[]>} */
  const groups = new Map();
  for (const problem of problems) {
    const key = `${problem.severity} ${problem.message}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  const order = ['error', 'warning', 'note'];
  return [...groups.values()].sort(([a], [b]) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** All corners of a geometry. @param {Geometry | null} geometry @returns {import('../types').Position[]} */
export function cornersOf(geometry) {
  if (!geometry) return [];
  if (geometry.type === 'Point') return [geometry.coordinates];
  const depth = { LineString: 0, Polygon: 1, MultiPolygon: 2 }[geometry.type] ?? 0;
  return geometry.coordinates.flat(depth);
}
