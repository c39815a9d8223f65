/** The form in which a warning is drafted: level, area, times, words, channels; what is missing; one next step. */

import { find, h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { drillMark } from '../../drill.js';
import { problemText } from '../../form_field.js';
import { areaSection } from './area_section.js';
import { channelSection } from './channel_section.js';
import { createEditing } from './editing.js';
import { formFoot } from './foot.js';
import { levelSection } from './level_section.js';
import { createOnward } from './onward.js';
import { textSection } from './text_section.js';
import { timeSection } from './time_section.js';

/** @typedef {import('../../../types').PageState} PageState */
/** @typedef {import('../../../types').PageError} PageError */
/** @typedef {import('../../../warnings').Warning} Warning */

/** To which section a field of the server's belongs. @type {[RegExp, import('../../../warnings_draft').PartKey][]} */
const SECTION_OF = [[/area|parts/, 'area'], [/texts|contact/, 'text'], [/starts_at|expires_at/, 'time'], [/channels/, 'channels'], [/level|reason|told|networks/, 'level']];
/** With which section what is missing is mended. @type {Record<import('../../../warnings_draft').Lack['part'], import('../../../warnings_draft').PartKey>} */
const MENDED_IN = { level: 'level', reason: 'level', area: 'area', time: 'time', text: 'text', channels: 'channels' };

/** Keys of tools that step aside while an area is drafted. */
const KEYS_FOR_DAMAGE = ['f', 'a', 'w'];
/** Modes in which the map undoes its own points. */
const DRAWING = ['polygon', 'circle', 'corridor'];

/** Below this the form is a sheet over the map, which moves so long. */
const NARROW_PX = 700;
const SHEET_MS = 260;

/** @param {import('../../context').PageContext} context */
export function mountWarningDraft(context) {
  const { words: { t }, store, warnings } = context;
  const root = find('#warning-draft');
  const panel = find('#incident-panel');
  const editing = createEditing(context, { onChange: show, onFailed: refuse, onAnswered: answered });
  /** @type {import('./section.js').Form} */
  const form = {
    context, draft: editing.draft, suggested: editing.suggested, area: editing.area, working: editing.working,
    decide: editing.decide, undoable: editing.undoable, undo,
  };
  const area = areaSection(form);
  const sections = [levelSection(form), area, timeSection(form), textSection(form), channelSection(form)];
  const title = h('h2', { id: 'warning-draft-title' });
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('draft.leave'), title: t('draft.leave'), 'data-draft-leave': '' }, sign('close'));
  const resumed = h('p', { class: 'draft-resumed', role: 'status', hidden: true });
  const body = h('div', { class: 'draft-body' }, resumed, ...sections.map(({ element }) => element));
  const foot = formFoot(form, { save: () => onward.save(), onward: (kind) => onward.go(kind), goTo, takeTheirs: () => begin(editing.known(), { anew: true }) });
  const onward = createOnward(context, editing, { show, tellRefusal: refuse, tellConflict: foot.tellConflict, clear: clearProblems, ended });
  root.append(h('header', { class: 'panel-head draft-head' }, title, close), body, foot.element);
  close.addEventListener('click', () => warnings.endDraft());
  window.addEventListener('keydown', ownKeys, true);
  let fitted = false;
  /** Whether the form that was open when the page was left was looked for. */
  let resumedOnce = false;

  function show() {
    if (!editing.isOpen()) return;
    for (const section of sections) section.render();
    foot.render({ busy: onward.busy(), offline: store.get().unreached !== null });
    const ground = editing.area();
    context.showDraftArea(ground);
    if (ground && !fitted && !ground.empty) {
      fitted = true;
      context.fitDraftArea(ground);
    }
  }

  /** @param {import('../../../warnings_draft').Lack} lack */
  function goTo(lack) {
    sections.find(({ key }) => key === MENDED_IN[lack.part])?.focus(lack);
  }

  function clearProblems() {
    for (const section of sections) section.tell([]);
    foot.clear();
  }
  function answered() {
    for (const section of sections) section.tell([]);
  }

  /** The first text that is refused, to be gone to. @param {PageError} error */
  function wrongText({ problems }) {
    const names = problems.map(({ field }) => /texts\.zh\.(.+)$/.exec(field)?.[1]);
    const item = form.suggested()?.items.find(({ name }) => names.includes(name));
    return item && { part: /** @type {const} */ ('text'), item };
  }

  /** What is wrong is said where it is mended; the rest above the buttons. @param {PageError} error */
  function refuse(error) {
    if (!error.status) return show();
    /** @type {Map<string, string[]>} */
    const beside = new Map();
    const rest = error.problems.filter((problem) => {
      const key = SECTION_OF.find(([pattern]) => pattern.test(problem.field))?.[1];
      if (key) beside.set(key, [...(beside.get(key) ?? []), problemText(problem, t('sentence_gap'))]);
      return !key;
    });
    for (const section of sections) section.tell(beside.get(section.key) ?? []);
    if (!beside.size || rest.length) foot.refuse({ ...error, problems: rest });
    else sections.find(({ key }) => beside.has(key))?.focus(wrongText(error));
    return show();
  }

  function undo() {
    const label = editing.undo();
    if (label) context.showNote(t('draft.undone', { what: label }));
  }

  /** The form's own changes come before what was marked on the map, and its tools instead of those for damage. @param {KeyboardEvent} event */
  function ownKeys(event) {
    if (!editing.isOpen() || event.altKey || event.shiftKey) return;
    const { target } = event;
    const typing = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type));
    if (typing || document.querySelector('dialog[open]')) return;
    const key = event.key.toLowerCase();
    const undoing = (event.ctrlKey || event.metaKey) && key === 'z';
    if (!undoing && (event.ctrlKey || event.metaKey || !KEYS_FOR_DAMAGE.includes(key))) return;
    if (undoing && DRAWING.includes(store.get().mode)) return;
    event.preventDefault();
    event.stopPropagation();
    if (undoing) undo();
  }

  /** @param {Warning | null} based @param {{anew?: boolean}} [how] */
  function begin(based, how) {
    const { log } = store.get();
    if (!log.id) return;
    fitted = false;
    const left = editing.begin(log.id, based, how);
    clearProblems();
    const anew = h('button', { type: 'button', class: 'text-button', 'data-draft-anew': '' }, t(based ? 'draft.anew_stored' : 'draft.anew'));
    anew.addEventListener('click', () => begin(based, { anew: true }));
    resumed.hidden = !left;
    replaceChildren(resumed, t('draft.resumed'), anew);
    replaceChildren(title, log.view?.incident.drill ? drillMark(context.words) : null, t(!based ? 'draft.title' : based.in_force ? 'draft.title_update' : 'draft.title_revise'));
    root.hidden = false;
    panel.classList.add('drafting');
    document.body.classList.add('drafting');
    body.scrollTop = 0;
    show();
    root.focus();
  }

  function hide() {
    if (root.hidden) return;
    root.hidden = true;
    panel.classList.remove('drafting');
    document.body.classList.remove('drafting', 'draft-picking');
    if (editing.isOpen()) editing.close();
    area.close();
    endTask();
    context.showDraftArea(null);
  }

  function endTask() {
    if (context.mapTask.current && store.get().mode === context.mapTask.current.mode) store.update({ mode: 'none' });
    context.mapTask.current = null;
  }

  /** It went on its way: its card is shown. @param {Warning} warning @param {string} said */
  function ended(warning, said) {
    editing.done();
    warnings.endDraft();
    store.update({ tab: 'warnings' });
    warnings.changed(warning);
    void warnings.open(warning.id);
    context.showNote(said);
  }

  /** On a phone the form makes room for the map while something is picked there. @param {boolean} picking */
  function showPicking(picking) {
    const before = document.body.classList.contains('draft-picking');
    document.body.classList.toggle('draft-picking', picking);
    const ground = editing.area();
    if (picking && !before && ground && !ground.empty && window.innerWidth < NARROW_PX) window.setTimeout(() => context.fitDraftArea(ground), SHEET_MS);
  }

  /** The form that was open when the page was left is open again. @param {PageState} state */
  function resume({ log, viewer, warnings: { drafting } }) {
    if (resumedOnce || !log.view || !viewer) return;
    resumedOnce = true;
    const left = editing.left();
    if (drafting || left?.incident !== log.id) return;
    if (left.warningId === null) warnings.draft(null);
    else void onward.read(left.warningId).then((warning) => warning && store.get().log.id === left.incident && warnings.draft(warning));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    resume(state);
    const { drafting } = state.warnings;
    if (!before || drafting !== before.warnings.drafting) {
      const same = drafting && editing.isOpen() && editing.draft().incident === state.log.id && editing.draft().warningId === drafting.warningId;
      if (!drafting) hide();
      else if (!same) begin(drafting.based);
    }
    if (!editing.isOpen() || !before) return;
    if (context.mapTask.current && state.mode !== context.mapTask.current.mode) context.mapTask.current = null;
    showPicking(context.mapTask.current !== null);
    // What others record changes what is suggested.
    if (state.log.view?.known !== before.log.view?.known && state.log.view && editing.suggested()) editing.again();
    if (before.unreached !== null && state.unreached === null) editing.again();
    if (['mode', 'unreached', 'viewer', 'log'].some((key) => state[/** @type {keyof PageState} */ (key)] !== before[/** @type {keyof PageState} */ (key)])) show();
  }

  return { render, begin, close: () => warnings.endDraft() };
}
