/** A bar of what is done; without a share it says only that something goes on. */

import { h } from '../../element.js';

/** @param {string} label */
export function progressBar(label) {
  const fill = h('span', {});
  const element = h('div', { class: 'plan-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': label }, fill);
  return {
    element,
    /** @param {number | null} share percent */
    set(share) {
      element.classList.toggle('unknown', share === null);
      if (share === null) element.removeAttribute('aria-valuenow');
      else element.setAttribute('aria-valuenow', String(share));
      fill.style.width = share === null ? '' : `${share}%`;
    },
  };
}
