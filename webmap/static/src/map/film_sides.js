/** Two moments on one map: each drawn whole on a canvas of its own, of which the divider shows a part. */

import * as L from 'leaflet';
import { LOSS_RAMP, shadedShare, shareClass } from '../classify.js';
import { Screen } from '../film/reel.js';
import { NetworkLayer } from './network_layer.js';
import { worldX, worldY } from './network_index.js';

/** @typedef {import('../film/reel.js').Reel} Reel */
/** @typedef {{sides: {reel: Reel, s: number}[], split: number}} Sides */

const FILL_OPACITY = 0.78;
/** Beyond every screen, pixels. */
const FAR = 20_000;
const STATE_COLOURS = { failed: '#9b0000', on_reserve: '#d97706' };
/** Half the side of a facility's sign, pixels. */
const SIGN_PX = 6;

class SideLayer extends NetworkLayer {
  /** @param {string} pane */
  constructor(pane) {
    super(pane);
    // The library's own class takes no options.
    L.setOptions(this, { pane });
    /** @type {{townships: {colour: string | null, rings: [number, number][][]}[], facilities: {at: [number, number], state: string}[]}} */
    this.moment = { townships: [], facilities: [] };
  }

  /** @override @param {CanvasRenderingContext2D} context @param {number} scale @param {{x: number, y: number}} corner */
  below(context, scale, corner) {
    for (const { colour, rings } of this.moment.townships) {
      if (colour === null) continue;
      const path = new Path2D();
      for (const ring of rings) {
        ring.forEach(([lng, lat], place) => path[place ? 'lineTo' : 'moveTo'](worldX(lng) * scale - corner.x, worldY(lat) * scale - corner.y));
        path.closePath();
      }
      context.globalAlpha = FILL_OPACITY;
      context.fillStyle = colour === 'unknown' ? hatch(context) : colour;
      context.fill(path, 'evenodd');
      context.globalAlpha = 1;
    }
  }

  /** @override @param {CanvasRenderingContext2D} context @param {number} scale @param {{x: number, y: number}} corner */
  above(context, scale, corner) {
    for (const { at: [lng, lat], state } of this.moment.facilities) {
      const [x, y] = [worldX(lng) * scale - corner.x, worldY(lat) * scale - corner.y];
      context.beginPath();
      context.roundRect(x - SIGN_PX, y - SIGN_PX, 2 * SIGN_PX, 2 * SIGN_PX, 3);
      context.fillStyle = state === 'failed' ? STATE_COLOURS.failed : '#ffffff';
      context.strokeStyle = STATE_COLOURS[/** @type {keyof typeof STATE_COLOURS} */ (state)] ?? '#8b8f96';
      context.lineWidth = 2.5;
      context.fill();
      context.stroke();
    }
  }
}

/** @param {CanvasRenderingContext2D} context @returns {CanvasPattern | string} */
function hatch(context) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const pen = tile.getContext('2d');
  if (!pen) return '#8b8f96';
  pen.strokeStyle = '#8b8f96';
  pen.lineWidth = 1.5;
  pen.stroke(new Path2D('M-2 2 2-2M0 8 8 0M6 10 10 6'));
  return context.createPattern(tile, 'repeat') ?? '#8b8f96';
}

/** @param {any} parts of the map view @param {import('./view.js').MapWords} words */
export function createFilmSides({ map, network, townships, data }, words) {
  /** @type {SideLayer[]} */
  const layers = [];
  let split = 0.5;

  /** Each side's part of the map: panes move with the map, so it is cut anew as that moves. */
  function cut() {
    const corner = map.containerPointToLayerPoint([0, 0]);
    const x = corner.x + split * map.getSize().x;
    const parts = [`-${FAR}px -${FAR}px, ${x}px -${FAR}px, ${x}px ${FAR}px, -${FAR}px ${FAR}px`, `${x}px -${FAR}px, ${FAR}px -${FAR}px, ${FAR}px ${FAR}px, ${x}px ${FAR}px`];
    layers.forEach((layer, place) => {
      const pane = layer.getPane();
      if (pane) pane.style.clipPath = `polygon(${parts[place]})`;
    });
  }

  /** @param {{reel: Reel, s: number}} side @param {import('../types').PageState} state */
  function momentOf({ reel, s }, state) {
    const screen = new Screen(reel);
    screen.goTo(s);
    const shares = new Map(screen.townships().map((status) => [status.code, shareClass(shadedShare(status, state.shading).share)]));
    const numbers = new Map(reel.film.facilities.map(({ id }, number) => [id, number]));
    return {
      screen,
      townships: data.features('townships').map((/** @type {any} */ { properties, geometry }) => {
        const step = shares.get(properties.code) ?? -1;
        return { colour: step === -1 ? null : step === -2 ? 'unknown' : LOSS_RAMP[step], rings: geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat() };
      }),
      facilities: data.features('facilities').filter((/** @type {any} */ { properties }) => state.layers[`facilities_${properties.category}`]).map((/** @type {any} */ { properties, geometry }) => {
        const number = numbers.get(properties.id);
        return { at: geometry.coordinates, state: number === undefined ? 'supplied' : screen.stand(number).state };
      }).filter((/** @type {{state: string}} */ { state: now }) => now === 'failed' || now === 'on_reserve'),
    };
  }

  function remove() {
    map.off('move zoom resize', cut);
    for (const layer of layers.splice(0)) layer.remove();
  }

  return {
    /** @param {Sides | null} sides @param {import('../types').PageState} state */
    show(sides, state) {
      const was = layers.length > 0;
      if (!sides) {
        remove();
        if (was) townships.shade(state.assessment?.townships ?? null, state.shading, words.township);
        return;
      }
      if (!was) {
        for (const side of ['film-a', 'film-b']) {
          if (!map.getPane(side)) Object.assign(map.createPane(side).style, { zIndex: '395', pointerEvents: 'none' });
          layers.push(new SideLayer(side));
        }
        map.on('move zoom resize', cut);
      }
      townships.shade(null, state.shading, words.township);
      sides.sides.forEach((side, place) => {
        const { screen, ...moment } = momentOf(side, state);
        const layer = layers[place];
        layer.moment = moment;
        layer.picture = { ...network.picture, rating: null, deadLines: screen.deadLines, deadNodes: screen.deadNodes };
        if (was) layer.draw();
        else layer.addTo(map);
      });
      split = sides.split;
      cut();
    },
    /** @param {number} share of the map's width */
    split(share) {
      split = share;
      cut();
    },
  };
}
