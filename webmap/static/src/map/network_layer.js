/** One canvas for all lines and nodes. A pan moves the canvas as it is; it is drawn anew when the pan ends. */

import * as L from 'leaflet';
import { themed } from '../classify.js';
import { dashes, lineShown, lineWidth, nodeShown, nodeSize } from './network_style.js';

/** @typedef {import('./network_index.js').Lines} Lines */
/** @typedef {import('./network_index.js').Nodes} Nodes */
/** @typedef {import('../types').LegendSymbol} LegendSymbol */

/** Part of the view that is drawn beyond each edge, so that a pan shows no gap. */
const MARGIN = 0.4;
const SQUARE_KINDS = new Set(['source', 'substation', 'pump', 'regulator', 'heat_exchange']);
const DIAMOND_KINDS = new Set(['switch', 'valve']);

/**
 * @typedef {object} NetworkPicture what to draw
 * @property {Lines | null} lines
 * @property {Nodes | null} nodes
 * @property {Record<string, LegendSymbol>} symbols by network
 * @property {Set<string>} shownLines networks whose lines are switched on
 * @property {Set<string>} shownNodes
 * @property {Set<string>} deadLines ids
 * @property {Set<string>} deadNodes ids
 * @property {boolean} dark
 */

export class NetworkLayer extends L.Layer {
  /** @param {string} pane */
  constructor(pane) {
    super({ pane });
    /** @type {NetworkPicture} */
    this.picture = {
      lines: null, nodes: null, symbols: {}, dark: false,
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
    frame.lines();
    frame.nodes();
  }
}

/** One drawing: the canvas with the world laid under it. */
class Frame {
  /**
   * @param {CanvasRenderingContext2D} context @param {number} scale pixels per world unit @param {L.Point} corner
   * @param {L.Point} extent @param {number} zoom @param {NetworkPicture} picture
   */
  constructor(context, scale, corner, extent, zoom, picture) {
    this.context = context;
    this.scale = scale;
    this.corner = corner;
    this.extent = extent;
    this.zoom = zoom;
    this.picture = picture;
    const style = getComputedStyle(document.documentElement);
    this.paper = style.getPropertyValue('--paper').trim();
    this.dead = style.getPropertyValue('--dead').trim();
  }

  lines() {
    const { lines, shownLines, deadLines, deadNodes } = this.picture;
    if (!lines) return;
    /** @type {Map<string, Path2D>} live lines by network and kind, and dead ones together */
    const paths = new Map();
    lines.features.forEach((feature, line) => {
      const { network, kind, id } = feature.properties;
      const dead = deadLines.has(id);
      if (!dead && !shownLines.has(network)) return;
      if (!lineShown(kind, this.zoom, dead) || !this.inView(lines.boxes, line * 4)) return;
      const key = dead ? `dead ${kind}` : `${network} ${kind}`;
      let path = paths.get(key);
      if (!path) paths.set(key, (path = new Path2D()));
      this.trace(path, lines, line);
    });
    const faded = deadLines.size > 0 || deadNodes.size > 0;
    this.context.lineJoin = 'round';
    for (const [key, path] of paths) if (!key.startsWith('dead')) this.strokeLive(key, path, faded);
    for (const [key, path] of paths) if (key.startsWith('dead')) this.strokeDead(key.slice(5), path);
  }

  /** @param {Path2D} path @param {Lines} lines @param {number} line */
  trace(path, lines, line) {
    const { xy, start } = lines;
    for (let vertex = start[line]; vertex < start[line + 1]; vertex += 1) {
      const x = xy[vertex * 2] * this.scale - this.corner.x;
      const y = xy[vertex * 2 + 1] * this.scale - this.corner.y;
      if (vertex === start[line]) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
  }

  /** @param {string} key @param {Path2D} path @param {boolean} faded so that the dead network stands out */
  strokeLive(key, path, faded) {
    const [network, kind] = key.split(' ');
    const symbol = this.picture.symbols[network];
    if (!symbol) return;
    const width = symbol.width_px * lineWidth(kind, this.zoom);
    this.context.globalAlpha = faded ? 0.6 : 0.85;
    this.stroke(path, themed(symbol.colour, this.picture.dark), width, dashes(symbol.pattern, width));
    if (symbol.pattern === 'double' && width > 1.6) {
      this.context.globalAlpha = 1;
      this.stroke(path, this.paper, width * 0.4, []);
    }
    this.context.globalAlpha = 1;
  }

  /** @param {string} kind @param {Path2D} path */
  strokeDead(kind, path) {
    const width = 1.5 * lineWidth(kind, this.zoom);
    this.context.globalAlpha = 0.8;
    this.stroke(path, this.paper, width + 1.6, []);
    this.context.globalAlpha = 1;
    this.stroke(path, this.dead, width, [4, 3]);
  }

  /** @param {Path2D} path @param {string} colour @param {number} width @param {number[]} dash */
  stroke(path, colour, width, dash) {
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.context.setLineDash(dash);
    this.context.stroke(path);
    this.context.setLineDash([]);
  }

  nodes() {
    const { nodes, shownNodes, deadNodes } = this.picture;
    if (!nodes) return;
    /** @type {Map<string, Path2D>} */
    const paths = new Map();
    nodes.features.forEach((feature, node) => {
      const { network, kind, id } = feature.properties;
      const dead = deadNodes.has(id);
      if (!shownNodes.has(network) || !nodeShown(kind, this.zoom)) return;
      const x = nodes.xy[node * 2] * this.scale - this.corner.x;
      const y = nodes.xy[node * 2 + 1] * this.scale - this.corner.y;
      if (x < -10 || y < -10 || x > this.extent.x + 10 || y > this.extent.y + 10) return;
      const hollow = feature.properties.normally_open ? 'open' : 'closed';
      const rim = SQUARE_KINDS.has(kind) || DIAMOND_KINDS.has(kind) ? 'rim' : 'plain';
      const key = `${network} ${dead ? 'dead' : 'live'} ${hollow} ${rim}`;
      let path = paths.get(key);
      if (!path) paths.set(key, (path = new Path2D()));
      outline(path, kind, x, y, nodeSize(kind, this.zoom));
    });
    for (const [key, path] of paths) this.fillNodes(key, path);
  }

  /** @param {string} key @param {Path2D} path */
  fillNodes(key, path) {
    const [network, life, hollow, rim] = key.split(' ');
    const symbol = this.picture.symbols[network];
    const colour = life === 'dead' ? this.dead : themed(symbol?.colour ?? '#6B7280', this.picture.dark);
    this.context.fillStyle = hollow === 'open' ? this.paper : colour;
    this.context.strokeStyle = hollow === 'open' ? colour : this.paper;
    this.context.lineWidth = hollow === 'open' ? 1.6 : 1.2;
    this.context.fill(path);
    if (rim === 'rim' || hollow === 'open') this.context.stroke(path);
  }

  /** @param {Float64Array} boxes @param {number} at */
  inView(boxes, at) {
    const left = boxes[at] * this.scale - this.corner.x;
    const top = boxes[at + 1] * this.scale - this.corner.y;
    const right = boxes[at + 2] * this.scale - this.corner.x;
    const bottom = boxes[at + 3] * this.scale - this.corner.y;
    return right >= 0 && bottom >= 0 && left <= this.extent.x && top <= this.extent.y;
  }
}

/** @param {Path2D} path @param {string} kind @param {number} x @param {number} y @param {number} size */
function outline(path, kind, x, y, size) {
  if (SQUARE_KINDS.has(kind)) {
    path.rect(x - size, y - size, size * 2, size * 2);
  } else if (DIAMOND_KINDS.has(kind)) {
    path.moveTo(x, y - size * 1.25);
    path.lineTo(x + size * 1.25, y);
    path.lineTo(x, y + size * 1.25);
    path.lineTo(x - size * 1.25, y);
    path.closePath();
  } else {
    path.moveTo(x + size, y);
    path.arc(x, y, size, 0, Math.PI * 2);
  }
}
