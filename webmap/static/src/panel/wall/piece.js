/** Pieces of the wall that are made anew only when what they say has changed. */

import { replaceChildren } from '../../element.js';

/**
 * @param {HTMLElement} element
 * @returns {(told: unknown, make: () => (Node | string | null | false)[]) => void} puts what `make` gives where `told` is another than before
 */
export function changing(element) {
  let before = '';
  return (told, make) => {
    const now = JSON.stringify(told);
    if (now === before) return;
    before = now;
    replaceChildren(element, ...make());
  };
}
