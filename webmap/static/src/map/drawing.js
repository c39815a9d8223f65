/** Drawing an area with Geoman, called through its API: polygon, circle, corridor. */

import * as L from 'leaflet';

/** @typedef {import('../types').DrawnArea} DrawnArea */
/** @typedef {import('../types').Position} Position */

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
  }

  function stop() {
    if (!kind) return;
    kind = null;
    map.off('click dblclick', tellCrossing);
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
