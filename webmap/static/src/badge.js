/** The sign of one facility: a rounded square with its pictogram; the ring says whether it still has supply. */

import { ringShare } from './classify.js';
import { h, svg } from './element.js';
import { pictogram } from './icons.js';

/** A rounded square of side 31, walked clockwise from the middle of its top, so that an arc shrinks like a clock. */
const RING = 'M18 2.5h6.5a9 9 0 0 1 9 9v13a9 9 0 0 1-9 9h-13a9 9 0 0 1-9-9v-13a9 9 0 0 1 9-9z';

/**
 * @param {string | null | undefined} icon name in the catalogue
 * @param {import('./types').FacilityState} state
 * @param {number | null} hoursLeft
 * @returns {HTMLElement}
 */
export function badge(icon, state, hoursLeft) {
  const share = Math.round(ringShare(state, hoursLeft) * 100);
  const plate = svg('rect', { x: 4, y: 4, width: 28, height: 28, rx: 7.5, class: 'badge-plate' });
  const track = svg('path', { d: RING, class: 'badge-track' });
  const arc = svg('path', { d: RING, class: 'badge-arc', pathLength: 100, 'stroke-dasharray': `${share} 100` });
  const drawing = svg('svg', { viewBox: '0 0 36 36', 'aria-hidden': 'true' }, plate, track, arc);
  return h('span', { class: `badge badge-${state}` }, drawing, pictogram(icon));
}
