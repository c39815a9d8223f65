/** What somebody gives for a report in words, as entries of the log. Pure. */

/** @typedef {import('../log').LogEntry} LogEntry */
/** @typedef {import('../log').NewFact} NewFact */

const FIELDS = ['text', 'name', 'unit', 'telephone'];

/** @param {string} item @param {string} happenedAt @param {Record<string, string>} entered empty fields are left out @returns {NewFact} */
export function detailFact(item, happenedAt, entered) {
  const filled = FIELDS.filter((name) => entered[name]?.trim()).map((name) => [name, entered[name].trim()]);
  return { kind: 'detail_given', happened_at: happenedAt, item, ...Object.fromEntries(filled) };
}

/** What counts of an item as the log has it: the last in time that was not withdrawn, as corrected. @param {LogEntry[]} entries @param {string} item @returns {Record<string, string>} */
export function lastDetail(entries, item) {
  const replacements = new Map(entries.filter(({ kind, fact }) => kind === 'correction' && fact).map(({ number, fact }) => [number, fact?.replacement]));
  const given = entries.flatMap(({ kind, fact, withdrawn, corrected_by: by, number }) => {
    const counting = /** @type {NewFact | null} */ (by === null ? fact : replacements.get(by) ?? null);
    return kind === 'detail_given' && !withdrawn && counting?.item === item ? [{ number, fact: counting }] : [];
  }).sort((a, b) => Date.parse(a.fact.happened_at) - Date.parse(b.fact.happened_at) || a.number - b.number);
  const last = given.at(-1)?.fact ?? null;
  return Object.fromEntries(FIELDS.flatMap((name) => (typeof last?.[name] === 'string' ? [[name, String(last[name])]] : [])));
}
