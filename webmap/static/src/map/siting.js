/** Siting on the map: chosen sites numbered, others, what they serve, demand that is left over, zones where none may stand. */

import * as L from 'leaflet';
import { h } from '../element.js';
import { sign } from '../icons.js';
import { groundPolygons } from '../state/areas.js';
import { addHatch } from './hatch.js';

/** @typedef {import('../siting/picture.js').Picture} Picture */
/** @typedef {import('../siting/picture.js').Mark} Mark */
/** @typedef {import('../siting/picture.js').Dot} Dot */

const HATCH_ID = 'hatch-zone';
/** Half of a mark's sides, pixels at the usual size. @type {[number, number]} */
const MARK_HALF = [17, 17];
const FEW_DOTS = 300;
/** Marks that stand over the others where they meet. @type {Record<Mark['look'], number>} */
const ORDER = { out: 0, candidate: 1, planned: 2, existing: 3, letters: 4, new: 5 };

/** @param {[number, number]} position longitude, latitude @returns {L.LatLngTuple} */
const latLng = ([lng, lat]) => [lat, lng];

/**
 * @param {L.Map} map
 * @param {{onPick: (id: string) => void, onLight: (id: string | null) => void, label: (mark: Mark) => string}} handlers
 */
export function createSitingMarks(map, { onPick, onLight, label }) {
  const below = map.getPane('siting') ?? map.createPane('siting');
  const above = map.getPane('siting-sites') ?? map.createPane('siting-sites');
  // Over networks and badges, so that what is asked about is what is seen; below words and halos.
  below.style.zIndex = '455';
  above.style.zIndex = '475';
  below.style.pointerEvents = above.style.pointerEvents = 'none';
  const canvas = L.canvas({ pane: 'siting', padding: 0.4 });
  const vector = L.svg({ pane: 'siting', padding: 0.5 });
  const zones = L.layerGroup().addTo(map);
  const lines = L.layerGroup().addTo(map);
  const litLines = L.layerGroup().addTo(map);
  const dots = L.layerGroup().addTo(map);
  const marks = L.layerGroup().addTo(map);
  /** @type {Map<string, HTMLElement>} */
  const buttons = new Map();
  /** @type {Picture} */
  let picture = { marks: [], dots: [], zones: [], grounds: [] };

  /** Colours of the theme, which a canvas has to be told. */
  function colours() {
    const style = getComputedStyle(document.documentElement);
    const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    return { site: read('--site'), text: read('--text'), soft: read('--text-soft'), panel: read('--panel') };
  }

  function drawDots() {
    const { site, text, soft, panel } = colours();
    const most = picture.dots.reduce((largest, { weight }) => Math.max(largest, weight), 1);
    const scale = Math.min(Math.max((map.getZoom() - 9) / 4, 0.6), 2);
    // Few are seen one by one, many as a cloud.
    const few = picture.dots.length < FEW_DOTS;
    const opacity = Math.min(Math.max(8 / Math.sqrt(picture.dots.length), 0.12), 0.6);
    for (const { point, weight, state, sitePoint } of picture.dots) {
      const radius = scale * ((few ? 3 : 1) + 2.5 * Math.sqrt(weight / most));
      const common = { renderer: canvas, pane: 'siting', interactive: false, radius };
      const look = state === 'left' ? { color: text, weight: 1, fillColor: panel, fillOpacity: 0.9, radius: radius + 0.5 }
        : { stroke: false, fillColor: state === 'covered' ? site : soft, fillOpacity: state === 'covered' ? 0.6 : 0.5 };
      if (sitePoint && state === 'covered') L.polyline([latLng(point), latLng(sitePoint)], { renderer: canvas, pane: 'siting', interactive: false, color: site, weight: few ? 1.5 : 1, opacity }).addTo(lines);
      L.circleMarker(latLng(point), { ...common, ...look }).addTo(dots);
    }
  }

  /** @param {Mark} mark */
  function button(mark) {
    const text = label(mark);
    const face = mark.look === 'letters' ? mark.letters.map((letter) => h('span', { class: `siting-letter letter-${letter}` }, letter)) : [mark.look === 'out' ? sign('close') : h('span', {}, mark.text)];
    const element = h('button', { type: 'button', class: `siting-mark mark-${mark.look}`, tabIndex: -1, 'aria-label': text, 'data-label': text, 'data-siting-mark': mark.id, 'data-look': mark.look }, ...face);
    L.DomEvent.disableClickPropagation(element);
    element.addEventListener('mousemove', (event) => event.stopPropagation());
    element.addEventListener('click', () => onPick(mark.id));
    element.addEventListener('mouseenter', () => onLight(mark.id));
    element.addEventListener('mouseleave', () => onLight(null));
    return element;
  }

  function drawMarks() {
    buttons.clear();
    for (const mark of picture.marks) {
      const html = button(mark);
      buttons.set(mark.id, html);
      const icon = L.divIcon({ html, className: 'siting-place', iconSize: [0, 0] });
      L.marker(latLng(mark.point), { icon, pane: 'siting-sites', interactive: false, keyboard: false, zIndexOffset: 1000 * ORDER[mark.look] }).addTo(marks);
    }
  }

  function drawZones() {
    /** @param {import('../types').Geometry} zone @param {string} className */
    const draw = (zone, className) => L.polygon(groundPolygons(zone).map((polygon) => polygon.map((ring) => ring.map(latLng))), { renderer: vector, pane: 'siting', className, interactive: false }).addTo(zones);
    for (const ground of picture.grounds) draw(ground, 'siting-ground');
    for (const zone of picture.zones) draw(zone, 'siting-zone');
    if (picture.zones.length) addHatch(map, 'siting', HATCH_ID, 'hatch-zone-line', 45);
  }

  map.on('zoomend', () => {
    if (!picture.dots.length) return;
    lines.clearLayers();
    dots.clearLayers();
    drawDots();
  });

  return {
    /** @param {Picture | null} next null takes it all away */
    show(next) {
      picture = next ?? { marks: [], dots: [], zones: [], grounds: [] };
      for (const group of [zones, lines, litLines, dots, marks]) group.clearLayers();
      drawZones();
      drawDots();
      drawMarks();
    },
    /** @param {string | null} id of a site, whose lines come forward */
    light(id) {
      litLines.clearLayers();
      for (const [key, element] of buttons) element.classList.toggle('lit', key === id);
      const { site } = colours();
      for (const { point, site: own, sitePoint, state } of id ? picture.dots : []) {
        if (own !== id || !sitePoint || state !== 'covered') continue;
        L.polyline([latLng(point), latLng(sitePoint)], { renderer: canvas, pane: 'siting', interactive: false, color: site, weight: 2, opacity: 0.9 }).addTo(litLines);
      }
    },
    /** Where words must not stand. */
    signs: () => picture.marks.filter(({ look }) => look === 'new' || look === 'letters').map(({ point }) => ({ at: L.latLng(latLng(point)), offset: /** @type {[number, number]} */ ([0, 0]), half: MARK_HALF })),
    /** The sites of an answer; while there is none, all that could be. @returns {L.LatLngBounds | null} */
    bounds() {
      const open = picture.marks.filter(({ look }) => look === 'new' || look === 'letters' || look === 'existing');
      const shown = open.some(({ look }) => look !== 'existing') ? open : picture.marks;
      return shown.length ? L.latLngBounds(shown.map(({ point }) => latLng(point))) : null;
    },
  };
}
