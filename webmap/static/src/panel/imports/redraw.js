/** A form that is drawn anew with every change keeps the focus where it was. */

/**
 * @param {HTMLElement} element @param {() => void} draw replaces what is in the element; controls keep their ids
 */
export function keepingFocus(element, draw) {
  const { activeElement } = document;
  const id = activeElement instanceof HTMLElement && element.contains(activeElement) ? activeElement.id : '';
  const open = new Set([...element.querySelectorAll('details[open][data-fold]')].map((fold) => fold.getAttribute('data-fold')));
  draw();
  for (const fold of element.querySelectorAll('details[data-fold]')) if (open.has(fold.getAttribute('data-fold'))) fold.setAttribute('open', '');
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
}
