/** A draft as it is worked on: a layer, a record chosen or drawn, its form, and the steps so far. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { boxOf, canRedo, canUndo } from '../../editing/state.js';
import { keepingFocus } from '../imports/redraw.js';
import { mountFinder } from './finder.js';
import { mountForm } from './form.js';
import { refusedNote } from './notes.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../editing').EditingState} EditingState */

const LONGEST_NAME = 60;
/** Degrees; about 300 m. */
const SMALL = 0.003;
/** Parts of the draft that its head and its list of steps are drawn from. @type {(keyof EditingState)[]} */
const OF_THE_DRAFT = ['draft', 'saving', 'refused', 'adding', 'record', 'task', 'layer'];

/** @param {import('../context').PageContext} context */
export function mountWork(context) {
  const { words: { t, titleOf }, catalog, editing, store } = context;
  const head = head_();
  const layer = h('select', { id: 'edit-layer' }, ...catalog.layers.map(({ key, title }) => h('option', { value: key }, titleOf(title))));
  const add = h('button', { type: 'button', class: 'secondary-button', 'data-edit-add': '' }, sign('plus'), h('span', {}, t('editing.add')));
  const finder = mountFinder(context, { id: 'edit-find', placeholder: t('editing.find'), layer: () => store.get().editing.layer, onChosen: (id) => {
    void editing.look(store.get().editing.layer, id).then(() => showPlace(context));
  } });
  const refused = h('div', {});
  const stale = staleNote(context);
  const form = mountForm(context);
  const empty = h('p', { class: 'facts edit-empty' }, t('editing.empty'));
  const steps = h('div', { class: 'edit-steps' });
  const review = h('button', { type: 'button', class: 'primary-button', 'data-edit-review': '' });
  const element = h('div', { class: 'edit-work', hidden: true }, head.element,
    h('div', { class: 'edit-choose' }, h('div', { class: 'form-field' }, h('label', { htmlFor: layer.id }, t('editing.layer')), layer), add), finder.element,
    stale, refused, empty, form.element, steps, h('div', { class: 'siting-foot' }, review));
  layer.addEventListener('change', () => editing.choose(layer.value));
  add.addEventListener('click', () => editing.draw());
  review.addEventListener('click', () => void editing.review());

  function head_() {
    const name = h('h3', { class: 'import-title' });
    const other = h('input', { type: 'text', class: 'edit-name', maxLength: LONGEST_NAME, autocomplete: 'off', hidden: true, 'aria-label': t('editing.rename') });
    const rename = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('editing.rename'), title: t('editing.rename'), 'data-edit-rename': '' }, sign('pen'));
    const back = h('button', { type: 'button', class: 'text-button import-back' }, sign('left'), t('editing.all'));
    const saved = h('span', { class: 'facts edit-saved', role: 'status' });
    const undo = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('editing.undo'), title: t('editing.undo'), 'data-edit-undo': '' }, sign('undo'));
    const redo = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('editing.redo'), title: t('editing.redo'), 'data-edit-redo': '' }, sign('redo'));
    back.addEventListener('click', () => editing.close());
    /** @param {boolean} writing */
    const setWriting = (writing) => {
      other.hidden = !writing;
      name.hidden = rename.hidden = writing;
    };
    rename.addEventListener('click', () => {
      other.value = name.textContent ?? '';
      setWriting(true);
      other.select();
    });
    other.addEventListener('blur', () => setWriting(false));
    other.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.stopPropagation();
      if (event.key === 'Enter' && other.value.trim() && other.value.trim() !== name.textContent) void editing.rename(other.value.trim());
      setWriting(false);
      rename.focus();
    });
    undo.addEventListener('click', () => void editing.undo());
    redo.addEventListener('click', () => void editing.redo());
    const bar = h('div', { class: 'import-head edit-head' }, back, name, other, rename, saved, undo, redo);
    return {
      element: bar,
      /** @param {EditingState} state */
      render({ draft, saving }) {
        name.textContent = draft?.name ?? '';
        saved.textContent = saving ? t('editing.saving') : draft && draft.total ? t('editing.saved') : '';
        undo.disabled = !canUndo(draft);
        redo.disabled = !canRedo(draft);
      },
    };
  }

  /** @param {EditingState} state */
  function drawSteps({ draft, saving }) {
    if (!draft?.total) return replaceChildren(steps);
    const rows = draft.steps.map(({ title }, number) => {
      const undone = number >= draft.length;
      const drop = h('button', { type: 'button', class: 'icon-button', id: `edit-drop-${number}`, disabled: saving, 'aria-label': t('editing.drop', { step: title }), title: t('editing.drop', { step: title }) }, sign('close'));
      drop.addEventListener('click', () => void editing.drop(number));
      const wrong = draft.problems.filter(({ operation, severity }) => operation === number && severity === 'error');
      return h('li', { class: `${undone ? 'undone' : ''}${wrong.length ? ' wrong' : ''}` }, h('span', {}, title, undone && h('span', { class: 'facts' }, ` ${t('editing.undone')}`), ...wrong.map(({ message }) => h('span', { class: 'field-error' }, message))), !undone && drop);
    });
    const fold = h('details', { class: 'siting-fold', 'data-fold': 'steps', open: draft.problems.some(({ operation }) => operation !== null) }, h('summary', {}, t('editing.steps', { count: draft.length })), h('ol', {}, ...rows));
    return replaceChildren(steps, fold);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const now = state.editing;
    const changed = !before || OF_THE_DRAFT.some((key) => now[key] !== before.editing[key]);
    form.render(state);
    finder.render(state);
    if (!changed) return;
    head.render(now);
    stale.hidden = !now.draft || now.draft.data_version === catalog.data_version;
    if (layer.value !== now.layer || now.layer !== before?.editing.layer) finder.input.value = '';
    layer.value = now.layer;
    add.setAttribute('aria-pressed', String(now.task.kind === 'draw'));
    // What is wrong with a field is said beside it.
    replaceChildren(refused, now.refused && !form.tells(now.refused) && refusedNote(context, now.refused));
    empty.hidden = now.record !== null || now.adding !== null;
    keepingFocus(steps, () => drawSteps(now));
    const count = now.draft?.changes.length ?? 0;
    review.disabled = now.saving || (count === 0 && !now.draft?.problems.length && !now.draft?.clashes.length);
    review.textContent = count ? t('editing.review', { count: count + (now.draft?.more ?? 0) }) : t('editing.review_none');
  }
  return { element, render };
}

/** That the map shows other data than those that are edited. @param {import('../context').PageContext} context */
function staleNote({ words: { t }, loadData }) {
  const load = h('button', { type: 'button', class: 'secondary-button' }, t('editing.load_present'));
  load.addEventListener('click', () => loadData(null));
  return h('div', { class: 'import-note', role: 'status', hidden: true }, h('div', {}, h('p', {}, t('editing.other_data')), load));
}

/** Brings the record that was found into view. @param {import('../context').PageContext} context */
export function showPlace({ store, fitBox, goTo }) {
  const { record } = store.get().editing;
  const box = record && boxOf([{ before: null, after: record.geometry }]);
  if (!box) return;
  const [west, south, east, north] = box;
  // What is small is looked at from as near as the map is now.
  if (Math.max(east - west, north - south) < SMALL) goTo([(west + east) / 2, (south + north) / 2]);
  else fitBox(box);
}
