/** Where a sign can stand that others stand around: moved down until it covers none of them. Pure. */

/** @typedef {{x: number, y: number, half: [number, number]}} Box its centre and half its size, pixels */

/** Between two signs, pixels. */
const GAP = 4;

/** @param {Box} box @param {Box[]} taken @returns {number} the centre's `y` at which it covers none, the first from its own downwards */
export function freeBelow({ x, y, half }, taken) {
  const beside = taken.filter((other) => Math.abs(other.x - x) < other.half[0] + half[0]).sort((a, b) => a.y - a.half[1] - (b.y - b.half[1]));
  return beside.reduce((free, other) => (Math.abs(other.y - free) < other.half[1] + half[1] ? other.y + other.half[1] + half[1] + GAP : free), y);
}
