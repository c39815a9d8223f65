/** What every form that writes to the log does: checks its fields, sends, and tells what is refused beside its field. */

import { h, replaceChildren } from '../../../element.js';
import { sortProblems } from '../../../state/record_kinds.js';
import { planLink } from '../../plan_links.js';

/** @typedef {import('./shell.js').Shell} Shell */
/** @typedef {import('../../../types').PageError} PageError */

/** Where what is refused is told, above the button. */
export const failureBox = () => h('div', { class: 'record-failure', role: 'alert', hidden: true });

/**
 * Sends on submit, also by Ctrl+Enter: who writes many need not leave the field for the button.
 * @param {import('../../context').PageContext} context
 * @param {object} form
 * @param {HTMLFormElement} form.element
 * @param {Shell[]} form.shells
 * @param {HTMLButtonElement} form.submit
 * @param {HTMLElement} form.failure
 * @param {() => import('../../../log').NewFact} form.fact
 * @param {() => string} form.label what was recorded
 * @param {(field: string) => string} [form.fieldOf] the form's name of a field as the server names it
 * @param {() => Promise<boolean>} [form.held] asked before it is sent: whether something has to be read first
 * @param {() => void} form.onStored
 */
export function sendOnSubmit(context, { element, shells, submit, failure, fact, label, fieldOf = (field) => field, held = async () => false, onStored }) {
  const { words: { t }, store, log } = context;
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) element.requestSubmit();
  });

  async function send() {
    tellFailure(null);
    const wrong = shells.filter((shell) => !shell.check());
    if (wrong.length) return wrong[0].focus();
    setBusy(true);
    if (await held()) return setBusy(false);
    const stored = await log.record([fact()], label(), { onRefused: tellFailure });
    setBusy(false);
    if (stored) onStored();
    return undefined;
  }

  /** @param {boolean} busy */
  function setBusy(busy) {
    submit.disabled = busy;
    element.setAttribute('aria-busy', String(busy));
  }

  /** What the server did not get is sent by the person: once it is back, that is said in the place of why it failed. */
  function sayWhenBack() {
    const stop = store.subscribe((state, before) => {
      if (state.unreached !== null && failure.isConnected) return;
      if (before.unreached === null && failure.isConnected) return;
      stop();
      if (failure.isConnected && !failure.hidden) replaceChildren(failure, h('strong', {}, t('record.back')));
    });
  }

  /** Beside the field that it is about; the rest above the button. @param {PageError | null} error */
  function tellFailure(error) {
    failure.hidden = error === null;
    if (!error) return;
    const problems = error.problems.map((problem) => ({ ...problem, field: fieldOf(problem.field) }));
    const { beside, others } = sortProblems(problems, shells.flatMap((shell) => shell.names));
    const wrong = shells.filter((shell) => shell.tellProblems(beside));
    const message = error.message || t(error.status === 0 ? 'error.unreachable' : 'error.server', { status: error.status });
    const remedy = error.remedy || (error.status === 0 ? t('record.kept') : '');
    replaceChildren(failure, h('strong', {}, message), error.clause && planLink(context, store.get().marks.plan, t('clause', { clause: error.clause }), { clause: error.clause }),
      error.quotation && h('blockquote', {}, error.quotation), remedy && h('p', {}, remedy),
      others.length > 0 && h('ul', {}, ...others.map(({ field, message: said, remedy: how }) => h('li', {}, [said, how].filter(Boolean).join(t('record.remedy_gap')), field && h('code', {}, field)))));
    if (error.status === 0) sayWhenBack();
    if (wrong.length) wrong[0].focus(beside);
    else submit.focus();
  }
}
