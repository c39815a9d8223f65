/** What floating panels leave of the map, and whether it may glide. */

export function reducedMotion() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Height of the crews' chart over the map; on a phone it stands elsewhere. */
function ganttHeight() {
  return parseFloat(document.body.style.getPropertyValue('--gantt')) || 0;
}

/** What a phone's sheet and the time bar below it take: never so much that nothing could be shown. @param {HTMLElement} container */
function sheetHeight(container) {
  const height = container.clientHeight;
  const sheet = document.querySelector('#incident-panel');
  const taken = sheet instanceof HTMLElement && !sheet.hidden ? height - sheet.offsetTop + 12 : 0;
  return Math.min(Math.max(taken, height * 0.4), height * 0.62);
}

/** Panels that take the place of the incident's, while they are there. */
const IN_ITS_PLACE = ['#siting-panel', '#protection-panel', '#aftermath-panel', '#data-panel'];

/** @param {string} selector @param {'offsetWidth' | 'offsetHeight'} side */
function sizeOf(selector, side) {
  const element = document.querySelector(selector);
  return element instanceof HTMLElement && !element.hidden ? element[side] : 0;
}

/** The wall's column and head; null without a wall. */
function wallPadding() {
  const column = document.querySelector('#wall:not([hidden]) .wall-column');
  if (!(column instanceof HTMLElement)) return null;
  const { right, top } = column.getBoundingClientRect();
  return { paddingTopLeft: /** @type {[number, number]} */ ([right + 24, top]), paddingBottomRight: /** @type {[number, number]} */ ([24, top / 2]) };
}

/** Room that floating panels take from the map. @param {HTMLElement} container @returns {{paddingTopLeft: [number, number], paddingBottomRight: [number, number]}} */
export function padding(container) {
  const wall = wallPadding();
  if (wall) return wall;
  const width = container.clientWidth;
  if (width < 700) {
    const instead = Math.max(...IN_ITS_PLACE.map((selector) => sizeOf(selector, 'offsetHeight')));
    const below = instead ? Math.min(instead + 24, container.clientHeight * 0.75) : sheetHeight(container);
    return { paddingTopLeft: [20, 60], paddingBottomRight: [20, below] };
  }
  const right = Math.max(...['#incident-panel', ...IN_ITS_PLACE].map((selector) => sizeOf(selector, 'offsetWidth')));
  return {
    paddingTopLeft: [sizeOf('#layers-panel', 'offsetWidth') + 24, 72],
    paddingBottomRight: [right + 24, (sizeOf('#timebar', 'offsetWidth') ? 150 : 40) + ganttHeight()],
  };
}

/** The middle of what panels leave of the map, share of its width. @param {HTMLElement} container */
export function middleOf(container) {
  const { paddingTopLeft: [left], paddingBottomRight: [right] } = padding(container);
  return (left + container.clientWidth - right) / 2 / container.clientWidth;
}
