/** How a file is understood, as a form corrects it. Pure. */

/** @typedef {import('../imports').ImportPlan} ImportPlan */
/** @typedef {import('../imports').SourceTable} SourceTable */
/** @typedef {import('../imports').Guess} Guess */
/** @typedef {import('../types').CatalogLayer} CatalogLayer */
/** @typedef {import('../types').CatalogField} CatalogField */

/** Fields about where the data come from: a person says them once for all rows. */
export const ASKED = ['provenance', 'source'];
/** Ends of lines, which the topology finds where the file does not name them. */
const ENDS = ['from_node', 'to_node'];

/**
 * What a required field is taken for where neither the file nor anybody says it: what says least and does least harm
 * where it is wrong. The command line assumes the same.
 * @type {Record<string, unknown>}
 */
const ASSUMED = { boundary_quality: 'low', restricted: true, in_service: true, normally_open: false, closed: false, required: true };

/** `assumed` is undefined where nothing is taken for granted. @typedef {{field: CatalogField, column: string | null, constant: unknown, missing: boolean, assumed: unknown}} TargetRow */

/**
 * The columns of a layer with what fills each. Those the person is asked apart are left out.
 * @param {ImportPlan} plan @param {CatalogLayer} layer @returns {TargetRow[]}
 */
export function targetRows(plan, layer) {
  return layer.fields.filter(({ name }) => !ASKED.includes(name)).map((field) => {
    const column = plan.mapping[field.name] ?? null;
    const constant = plan.constants[field.name];
    const open = field.required && column === null && isBlank(constant) && !isMade(plan, field.name);
    const assumed = open ? ASSUMED[field.name] : undefined;
    return { field, column, constant, missing: open && assumed === undefined, assumed };
  });
}

/** The plan with what is taken for granted said in it. @param {ImportPlan} plan @param {CatalogLayer} layer @returns {ImportPlan} */
export function withAssumed(plan, layer) {
  const assumed = targetRows(plan, layer).filter((row) => row.assumed !== undefined);
  return assumed.length ? { ...plan, constants: { ...plan.constants, ...Object.fromEntries(assumed.map(({ field, assumed: value }) => [field.name, value])) } } : plan;
}

/** Whether a value is made where the file has none. @param {ImportPlan} plan @param {string} target */
export function isMade(plan, target) {
  return (target === 'id' && plan.id_from === 'made') || (ENDS.includes(target) && plan.topology !== null);
}

/** @param {unknown} value */
export const isBlank = (value) => value === undefined || value === null || value === '';

/** What has to be filled and is not: names of fields, `position` for where a place is. @param {ImportPlan} plan @param {CatalogLayer} layer @param {SourceTable | null} table @returns {string[]} */
export function missingIn(plan, layer, table) {
  const asked = layer.fields.filter(({ name }) => ASKED.includes(name) && isBlank(plan.constants[name]) && !plan.mapping[name]).map(({ name }) => name);
  return [...needsPosition(plan, layer, table) ? ['position'] : [], ...targetRows(plan, layer).filter(({ missing }) => missing).map(({ field }) => field.name), ...asked];
}

/** @param {ImportPlan} plan @param {CatalogLayer} layer @param {SourceTable | null} table */
function needsPosition(plan, layer, table) {
  if (layer.geometry === null || table === null || table.geometry !== null) return false;
  return !plan.wkt && !(plan.x && plan.y);
}

/** Columns of the file that fill nothing. @param {ImportPlan} plan @param {SourceTable} table */
export function unusedColumns(plan, table) {
  const used = new Set([...Object.values(plan.mapping), plan.x, plan.y, plan.wkt]);
  return table.columns.filter((column) => !used.has(column));
}

/** A column fills a field; null empties it. A value for all rows gives way. @param {ImportPlan} plan @param {string} target @param {string | null} column @returns {ImportPlan} */
export function withColumn(plan, target, column) {
  const mapping = without(plan.mapping, target);
  const same = plan.mapping[target] === column;
  const units = same ? plan.units : without(plan.units, target);
  const choices = same ? plan.choices : without(plan.choices, target);
  const constants = column === null ? plan.constants : without(plan.constants, target);
  /** @type {ImportPlan['id_from']} */
  const idFrom = target === 'id' ? (column === null ? 'made' : 'column') : plan.id_from;
  return { ...plan, mapping: column === null ? mapping : { ...mapping, [target]: column }, constants, units, choices, id_from: idFrom };
}

/** A value for all rows; blank for none. A column gives way. @param {ImportPlan} plan @param {string} target @param {unknown} value @returns {ImportPlan} */
export function withConstant(plan, target, value) {
  const constants = without(plan.constants, target);
  return { ...plan, mapping: without(plan.mapping, target), constants: isBlank(value) ? constants : { ...constants, [target]: value } };
}

/** @template T @param {Record<string, T>} record @param {string} key @returns {Record<string, T>} */
function without(record, key) {
  const { [key]: _, ...rest } = record;
  return rest;
}

/** A kept plan for a file that is here: what names columns that the file does not have falls away. @param {ImportPlan} kept @param {ImportPlan} plan of this file @param {SourceTable} table @returns {{plan: ImportPlan, lost: string[]}} */
export function withKept(kept, plan, table) {
  const there = new Set(table.columns);
  const lost = Object.values(kept.mapping).filter((column) => !there.has(column));
  const mapping = Object.fromEntries(Object.entries(kept.mapping).filter(([, column]) => there.has(column)));
  /** @param {string | null} column */
  const column = (column) => (column !== null && there.has(column) ? column : null);
  return { plan: { ...kept, table: plan.table, encoding: plan.encoding, mapping, x: column(kept.x), y: column(kept.y), wkt: column(kept.wkt) }, lost };
}

/** @param {ImportPlan} one @param {ImportPlan} other */
export const samePlan = (one, other) => canonical(one) === canonical(other);

/** @param {unknown} value @returns {string} */
function canonical(value) {
  return JSON.stringify(value, (_, part) => (part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));
}

/** The table that a plan reads. @param {import('../imports').ImportSource | null | undefined} source @param {ImportPlan} plan @returns {SourceTable | null} */
export const tableOf = (source, plan) => source?.tables.find(({ name }) => name === plan.table) ?? null;

/** Values as a person reads them, the first few. @param {unknown[] | undefined} values @param {string} comma */
export function sampleText(values, comma) {
  const shown = (values ?? []).filter((value) => !isBlank(value)).slice(0, 3).map((value) => shortened(String(value)));
  return shown.join(comma);
}

/** @param {string} text */
const shortened = (text) => (text.length > 18 ? `${text.slice(0, 17)}…` : text);

/** Units in which offices write amounts, by the catalogue's own. @type {Record<string, string[]>} */
const UNITS = {
  kW: ['kW', 'W', 'MW', '万千瓦'], kV: ['kV', 'V'], mm: ['mm', 'cm', 'm'], 'm³/h': ['m³/h', 'm³/d', '万m³/d', 'L/s'], h: ['h', 'min', 'd'],
  'km/h': ['km/h', 'm/s'], 't/d': ['t/d', 't/h', '万吨/年'], t: ['t', 'kg', '万吨'], yuan: ['元', '万元', '亿元'],
};

/** The units that a column of the file may be in. @param {CatalogField} field @param {string | undefined} chosen @returns {string[]} empty for what has none */
export function unitsOf({ unit }, chosen) {
  const offered = (unit ?? '').split('|').map((part) => part.trim()).filter(Boolean).flatMap((part) => UNITS[part] ?? [part]);
  return chosen && !offered.includes(chosen) && offered.length ? [chosen, ...offered] : offered;
}

/** Words that a person may be asked about; a column of more is no closed one. */
const MOST_WORDS = 20;

/** Words of a column with what they were said to mean; null where the product's own reading counts. @param {ImportPlan} plan @param {string} target @param {unknown[] | undefined} samples @returns {{word: string, key: string | null}[]} */
export function wordsOf(plan, target, samples) {
  const said = plan.choices[target] ?? {};
  const words = new Set([...Object.keys(said), ...(samples ?? []).filter((value) => !isBlank(value)).map(String)]);
  return [...words].slice(0, MOST_WORDS).map((word) => ({ word, key: said[word] ?? null }));
}

/** @param {ImportPlan} plan @param {string} target @param {string} word @param {string | null} key null leaves it to the product @returns {ImportPlan} */
export function withWord(plan, target, word, key) {
  const said = { ...without(plan.choices[target] ?? {}, word), ...(key === null ? {} : { [word]: key }) };
  const choices = without(plan.choices, target);
  return { ...plan, choices: Object.keys(said).length ? { ...choices, [target]: said } : choices };
}
