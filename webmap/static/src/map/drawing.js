/** Drawing an area with Geoman, called through its API: polygon, circle, corridor. */

import * as L from 'leaflet';

/** @typedef {import('../types').DrawnArea} DrawnArea */
/** @typedef {import('../types').Position} Position */

/** Kinds of fields in which nothing is written, so that the keys are the map's. */
const NOT_WRITTEN = ['checkbox', 'radio', 'button'];

const SHAPES = { polygon: 'Polygon', circle: 'Circle', corridor: 'Line' };

/** @param {L.LatLng[]} path @returns {Position[]} without the repeated points that a double click leaves */
function positions(path) {
  /** @type {Position[]} */
  const result = [];
  for (const { lng, lat } of path) {
    const last = result[result.length - 1];
    if (!last || Math.abs(last[0] - lng) > 1e-6 || Math.abs(last[1] - lat) > 1e-6) result.push([lng, lat]);
  }
  return result;
}

/**
 * @param {L.Layer} layer as Geoman made it
 * @param {keyof typeof SHAPES} kind
 * @param {number} corridorWidthM
 * @returns {DrawnArea | null} null for what is too small to be an area
 */
function areaOf(layer, kind, corridorWidthM) {
  if (kind === 'circle' && layer instanceof L.Circle) {
    const { lng, lat } = layer.getLatLng();
    const sizeM = Math.round(layer.getRadius());
    return sizeM > 0 ? { kind, path: [[lng, lat]], sizeM } : null;
  }
  if (kind === 'polygon' && layer instanceof L.Polygon) {
    const path = positions(/** @type {L.LatLng[][]} */ (layer.getLatLngs())[0]);
    return path.length >= 3 ? { kind, path, sizeM: 0 } : null;
  }
  if (kind === 'corridor' && layer instanceof L.Polyline) {
    const path = positions(/** @type {L.LatLng[]} */ (layer.getLatLngs()));
    return path.length >= 2 ? { kind, path, sizeM: corridorWidthM } : null;
  }
  return null;
}

/**
 * @param {L.Map} map
 * @param {(area: DrawnArea) => void} onDrawn
 * @param {() => void} onEnd called when drawing stops, with or without an area
 * @param {() => void} onCrossing called when a corner is not taken, as its edge would cross another
 */
export function createDrawing(map, onDrawn, onEnd, onCrossing) {
  const { pm } = map;
  /** @type {keyof typeof SHAPES | null} */
  let kind = null;
  let widthM = 0;

  map.on('pm:create', (event) => {
    event.layer.remove();
    const area = kind ? areaOf(event.layer, kind, widthM) : null;
    if (area) onDrawn(area);
    stop();
    onEnd();
  });

  /** Geoman refuses such a corner without a word; its own sign of it is all that tells. */
  function tellCrossing() {
    if (kind === 'polygon' && /** @type {any} */ (pm).Draw.Polygon._doesSelfIntersect) onCrossing();
  }

  /** The last corner is taken back; with one corner, or a circle, drawing begins anew. */
  function undoPoint() {
    if (!kind) return;
    const again = kind;
    const tool = /** @type {any} */ (pm).Draw[SHAPES[kind]];
    if (kind !== 'circle' && tool._markers?.length > 1) {
      tool._removeLastVertex();
      return;
    }
    stop();
    start(again);
  }

  /** While something is drawn its points are undone, nothing that was finished before. @param {KeyboardEvent} event */
  function undoKey(event) {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const { target } = event;
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !NOT_WRITTEN.includes(target.type))) return;
    if (document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopPropagation();
    undoPoint();
  }

  /** @param {keyof typeof SHAPES} wanted */
  function start(wanted) {
    kind = wanted;
    map.doubleClickZoom.disable();
    pm.enableDraw(/** @type {any} */ (SHAPES[wanted]), {
      tooltips: false,
      allowSelfIntersection: wanted === 'corridor',
      finishOn: wanted === 'circle' ? undefined : 'dblclick',
      snappable: false,
      continueDrawing: false,
      cursorMarker: false,
      hintlineStyle: { className: 'drawn-hint', dashArray: '5 5' },
      templineStyle: { className: 'drawn-hint' },
      pathOptions: { className: 'drawn-hint' },
    });
    // After Geoman's own listeners, which it has just added.
    map.on('click dblclick', tellCrossing);
    window.addEventListener('keydown', undoKey, true);
  }

  function stop() {
    if (!kind) return;
    kind = null;
    map.off('click dblclick', tellCrossing);
    window.removeEventListener('keydown', undoKey, true);
    pm.disableDraw();
    map.doubleClickZoom.enable();
  }

  return {
    start,
    stop,
    /** @param {number} metres */
    setCorridorWidth: (metres) => {
      widthM = metres;
    },
  };
}
