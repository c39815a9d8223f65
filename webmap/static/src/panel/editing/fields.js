/** A field of a record's form, made of what the catalogue says of the column: choices, units, yes or no, other records. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { nameOf } from '../../editing/names.js';
import { textOf } from '../../editing/values.js';
import { formField } from '../form_field.js';
import { mountFinder } from './finder.js';

/** @typedef {import('../../types').CatalogField} CatalogField */
/** @typedef {import('../form_field.js').FormField & {text: () => string, set: (text: string) => void}} RecordField */

/**
 * @param {import('../context').PageContext} context
 * @param {string} layer @param {CatalogField} field @param {import('../../editing').Value} value
 * @param {{needed: boolean, hint?: string, onChange: () => void, network?: () => string | null}} about
 * @returns {RecordField}
 */
export function recordField(context, layer, field, value, about) {
  const { words: { t, titleOf } } = context;
  const id = `edit-${layer}-${field.name}`;
  const label = `${titleOf(field.title)}${field.unit ? t('editing.unit', { unit: field.unit }) : ''}`;
  const optional = about.needed ? undefined : t('imports.optional');
  if (field.references) return referenceField(context, id, label, { ...about, optional, target: field.references, field: field.name, value: textOf(value) });
  const control = controlOf(context, field, textOf(value), about.needed);
  control.addEventListener('input', about.onChange);
  control.addEventListener('change', about.onChange);
  const made = formField(id, label, control, { optional, hint: about.hint });
  return { ...made, text: () => control.value, set: (text) => { control.value = text; } };
}

/** @param {import('../context').PageContext} context @param {CatalogField} field @param {string} text @param {boolean} needed */
function controlOf({ words: { t, titleOf } }, field, text, needed) {
  if (field.kind === 'boolean') {
    const select = h('select', {}, ...(needed && text ? [] : [h('option', { value: '' }, '')]), h('option', { value: 'true' }, t('yes')), h('option', { value: 'false' }, t('no')));
    select.value = text;
    return select;
  }
  if (field.values.length) {
    const select = h('select', {}, h('option', { value: '' }, needed ? t('editing.choose') : ''), ...field.values.map(({ key, title }) => h('option', { value: key }, titleOf(title))));
    select.value = text;
    return select;
  }
  const figures = field.kind === 'integer' ? 'numeric' : field.kind === 'number' ? 'decimal' : undefined;
  return h('input', { type: 'text', value: text, autocomplete: 'off', ...(figures ? { inputMode: figures, class: 'edit-figure' } : {}) });
}

/**
 * @param {import('../context').PageContext} context @param {string} id @param {string} label
 * @param {{optional?: string, hint?: string, target: string, field: string, value: string, onChange: () => void, network?: () => string | null}} about
 * @returns {RecordField}
 */
function referenceField(context, id, label, { optional, hint, target, field, value, onChange, network = () => null }) {
  const { words: { t }, data, store, editing, catalog } = context;
  let chosen = value;
  const shown = h('span', { class: 'edit-referred' });
  const clear = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('editing.clear', { field: label }), title: t('editing.clear', { field: label }) }, sign('close'));
  const finder = mountFinder(context, {
    id: `${id}-find`, placeholder: t('editing.find_reference'), layer: () => target, onChosen: (found) => set(found),
    takes: ({ properties }) => target !== 'network_nodes' || !network() || properties.network === network(),
  });
  const hasPlace = catalog.layers.find(({ key }) => key === target)?.geometry;
  const onMap = h('button', { type: 'button', class: 'text-button', 'data-edit-refer': field }, sign('pin'), t('editing.on_map'));
  const other = h('button', { type: 'button', class: 'text-button', 'aria-expanded': 'false' }, t('editing.other'));
  const looking = h('div', { class: 'edit-reference-row' }, finder.element, hasPlace && onMap);
  const control = h('div', { class: 'edit-reference', role: 'group', 'aria-label': label }, h('div', { class: 'edit-referred-row' }, shown, other, clear), looking);
  other.addEventListener('click', () => {
    setLooking(looking.hidden);
    if (!looking.hidden) finder.input.focus();
  });
  clear.addEventListener('click', () => {
    set('');
    finder.input.focus();
  });
  onMap.addEventListener('click', () => editing.task({ kind: 'refer', field, layer: target }));

  /** @param {boolean} open */
  function setLooking(open) {
    looking.hidden = !open;
    other.setAttribute('aria-expanded', String(open));
  }

  /** @param {string} text */
  function show(text) {
    chosen = text;
    setLooking(!text);
    other.hidden = !text;
    replaceChildren(shown, ...(text ? [h('strong', {}, nameOf(data, store.get().editing.draft, target, text)), h('span', { class: 'facts' }, ` ${text}`)] : [h('span', { class: 'facts' }, t('editing.nothing'))]));
    clear.hidden = !text;
  }
  /** @param {string} text */
  function set(text) {
    show(text);
    onChange();
  }
  show(value);
  const made = formField(id, label, control, { optional, hint });
  /** @type {HTMLLabelElement | null} */ (made.element.querySelector('label'))?.setAttribute('for', finder.input.id);
  return { ...made, text: () => chosen, set };
}
