/** What the page knows of warnings: sorted into current, planned and past, what waits for whom, the next step. Pure. */

import { msFromIso } from '../state/clock.js';

/** @typedef {import('../warnings').WarningSummary} WarningSummary */
/** @typedef {import('../warnings').Warning} Warning */
/** @typedef {import('../warnings').StepChoice} StepChoice */
/** @typedef {import('../warnings').StepKind} StepKind */
/** @typedef {import('../warnings').WarningsState} WarningsState */
/** @typedef {'current' | 'planned' | 'past'} Group */

/** @type {WarningsState} */
export const NO_WARNINGS = { list: [], now: null, asOf: null, turns: {}, open: null, detail: null, deliveries: null, drafting: null, failed: null };

/** @type {Group[]} */
export const GROUPS = ['current', 'planned', 'past'];
/** The layer's row of each group. @type {Record<Group, string>} */
export const LAYER_OF = { current: 'warnings_current', planned: 'warnings_planned', past: 'warnings_past' };
/** Which are shown at first: what is over only when it is asked for. */
export const LAYERS_AT_START = { warnings_current: true, warnings_planned: true, warnings_past: false };

/** Levels by the plans' keys, the gravest last. */
const LEVELS = ['general', 'large', 'major'];
const SOON_S = 3_600;
const OVER = ['lifted', 'expired', 'referred', 'withdrawn'];
/** What leads on, the most decisive first; the rest gives up, sends back or passes on. @type {StepKind[]} */
const FORWARD = ['issued', 'approved', 'submitted'];
/** @type {StepKind[]} */
const QUIETER = ['revised', 'returned', 'lifted', 'referred', 'withdrawn'];

/** Seconds until a moment; negative when it is over. @param {string} iso @param {string} now */
export const secondsUntil = (iso, now) => (msFromIso(iso) - msFromIso(now)) / 1000;

/** Where a warning belongs at a moment: one in force is current, also while its update is prepared. @param {WarningSummary} warning @param {string} now @returns {Group} */
export function groupOf({ in_force: inForce, pending, status }, now) {
  if (inForce && secondsUntil(inForce.expires_at, now) > 0) return 'current';
  if (pending && !OVER.includes(status)) return 'planned';
  return pending && status === 'expired' ? 'planned' : 'past';
}

/** @param {string} level */
export const rankOf = (level) => LEVELS.indexOf(level);

/** The gravest first, then what ends first. @param {WarningSummary} a @param {WarningSummary} b */
function byUrgency(a, b) {
  return rankOf(b.level) - rankOf(a.level) || msFromIso(a.expires_at) - msFromIso(b.expires_at);
}

/**
 * A drill's warnings are those of its own incident only; real ones are seen in a drill too.
 * @param {WarningSummary} warning @param {string | null} incident that is open
 */
const concerns = (warning, incident) => !warning.drill || warning.incident.id === incident;

/** @param {WarningSummary[]} list @param {string} now @param {string | null} incident that is open @returns {Record<Group, WarningSummary[]>} */
export function grouped(list, now, incident) {
  /** @type {Record<Group, WarningSummary[]>} */
  const groups = { current: [], planned: [], past: [] };
  for (const warning of list) if (concerns(warning, incident)) groups[groupOf(warning, now)].push(warning);
  groups.current.sort(byUrgency);
  groups.planned.sort(byUrgency);
  groups.past.sort((a, b) => msFromIso(b.starts_at) - msFromIso(a.starts_at));
  return groups;
}

/** Those of one incident. @param {WarningSummary[]} list @param {string | null} incident */
export const ofIncident = (list, incident) => list.filter((warning) => warning.incident.id === incident);

/** In force and over within the hour. @param {WarningSummary} warning @param {string} now */
export function endsSoon({ in_force: inForce }, now) {
  if (!inForce) return false;
  const left = secondsUntil(inForce.expires_at, now);
  return left > 0 && left <= SOON_S;
}

/**
 * The step that a person takes next: what leads on and they may take; else what leads on at all, to say whose turn it is.
 * In force with nothing in preparation nothing has to be done: an update is what comes next.
 * @param {StepChoice[]} may @returns {{next: StepChoice | null, others: StepChoice[]}}
 */
export function nextStep(may) {
  const of = (/** @type {StepKind} */ kind) => may.find((choice) => choice.kind === kind);
  const forward = FORWARD.map(of).filter((choice) => choice !== undefined);
  const next = forward.find(({ allowed }) => allowed) ?? forward.at(-1) ?? of('revised') ?? null;
  const others = [...forward, ...QUIETER.map(of)].filter((choice) => choice !== undefined && choice !== next);
  return { next, others: /** @type {StepChoice[]} */ (others) };
}

/** What differs between two texts of the same items, by item; absent is empty. @param {Record<string, string>} before @param {Record<string, string>} after */
export function changedTexts(before, after) {
  const items = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return items.map((item) => ({ item, before: before[item] ?? '', after: after[item] ?? '' })).filter((row) => row.before !== row.after);
}

/** Parts of a list that came and went. @param {string[]} before @param {string[]} after */
export function changedItems(before, after) {
  return { added: after.filter((item) => !before.includes(item)), removed: before.filter((item) => !after.includes(item)) };
}

/** Whether messages are on their way, so that it is soon asked again. @param {import('../warnings').DeliveryGroup[]} groups */
export const underWay = (groups) => groups.some(({ by_state: { waiting = 0, sending = 0 } }) => waiting + sending > 0);

/** The version that is read: what is prepared, else what is or was in force. @param {Warning} warning */
export function shownVersion({ versions, pending, in_force: inForce }) {
  const wanted = pending?.version ?? inForce?.version;
  return versions.find(({ version }) => version === wanted) ?? versions[versions.length - 1];
}
