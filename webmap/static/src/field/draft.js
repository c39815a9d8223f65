/** What is being filled in, and the report that it becomes. */

/** @typedef {import('../field').FieldDraft} FieldDraft */
/** @typedef {import('../field').FieldStart} FieldStart */

/** @type {FieldDraft} */
export const EMPTY_DRAFT = {
  what: null, position: null, accuracyM: null, township: null, element: null, unsure: false, text: '', photos: [], at: null, plan: null, incident: null, incidentChosen: false,
};

/** What is missing before it can be sent, by the key of the words that say so; null for nothing. @param {FieldDraft} draft */
export function missing(draft) {
  if (!draft.what) return 'onsite.missing.what';
  if (!draft.position && !draft.element && !draft.township && !draft.text.trim()) return 'onsite.missing.where';
  return null;
}

/**
 * The plan for which it is reported: what the person chose, else that of the county in which the township lies, else the first.
 * @param {FieldDraft} draft @param {FieldStart} start
 */
export function planOf(draft, { plans }) {
  const chosen = plans.find(({ key }) => draft.incidentChosen && key === draft.plan);
  const there = plans.find(({ county_code: county }) => county && draft.township?.startsWith(county));
  return chosen ?? there ?? plans[0] ?? null;
}

/**
 * The incident to which it belongs: what the person chose, else the only real one that runs.
 * @param {FieldDraft} draft @param {FieldStart} start @returns {import('../field').OpenIncident | null}
 */
export function incidentOf(draft, start) {
  const running = planOf(draft, start)?.incidents ?? [];
  if (draft.incidentChosen) return running.find(({ id }) => id === draft.incident) ?? null;
  const real = running.filter(({ drill }) => !drill);
  return real.length === 1 ? real[0] : null;
}

/** A moment as the server takes it: local time with its offset. @param {Date} date */
export function isoWithOffset(date) {
  const minutes = -date.getTimezoneOffset();
  const two = (/** @type {number} */ value) => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** @param {FieldDraft} draft @param {FieldStart} start @param {Date} now @returns {import('../field').FieldBody} */
export function bodyOf(draft, start, now) {
  return {
    plan: planOf(draft, start)?.key ?? '', incident: incidentOf(draft, start)?.id ?? null,
    what: draft.what ?? 'other', happened_at: draft.at ?? isoWithOffset(now), text: draft.text.trim() || null,
    element: draft.element?.id ?? null, position: draft.position, accuracy_m: draft.position ? draft.accuracyM : null,
    township: draft.township, photos: draft.photos,
  };
}
