/** What people write into a form, and the values of a record. Pure. */

/** @typedef {import('../types').CatalogField} CatalogField */
/** @typedef {import('../editing').Value} Value */
/** @typedef {import('../editing').Values} Values */

/** A value as it stands in its field of the form; unknown is empty. @param {Value | undefined} value */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  return String(value);
}

/**
 * What stands in a field of the form as a value. A text that is no number stays a text, so that the server tells what is wrong with it.
 * @param {CatalogField} field @param {string} text @returns {Value}
 */
export function valueOf(field, text) {
  const plain = text.trim();
  if (plain === '') return null;
  if (field.kind === 'boolean') return plain === 'true';
  if (field.kind !== 'integer' && field.kind !== 'number') return plain;
  // Figures as offices write them: full-width digits, thousands set apart.
  const figures = plain.replace(/[０-９．－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/[,，\s]/g, '');
  const number = Number(figures);
  return Number.isFinite(number) ? number : plain;
}

/** What differs from a record. @param {CatalogField[]} fields @param {Values} before @param {Record<string, string>} texts by field @returns {Values} */
export function differing(fields, before, texts) {
  /** @type {Values} */
  const found = {};
  for (const field of fields) {
    if (!(field.name in texts)) continue;
    const value = valueOf(field, texts[field.name]);
    if (value !== (before[field.name] ?? null)) found[field.name] = value;
  }
  return found;
}

/** What a form must have and has not. @param {CatalogField[]} fields @param {Record<string, string>} texts @param {string[]} made fields that are filled in by themselves @returns {string[]} names of fields */
export function lacking(fields, texts, made = []) {
  return fields.filter(({ name, required }) => required && !made.includes(name) && !(texts[name] ?? '').trim()).map(({ name }) => name);
}

/** Where a new record begins: in service, not normally open, as the last one came about. @param {CatalogField[]} fields @param {Values} [known] @returns {Values} */
export function beginning(fields, known = {}) {
  /** @type {Values} */
  const values = {};
  for (const { name, kind, required, values: choices } of fields) {
    // What another layer calls by the same name may be no choice here.
    const fits = name in known && (!choices.length || choices.some(({ key }) => key === known[name]));
    if (fits) values[name] = known[name];
    else if (kind === 'boolean' && required) values[name] = name === 'in_service' || name === 'required';
    else values[name] = null;
  }
  return values;
}

/** What of a record is taken over by the next one that is added. @param {Values} values @returns {Values} */
export function handedOn(values) {
  const kept = ['provenance', 'source', 'network', 'kind', 'category', 'voltage_kv', 'diameter_mm'];
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => kept.includes(name) && value !== null));
}

/**
 * Records whose name or id holds what was written, those that begin with it first.
 * @param {Iterable<import('../types').Feature>} features @param {string} text @param {number} most
 * @param {(feature: import('../types').Feature) => string} [also] what else a record is known by, as a need by its place
 * @returns {import('../types').Feature[]}
 */
export function searched(features, text, most, also = () => '') {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  /** @type {import('../types').Feature[][]} */
  const found = [[], []];
  for (const feature of features) {
    const [name, id] = [String(feature.properties.name ?? '').toLowerCase(), String(feature.properties.id).toLowerCase()];
    if (name.startsWith(wanted) || id.startsWith(wanted)) found[0].push(feature);
    else if (found[1].length < most && (name.includes(wanted) || id.includes(wanted) || also(feature).toLowerCase().includes(wanted))) found[1].push(feature);
    if (found[0].length >= most) break;
  }
  return [...found[0], ...found[1]].slice(0, most);
}
