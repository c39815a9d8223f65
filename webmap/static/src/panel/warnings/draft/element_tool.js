/** One element of the networks, by name or on the map: a strip along it, or the ground that would lose supply without it. */

import { h, replaceChildren } from '../../../element.js';
import { placeCombobox } from '../../log/record/combobox.js';
import { createPlaceNames } from '../../place_names.js';
import { WIDEST_M } from './parts.js';

const USUAL_M = 300;

/** @param {import('./section.js').Form} form @param {import('./area_tools.js').AreaToolbox} tools @param {'strip' | 'element'} kind */
export function elementTool(form, tools, kind) {
  const { context } = form;
  const { t } = context.words;
  const places = createPlaceNames(context);
  /** @type {import('../../place_names.js').Entry | null} */
  let chosen = null;
  const box = placeCombobox(context, places.elements, { label: t(`draft.tool.${kind}`), onChoose: (entry) => {
    chosen = entry;
    render();
  } });
  box.input.setAttribute('aria-label', t('draft.element'));
  const metres = h('input', { type: 'text', inputMode: 'numeric', value: String(USUAL_M), id: 'draft-strip-m', autocomplete: 'off' });
  const onMap = h('button', { type: 'button', class: 'secondary-button', 'data-draft-map': 'element' });
  const add = h('button', { type: 'button', class: 'primary-button', 'data-draft-add': kind });
  const wrong = h('p', { class: 'field-error', role: 'alert', hidden: true });
  const element = h('div', { class: 'draft-tool', 'data-draft-panel': kind },
    h('div', { class: 'draft-pick' }, box.element, onMap),
    h('div', { class: 'field-row' }, kind === 'strip' && h('label', { htmlFor: metres.id }, t('draft.strip_within')), kind === 'strip' && metres, kind === 'strip' && h('span', {}, t('metres')), add),
    wrong, h('p', { class: 'facts' }, t(`draft.tool.${kind}.about`)));

  onMap.addEventListener('click', () => tools.onMap({ mode: 'element', onPick }));
  metres.addEventListener('input', () => tell(''));
  add.addEventListener('click', addPart);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || !chosen) return;
    event.preventDefault();
    addPart();
  });

  /** @param {import('../../../types').PlaceRef} ref */
  function onPick(ref) {
    if (!['node', 'line', 'facility'].includes(ref.kind)) return;
    const entry = places.elements().find((one) => one.ref.id === ref.id) ?? { ref, name: context.actions.nameOf(ref.id), about: '', rank: 0 };
    box.choose(entry);
    context.store.update({ mode: 'none' });
    add.focus();
  }

  /** @param {string} text */
  function tell(text) {
    wrong.hidden = !text;
    wrong.textContent = text;
  }

  function addPart() {
    if (!chosen) {
      tell(t('draft.element_missing'));
      return box.input.focus();
    }
    const distance = Number(metres.value.trim());
    if (kind === 'strip' && !(distance > 0 && distance <= WIDEST_M)) {
      tell(t('draft.strip_wrong', { most: WIDEST_M / 1000 }));
      return metres.focus();
    }
    const operation = tools.operation();
    const { ref: { id }, name } = chosen;
    if (kind === 'strip') tools.add({ kind, element: id, distance_m: distance, operation }, t('draft.done.strip', { name, metres: distance }));
    else tools.add({ kind, element: id, operation }, t('draft.done.element', { name }));
    box.choose(null);
    box.input.value = '';
    tell('');
    return box.input.focus();
  }

  function render() {
    const picking = context.store.get().mode === 'element' && context.mapTask.current?.mode === 'element';
    onMap.setAttribute('aria-pressed', String(picking));
    replaceChildren(onMap, t(picking ? 'draft.map_stop' : 'draft.map_pick'));
    replaceChildren(add, t(tools.operation() === 'plus' ? 'draft.add' : 'draft.take_out'));
  }
  return { element, render, begin: () => box.input.focus() };
}
