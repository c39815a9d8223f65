/** A name that leads to its place, and lights it while it is pointed at. */

import { h } from '../element.js';

/** @param {import('./context').PageContext} context @param {import('../types').PlaceRef} ref @param {string} name */
export function placeButton({ actions, zoomTo }, ref, name) {
  const button = h('button', { type: 'button', class: 'cell-button' }, name);
  button.addEventListener('click', () => {
    actions.select(ref);
    zoomTo(ref);
  });
  for (const type of ['mouseenter', 'focus']) button.addEventListener(type, () => actions.hover(ref));
  for (const type of ['mouseleave', 'blur']) button.addEventListener(type, () => actions.hover(null));
  return button;
}
