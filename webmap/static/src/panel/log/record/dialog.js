/** The dialog 「记录」: what happened, its fields, when; corrections and withdrawals of entries in the same place. */

import { find, h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { KIND_GROUPS } from '../../../state/record_kinds.js';
import { drillMark } from '../../drill.js';
import { unreachedNote } from '../../unreached.js';
import { createDrafts } from './drafts.js';
import { createForm } from './form.js';

/** @typedef {import('../../../log').LogEntry} LogEntry */
/** @typedef {{kind: string, values?: Record<string, unknown>}} Prefill */

/** @type {WeakMap<import('../../context').PageContext, ReturnType<typeof mountRecord>>} */
const made = new WeakMap();

/** The page's form, made when it is first asked for. @param {import('../../context').PageContext} context */
export function recordDialog(context) {
  const known = made.get(context) ?? mountRecord(context);
  made.set(context, known);
  return known;
}

/** @param {import('../../context').PageContext} context */
function mountRecord(context) {
  const { words, store, log, showNote } = context;
  const { t } = words;
  const dialog = /** @type {HTMLDialogElement} */ (find('#record'));
  const title = h('h2', {});
  const drill = drillMark(words);
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close') }, sign('close'));
  const body = h('div', { class: 'record-body' });
  dialog.append(h('header', { class: 'panel-head' }, h('div', { class: 'record-title' }, title, drill), close), unreachedNote(context), body);
  close.addEventListener('click', () => dialog.close());
  /** Corrections that were left unfinished, by what they are about. @type {Map<string, import('./form.js').Form>} */
  const corrections = new Map();
  const drafts = createDrafts();

  /** @param {string} text */
  function show(text) {
    const { view } = store.get().log;
    title.textContent = text;
    drill.hidden = !view?.incident.drill;
    dialog.setAttribute('aria-label', text);
    if (!dialog.open) dialog.showModal();
  }

  /** Who may not record is told so, instead of being given a form. */
  function allowed() {
    if (log.canRecord()) return true;
    showNote(t(store.get().log.known === null ? 'record.not_allowed' : 'record.looking_back'));
    return false;
  }

  /** The first step: what happened, or what was left unfinished. */
  function showKinds() {
    const left = drafts.of(store.get().log.id).map(draftRow);
    replaceChildren(body, ...left, ...KIND_GROUPS.map(([group, kinds]) => h('section', { class: 'record-kinds' }, h('h3', {}, t(`record.group.${group}`)),
      h('div', {}, ...kinds.map(kindButton)))));
    body.scrollTop = 0;
    show(t('record.title'));
    body.querySelector('button')?.focus();
  }

  /** @param {import('./drafts.js').Draft} draft */
  function draftRow(draft) {
    const what = t(`record.kind.${draft.kind}`);
    const resume = h('button', { type: 'button', class: 'secondary-button record-resume', 'data-record-resume': draft.kind }, t('record.resume', { what }));
    resume.addEventListener('click', () => showForm(draft.form, draft.kind));
    const clear = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('record.clear', { what }), title: t('record.clear', { what }), 'data-record-clear': draft.kind }, sign('close'));
    clear.addEventListener('click', () => {
      drafts.clear(draft);
      showKinds();
    });
    return h('div', { class: 'record-draft' }, resume, clear);
  }

  /** @param {string} kind */
  function kindButton(kind) {
    const button = h('button', { type: 'button', class: 'record-kind', 'data-record-kind': kind }, t(`record.kind.${kind}`));
    button.addEventListener('click', () => start(kind, {}));
    return button;
  }

  /** @param {string} kind @param {Record<string, unknown>} values */
  function start(kind, values) {
    const form = drafts.take(store.get().log.id, kind, values, (forget) => {
      const made = createForm(context, { kind, values, entry: null, withdrawing: false }, { done: () => done(forget, made), back: showKinds });
      return made;
    });
    showForm(form, kind);
  }

  /** @param {import('./form.js').Form} form @param {string} kind */
  function showForm(form, kind) {
    replaceChildren(body, form.element);
    body.scrollTop = 0;
    show(t(`record.kind.${kind}`));
    form.focus();
  }

  /** What is stored is no draft; the dialog may show another form by now. @param {() => void} forget @param {import('./form.js').Form} form */
  function done(forget, form) {
    forget();
    if (body.contains(form.element)) dialog.close();
  }

  return {
    /** @param {Prefill} [prefill] */
    open(prefill) {
      if (store.get().log.id === null || !allowed()) return;
      if (prefill) start(prefill.kind, prefill.values ?? {});
      else showKinds();
    },
    /** @param {LogEntry} entry @param {boolean} withdrawing */
    correct(entry, withdrawing) {
      if (!entry.fact || !allowed()) return;
      // Of what was corrected meanwhile by somebody else, a new form is begun.
      const about = [store.get().log.id, entry.number, entry.corrected_by, withdrawing].join(' ');
      const kept = corrections.get(about);
      const made = kept?.touched() ? kept : createForm(context, { kind: entry.kind, values: entry.fact, entry, withdrawing }, { done: () => done(() => corrections.delete(about), form), back: null });
      /** @type {import('./form.js').Form} */
      const form = made;
      corrections.set(about, form);
      replaceChildren(body, form.element);
      body.scrollTop = 0;
      show(t(withdrawing ? 'record.withdraw_title' : 'record.correct_title', { number: entry.number }));
      form.focus();
    },
  };
}
