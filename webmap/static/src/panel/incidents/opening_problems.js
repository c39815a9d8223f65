/** Which field of the opening form the server speaks of. */

import { problemText } from '../form_field.js';

/** Fields of the first fact, as the server names them. */
const FIRST_FACT = /^facts[.[]0\]?\.(?:reported\.)?(text|source|place|happened_at)$/;
const LATER_FACT = /^facts[.[](\d+)/;

/**
 * Puts each problem beside its field.
 * @param {import('../../i18n.js').Translator} words
 * @param {import('../../types').PageError} error
 * @param {import('./opening.js').OpeningFields} fields
 * @param {import('./first_facts.js').FirstFacts} facts
 * @returns {string[]} what belongs to no field
 */
export function placeProblems({ t }, { problems }, fields, facts) {
  const own = { plan: fields.planField, name: fields.nameField, drill: fields.kindField };
  const first = { text: fields.textField, source: fields.sourceField, place: fields.placeField, happened_at: fields.whenField };
  /** @type {Map<import('../form_field.js').FormField, string[]>} */
  const beside = new Map();
  /** @type {Map<number, string[]>} */
  const ofFacts = new Map();
  const left = [];
  for (const problem of problems) {
    const said = problemText(problem, t('sentence_gap'));
    const field = own[/** @type {keyof typeof own} */ (problem.field)] ?? first[/** @type {keyof typeof first} */ (FIRST_FACT.exec(problem.field)?.[1])];
    const later = Number(LATER_FACT.exec(problem.field)?.[1] ?? 0);
    if (field) beside.set(field, [...(beside.get(field) ?? []), said]);
    else if (later > 0) ofFacts.set(later - 1, [...(ofFacts.get(later - 1) ?? []), said]);
    else left.push(`${problem.field}: ${said}`);
  }
  for (const [field, texts] of beside) field.tell(texts);
  facts.tell(ofFacts);
  return left;
}
