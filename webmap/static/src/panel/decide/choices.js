/** Which decision comes first on the card, and which stand behind it. Pure. */

/** @typedef {import('../../log').Decision} Decision */
/** @typedef {import('../../log').IncidentView} IncidentView */

/** The level in force, null for none. @param {IncidentView} view */
export function inForce(view) {
  return view.phase === 'responding' ? view.level?.level ?? null : null;
}

/**
 * The entry that ended an incident: its response, or the incident without one. Null while it runs.
 * @param {IncidentView} view @param {import('../../log').LogEntry[]} entries
 */
export function endOf({ phase, known, at }, entries) {
  if (phase !== 'ended') return null;
  const ends = entries.filter(({ kind, number, withdrawn, happened_at: when }) =>
    (kind === 'level_ended' || kind === 'closed') && !withdrawn && number <= known && Date.parse(when) <= Date.parse(at));
  return ends.reduce((last, entry) => (last && Date.parse(last.happened_at) > Date.parse(entry.happened_at) ? last : entry), /** @type {import('../../log').LogEntry | null} */ (null));
}

/**
 * What the recommendation asks for: its level to be started or set; the end where nothing asks for a response any more.
 * @param {IncidentView} view @param {string | null} recommended level
 * @returns {Decision | null} null when what is in force is what is recommended
 */
export function firstDecision(view, recommended) {
  const running = inForce(view);
  const find = (/** @type {Decision['kind']} */ kind, /** @type {string | null} */ level) => view.decisions.find((one) => one.kind === kind && one.level === level) ?? null;
  if (running === recommended) return null;
  if (recommended === null) return find('level_ended', null);
  return find(running === null ? 'level_started' : 'level_changed', recommended);
}

/**
 * The decisions of a card: `first` may be anybody's, `end` is beside it, `others` wait behind a button.
 * @param {IncidentView} view @param {string | null} recommended
 * @returns {{first: Decision | null, end: Decision | null, others: Decision[]}}
 */
export function arranged(view, recommended) {
  const first = firstDecision(view, recommended);
  const end = view.decisions.find(({ kind }) => kind === 'level_ended') ?? null;
  return { first, end: end === first ? null : end, others: view.decisions.filter((one) => one !== first && one !== end) };
}

/**
 * Whose decisions are told where they are not the viewer's: one of several that rest on the same clause, the end before others.
 * @param {(Decision | null)[]} offered
 */
export function toldOf(offered) {
  const theirs = offered.filter((decision) => decision !== null && !decision.mine.length).reverse();
  const clauseOf = (/** @type {Decision | null} */ decision) => decision?.refusal?.clause ?? decision?.clause;
  return theirs.filter((decision, place) => theirs.findIndex((other) => clauseOf(other) === clauseOf(decision)) === place);
}

/**
 * How the recommendation lies to what is in force.
 * @param {string} level @param {string} running @param {string[]} levels of the plan, the gravest first
 * @returns {'same' | 'higher' | 'lower'}
 */
export function besides(level, running, levels) {
  if (level === running) return 'same';
  return levels.indexOf(level) < levels.indexOf(running) ? 'higher' : 'lower';
}

/**
 * Whether a decision needs a reason: it is another than the recommendation.
 * @param {Pick<Decision, 'kind' | 'level'>} decision @param {string | null} recommended
 */
export function needsReason({ kind, level }, recommended) {
  return kind === 'level_ended' ? recommended !== null : level !== recommended;
}
