/** A dialog over the page: a head with its title and the way out. The browser brings the focus back when it closes. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';

/**
 * @param {string} selector of the page's dialog element
 * @param {string} closeLabel
 */
export function modal(selector, closeLabel) {
  const element = /** @type {HTMLDialogElement} */ (find(selector));
  const heading = h('h2', { id: `${element.id}-title` });
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': closeLabel, 'data-close': '' }, sign('close'));
  const body = h('div', { class: 'modal-body' });
  close.addEventListener('click', () => element.close());
  element.addEventListener('pointerdown', (event) => {
    // On the backdrop alone: a click that began in a field and ended outside is no wish to leave.
    if (event.target === element) element.close();
  });
  element.setAttribute('aria-labelledby', heading.id);
  element.classList.add('modal');
  element.append(h('header', { class: 'panel-head' }, heading, close), body);
  return {
    element,
    body,
    /** @param {...(Node | string | null | false)} title */
    setTitle: (...title) => replaceChildren(heading, ...title),
    open: () => {
      if (!element.open) element.showModal();
    },
    close: () => element.close(),
  };
}
