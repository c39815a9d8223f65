/** A field of a form: its label, what it is for, and the place where it is said what is wrong with it. */

import { h, replaceChildren } from '../element.js';

/** @typedef {{element: HTMLElement, control: HTMLElement, tell: (texts: string[]) => void, wrong: () => boolean}} FormField */

/**
 * @param {string} id of the control, unique on the page
 * @param {string} label
 * @param {HTMLElement} control
 * @param {{hint?: string, optional?: string}} [about] `optional` says that it may be left empty
 * @returns {FormField}
 */
export function formField(id, label, control, { hint, optional } = {}) {
  control.id = id;
  const error = errorLine(id);
  control.setAttribute('aria-describedby', [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' '));
  const element = h('div', { class: 'form-field' },
    h('label', { htmlFor: id }, label, optional && h('span', { class: 'optional-mark' }, optional)),
    control, error, hint && h('p', { class: 'facts', id: `${id}-hint` }, hint));
  return { element, control, ...telling(element, control, error) };
}

/**
 * Several choices of which one is taken.
 * @param {string} id @param {string} label
 * @param {HTMLElement[]} choices with their radio buttons
 * @returns {FormField}
 */
export function choiceField(id, label, choices) {
  const error = errorLine(id);
  const element = h('fieldset', { class: 'form-field', id, 'aria-describedby': error.id }, h('legend', {}, label), ...choices, error);
  const control = /** @type {HTMLElement} */ (choices[0].querySelector('input') ?? choices[0]);
  return { element, control, ...telling(element, element, error) };
}

/** @param {string} id */
const errorLine = (id) => h('p', { class: 'field-error', id: `${id}-error`, role: 'alert', hidden: true });

/** @param {HTMLElement} element @param {HTMLElement} marked @param {HTMLElement} error */
function telling(element, marked, error) {
  return {
    /** @param {string[]} texts what is wrong; empty when nothing is */
    tell(texts) {
      error.hidden = !texts.length;
      replaceChildren(error, ...texts.flatMap((text, index) => (index ? [h('br'), text] : [text])));
      element.classList.toggle('refused', texts.length > 0);
      if (marked !== element) marked.setAttribute('aria-invalid', String(texts.length > 0));
    },
    wrong: () => !error.hidden,
  };
}

/** What is wrong and what to do about it, in one line. @param {{message: string, remedy: string}} problem @param {string} gap between sentences */
export function problemText({ message, remedy }, gap) {
  return [message, remedy].filter(Boolean).join(gap);
}
