/** Errors, which stay until they are read, and notes about what was done, which can be undone for ten seconds. */

import { find, h } from '../element.js';
import { sign } from '../icons.js';
import { fieldInWords } from './field_words.js';

const UNDO_MS = 10_000;
/** A choice is read and weighed first. */
const CHOICE_MS = 20_000;
const NOTE_MS = 4_000;

/** Where one signs in, in the colours chosen here, and comes back from to what is seen now. */
export function signInAddress() {
  const theme = new URLSearchParams(location.hash.slice(1)).get('theme');
  const colours = theme === 'light' || theme === 'dark' ? `&theme=${theme}` : '';
  return `/sign-in?next=${encodeURIComponent(location.pathname + location.search + location.hash)}${colours}`;
}

/**
 * @param {import('../i18n.js').Translator} words
 * @param {() => void} undo
 */
export function createAlerts(words, undo) {
  const { t } = words;
  const errors = find('#errors');
  const notes = find('#notes');
  let timer = 0;

  /** @param {string} title what failed @param {import('../types').PageError} error @param {() => void} [again] for what may work later */
  function showError(title, error, again) {
    const why = error.message || t(error.status === 0 ? 'error.unreachable' : 'error.server', { status: error.status });
    const key = `${title} ${why} ${JSON.stringify(error.problems)}`;
    if ([...errors.children].some((child) => child instanceof HTMLElement && child.dataset.key === key)) return;
    const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close') }, sign('close'));
    const problems = error.problems.map(({ field, message, remedy }) =>
      h('li', {}, h('strong', { title: field }, fieldInWords(words, field)), ' ', h('span', { class: 'problem' }, message), h('span', { class: 'remedy' }, remedy)),
    );
    const hint = error.remedy || (error.problems.length ? '' : t(error.status === 0 ? 'error.unreachable_remedy' : 'error.server_remedy'));
    const transient = error.status === 0 ? error.code === 'unreachable' : error.status >= 500;
    const retry = again && transient && h('button', { type: 'button', class: 'secondary-button', 'data-retry': '' }, t('retry'));
    const signIn = error.status === 401 && h('a', { class: 'secondary-button', href: signInAddress(), 'data-sign-in-again': '' }, t('log.sign_in'));
    const quotation = error.quotation && h('blockquote', { 'data-quotation': '' }, error.quotation);
    const clause = error.clause && h('p', { class: 'facts', 'data-clause': '' }, t('clause', { clause: error.clause }));
    const card = h('section', { class: 'error-card', role: 'alert', 'data-key': key, 'data-error': error.code },
      sign('alert'),
      h('div', {}, h('strong', {}, title), h('p', {}, why), quotation, clause,
        problems.length > 0 && h('ul', {}, ...problems), hint && h('p', { class: 'remedy' }, hint), retry, signIn),
      close);
    close.addEventListener('click', () => card.remove());
    // What is seen may have changed since the error came.
    if (signIn) signIn.addEventListener('click', () => { signIn.href = signInAddress(); });
    if (retry) {
      retry.addEventListener('click', () => {
        card.remove();
        again();
      });
    }
    errors.append(card);
  }

  /** @param {string | Node} text @param {number} milliseconds @param {HTMLElement[]} buttons */
  function show(text, milliseconds, ...buttons) {
    window.clearTimeout(timer);
    notes.replaceChildren(h('div', { class: 'note' }, h('span', {}, text), ...buttons));
    timer = window.setTimeout(() => notes.replaceChildren(), milliseconds);
  }

  /** @param {string} text @param {() => void} press */
  function noteButton(text, press) {
    const button = h('button', { type: 'button', class: 'text-button' }, text);
    button.addEventListener('click', () => {
      notes.replaceChildren();
      press();
    });
    return button;
  }

  return {
    showError,
    /** @param {string} text @param {string} [remedy] how it is taken back, which takes longer to read */
    showNote: (text, remedy) => (remedy ? show(h('span', {}, h('strong', {}, text), h('span', { class: 'note-remedy' }, remedy)), UNDO_MS) : show(text, NOTE_MS)),
    /** Says something and offers what could be done about it. @param {string} text @param {string} label @param {() => void} press */
    showChoice: (text, label, press) => show(text, CHOICE_MS, noteButton(label, press)),
    clearErrors: () => errors.replaceChildren(),
    /** What was said under a title is said anew. @param {string} title */
    clearAbout: (title) => [...errors.children].filter((card) => card.querySelector('strong')?.textContent === title).forEach((card) => card.remove()),
    /** The server answers again: what was said of its absence is over. */
    clearUnreachable: () => errors.querySelectorAll('[data-error="unreachable"]').forEach((card) => card.remove()),
    /** @param {string} text @param {{text: string, press: () => void}} [also] what could be done instead of undoing it */
    announceUndoable(text, also) {
      const other = also ? [noteButton(also.text, also.press)] : [];
      show(text, also ? CHOICE_MS : UNDO_MS, ...other, noteButton(t('undo'), undo));
    },
  };
}
