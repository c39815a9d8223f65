/** At which field of the form it is said what the server finds wrong. Pure. */

/** @typedef {import('../types').Problem} Problem */

/**
 * @param {string[]} known fields that the form has, as the server names them: `question.sites`, `candidates`
 * @param {string} field as the server names it: `candidates.points[0].point`
 * @returns {string | null} the nearest field that has it, null where the form has none
 */
export function fieldFor(known, field) {
  const plain = field.replace(/^study\./, '').replace(/\[\d+\]/g, '');
  const parts = plain.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const candidate = parts.slice(0, length).join('.');
    if (known.includes(candidate)) return candidate;
  }
  // A field of a part that is told as a whole: the first that belongs to it.
  return known.find((one) => one.startsWith(`${parts[0]}.`)) ?? null;
}

/**
 * @param {string[]} known @param {Problem[]} problems
 * @returns {{beside: Map<string, Problem[]>, rest: Problem[]}} problems by the field where they are told
 */
export function sortProblems(known, problems) {
  /** @type {Map<string, Problem[]>} */
  const beside = new Map();
  /** @type {Problem[]} */
  const rest = [];
  for (const problem of problems) {
    const field = fieldFor(known, problem.field);
    if (field) beside.set(field, [...(beside.get(field) ?? []), problem]);
    else rest.push(problem);
  }
  return { beside, rest };
}
