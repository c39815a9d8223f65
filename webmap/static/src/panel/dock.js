/** The few tools for marking, and the line that says what a click and a double click do. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { hasIncident } from '../state/marks.js';
import { recordDialog } from './log/record/dialog.js';

/** @typedef {import('../types').Mode} Mode */
/** @typedef {import('../types').PageState} PageState */

/** @type {Mode[]} */
const AREA_MODES = ['polygon', 'circle', 'corridor', 'township'];

/** @param {import('./context').PageContext} context */
export function mountDock(context) {
  const { words, store, actions } = context;
  const { t } = words;
  const dock = find('#dock');
  const hint = find('#mode-hint');

  /** @param {string} label @param {'fault' | 'area' | 'undo' | 'redo' | 'branch' | 'pen'} icon @param {string} [key] @param {boolean} [short] */
  function tool(label, icon, key, short) {
    return h('button', { type: 'button', class: 'tool', 'data-tool': icon, title: key ? `${label} (${key})` : label, 'aria-label': label },
      sign(icon), !short && h('span', {}, label), !short && key && h('kbd', { 'aria-hidden': 'true' }, key));
  }
  const fault = tool(t('tool.fault'), 'fault', 'F');
  const area = tool(t('tool.area'), 'area', 'A');
  const undo = tool(t('undo'), 'undo', 'Ctrl+Z', true);
  const redo = tool(t('redo'), 'redo', 'Ctrl+Y', true);
  const menu = h('div', { class: 'menu area-menu', id: 'area-menu', role: 'menu', hidden: true, 'aria-label': t('tool.area') });
  area.setAttribute('aria-haspopup', 'menu');
  area.setAttribute('aria-controls', 'area-menu');
  const whatIf = tool(t('what_if'), 'branch', 'W');
  whatIf.title = t('what_if.tool');
  const record = tool(t('record.title'), 'pen', 'R');
  record.title = t('record.tool');
  record.addEventListener('click', () => recordDialog(context).open());
  dock.append(fault, h('div', { class: 'menu-anchor' }, area, menu), record, whatIf, undo, redo);

  for (const mode of AREA_MODES) {
    const item = h('button', { type: 'button', role: 'menuitem', 'data-mode-choice': mode }, h('strong', {}, t(`mode.${mode}`)), h('span', {}, t(`mode.${mode}.about`)));
    item.addEventListener('click', () => {
      setMenu(false);
      actions.setMode(mode);
    });
    menu.append(item);
  }
  fault.addEventListener('click', () => actions.setMode('fault'));
  whatIf.addEventListener('click', () => actions.startWhatIf());
  undo.addEventListener('click', () => actions.undo());
  redo.addEventListener('click', () => actions.redo());
  area.addEventListener('click', () => (AREA_MODES.includes(store.get().mode) ? actions.setMode(store.get().mode) : setMenu(menu.hidden)));
  menu.addEventListener('keydown', (event) => moveInMenu(event, menu, () => setMenu(false)));
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !menu.hidden && !menu.parentElement?.contains(event.target)) setMenu(false, false);
  });

  /** @param {boolean} open @param {boolean} [focus] */
  function setMenu(open, focus = true) {
    menu.hidden = !open;
    dock.classList.toggle('menu-open', open);
    area.setAttribute('aria-expanded', String(open));
    const first = menu.querySelector('button');
    if (open) first?.focus();
    else if (focus) area.focus();
  }

  /** The element that a first tap has chosen; pressed again, here or on the map, it is broken. @param {PageState} state */
  function chosenElement({ mode, selected }) {
    if (mode !== 'fault' || !selected || !['node', 'line', 'facility'].includes(selected.kind)) return null;
    const mark = h('button', { type: 'button', class: 'primary-button', 'data-mark-chosen': selected.id }, t('card.mark'));
    mark.addEventListener('click', () => actions.addFault(selected.id));
    return [h('strong', {}, actions.nameOf(selected.id)), mark];
  }

  /** @param {PageState} state */
  function showHint(state) {
    const { mode } = state;
    hint.hidden = mode === 'none';
    if (mode === 'none') return;
    const leave = h('button', { type: 'button', class: 'text-button' }, t('mode.leave'), h('kbd', { 'aria-hidden': 'true' }, 'Esc'));
    leave.addEventListener('click', () => store.update({ mode: 'none' }));
    const chosen = chosenElement(state);
    replaceChildren(hint, ...(chosen ?? [h('span', {}, t(`mode.${mode}.${byTouch() ? 'touch' : 'hint'}`))]), mode === 'corridor' && widthField(), leave);
  }

  function widthField() {
    const field = h('input', { type: 'number', min: '10', max: '20000', step: '10', value: String(store.get().corridorWidthM), 'data-corridor-width': '' });
    field.addEventListener('input', () => {
      const metres = Number(field.value);
      if (metres >= 10 && metres <= 20_000) store.update({ corridorWidthM: metres });
    });
    return h('label', { class: 'size-field' }, t('area.width'), field, t('metres'));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    if (!before || state.mode !== before.mode || (state.mode === 'fault' && state.selected !== before.selected)) {
      showHint(state);
      fault.setAttribute('aria-pressed', String(state.mode === 'fault'));
      area.classList.toggle('active', AREA_MODES.includes(state.mode));
    }
    whatIf.hidden = state.present !== null || (state.log.id === null && !hasIncident(state.marks));
    // In an incident a mark is an entry; who may write none tries things out.
    const offered = state.log.id === null || state.present !== null || context.log.canRecord();
    fault.hidden = !offered;
    area.hidden = !offered;
    record.hidden = state.log.id === null || !context.log.canRecord();
    const recording = state.log.id !== null && state.present === null;
    undo.hidden = recording ? !state.log.undoable : !store.canUndo();
    redo.hidden = recording || !store.canRedo();
    const start = find('#first-step');
    start.hidden = hasIncident(state.marks) || state.log.id !== null || state.mode !== 'none' || state.levelView !== 'closed' || state.protection.open || start.dataset.dismissed === 'true';
  }
  return { render, openAreas: () => setMenu(true) };
}

/** Whether people point with fingers here: there is no click and no Esc then. */
function byTouch() {
  return matchMedia('(pointer: coarse)').matches;
}

/** Arrow keys walk a menu. @param {KeyboardEvent} event @param {HTMLElement} menu @param {() => void} close */
export function moveInMenu(event, menu, close) {
  const items = [...menu.querySelectorAll('button')];
  const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape') {
    event.stopPropagation();
    close();
  } else if (next !== undefined) {
    event.preventDefault();
    items[(next + items.length) % items.length].focus();
  }
}
