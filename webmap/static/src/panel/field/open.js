/** The dialog of reports from the place: the list, and the forms that answer one. */

import { h, replaceChildren } from '../../element.js';
import { modal } from '../modal.js';
import { reportCard } from './card.js';
import { confirmForm } from './confirm.js';
import { declineForm, knownForm } from './other_answers.js';
import { fieldSession } from './session.js';

/** @typedef {import('../../field').FieldReport} FieldReport */
/** @typedef {import('./card.js').Deed} Deed */

/** @type {WeakMap<import('../context').PageContext, ReturnType<typeof createDialog>>} */
const dialogs = new WeakMap();
const FORMS = { confirm: confirmForm, known: knownForm, decline: declineForm };

/** Opens the list, or the form of an answer. @param {import('../context').PageContext} context @param {{deed: Deed, report: FieldReport}} [answer] */
export function openFieldReports(context, answer) {
  const dialog = dialogs.get(context) ?? createDialog(context);
  dialogs.set(context, dialog);
  if (answer) dialog.showForm(answer.deed, answer.report);
  else dialog.showList();
}

/** @param {import('../context').PageContext} context */
function createDialog(context) {
  const { words: { t } } = context;
  const session = fieldSession(context);
  const dialog = modal('#field-reports', t('close'));
  let listing = false;
  dialog.element.addEventListener('close', () => {
    listing = false;
    context.showPin(null);
  });

  function showList() {
    listing = true;
    dialog.setTitle(t('onsite.reports'));
    drawList();
    dialog.open();
    void session.refresh();
  }

  function drawList() {
    const reports = session.all();
    const [waiting, answered] = [reports.filter(({ state }) => state === 'waiting'), reports.filter(({ state }) => state !== 'waiting')];
    const list = (/** @type {FieldReport[]} */ some) => h('ol', { class: 'onsite-list' }, ...some.map((report) => reportCard(context, report, showForm)));
    replaceChildren(dialog.body,
      h('h3', {}, t('onsite.to_confirm', { count: waiting.length })), waiting.length ? list(waiting) : h('p', { class: 'empty' }, t('onsite.none_waiting')),
      answered.length > 0 && h('details', {}, h('summary', {}, t('onsite.answered', { count: answered.length })), list(answered)));
  }

  /** @param {Deed} deed @param {FieldReport} report */
  function showForm(deed, report) {
    listing = false;
    dialog.setTitle(t(`onsite.deed.${deed}`));
    replaceChildren(dialog.body, FORMS[deed](context, report, {
      done: (text) => {
        dialog.close();
        context.showNote(text);
      },
      back: showList,
    }));
    dialog.open();
  }

  session.onChange(() => {
    // A list that is being read from the keyboard is not made anew under it, unless something changed.
    if (listing && dialog.element.open) drawList();
  });
  return { showList, showForm };
}
