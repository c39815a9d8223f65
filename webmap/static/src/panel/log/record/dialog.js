/** The dialog 「记录」: what happened, its fields, when; corrections and withdrawals of entries in the same place. */

import { find, h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { KIND_GROUPS } from '../../../state/record_kinds.js';
import { drillMark } from '../../drill.js';
import { unreachedNote } from '../../unreached.js';
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
  /** The form that was left unfinished, and the incident that it belongs to. @type {{form: import('./form.js').Form, incident: string | null, kind: string} | null} */
  let draft = null;

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

  /** The first step: what happened. */
  function showKinds() {
    const kept = draft?.form.touched() && draft.incident === store.get().log.id ? draft : null;
    const carryOn = kept && h('button', { type: 'button', class: 'secondary-button record-resume', 'data-record-resume': '' }, t('record.resume', { what: t(`record.kind.${kept.kind}`) }));
    carryOn?.addEventListener('click', () => kept && showForm(kept.form, kept.kind));
    replaceChildren(body, carryOn, ...KIND_GROUPS.map(([group, kinds]) => h('section', { class: 'record-kinds' }, h('h3', {}, t(`record.group.${group}`)),
      h('div', {}, ...kinds.map(kindButton)))));
    body.scrollTop = 0;
    show(t('record.title'));
    (carryOn ?? body.querySelector('button'))?.focus();
  }

  /** @param {string} kind */
  function kindButton(kind) {
    const button = h('button', { type: 'button', class: 'record-kind', 'data-record-kind': kind }, t(`record.kind.${kind}`));
    button.addEventListener('click', () => start(kind, {}));
    return button;
  }

  /** @param {string} kind @param {Record<string, unknown>} values */
  function start(kind, values) {
    const form = createForm(context, { kind, values, entry: null, withdrawing: false }, { done, back: showKinds });
    draft = { form, incident: store.get().log.id, kind };
    showForm(form, kind);
  }

  /** @param {import('./form.js').Form} form @param {string} kind */
  function showForm(form, kind) {
    replaceChildren(body, form.element);
    body.scrollTop = 0;
    show(t(`record.kind.${kind}`));
    form.focus();
  }

  function done() {
    draft = null;
    dialog.close();
  }

  /** @param {string} about what a correction was of */
  function corrected(about) {
    corrections.delete(about);
    dialog.close();
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
      const form = kept?.touched() ? kept : createForm(context, { kind: entry.kind, values: entry.fact, entry, withdrawing }, { done: () => corrected(about), back: null });
      corrections.set(about, form);
      replaceChildren(body, form.element);
      body.scrollTop = 0;
      show(t(withdrawing ? 'record.withdraw_title' : 'record.correct_title', { number: entry.number }));
      form.focus();
    },
  };
}
