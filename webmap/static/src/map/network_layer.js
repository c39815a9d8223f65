/** One canvas for all lines and nodes. A pan moves the canvas as it is; it is drawn anew when the pan ends. */

import * as L from 'leaflet';
import { Frame } from './network_frame.js';

/** @typedef {import('./network_index.js').Lines} Lines */
/** @typedef {import('./network_index.js').Nodes} Nodes */
/** @typedef {import('../types').LegendSymbol} LegendSymbol */

/** Part of the view that is drawn beyond each edge, so that a pan shows no gap. */
const MARGIN = 0.4;

/**
 * @typedef {object} NetworkPicture what to draw
 * @property {Lines | null} lines
 * @property {Nodes | null} nodes
 * @property {Record<string, LegendSymbol>} symbols by network
 * @property {Set<string>} shownLines networks whose lines are switched on
 * @property {Set<string>} shownNodes
 * @property {Set<string>} deadLines ids
 * @property {Set<string>} deadNodes ids
 * @property {import('./network_rating.js').Rating | null} rating what the vulnerability map shows
 * @property {boolean} dark
 */

export class NetworkLayer extends L.Layer {
  /** @param {string} pane */
  constructor(pane) {
    super({ pane });
    /** @type {NetworkPicture} */
    this.picture = {
      lines: null, nodes: null, symbols: {}, rating: null, dark: false,
      shownLines: new Set(), shownNodes: new Set(), deadLines: new Set(), deadNodes: new Set(),
    };
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'leaflet-zoom-animated network-canvas';
    this.drawn = { zoom: 0, topLeft: L.latLng(0, 0) };
    /** @type {L.Map | null} */
    this.host = null;
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    this.host = map;
    this.getPane()?.append(this.canvas);
    this.draw();
    return this;
  }

  /** @override */
  onRemove() {
    this.canvas.remove();
    this.host = null;
    return this;
  }

  /** @override */
  getEvents() {
    return {
      moveend: () => this.draw(),
      resize: () => this.draw(),
      zoomanim: (/** @type {any} */ event) => this.follow(event.center, event.zoom),
      zoom: () => {
        if (this.host) this.follow(this.host.getCenter(), this.host.getZoom());
      },
    };
  }

  /** @param {Partial<NetworkPicture>} change */
  show(change) {
    this.picture = { ...this.picture, ...change };
    this.draw();
  }

  /** Moves and scales the last drawing while the zoom runs. @param {L.LatLng} centre @param {number} zoom */
  follow(centre, zoom) {
    const map = this.host;
    if (!map) return;
    const pane = L.DomUtil.getPosition(map.getPanes().mapPane);
    const origin = map.project(centre, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    const position = map.project(this.drawn.topLeft, zoom).subtract(origin);
    L.DomUtil.setTransform(this.canvas, position, map.getZoomScale(zoom, this.drawn.zoom));
  }

  draw() {
    const map = this.host;
    if (!map) return;
    const size = map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const extent = size.add(margin.multiplyBy(2));
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const layerPoint = map.containerPointToLayerPoint(L.point(0, 0)).subtract(margin);
    this.canvas.width = extent.x * ratio;
    this.canvas.height = extent.y * ratio;
    this.canvas.style.width = `${extent.x}px`;
    this.canvas.style.height = `${extent.y}px`;
    L.DomUtil.setTransform(this.canvas, layerPoint, 1);
    this.drawn = { zoom: map.getZoom(), topLeft: map.layerPointToLatLng(layerPoint) };
    const context = this.canvas.getContext('2d');
    if (!context) return;
    const scale = 2 ** map.getZoom();
    const corner = map.project(this.drawn.topLeft);
    context.scale(ratio, ratio);
    const frame = new Frame(context, scale, corner, extent, map.getZoom(), this.picture);
    this.below(context, scale, corner);
    frame.lines();
    frame.nodes();
    frame.rings();
    this.above(context, scale, corner);
  }

  /** What else a layer draws under its networks. @param {CanvasRenderingContext2D} _context @param {number} _scale @param {{x: number, y: number}} _corner */
  below(_context, _scale, _corner) {}

  /** The same over them. @param {CanvasRenderingContext2D} _context @param {number} _scale @param {{x: number, y: number}} _corner */
  above(_context, _scale, _corner) {}
}
