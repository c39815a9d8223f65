/** Stripes to fill areas with. */

import { svg } from '../element.js';

/**
 * Defines the pattern in a pane's drawing, once.
 * @param {import('leaflet').Map} map @param {string} pane @param {string} id @param {string} className of its lines
 * @param {number} angle degrees
 */
export function addHatch(map, pane, id, className, angle) {
  const drawing = map.getPane(pane)?.querySelector('svg');
  if (!drawing || drawing.querySelector(`#${id}`)) return;
  const stripes = { id, width: 9, height: 9, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${angle})` };
  const line = svg('line', { x1: 0, y1: 0, x2: 0, y2: 9, class: className });
  drawing.prepend(svg('defs', {}, svg('pattern', stripes, line)));
}
