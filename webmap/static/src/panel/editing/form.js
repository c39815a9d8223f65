/** The form of the chosen record, or of a new one: every column of the catalogue, and what can be done with it. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { differing, lacking, valueOf } from '../../editing/values.js';
import { problemText } from '../form_field.js';
import { mountDeeds } from './deeds.js';
import { recordField } from './fields.js';
import { placeFields } from './place_fields.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../types').PageError} PageError */
/** @typedef {import('../../editing').EditingState} EditingState */

/** @param {import('../context').PageContext} context */
export function mountForm(context) {
  const { words, words: { t, titleOf }, catalog, editing, store, data } = context;
  const title = h('h4', { tabIndex: -1 });
  const body = h('div', { class: 'edit-fields' });
  const save = h('button', { type: 'submit', class: 'primary-button', 'data-edit-save': '' });
  const leave = h('button', { type: 'button', class: 'secondary-button' }, t('editing.leave'));
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('editing.leave_record'), title: t('editing.leave_record'), 'data-edit-leave': '' }, sign('close'));
  const deeds = mountDeeds(context);
  const foot = h('div', { class: 'field-row edit-save' }, save, leave);
  const element = h('form', { class: 'edit-form', hidden: true, noValidate: true }, h('div', { class: 'edit-form-head' }, title, close), deeds.element, body, foot);
  /** @type {Map<string, import('./fields.js').RecordField>} */
  let fields = new Map();
  /** @type {ReturnType<typeof placeFields> | null} */
  let place = null;
  let shown = '';
  leave.addEventListener('click', () => editing.leave());
  close.addEventListener('click', () => void (store.get().editing.adding ? editing.leave() : editing.finish()));
  // Who goes on to something else has not thrown away what is written here.
  editing.beforeLeaving(change);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void (store.get().editing.adding ? add() : change());
  });

  /** @param {string} key */
  const layerOf = (key) => /** @type {import('../../types').CatalogLayer} */ (catalog.layers.find((layer) => layer.key === key));
  const texts = () => Object.fromEntries([...fields].map(([name, field]) => [name, field.text()]));

  function clear() {
    for (const field of fields.values()) if (field.wrong()) field.tell([]);
    place?.tell([]);
  }

  /** Saves what was written of a record. @returns {Promise<boolean>} false where it was refused */
  async function change() {
    const { record, id } = store.get().editing;
    if (!record || id === null) return true;
    clear();
    const values = differing(layerOf(record.layer).fields, record.values, texts());
    const to = place?.changed() ? place.read() : null;
    if (place?.changed() && !to) {
      place.tell([t('editing.no_place')]);
      return false;
    }
    if (Object.keys(values).length && !(await editing.apply({ op: 'attributes', layer: record.layer, id: record.id, values }))) return false;
    return to ? editing.apply({ op: 'move', layer: record.layer, id: record.id, to }) : true;
  }

  async function add() {
    const { adding } = store.get().editing;
    if (!adding) return;
    clear();
    const layer = layerOf(adding.layer);
    const made = ['id', ...(adding.layer === 'network_lines' && adding.geometry ? ['from_node', 'to_node'] : [])];
    const missing = lacking(layer.fields, texts(), made);
    for (const name of missing) fields.get(name)?.tell([t('editing.needed')]);
    const geometry = geometryOf(adding);
    if (layer.geometry && !geometry) place?.tell([t('editing.no_place')]);
    if (missing.length || (layer.geometry && !geometry)) return void element.querySelector('.refused')?.scrollIntoView({ block: 'nearest' });
    if (geometry && geometry !== adding.geometry) store.update({ editing: { ...store.get().editing, adding: { ...adding, geometry } } });
    await editing.add(Object.fromEntries(layer.fields.map((field) => [field.name, valueOf(field, fields.get(field.name)?.text() ?? '')])));
  }

  /** Where a new record is: as drawn, as written in figures, or straight from node to node. @param {import('../../editing').NewRecord} adding @returns {import('../../types').Geometry | null} */
  function geometryOf(adding) {
    const at = place && (place.changed() || !adding.geometry) ? place.read() : null;
    if (place) return at ? { type: 'Point', coordinates: at } : place.changed() ? null : adding.geometry;
    if (adding.geometry || adding.layer !== 'network_lines') return adding.geometry;
    const ends = ['from_node', 'to_node'].map((name) => data.features('network_nodes').find(({ properties }) => properties.id === fields.get(name)?.text())?.geometry?.coordinates);
    return ends.every(Boolean) ? { type: 'LineString', coordinates: ends } : null;
  }

  /** @param {EditingState} state */
  function draw({ record, adding }) {
    const of = /** @type {NonNullable<typeof record | typeof adding>} */ (record ?? adding);
    const layer = layerOf(of.layer);
    const drawnLine = adding?.layer === 'network_lines' && adding.geometry !== null;
    const madeAtEnd = (/** @type {string} */ name) => drawnLine && (name === 'from_node' || name === 'to_node');
    fields = new Map(layer.fields.filter(({ name }) => adding || name !== 'id').map((field) => [field.name, recordField(context, of.layer, field, of.values[field.name] ?? null, {
      needed: field.required && field.name !== 'id' && !madeAtEnd(field.name),
      hint: field.name === 'id' ? t('editing.id_made') : madeAtEnd(field.name) ? t('editing.node_made') : undefined,
      onChange: () => changed(), network: () => networkOf(),
    })]));
    place = layer.geometry === 'Point' ? placeFields(words, of.geometry, () => changed()) : null;
    const { id, name } = record ?? { id: '', name: t('editing.new', { layer: titleOf(layer.title) }) };
    replaceChildren(title, name, id && h('span', { class: 'facts' }, ` ${id}`));
    replaceChildren(body, ...[...fields.values()].map((field) => field.element), place?.element);
    save.textContent = t(adding ? 'editing.add_it' : 'editing.save');
    if (adding) queueMicrotask(() => /** @type {HTMLElement | undefined} */ (fields.get('name')?.control)?.focus({ preventScroll: false }));
  }

  /** The network of which nodes are offered. */
  function networkOf() {
    return fields.get('network')?.text() || fields.get('commodity')?.text() || null;
  }

  function changed() {
    const { record, saving } = store.get().editing;
    const differs = !record || Object.keys(differing(layerOf(record.layer).fields, record.values, texts())).length > 0 || (place?.changed() ?? false);
    save.disabled = saving || !differs;
    foot.hidden = !differs;
  }

  /** @param {PageError} error */
  const isOfFields = (error) => error.code === 'edit_refused' && error.problems.length > 0 && error.problems.every(({ field }) => fields.has(field) || (field === 'geometry' && place !== null));

  /** @type {PageError | null} */
  let told = null;
  /** @param {EditingState} state */
  function tell({ refused }) {
    if (refused === told) return;
    told = refused;
    if (!refused || !isOfFields(refused)) return;
    for (const problem of refused.problems) (fields.get(problem.field) ?? place)?.tell([problemText(problem, t('sentence_gap'))]);
    element.querySelector('.refused')?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {PageState} state */
  function render({ editing: now }) {
    const { record, adding, referred } = now;
    element.hidden = !record && !adding;
    const identity = record ? JSON.stringify([record.layer, record.id, record.values, record.geometry?.type === 'Point' && record.geometry.coordinates]) : adding ? JSON.stringify(['new', adding.layer, adding.values, adding.corners.length]) : '';
    if (identity !== shown) {
      shown = identity;
      if (identity) draw(now);
    }
    if (!identity) return;
    if (adding) place?.show(adding.geometry);
    if (referred) {
      queueMicrotask(() => {
        fields.get(referred.field)?.set(referred.id);
        editing.referredTaken();
      });
    }
    tell(now);
    changed();
    deeds.render(now);
  }
  return { element, render, tells: isOfFields };
}
