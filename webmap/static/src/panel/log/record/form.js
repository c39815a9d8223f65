/** One form of the dialog: a fact, the correction of an entry, or its withdrawal. What is refused stays to be mended. */

import { h } from '../../../element.js';
import { factOf } from '../../../state/record_kinds.js';
import { textControl } from './controls.js';
import { fieldsOf } from './fields.js';
import { failureBox, sendOnSubmit } from './sending.js';
import { fieldShell } from './shell.js';
import { timeControl } from './time_control.js';

/** @typedef {import('../../../log').LogEntry} LogEntry */
/** @typedef {import('../../../log').NewFact} NewFact */
/** `entry` is corrected or withdrawn; null records something new. @typedef {{kind: string, values: Record<string, unknown>, entry: LogEntry | null, withdrawing: boolean}} Subject */
/** `touched` tells whether anything was entered. @typedef {{element: HTMLFormElement, focus: () => void, touched: () => boolean}} Form */

/**
 * @param {import('../../context').PageContext} context @param {Subject} subject
 * @param {{done: () => void, back: (() => void) | null}} ways
 * @returns {Form}
 */
export function createForm(context, { kind, values, entry, withdrawing }, { done, back }) {
  const { words, store, log, actions } = context;
  const { t } = words;
  const fields = withdrawing ? [] : fieldsOf(context, kind, values);
  const time = withdrawing ? null : timeControl(context, { id: 'record-time-choice', given: entry ? entry.fact?.happened_at ?? entry.happened_at : store.get().log.recordAt });
  const timeShell = time && fieldShell(words, { name: 'happened_at', label: t('record.happened_at'), required: true },
    { element: time.element, focusable: time.choice, read: () => ({ happened_at: 'now' }), wrong: time.wrong });
  const reason = entry && fieldShell(words, { name: 'correction_reason', label: t(withdrawing ? 'record.withdraw_reason' : 'record.correct_reason'), required: true },
    textControl(context, { name: 'correction_reason', type: 'text', required: true }, {}));
  const shells = [...fields, timeShell, reason].filter((shell) => shell !== null);

  const failure = failureBox();
  const submit = h('button', { type: 'submit', class: 'primary-button', 'data-record-submit': '' }, t(withdrawing ? 'record.withdraw' : entry ? 'record.correct' : 'record.submit'));
  const other = back && h('button', { type: 'button', class: 'text-button', 'data-record-back': '' }, t('record.other_kind'));
  if (back) other?.addEventListener('click', back);
  const element = h('form', { class: 'record-form', noValidate: true, 'data-record-form': kind },
    entry && h('blockquote', { class: 'record-original' }, entry.said),
    withdrawing && h('p', { class: 'facts' }, t('record.withdraw_about')),
    ...shells.map((shell) => shell.element), failure,
    h('footer', { class: 'record-foot' }, other, submit));
  let touched = false;
  element.addEventListener('input', () => (touched = true));

  const entered = () => Object.assign({}, ...fields.map((field) => field.read()));

  /** @returns {NewFact} */
  function fact() {
    const at = time?.read() ?? null;
    if (!entry) return factOf(kind, at ?? nowOf(), entered(), kept());
    const replacement = withdrawing || !entry.fact ? null : factOf(kind, at ?? nowOf(), entered(), { ...entry.fact });
    const office = entry.fact?.office;
    return { kind: 'correction', happened_at: log.happenedAt(), corrects: entry.number, replacement, reason: String(reason?.read().correction_reason), ...(office ? { office } : {}) };
  }

  /** 「现在」 in the form is now, whatever time is set for marking on the map. */
  function nowOf() {
    const { recordAt, view } = store.get().log;
    return recordAt !== null && view?.incident.drill ? actions.now() : log.happenedAt(null);
  }

  /** What goes along without a field of its own: what was drawn on the map, where townships are added to it. */
  function kept() {
    const area = kind === 'area_drawn' ? store.get().log.view?.document.area : undefined;
    return area ? { area } : {};
  }

  const label = () => (entry ? t(withdrawing ? 'record.done_withdrawn' : 'record.done_corrected', { number: entry.number }) : t(`record.kind.${kind}`));
  /** The correction's own reason has a name of its own here, as a decision has one too. @param {string} field */
  const fieldOf = (field) => (/(^|\.)replacement\./.test(field) ? field : field.replace(/(^|\.|\])reason$/, entry ? '$1correction_reason' : '$1reason'));
  sendOnSubmit(context, { element, shells, submit, failure, fact, label, fieldOf, onStored: done });

  function focus() {
    const first = entry && !withdrawing ? reason : shells[0];
    first?.focus();
  }
  return { element, focus, touched: () => touched };
}
