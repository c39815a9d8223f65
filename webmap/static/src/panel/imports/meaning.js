/** What the file is: which layer, which of its tables, how its letters are written, in which coordinates. */

import { h } from '../../element.js';
import { datumChoices, readDatum } from '../../imports/datum.js';
import { sampleText } from '../../imports/plan.js';
import { choice } from './choice.js';
import { importWords } from './words.js';

/** @typedef {import('./recognised.js').FormOf} FormOf */

const ENCODINGS = ['utf-8', 'gb18030', 'big5'];
const OTHER = 'other';

/** @param {import('../context').PageContext} context */
export function meaningSection(context) {
  const { words: { t, titleOf }, catalog, imports } = context;
  const say = importWords(context);
  const [west, , east] = catalog.bounds;
  let naming = false;

  /** @param {FormOf} of */
  function layerChoice({ document, plan }) {
    return choice({
      id: 'import-layer', label: t('imports.layer'), value: plan.layer, options: catalog.layers.map(({ key, title }) => ({ value: key, label: titleOf(title) })),
      onChange: (layer) => void imports.inspect({ layer, table: plan.table }), about: [say.because(document.guess, 'layer')],
    });
  }

  /** @param {FormOf} of */
  function tableChoice({ document, plan }) {
    const tables = document.source?.tables ?? [];
    if (tables.length < 2) return null;
    return choice({
      id: 'import-table', label: t('imports.table'), value: plan.table,
      options: tables.map(({ name, rows }) => ({ value: name, label: rows === null ? name : t('imports.table_rows', { name, rows: say.number(rows) }) })),
      onChange: (table) => void imports.inspect({ table }), about: [say.because(document.guess, 'table')],
    });
  }

  /** The letters are right where these can be read. @param {FormOf} of */
  function encodingChoice({ document, plan, table }) {
    const { source } = document;
    if (!source?.encoding) return null;
    const names = plan.mapping.name ?? table?.columns.find((column) => table.samples[column]?.some((value) => /[^\u0000-\u007f]/.test(String(value))));
    const readable = names ? sampleText(table?.samples[names], t('list_comma')) : '';
    const options = [...new Set([source.encoding, ...(source.encodings ?? []), ...ENCODINGS].map((name) => name.toLowerCase()))];
    return choice({
      id: 'import-encoding', label: t('imports.encoding'), value: source.encoding.toLowerCase(), options: options.map((value) => ({ value, label: value.toUpperCase() })),
      onChange: (encoding) => void imports.inspect({ layer: plan.layer, table: plan.table, encoding }),
      about: [say.because(document.guess, 'encoding'), readable && t('imports.readable', { names: readable })],
    });
  }

  /** @param {FormOf} of */
  function datumChoice({ document, plan, layer, correct }) {
    if (!layer.geometry) return null;
    const others = (document.guess?.alternatives?.datum ?? []).map((other) => (typeof other === 'string' ? other : other.value));
    const first = [plan.datum, document.guess?.plan.datum, ...others].filter((value) => typeof value === 'string');
    const options = datumChoices(first, (west + east) / 2).map(({ value }) => ({ value, label: say.datum(value) }));
    const unsure = plan.datum === null;
    const field = choice({
      id: 'import-datum', label: t('imports.datum'), value: naming ? OTHER : plan.datum, options: [...(unsure ? [{ value: '', label: t('imports.datum_open') }] : []), ...options, { value: OTHER, label: t('imports.datum_other') }],
      onChange: (value) => {
        naming = value === OTHER;
        correct(naming ? { ...plan } : { ...plan, datum: value || null });
      },
      about: [plan.datum === (document.guess?.plan.datum ?? null) ? say.because(document.guess, 'datum') : t('imports.datum_corrected')],
    });
    if (naming) field.append(codeField(plan, correct));
    return h('div', { class: 'import-datum' }, field, swapField(plan, correct));
  }

  /** @param {import('../../imports').ImportPlan} plan @param {FormOf['correct']} correct */
  function codeField(plan, correct) {
    const input = h('input', { type: 'text', id: 'import-datum-code', 'aria-label': t('imports.datum_code'), placeholder: 'EPSG:4547', autocomplete: 'off' });
    input.addEventListener('change', () => {
      const value = readDatum(input.value);
      input.setAttribute('aria-invalid', String(value === null));
      if (value === null) return;
      naming = false;
      correct({ ...plan, datum: value });
    });
    return input;
  }

  /** @param {import('../../imports').ImportPlan} plan @param {FormOf['correct']} correct */
  function swapField(plan, correct) {
    if (!plan.swap_axes) return null;
    const box = h('input', { type: 'checkbox', id: 'import-swap', checked: plan.swap_axes });
    box.addEventListener('change', () => correct({ ...plan, swap_axes: box.checked }));
    return h('label', { class: 'check-row' }, box, h('span', {}, t('imports.swap_axes')));
  }

  return {
    /** @param {FormOf} of */
    draw: (of) => h('section', { class: 'siting-section' }, h('h4', {}, t('imports.meaning')), layerChoice(of), tableChoice(of), encodingChoice(of), datumChoice(of)),
  };
}
