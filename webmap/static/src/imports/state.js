/** What the page keeps of the panel 「数据」: its steps, and how a link says them. Pure. */

/** @typedef {import('../imports').ImportsState} ImportsState */
/** @typedef {import('../imports').ImportDocument} ImportDocument */
/** @typedef {import('../imports').Step} Step */
/** @typedef {import('../imports').DataView} DataView */

/** @type {Step[]} */
export const STEPS = ['file', 'recognised', 'preview', 'issues', 'commit'];

/** @type {ImportsState} */
export const NO_IMPORTS = {
  open: false, view: 'layers', list: null, limitBytes: null, id: null, known: {}, step: null, wanted: null, draft: null, mappings: [],
  preview: null, previewOf: null, uploading: null, sending: false, refused: null, lost: null, change: null, lit: null,
  versions: { list: null, more: false, failure: null, compared: null, comparison: null, restoring: false },
};

/** @type {Partial<Record<DataView, string>>} */
const VIEW_WORDS = { layers: 'layers', import: 'imports', edit: 'edit', versions: 'versions' };

/** @param {ImportsState} state @returns {string | null} what stands in a link; null while the panel is closed */
export function encodeData({ open, view, id }) {
  if (!open) return null;
  return view === 'import' && id !== null ? `import:${id}` : VIEW_WORDS[view] ?? null;
}

/** @param {string} text @returns {Partial<ImportsState> | null} null when it cannot be read */
export function decodeData(text) {
  const id = /^import:([\w-]{4,64})$/.exec(text)?.[1];
  if (id) return { open: true, view: 'import', id };
  if (text === 'start') return { open: true, view: 'layers' };
  const view = /** @type {DataView | undefined} */ (Object.keys(VIEW_WORDS).find((key) => VIEW_WORDS[/** @type {DataView} */ (key)] === text));
  return view ? { open: true, view } : null;
}

/** @param {Pick<ImportDocument, 'state'>} document */
export const isUnderWay = ({ state }) => state === 'uploaded' || state === 'inspecting' || state === 'checking' || state === 'committing';

/** Whether there is nothing more to do about it. @param {Pick<ImportDocument, 'state'>} document */
export const isOver = ({ state }) => state === 'committed' || state === 'discarded';

/** The step that an import has reached. @param {ImportDocument | null} document @returns {Step} */
export function reachedStep(document) {
  if (!document) return 'file';
  switch (document.state) {
    case 'uploaded': case 'inspecting': case 'inspected': return 'recognised';
    case 'checking': case 'checked': return 'preview';
    case 'committing': case 'committed': return 'commit';
    default: return document.report ? 'preview' : 'recognised';
  }
}

/**
 * The steps that can be looked at now. What was checked with another plan is over: it has to be checked again.
 * @param {ImportDocument | null} document @param {boolean} changed whether the plan was corrected since
 * @returns {Step[]}
 */
export function offeredSteps(document, changed) {
  if (!document) return ['file'];
  if (document.state === 'committed' || document.state === 'committing') return ['file', 'recognised', 'preview', 'issues', 'commit'];
  if (document.report && !changed && document.state !== 'inspecting' && document.state !== 'checking') return STEPS;
  return document.state === 'checking' ? ['file', 'recognised', 'preview'] : ['file', 'recognised'];
}

/** The plan as the server has it: the one that was checked, else the one that was recognised. @param {ImportDocument | null} document */
export const storedPlan = (document) => document?.plan ?? document?.guess?.plan ?? null;

/** The import that is looked at. @param {ImportsState} imports @returns {ImportDocument | null} null while it is not known */
export const openImport = ({ id, known }) => (id === null ? null : known[id] ?? null);

/** The step that is looked at: the one chosen where it is offered, else the one that was reached. @param {ImportsState} imports @returns {Step} */
export function shownStep(imports) {
  const document = openImport(imports);
  const offered = offeredSteps(document, imports.draft !== null);
  if (imports.step !== null && offered.includes(imports.step)) return imports.step;
  const reached = reachedStep(document);
  return offered.includes(reached) ? reached : offered[offered.length - 1];
}

/** The list with one of them as it is now: in its place, or first where it is new. @param {ImportDocument[] | null} list @param {ImportDocument} document */
export function withImport(list, document) {
  if (!list) return list;
  const { source: _source, guess: _guess, plan: _plan, report: _report, ...row } = document;
  if (document.state === 'discarded') return list.filter(({ id }) => id !== document.id);
  return list.some(({ id }) => id === document.id) ? list.map((other) => (other.id === document.id ? { ...other, ...row } : other)) : [row, ...list];
}

/** Share that is done, percent; null while that is not known. @param {import('../imports').ImportProgress | null} progress */
export function shareDone(progress) {
  if (!progress || !progress.of || progress.done === null) return null;
  return Math.min(100, Math.round((100 * progress.done) / progress.of));
}
