/** A section of the form: its heading, what is wrong with it, what belongs to it. */

import { h, replaceChildren } from '../../../element.js';

/** @typedef {import('../../../warnings_draft').PartKey} PartKey */

/**
 * What every section is given.
 * @typedef {object} Form
 * @property {import('../../context').PageContext} context
 * @property {() => import('../../../warnings_draft').Draft} draft
 * @property {() => import('../../../warnings_draft').Suggested | null} suggested
 * @property {() => import('../../../warnings').WarningArea | null} area
 * @property {() => {suggestion: boolean, area: boolean}} working
 * @property {(part: PartKey, change: Partial<import('../../../warnings_draft').Decided>, label?: string) => void} decide
 *   what has a label can be undone
 * @property {() => string | null} undoable what would be undone
 * @property {() => void} undo
 */

/**
 * @typedef {object} Section
 * @property {PartKey} key
 * @property {HTMLElement} element
 * @property {() => void} render
 * @property {(lack?: import('../../../warnings_draft').Lack) => void} focus goes to what is to be mended
 * @property {(texts: string[]) => void} tell what is wrong; nothing takes it away
 * @property {(state: import('../../../types').PageState) => void} [onMode]
 */

/** @param {PartKey} key @param {string} title @param {...(Node | string | null | false)} children */
export function sectionShell(key, title, ...children) {
  const error = h('p', { class: 'field-error', id: `draft-${key}-error`, role: 'alert', hidden: true });
  const aside = h('span', { class: 'draft-aside' });
  const heading = h('h3', { id: `draft-${key}-title`, tabIndex: -1 }, title);
  const element = h('section', { class: 'draft-section', 'aria-labelledby': heading.id, 'data-draft-section': key },
    h('div', { class: 'draft-section-head' }, heading, aside), error, ...children);
  return {
    element, aside,
    /** @param {string[]} texts */
    tell(texts) {
      error.hidden = !texts.length;
      replaceChildren(error, ...texts.flatMap((text, index) => (index ? [h('br'), text] : [text])));
      element.classList.toggle('refused', texts.length > 0);
    },
    /** @param {HTMLElement | null | undefined} [target] the heading where there is none */
    focus(target) {
      element.scrollIntoView({ block: 'start' });
      (target ?? heading).focus({ preventScroll: Boolean(!target) });
    },
  };
}

/** A quotation of the plan that opens on demand. @param {import('../../context').PageContext} _ @param {string} summary @param {...(Node | string | null | false)} body */
export function folded(_, summary, ...body) {
  return h('details', { class: 'draft-fold' }, h('summary', {}, summary), ...body);
}
