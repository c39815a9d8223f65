/** What the page keeps of siting, and how a link says it. Pure. */

/** @typedef {import('../siting').SitingState} SitingState */
/** @typedef {import('../siting').SitingRun} SitingRun */

/** More plans side by side are not told apart on a map. */
export const MOST_COMPARED = 3;
/** In a link: the workspace is open, no run is looked at. */
const ASKING = 'new';

/** @type {SitingState} */
export const NO_SITING = {
  open: false, view: 'ask', draft: null, survey: null, surveying: false, refused: null, runs: null, more: 0, listAway: false,
  shown: [], known: {}, failure: null, lost: null, sending: false, lit: null,
};

/** @param {SitingState} siting @returns {string | null} what stands in a link; null while the workspace is closed */
export function encodeSiting({ open, view, shown }) {
  if (!open) return null;
  if (view === 'answer' && shown.length) return shown[0];
  if (view === 'compare' && shown.length > 1) return shown.join(',');
  return ASKING;
}

/** @param {string} text @returns {Partial<SitingState> | null} null when it cannot be read */
export function decodeSiting(text) {
  if (text === ASKING) return { open: true };
  const ids = text.split(',');
  if (!ids.every((id) => /^[\w-]{4,64}$/.test(id)) || ids.length > MOST_COMPARED || new Set(ids).size < ids.length) return null;
  return { open: true, shown: ids, view: ids.length > 1 ? 'compare' : 'answer' };
}

/** @param {Pick<SitingRun, 'state'>} run */
export const isUnderWay = ({ state }) => state === 'waiting' || state === 'running';

/** The run whose answer is looked at. @param {SitingState} siting @returns {SitingRun | null} null while it is not known */
export function openRun({ view, shown, known }) {
  return view === 'answer' && shown.length ? known[shown[0]] ?? null : null;
}

/** Runs side by side, in the order of their letters; those that are not known yet are left out. @param {SitingState} siting */
export function comparedRuns({ view, shown, known }) {
  return view === 'compare' ? shown.map((id) => known[id]).filter(Boolean) : [];
}

/**
 * The runs with one of them as it is now: in its place, or first where it is new.
 * @param {SitingRun[] | null} runs @param {SitingRun} run @returns {SitingRun[] | null}
 */
export function withRun(runs, run) {
  if (!runs) return runs;
  const { plan_document: _, ...row } = run;
  return runs.some(({ id }) => id === run.id) ? runs.map((other) => (other.id === run.id ? { ...other, ...row } : other)) : [row, ...runs];
}

/** Puts a run among those compared, or takes it out; the first makes room for one too many. @param {string[]} ids @param {string} id */
export function withCompared(ids, id) {
  if (ids.includes(id)) return ids.filter((other) => other !== id);
  return [...ids, id].slice(-MOST_COMPARED);
}
