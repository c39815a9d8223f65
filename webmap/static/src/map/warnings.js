/** Areas of warnings: in force with a hatched rim, in preparation dashed, over thin and grey; each named where its rim is highest. */

import * as L from 'leaflet';
import { h } from '../element.js';
import { freeBelow } from './free_place.js';
import { addHatch } from './hatch.js';
import { labelPosition, polygonsOfFeature } from './polygons.js';

/** @typedef {import('../types').Geometry} Geometry */
/** @typedef {import('../types').Position} Position */
/** @typedef {'current' | 'planned' | 'past'} Group */
/** @typedef {{id: string, group: Group, shape: Geometry, label: string, drill: string | null}} WarningArea `drill` is the word that marks it */

const HATCH_ID = 'hatch-warning';
/** Half the height of a name, and what it has beside its words, pixels at the usual size. */
const NAME_HALF_HEIGHT = 15;
const NAME_FRAME = 26;
/** What the tools over the map's upper edge take beside the panels, pixels. */
const UNDER_TOOLS = 92;
/** What is grasped of a rim, pixels. */
const RIM = 14;

/** Half the room of a name, pixels: an estimate, wide signs at their full width. @param {WarningArea} area @returns {[number, number]} */
function halfOf({ label, drill }) {
  // Names grow with the page's type: twice as large on a wall.
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const width = [...label].reduce((sum, letter) => sum + (letter > '\u2e80' ? 14 : 7.5), NAME_FRAME + (drill ? 44 : 0));
  return [scale * width / 2, scale * NAME_HALF_HEIGHT];
}

/** @param {Geometry} shape */
const featureOf = (shape) => /** @type {import('../types').Feature} */ ({ type: 'Feature', geometry: shape, properties: {} });

/** @param {Geometry} shape @returns {L.LatLngTuple[][][]} */
function ringsOf(shape) {
  return polygonsOfFeature(featureOf(shape)).map((rings) => rings.map((ring) => ring.map(([lng, lat]) => /** @type {L.LatLngTuple} */ ([lat, lng]))));
}

/** Parts smaller than this on the screen have a plain rim, pixels: a hatched one would fill them. */
const LEAST_HATCHED = 44;

/** @param {Position[][][]} polygons its outer rings' vertices */
const corners = (polygons) => polygons.flatMap((rings) => rings[0]);

/**
 * @param {L.Map} map
 * @param {{onOpen: (id: string) => void, onHover: (id: string | null) => void, covered: () => {paddingTopLeft: [number, number], paddingBottomRight: [number, number]}}} handlers
 */
export function createWarningAreas(map, { onOpen, onHover, covered }) {
  const renderer = L.svg({ pane: 'warnings', padding: 0.5 });
  const paths = L.layerGroup().addTo(map);
  const sent = L.layerGroup().addTo(map);
  const names = L.layerGroup().addTo(map);
  /** @type {WarningArea[]} */
  let areas = [];
  /** @type {Map<string, L.Polygon[]>} */
  const drawn = new Map();
  /** @type {{at: L.LatLng, offset: [number, number], half: [number, number]}[]} */
  let boxes = [];
  let lit = '';
  let opened = '';

  /** @param {Geometry} shape @param {string} className @param {boolean} [interactive] */
  function path(shape, className, interactive = false) {
    return L.polygon(ringsOf(shape), { renderer, pane: 'warnings', className, interactive, bubblingMouseEvents: false, weight: interactive ? RIM : 2 });
  }

  /** The parts of a shape that are large enough on the screen. @param {Geometry} shape @returns {Geometry} */
  function largeParts(shape) {
    const large = polygonsOfFeature(featureOf(shape)).filter(([ring]) => {
      const points = ring.map(([lng, lat]) => map.latLngToLayerPoint([lat, lng]));
      const { x, y } = L.bounds(points).getSize();
      return Math.max(x, y) >= LEAST_HATCHED;
    });
    return { type: 'MultiPolygon', coordinates: large };
  }

  /** @param {WarningArea} area */
  function draw({ id, group, shape }) {
    const layers = group === 'current' ? [path(largeParts(shape), 'warning-ground'), path(largeParts(shape), 'warning-band'), path(shape, 'warning-line warning-current')] : [path(shape, 'warning-casing'), path(shape, `warning-line warning-${group}`)];
    const rim = path(shape, 'warning-rim', true);
    rim.on('click', () => onOpen(id)).on('mouseover', () => onHover(id)).on('mouseout', () => onHover(null));
    drawn.set(id, [...layers, rim]);
    for (const layer of [...layers, rim]) layer.addTo(paths);
    for (const layer of layers) layer.getElement()?.setAttribute('data-warning-area', id);
  }

  /** The highest corner of the rim that no panel covers; else the roomiest place inside what is in view. @param {WarningArea} area */
  function placeOfName(area) {
    const { shape } = area;
    const half = halfOf(area)[0];
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = covered();
    const { x, y } = map.getSize();
    const clear = L.bounds([left + half, top + UNDER_TOOLS], [x - right - half, y - bottom]);
    const polygons = polygonsOfFeature(featureOf(shape));
    const seen = corners(polygons).map(([lng, lat]) => L.latLng(lat, lng)).filter((at) => clear.contains(map.latLngToContainerPoint(at)));
    if (seen.length) return seen.reduce((best, at) => (at.lat > best.lat ? at : best));
    const [northWest, southEast] = [map.containerPointToLatLng([left, top]), map.containerPointToLatLng([x - right, y - bottom])];
    const inside = labelPosition(featureOf(shape), [northWest.lng, southEast.lat, southEast.lng, northWest.lat]);
    return inside && L.latLng(inside[1], inside[0]);
  }

  /** @param {WarningArea} area @param {L.LatLng} at */
  function name({ id, group, label, drill }, at) {
    const button = h('button', { type: 'button', class: `warning-label warning-label-${group}`, tabIndex: -1, 'data-warning-label': id },
      drill && h('strong', { class: 'drill-mark' }, drill), h('span', {}, label));
    button.classList.toggle('lit', id === lit || id === opened);
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener('mousemove', (event) => event.stopPropagation());
    button.addEventListener('click', () => onOpen(id));
    button.addEventListener('mouseenter', () => onHover(id));
    button.addEventListener('mouseleave', () => onHover(null));
    return L.marker(at, { icon: L.divIcon({ html: button, className: 'warning-sign', iconSize: [0, 0] }), pane: 'warning-names', interactive: false, keyboard: false });
  }

  /** What floats over the map where names may stand. @returns {import('./free_place.js').Box[]} */
  function floating() {
    const frame = map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll('#see-all:not([hidden])')].map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0)
      .map(({ left, top, width, height }) => ({ x: left - frame.left + width / 2, y: top - frame.top + height / 2, half: [width / 2, height / 2] }));
  }

  /** Names one below the other where they would cover each other or a button. What is over is not named. */
  function drawNames() {
    names.clearLayers();
    const taken = floating();
    boxes = [];
    for (const area of areas.filter(({ group, id }) => group !== 'past' || id === opened)) {
      const at = placeOfName(area);
      if (!at) continue;
      const point = map.latLngToContainerPoint(at);
      const half = halfOf(area);
      point.y = freeBelow({ x: point.x, y: point.y, half }, taken);
      taken.push({ x: point.x, y: point.y, half });
      const place = map.containerPointToLatLng(point);
      const scale = half[1] / NAME_HALF_HEIGHT;
      boxes.push({ at: place, offset: [0, 0], half: [half[0] / scale, half[1] / scale] });
      name(area, place).addTo(names);
    }
  }
  map.on('moveend', drawNames);
  map.on('zoomend', () => {
    if (areas.some(({ group }) => group === 'current')) drawAreas();
  });

  function drawAreas() {
    paths.clearLayers();
    drawn.clear();
    for (const area of [...areas].reverse()) draw(area);
    mark();
  }

  function mark() {
    for (const [id, layers] of drawn) {
      for (const layer of layers) {
        layer.getElement()?.classList.toggle('lit', id === lit);
        layer.getElement()?.classList.toggle('opened', id === opened);
      }
    }
    names.eachLayer((layer) => {
      const button = /** @type {L.Marker} */ (layer).getElement()?.querySelector('button');
      const id = button?.dataset.warningLabel;
      button?.classList.toggle('lit', id === lit || id === opened);
    });
  }

  return {
    /**
     * @param {WarningArea[]} next the gravest first @param {string | null} open whose card is open
     * @param {Geometry | null} sending the simpler shape that is sent of it
     */
    show(next, open, sending) {
      areas = next;
      opened = open ?? '';
      sent.clearLayers();
      drawAreas();
      if (sending) path(sending, 'warning-sending').addTo(sent);
      addHatch(map, 'warnings', HATCH_ID, 'hatch-warning-line', -45);
      drawNames();
      mark();
    },
    /** @param {string | null} id */
    light(id) {
      lit = id ?? '';
      mark();
    },
    /** Something else floats over the map, or does no more. */
    rename: drawNames,
    /** Where other names must not stand. */
    signs: () => boxes,
  };
}
