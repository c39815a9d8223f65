/** What the page knows of warnings: sorted into current, planned and past, what waits for whom, the next step. Pure. */

import { msFromIso } from '../state/clock.js';

/** @typedef {import('../warnings').WarningSummary} WarningSummary */
/** @typedef {import('../warnings').Warning} Warning */
/** @typedef {import('../warnings').StepChoice} StepChoice */
/** @typedef {import('../warnings').PendingVersion} PendingVersion */
/** @typedef {import('../warnings').StepKind} StepKind */
/** @typedef {import('../warnings').WarningsState} WarningsState */
/** @typedef {'current' | 'planned' | 'past'} Group */

/** @type {WarningsState} */
export const NO_WARNINGS = { list: [], more: 0, now: null, asOf: null, turns: {}, open: null, reading: null, detail: null, deliveries: null, drafting: null, failed: null };

/** @type {Group[]} */
export const GROUPS = ['current', 'planned', 'past'];
/** The layer's row of each group. @type {Record<Group, string>} */
export const LAYER_OF = { current: 'warnings_current', planned: 'warnings_planned', past: 'warnings_past' };
/** Which are shown at first: what is over only when it is asked for. */
export const LAYERS_AT_START = { warnings_current: true, warnings_planned: true, warnings_past: false };

/** Levels by the plans' keys, the gravest last. */
const LEVELS = ['general', 'large', 'major'];
const SOON_S = 3_600;
/** Who is on duty changes what was returned, whoever wrote it. */
const DUTY = 'duty_officer';
/** Steps of those who write a version. @type {StepKind[]} */
const WRITING = ['drafted', 'revised', 'submitted'];
/** What has to do with a version in preparation, by its status; the server answers for every step there is. @type {Record<string, StepKind[]>} */
const STEPS_OF = {
  draft: ['submitted', 'issued', 'revised', 'withdrawn'],
  returned: ['revised', 'withdrawn'],
  submitted: ['approved', 'issued', 'returned', 'revised', 'referred', 'withdrawn'],
  approved: ['issued', 'returned', 'revised', 'referred', 'withdrawn'],
};

/** Seconds until a moment; negative when it is over. @param {string} iso @param {string} now */
export const secondsUntil = (iso, now) => (msFromIso(iso) - msFromIso(now)) / 1000;

/** Where a warning belongs at a moment: one in force is current, also while its update is prepared. @param {WarningSummary} warning @param {string} now @returns {Group} */
export function groupOf({ in_force: inForce, pending }, now) {
  if (inForce && secondsUntil(inForce.expires_at, now) > 0) return 'current';
  return pending ? 'planned' : 'past';
}

/** When one that is over expired; null where it was lifted, given up or passed on, of which the moment is not in the list. @param {WarningSummary} warning */
export function endedAt({ status, in_force: inForce, expires_at: expiresAt }) {
  if (inForce) return inForce.expires_at;
  return status === 'expired' ? expiresAt : null;
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

/** Whether the level in preparation has to be approved. @param {StepChoice[]} may */
export const needsApproval = (may) => may.some(({ kind, offices }) => kind === 'approved' && offices.length > 0);

/** What leads on from a version in preparation: by who may take it, else by whose turn it is. @param {PendingVersion['status']} status @param {StepChoice[]} may @returns {StepKind} */
function forward(status, may) {
  const allowed = (/** @type {StepKind} */ kind) => may.some((choice) => choice.kind === kind && choice.allowed);
  if (status === 'returned') return 'revised';
  if (status === 'approved') return 'issued';
  if (status === 'submitted') return needsApproval(may) ? 'approved' : 'issued';
  return allowed('issued') ? 'issued' : 'submitted';
}

/**
 * The steps of a warning as they matter now: the one that leads on, which stands out for who may take it, and the others.
 * In force with nothing in preparation an update comes next; of one that is over nothing does.
 * @param {Pick<Warning, 'pending' | 'in_force'>} warning @param {StepChoice[]} may @returns {{next: StepChoice | null, others: StepChoice[]}}
 */
export function nextStep({ pending, in_force: inForce }, may) {
  /** @type {StepKind[]} */
  const kinds = [...(pending ? STEPS_OF[pending.status] : []), ...(inForce ? /** @type {StepKind[]} */ (pending ? ['lifted'] : ['revised', 'lifted']) : [])];
  const leading = pending ? forward(pending.status, may) : inForce ? 'revised' : null;
  const shown = may.filter(({ kind }) => kinds.includes(kind) && (kind !== 'approved' || needsApproval(may)));
  const next = shown.find(({ kind }) => kind === leading) ?? null;
  const others = shown.filter((choice) => choice !== next).sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  return { next, others };
}

/** What of a warning says whose turn it is. @param {Warning} warning @returns {import('../warnings').Turn} */
export function turnOfWarning({ length, may, steps }) {
  const begun = steps.findLastIndex(({ kind }) => kind === 'issued') + 1;
  const writing = steps.slice(begun).filter(({ kind }) => WRITING.includes(kind));
  return { length, may, writers: [...new Set(writing.map(({ by }) => by))] };
}

/**
 * What waits for a person: to be approved or issued by who may; to be changed, where it was returned, by who wrote it and by
 * the duty officers. One's own draft waits for nobody else.
 * @param {Pick<WarningSummary, 'plan' | 'pending' | 'in_force'>} warning @param {import('../warnings').Turn | undefined} turn undefined while it is not known
 * @param {Pick<import('../log').Viewer, 'person' | 'roles'> | null} viewer @returns {'decide' | 'returned' | null}
 */
export function waitsFor(warning, turn, viewer) {
  const { plan, pending } = warning;
  const next = turn && pending ? nextStep(warning, turn.may).next : null;
  if (!turn || !pending || !next?.allowed || pending.status === 'draft') return null;
  if (pending.status !== 'returned') return ['approved', 'issued'].includes(next.kind) ? 'decide' : null;
  const onDuty = viewer?.roles.some(({ role, plan: of }) => role === DUTY && (of === null || of === plan));
  return onDuty || turn.writers.includes(viewer?.person?.display_name ?? '') ? 'returned' : null;
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

/**
 * What did not arrive, or of which nobody knows, by channel; who has no number did not fail, and a later message takes the place of an earlier one.
 * @param {import('../warnings').DeliveryGroup[]} groups
 */
export function undelivered(groups) {
  const counting = groups.filter(({ superseded }) => !superseded);
  return [...new Set(counting.map(({ channel }) => channel))].map((channel) => {
    const some = counting.filter((group) => group.channel === channel);
    const count = (/** @type {'failed' | 'unknown'} */ state) => some.reduce((sum, { by_state: of }) => sum + (of[state] ?? 0), 0);
    return { channel, title: some[0].title, failed: count('failed'), unknown: count('unknown') };
  }).filter(({ failed, unknown }) => failed + unknown > 0);
}

/**
 * What of a group waits for somebody (in a drill nobody has to tell otherwise who has no number), and what can be said of it: that it was done by hand, or that others were told otherwise.
 * @param {import('../warnings').DeliveryGroup} group @param {boolean} may whether the viewer has to do with warnings
 */
export function groupTasks({ by_state: of, superseded, by_other_means: otherwise }, may) {
  const open = !superseded && Boolean(of.prepared || of.failed || of.unknown || (of.no_address && otherwise));
  return { open, tick: may && !superseded && Boolean(of.prepared), otherwise: may && !superseded && otherwise };
}

/**
 * The version that is read: the one asked for; else what is prepared, where nothing is in force or where it is the viewer's
 * turn; else what is or was in force.
 * @param {Warning} warning @param {number | null} reading
 */
export function shownVersion(warning, reading) {
  const { versions, pending, in_force: inForce, may } = warning;
  const yours = pending && nextStep(warning, may).next?.allowed;
  const wanted = reading ?? (inForce && !yours ? inForce.version : pending?.version);
  return versions.find(({ version }) => version === wanted) ?? versions[versions.length - 1];
}
