/** What can be recorded: the kinds of entry in the order of the form, and the fields of each. Pure. */

/**
 * @typedef {object} Field
 * @property {string} name as the server has it
 * @property {'text' | 'line' | 'celsius' | 'item' | 'place' | 'townships' | 'networks' | 'figure' | 'choice' | 'hours' | 'unit' | 'broken' | 'measure' | 'level'} type
 * @property {boolean} [required]
 * @property {'element' | 'device' | 'facility' | 'road'} [of] which places can be named
 * @property {string[]} [choices]
 * @property {'crews' | 'sources' | 'receivers'} [suggest]
 */

/** @type {Field} */
const TEXT = { name: 'text', type: 'text' };
/** @type {Field} */
const REASON = { name: 'reason', type: 'text' };

/** What is given for reports in words, in the order of the server's list. */
export const DETAIL_ITEMS = [
  'cause', 'category', 'course', 'scope', 'property_loss', 'casualties', 'trend', 'measures', 'secondary_hazards', 'dangers_nearby', 'evacuation',
  'support_needed', 'person_in_charge', 'reporter', 'nature', 'responsibility', 'resources', 'lessons',
];

/** @type {Record<string, Field[]>} */
export const FIELDS = {
  reported: [{ ...TEXT, required: true }, { name: 'source', type: 'line', suggest: 'sources' }, { name: 'place', type: 'line' }],
  fault_located: [{ name: 'element', type: 'place', of: 'element', required: true }, TEXT],
  area_drawn: [{ name: 'townships', type: 'townships' }, { name: 'networks', type: 'networks' }],
  figure_reported: [{ name: 'figure', type: 'figure', required: true }, { name: 'source', type: 'line', suggest: 'sources' }],
  reserve_reported: [
    { name: 'facility', type: 'place', of: 'facility', required: true },
    { name: 'commodity', type: 'choice', choices: ['electricity', 'gas', 'heat', 'water', 'coal'], required: true },
    { name: 'hours', type: 'hours', required: true },
  ],
  device_operated: [
    { name: 'device', type: 'place', of: 'device', required: true },
    { name: 'action', type: 'choice', choices: ['open', 'close'], required: true },
    { name: 'outcome', type: 'choice', choices: ['done', 'stuck'], required: true },
  ],
  unit_placed: [
    { name: 'facility', type: 'place', of: 'facility', required: true },
    { name: 'commodity', type: 'choice', choices: ['electricity', 'heat', 'water'], required: true },
    { name: 'unit', type: 'unit' },
  ],
  temperature_reported: [{ name: 'celsius', type: 'celsius', required: true }, { name: 'station', type: 'line' }],
  // What must be said with an item the server tells: a person's name, or words.
  detail_given: [{ name: 'item', type: 'item', required: true, choices: DETAIL_ITEMS }, TEXT, { name: 'name', type: 'line' }, { name: 'unit', type: 'line' }, { name: 'telephone', type: 'line' }],
  crew_sent: [{ name: 'crew', type: 'line', suggest: 'crews', required: true }, { name: 'element', type: 'place', of: 'element' }, { name: 'task', type: 'text' }],
  repaired: [{ name: 'element', type: 'broken', required: true }],
  road_closed: [{ name: 'road', type: 'place', of: 'road', required: true }, { name: 'closed', type: 'choice', choices: ['true', 'false'], required: true }],
  measure_done: [{ name: 'measure', type: 'measure', required: true }, { name: 'unit', type: 'line' }, TEXT],
  level_recommended: [{ name: 'level', type: 'level' }, TEXT],
  report_sent: [
    { name: 'to', type: 'line', suggest: 'receivers', required: true },
    { name: 'report', type: 'choice', choices: ['first_spoken', 'first_written', 'follow_up', 'answer', 'final'], required: true },
    TEXT,
  ],
  note: [{ ...TEXT, required: true }],
  closed: [{ ...REASON, required: true }],
  // Decisions and warnings are written where they are taken; here they are only corrected, in what they say.
  level_started: [{ name: 'level', type: 'level', required: true }, REASON],
  level_changed: [{ name: 'level', type: 'level', required: true }, REASON],
  level_ended: [REASON],
  priority_ordered: [{ ...REASON, required: true }],
  command_handed_over: [{ name: 'to', type: 'line', suggest: 'receivers', required: true }, { ...REASON, required: true }],
  command_taken_back: [REASON],
  supply_taken_over: [{ ...REASON, required: true }],
  data_adopted: [REASON],
  warning_issued: [{ name: 'scope', type: 'text', required: true }, { ...TEXT, required: true }],
  warning_lifted: [REASON],
};

/** The form's choice of kinds, by what they are about. @type {[string, string[]][]} */
export const KIND_GROUPS = [
  ['situation', ['reported', 'fault_located', 'area_drawn', 'figure_reported', 'reserve_reported', 'temperature_reported']],
  ['response', ['repaired', 'device_operated', 'unit_placed', 'crew_sent', 'road_closed', 'measure_done']],
  ['conduct', ['level_recommended', 'detail_given', 'report_sent', 'note', 'closed']],
];

/** Values of fields that the words of a choice stand for. @type {Record<string, unknown>} */
const MEANT = { true: true, false: false };

/**
 * A fact of what was entered. Empty fields are left out; what `kept` says besides stays (a correction keeps what the
 * form does not show).
 * @param {string} kind @param {string} happenedAt @param {Record<string, unknown>} entered @param {Record<string, unknown>} [kept]
 * @returns {import('../log').NewFact}
 */
export function factOf(kind, happenedAt, entered, kept = {}) {
  /** @type {Record<string, unknown>} */
  const fact = { ...kept, kind, happened_at: happenedAt };
  for (const [name, value] of Object.entries(entered)) {
    const empty = value === '' || value === undefined || (value === null && !NULL_MEANS.has(`${kind}.${name}`));
    if (empty) delete fact[name];
    else fact[name] = typeof value === 'string' && name === 'closed' ? MEANT[value] : value;
  }
  return /** @type {import('../log').NewFact} */ (fact);
}

/** Where nothing is a statement of its own: not known, no level. */
const NULL_MEANS = new Set(['figure_reported.value', 'level_recommended.level']);

/**
 * Problems of an answer by the form's fields.
 * @param {import('../types').Problem[]} problems fields as the server names them: `facts[0].hours`, `replacement.hours`
 * @param {string[]} names of the form
 * @returns {{beside: Map<string, import('../types').Problem[]>, others: import('../types').Problem[]}}
 */
export function sortProblems(problems, names) {
  /** @type {Map<string, import('../types').Problem[]>} */
  const beside = new Map();
  const others = [];
  for (const problem of problems) {
    const path = problem.field.replace(/^facts(\[\d+\]|\.\d+)\.?/, '').replace(/^replacement\./, '');
    const [name] = path.split(/[.[]/);
    if (names.includes(name)) beside.set(name, [...(beside.get(name) ?? []), problem]);
    else others.push(problem);
  }
  return { beside, others };
}
