/** One drawing of the networks: a canvas with the world laid under it. */

import { themed } from '../classify.js';
import { QUIET, RATED_WIDTHS, lineVisible, nodeVisible, ratedWidth, ringSize, ringVisible, stepOf } from './network_rating.js';
import { dashes, lineWidth, nodeSize } from './network_style.js';

/** @typedef {import('./network_index.js').Lines} Lines */
/** @typedef {import('./network_layer.js').NetworkPicture} NetworkPicture */

const SQUARE_KINDS = new Set(['source', 'substation', 'pump', 'regulator', 'heat_exchange']);
const DIAMOND_KINDS = new Set(['switch', 'valve']);

export class Frame {
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
    const { lines, rating, deadLines, deadNodes } = this.picture;
    if (!lines) return;
    /** @type {Map<string, Path2D>} live lines by network and kind, rated ones by step, and dead ones together */
    const paths = new Map();
    lines.features.forEach((feature, line) => {
      const { network, kind, id } = feature.properties;
      const dead = deadLines.has(id);
      if (!lineVisible(this.picture, feature.properties, this.zoom, dead) || !this.inView(lines.boxes, line * 4)) return;
      const step = dead ? -1 : stepOf(rating, feature.properties);
      const key = dead ? `dead ${kind}` : step >= 0 ? `rated ${step}` : `${network} ${kind}`;
      let path = paths.get(key);
      if (!path) paths.set(key, (path = new Path2D()));
      this.trace(path, lines, line);
    });
    const faded = deadLines.size > 0 || deadNodes.size > 0;
    this.context.lineJoin = 'round';
    for (const [key, path] of paths) if (!/^(dead|rated)/.test(key)) this.strokeLive(key, path, faded);
    for (const step of RATED_WIDTHS.keys()) this.strokeRated(step, paths.get(`rated ${step}`));
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
    this.context.globalAlpha = this.picture.rating ? QUIET : faded ? 0.6 : 0.85;
    this.stroke(path, themed(symbol.colour, this.picture.dark), width, dashes(symbol.pattern, width));
    if (symbol.pattern === 'double' && width > 1.6 && !this.picture.rating) {
      this.context.globalAlpha = 1;
      this.stroke(path, this.paper, width * 0.4, []);
    }
    this.context.globalAlpha = 1;
  }

  /** The heavier a step, the later it is drawn, so that it lies above. @param {number} step @param {Path2D | undefined} path */
  strokeRated(step, path) {
    if (!path) return;
    const width = ratedWidth(step, this.zoom);
    this.context.lineCap = 'round';
    this.stroke(path, this.paper, width + 1.4, []);
    this.context.globalAlpha = 0.55 + step * 0.1;
    this.stroke(path, this.hue(this.picture.rating?.network), width, []);
    this.context.globalAlpha = 1;
    this.context.lineCap = 'butt';
  }

  /** @param {string | undefined} network */
  hue(network) {
    return themed(this.picture.symbols[network ?? '']?.colour ?? '#6B7280', this.picture.dark);
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
    const { nodes, deadNodes } = this.picture;
    if (!nodes) return;
    /** @type {Map<string, Path2D>} */
    const paths = new Map();
    nodes.features.forEach((feature, node) => {
      const { network, kind, id } = feature.properties;
      const dead = deadNodes.has(id);
      if (!nodeVisible(this.picture, feature.properties, this.zoom)) return;
      const at = this.pointInView(nodes, node);
      if (!at) return;
      const hollow = feature.properties.normally_open ? 'open' : 'closed';
      const rim = SQUARE_KINDS.has(kind) || DIAMOND_KINDS.has(kind) ? 'rim' : 'plain';
      const key = `${network} ${dead ? 'dead' : 'live'} ${hollow} ${rim}`;
      let path = paths.get(key);
      if (!path) paths.set(key, (path = new Path2D()));
      outline(path, kind, at.x, at.y, nodeSize(kind, this.zoom));
    });
    for (const [key, path] of paths) this.fillNodes(key, path);
  }

  /** Rings of the vulnerability map around stations and devices. */
  rings() {
    const { nodes, rating } = this.picture;
    if (!nodes || !rating) return;
    const paths = RATED_WIDTHS.map(() => new Path2D());
    nodes.features.forEach(({ properties }, node) => {
      if (!ringVisible(this.picture, properties, this.zoom)) return;
      const at = this.pointInView(nodes, node);
      if (!at) return;
      const step = stepOf(rating, properties);
      const { radius } = ringSize(properties.kind, step, this.zoom);
      paths[step].moveTo(at.x + radius, at.y);
      paths[step].arc(at.x, at.y, radius, 0, Math.PI * 2);
    });
    for (const [step, path] of paths.entries()) {
      const { width } = ringSize('', step, this.zoom);
      this.stroke(path, this.paper, width + 2, []);
      this.stroke(path, this.hue(rating.network), width, []);
    }
  }

  /** @param {import('./network_index.js').Nodes} nodes @param {number} node @returns {{x: number, y: number} | null} null out of view */
  pointInView(nodes, node) {
    const x = nodes.xy[node * 2] * this.scale - this.corner.x;
    const y = nodes.xy[node * 2 + 1] * this.scale - this.corner.y;
    return x < -10 || y < -10 || x > this.extent.x + 10 || y > this.extent.y + 10 ? null : { x, y };
  }

  /** @param {string} key @param {Path2D} path */
  fillNodes(key, path) {
    const [network, life, hollow, rim] = key.split(' ');
    const symbol = this.picture.symbols[network];
    const colour = life === 'dead' ? this.dead : themed(symbol?.colour ?? '#6B7280', this.picture.dark);
    this.context.fillStyle = hollow === 'open' ? this.paper : colour;
    this.context.strokeStyle = hollow === 'open' ? colour : this.paper;
    this.context.lineWidth = hollow === 'open' ? 1.6 : 1.2;
    const { rating } = this.picture;
    this.context.globalAlpha = rating && rating.network !== network ? QUIET : 1;
    this.context.fill(path);
    if (rim === 'rim' || hollow === 'open') this.context.stroke(path);
    this.context.globalAlpha = 1;
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
