/** Where new sites could stand: the layer's candidates, places of other use, points clicked on the map. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { readEntry } from '../../../state/figures.js';
import { choiceField } from '../../form_field.js';
import { categoryTicks } from './category_ticks.js';

/** @typedef {import('../../../siting').EnteredPoint} EnteredPoint */

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection} */
export function candidateSection(form) {
  const { context: { words: { t } }, say } = form;
  const layer = h('input', { type: 'checkbox', 'data-siting-layer': '' });
  layer.addEventListener('change', () => form.choose({ layer: layer.checked }));
  const layerTitle = h('span', {});
  const existing = h('input', { type: 'checkbox', 'data-siting-existing': '' });
  existing.addEventListener('change', () => form.choose({ existing: existing.checked }));
  const add = h('button', { type: 'button', class: 'secondary-button', 'data-siting-add-point': '', 'aria-pressed': 'false' }, sign('pin'), h('span', {}, t('siting.add_point')));
  add.addEventListener('click', () => form.onMap({ mode: 'point', onPoint: addPoint }));
  const rows = h('ul', { class: 'siting-points' });
  const field = choiceField('siting-candidates', t('siting.candidates'), [
    h('label', { class: 'check-row' }, layer, layerTitle), h('label', { class: 'check-row' }, existing, h('span', {}, t('siting.existing'))),
    h('div', { class: 'siting-entered' }, add, rows)]);
  const categories = categoryTicks(form, { id: 'siting-candidate-categories', label: t('siting.candidate_categories'), listed: false, chosen: (draft) => draft.candidateCategories, choose: (keys) => form.choose({ candidateCategories: keys }) });
  const others = h('details', { class: 'siting-fold inner' }, h('summary', {}, t('siting.candidate_categories')), categories.element);
  /** @type {EnteredPoint[] | null} */
  let shown = null;

  /** @param {import('../../../types').Position} at */
  function addPoint([lng, lat]) {
    const { points } = form.draft();
    const number = points.reduce((most, { id }) => Math.max(most, Number(/^own-(\d+)$/.exec(id)?.[1] ?? 0)), 0) + 1;
    const point = /** @type {import('../../../types').Position} */ ([lng, lat].map((value) => Math.round(value * 1e6) / 1e6));
    form.choose({ points: [...points, { id: `own-${number}`, name: t('siting.own_point', { number }), point, capacity: null, cost: null }] });
  }

  /** @param {number} index @param {Partial<EnteredPoint> | null} change null takes it out */
  function edit(index, change) {
    const { points } = form.draft();
    const next = change ? points.map((point, at) => (at === index ? { ...point, ...change } : point)) : points.filter((_, at) => at !== index);
    shown = change ? next : null;
    form.choose({ points: next });
  }

  /** @param {EnteredPoint} point @param {number} index */
  function row(point, index) {
    const name = h('input', { type: 'text', value: point.name, maxLength: 100, 'aria-label': t('siting.point_name') });
    name.addEventListener('change', () => edit(index, { name: name.value.trim() || point.name }));
    const remove = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('siting.remove', { name: point.name }) }, sign('close'));
    remove.addEventListener('click', () => edit(index, null));
    return h('li', {}, h('div', { class: 'field-row' }, name, remove),
      h('div', { class: 'field-row' }, amount(point, index, 'capacity', 'count'), amount(point, index, 'cost', 'yuan')));
  }

  /** @param {EnteredPoint} point @param {number} index @param {'capacity' | 'cost'} key @param {'count' | 'yuan'} kind */
  function amount(point, index, key, kind) {
    const input = h('input', { type: 'text', inputMode: 'decimal', class: 'short', value: point[key] === null ? '' : String(point[key]), placeholder: t('unknown') });
    input.addEventListener('change', () => {
      const value = readEntry(kind, input.value);
      const wrong = value !== null && typeof value !== 'number';
      input.setAttribute('aria-invalid', String(wrong));
      if (!wrong) edit(index, { [key]: value });
    });
    return h('label', { class: 'size-field' }, t(`siting.point_${key}`), input);
  }

  return {
    element: h('section', { class: 'siting-section' }, field.element, others),
    fields: { candidates: field, 'candidates.points': field, 'candidates.categories': categories.field, existing: field },
    render(state, draft) {
      layer.checked = draft.layer;
      existing.checked = draft.existing;
      replaceChildren(layerTitle, t('siting.layer', { kind: say.kind(draft.kind) }));
      add.setAttribute('aria-pressed', String(form.picking('point')));
      if (shown !== draft.points) replaceChildren(rows, ...draft.points.map(row));
      shown = draft.points;
      categories.render(state, draft);
    },
  };
}
