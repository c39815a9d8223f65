/** Words on the map. No word lies on another: those that matter more are placed first, the rest where room is left. */

import * as L from 'leaflet';

/**
 * @typedef {object} Label
 * @property {string} key
 * @property {L.LatLng} at
 * @property {string} text
 * @property {string} kind class of the label: township, hours, facility
 * @property {number} priority lower is placed first
 * @property {[number, number][]} offsets where it may stand, in pixels from `at` to its middle, best first
 * @property {boolean} [always] stands even where it covers a sign, though never another label
 */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** Room around a label, pixels. */
const GAP = 2;

/** @param {Box} a @param {Box} b */
function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** @param {L.Map} map */
export function createLabels(map) {
  const pane = /** @type {HTMLElement} */ (map.getPane('labels'));
  const measuring = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  /** @type {Map<string, number>} */
  const widths = new Map();
  /** @type {Map<string, HTMLElement>} */
  const shown = new Map();

  map.on('zoomstart', () => pane.classList.add('hidden-while-zooming'));

  /** @param {string} kind @param {string} text @param {number} size pixels */
  function widthOf(kind, text, size) {
    const key = `${kind} ${size} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    measuring.font = `600 ${size}px ${getComputedStyle(document.body).fontFamily}`;
    const width = measuring.measureText(text).width + (kind === 'hours' ? 10 : 4);
    widths.set(key, width);
    return width;
  }

  /** @param {Label} label @param {Box[]} signs @param {Box[]} words labels placed so far @param {number} size @param {L.Point} view */
  function place(label, signs, words, size, view) {
    const point = map.latLngToContainerPoint(label.at);
    if (point.x < -50 || point.y < -50 || point.x > view.x + 50 || point.y > view.y + 50) return null;
    const halfWidth = widthOf(label.kind, label.text, size) / 2 + GAP;
    const halfHeight = size * 0.68 + GAP;
    let best = null;
    let fewest = label.always ? Infinity : 1;
    for (const [dx, dy] of label.offsets) {
      const x = point.x + dx + (label.kind === 'township' ? 0 : Math.sign(dx) * halfWidth);
      const y = point.y + dy;
      const box = { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
      if (words.some((other) => overlaps(box, other))) continue;
      const covered = signs.filter((other) => overlaps(box, other)).length;
      if (covered < fewest) [best, fewest] = [{ box, x, y, covers: covered > 0 }, covered];
      if (!covered) break;
    }
    return best;
  }

  /** @param {Label[]} labels @param {Box[]} obstacles in pixels of the map's frame */
  function set(labels, obstacles) {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    /** @type {Box[]} */
    const taken = [];
    const view = map.getSize();
    const placed = new Set();
    for (const label of [...labels].sort((a, b) => a.priority - b.priority)) {
      const spot = place(label, obstacles, taken, rem * (label.kind === 'township' ? 0.9375 : 0.875), view);
      if (!spot) continue;
      taken.push(spot.box);
      placed.add(label.key);
      write(label, spot);
    }
    for (const [key, element] of shown) {
      if (placed.has(key)) continue;
      element.remove();
      shown.delete(key);
    }
    pane.classList.remove('hidden-while-zooming');
  }

  /** A label that stands on a sign gets a ground to be read on. @param {Label} label @param {{x: number, y: number, covers: boolean}} spot */
  function write(label, spot) {
    let element = shown.get(label.key);
    if (!element) {
      element = document.createElement('span');
      shown.set(label.key, element);
      pane.append(element);
    }
    element.className = `map-label map-label-${label.kind}${spot.covers ? ' map-label-over' : ''}`;
    if (element.textContent !== label.text) element.textContent = label.text;
    L.DomUtil.setPosition(element, map.containerPointToLayerPoint([spot.x, spot.y]).round());
  }

  return { set };
}
