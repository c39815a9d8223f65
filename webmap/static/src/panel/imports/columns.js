/** Which column of the file fills which column of the layer, and what is the same for all rows. */

import { h } from '../../element.js';
import { ASKED, isMade, missingIn, sampleText, targetRows, unitsOf, unusedColumns, withColumn, withConstant } from '../../imports/plan.js';
import { wordChoices } from './word_choices.js';
import { importWords } from './words.js';

/** @typedef {import('./recognised.js').FormOf} FormOf */
/** @typedef {import('../../imports/plan.js').TargetRow} TargetRow */
/** @typedef {import('../../types').CatalogField} CatalogField */

/** In a choice of columns: the same value for all rows, nothing at all, or what is made. */
const SAME = '=';
const NONE = '';

/** @param {import('../context').PageContext} context */
export function columnsSection(context) {
  const { words: { t, titleOf } } = context;
  const say = importWords(context);
  const meanings = wordChoices(context);
  /** Fields for which a value is being written that has not been said yet. @type {Set<string>} */
  const writing = new Set();
  let drawn = '';

  /** @param {CatalogField} field @param {unknown} value @param {string} id @param {(value: unknown) => void} onChange */
  function valueControl({ kind, values, title }, value, id, onChange) {
    const label = t('imports.same_value', { field: titleOf(title) });
    if (kind === 'boolean' || values.length) {
      const options = kind === 'boolean' ? [['true', t('imports.yes')], ['false', t('imports.no')]] : values.map((one) => [one.key, titleOf(one.title)]);
      const select = h('select', { id, 'aria-label': label }, h('option', { value: '' }, t('imports.choose_value')), ...options.map(([key, text]) => h('option', { value: key, selected: String(value ?? '') === key }, text)));
      select.addEventListener('change', () => onChange(kind === 'boolean' && select.value ? select.value === 'true' : select.value));
      return select;
    }
    const input = h('input', { type: 'text', id, 'aria-label': label, value: String(value ?? ''), autocomplete: 'off', ...(kind === 'text' ? {} : { inputMode: 'decimal' }) });
    input.addEventListener('change', () => {
      const number = Number(input.value);
      const wrong = kind !== 'text' && input.value !== '' && Number.isNaN(number);
      input.setAttribute('aria-invalid', String(wrong));
      if (!wrong) onChange(kind === 'text' || input.value === '' ? input.value.trim() : number);
    });
    return input;
  }

  /** @param {CatalogField} field @param {unknown} value */
  const valueTitle = ({ values }, value) => (typeof value === 'boolean' ? t(value ? 'imports.yes' : 'imports.no') : titleOf(values.find(({ key }) => key === value)?.title) || String(value));

  /** @param {FormOf} of @param {TargetRow} row */
  function columnChoice({ plan, table, correct }, { field, column, constant, assumed }) {
    const id = `import-column-${field.name}`;
    const fixed = column === null && (constant !== undefined || writing.has(field.name));
    const nothing = assumed !== undefined ? t('imports.assumed', { value: valueTitle(field, assumed) }) : isMade(plan, field.name) ? t(field.name === 'id' ? 'imports.made_id' : 'imports.made_end') : t(field.name === 'id' ? 'imports.made_id' : 'imports.nothing');
    const select = h('select', { id, 'aria-describedby': `${id}-about` },
      h('option', { value: NONE, selected: column === null && !fixed }, nothing),
      ...(table?.columns ?? []).map((name) => h('option', { value: `c${name}`, selected: name === column }, name)),
      ...(column !== null && !table?.columns.includes(column) ? [h('option', { value: `c${column}`, selected: true }, column)] : []),
      field.name !== 'id' && h('option', { value: SAME, selected: fixed }, t('imports.same')));
    select.addEventListener('change', () => {
      writing.delete(field.name);
      if (select.value === SAME) {
        writing.add(field.name);
        correct(withColumn({ ...plan }, field.name, null));
        document.getElementById(`${id}-value`)?.focus();
      } else correct(withColumn(withConstant(plan, field.name, undefined), field.name, select.value === NONE ? null : select.value.slice(1)));
    });
    const value = fixed && valueControl(field, constant, `${id}-value`, (said) => {
      writing.delete(field.name);
      correct(withConstant(plan, field.name, said));
    });
    return [select, value];
  }

  /** @param {FormOf} of @param {TargetRow} row */
  function unitChoice({ plan, correct }, { field, column }) {
    const units = column === null ? [] : unitsOf(field, plan.units[field.name]);
    if (units.length < 2) return null;
    const select = h('select', { id: `import-unit-${field.name}`, class: 'import-unit', 'aria-label': t('imports.unit', { field: titleOf(field.title) }) },
      h('option', { value: '', selected: !plan.units[field.name] }, t('imports.unit_usual', { unit: units[0] })), ...units.slice(1).map((unit) => h('option', { value: unit, selected: plan.units[field.name] === unit }, unit)));
    select.addEventListener('change', () => {
      const { [field.name]: _, ...rest } = plan.units;
      correct({ ...plan, units: select.value ? { ...rest, [field.name]: select.value } : rest });
    });
    return select;
  }

  /** @param {FormOf} of @param {TargetRow} row */
  function item(of, row) {
    const { field, column, missing, assumed } = row;
    const id = `import-column-${field.name}`;
    const samples = column === null ? '' : sampleText(of.table?.samples[column], t('list_comma'));
    const guessed = of.document.guess?.plan.mapping[field.name] === column;
    const about = [samples && t('imports.samples', { values: samples }), column !== null && guessed ? say.because(of.document.guess, `mapping.${field.name}`) : ''].filter(Boolean).join(' · ');
    return h('li', { 'data-target': field.name, class: missing ? 'missing' : '' },
      h('label', { htmlFor: id }, titleOf(field.title), field.required && assumed === undefined && h('span', { class: 'required-mark', title: t('imports.required') }, t('imports.required_short'))),
      h('div', { class: 'column-controls' }, ...columnChoice(of, row), unitChoice(of, row)),
      h('p', { class: 'facts', id: `${id}-about` }, about), meanings(of, row));
  }

  /** Where a place is, of a file without geometry. @param {FormOf} of */
  function position(of) {
    const { plan, layer, table, correct } = of;
    if (!layer.geometry || !table || table.geometry !== null) return null;
    /** @param {'x' | 'y' | 'wkt'} part */
    const control = (part) => {
      const id = `import-column-${part}`;
      const select = h('select', { id }, h('option', { value: '' }, t('imports.nothing')), ...table.columns.map((name) => h('option', { value: name, selected: plan[part] === name }, name)));
      select.addEventListener('change', () => correct({ ...plan, [part]: select.value || null }));
      return h('li', {}, h('label', { htmlFor: id }, t(`imports.position.${part}`)), h('div', { class: 'column-controls' }, select), h('p', { class: 'facts' }, plan[part] ? t('imports.samples', { values: sampleText(table.samples[plan[part] ?? ''], t('list_comma')) }) : ''));
    };
    const parts = layer.geometry === 'Point' || plan.x || plan.y ? /** @type {const} */ (['x', 'y', 'wkt']) : /** @type {const} */ (['wkt']);
    return h('ul', { class: 'import-columns' }, ...parts.filter((part) => part !== 'wkt' || !(plan.x && plan.y)).map(control));
  }

  /** @param {FormOf} of */
  function asked(of) {
    const { plan, layer, correct } = of;
    return h('div', { class: 'import-asked' }, ...ASKED.map((name) => {
      const field = layer.fields.find((one) => one.name === name);
      if (!field || plan.mapping[name]) return null;
      const id = `import-constant-${name}`;
      const missing = missingIn(plan, layer, of.table).includes(name);
      return h('div', { class: `form-field${missing ? ' missing' : ''}` }, h('label', { htmlFor: id }, titleOf(field.title), h('span', { class: 'required-mark' }, t('imports.required_short'))),
        valueControl(field, plan.constants[name], id, (said) => correct(withConstant(plan, name, said))), h('p', { class: 'facts' }, t(`imports.asked.${name}`)));
    }));
  }

  /** @param {string} name @param {string} title @param {TargetRow[]} rows @param {FormOf} of */
  function fold(name, title, rows, of) {
    if (!rows.length) return null;
    return h('details', { class: 'siting-fold inner', 'data-fold': name }, h('summary', {}, title), h('ul', { class: 'import-columns' }, ...rows.map((row) => item(of, row))));
  }

  return {
    /** @param {FormOf} of */
    draw(of) {
      if (drawn !== of.document.id) writing.clear();
      drawn = of.document.id;
      const rows = targetRows(of.plan, of.layer);
      const open = rows.filter(({ missing }) => missing);
      const filled = rows.filter(({ missing, column, constant, assumed, field }) => !missing && (column !== null || constant !== undefined || assumed !== undefined || writing.has(field.name) || field.name === 'id'));
      const free = rows.filter((row) => !open.includes(row) && !filled.includes(row));
      const unused = of.table ? unusedColumns(of.plan, of.table) : [];
      return h('section', { class: 'siting-section' }, h('h4', {}, t('imports.columns')), position(of),
        open.length ? h('ul', { class: 'import-columns open' }, ...open.map((row) => item(of, row))) : null,
        h('ul', { class: 'import-columns' }, ...filled.map((row) => item(of, row))),
        fold('free', t('imports.free', { count: free.length }), free, of),
        unused.length ? h('p', { class: 'facts' }, t('imports.unused', { columns: unused.join(t('list_comma')) })) : null,
        asked(of));
    },
  };
}
