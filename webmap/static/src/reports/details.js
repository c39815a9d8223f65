/** What somebody gives for a report in words, as entries of the log. Pure. */

/** @typedef {import('../log').LogEntry} LogEntry */
/** @typedef {import('../log').NewFact} NewFact */

const FIELDS = ['text', 'name', 'unit', 'telephone'];

/** @param {string} item @param {string} happenedAt @param {Record<string, string>} entered empty fields are left out @returns {NewFact} */
export function detailFact(item, happenedAt, entered) {
  const filled = FIELDS.filter((name) => entered[name]?.trim()).map((name) => [name, entered[name].trim()]);
  return { kind: 'detail_given', happened_at: happenedAt, item, ...Object.fromEntries(filled) };
}

/**
 * What counts of an item as the log has it: the last in time that was not withdrawn, as corrected; with the entry that says it
 * so, which is that of the correction where there is one.
 * @param {LogEntry[]} entries @param {string} item @returns {{entry: LogEntry, fact: NewFact} | null}
 */
export function lastGiven(entries, item) {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const given = entries.flatMap((entry) => {
    const { kind, withdrawn, corrected_by: by, number } = entry;
    const saying = by === null ? entry : byNumber.get(by);
    const fact = /** @type {NewFact | null | undefined} */ (by === null ? entry.fact : saying?.fact?.replacement);
    return kind === 'detail_given' && !withdrawn && saying && fact?.item === item ? [{ number, entry: saying, fact }] : [];
  }).sort((a, b) => Date.parse(a.fact.happened_at) - Date.parse(b.fact.happened_at) || a.number - b.number);
  return given.at(-1) ?? null;
}

/** What stands in the fields of an item's form at first. @param {LogEntry[]} entries @param {string} item @returns {Record<string, string>} */
export function lastDetail(entries, item) {
  const fact = lastGiven(entries, item)?.fact;
  return Object.fromEntries(FIELDS.flatMap((name) => (typeof fact?.[name] === 'string' ? [[name, String(fact[name])]] : [])));
}

/** What was given, in one line. @param {NewFact} fact */
export const detailSaid = (fact) => FIELDS.flatMap((name) => (typeof fact[name] === 'string' && fact[name] ? [String(fact[name])] : [])).join(' ');
