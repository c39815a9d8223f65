/** Left panel: layers by group, each row a switch with its legend swatch and count. */

import { themed } from '../classify.js';
import { find, h, svg } from '../element.js';
import { exactNumber } from '../format.js';
import { pictogram, sign } from '../icons.js';
import { mountVulnerability } from './vulnerability.js';
import { warningLayerRows } from './warnings/layer_rows.js';

/** @typedef {import('../types').LegendRow} LegendRow */
/** @typedef {import('../types').PageState} PageState */

/** Groups with more rows than this start folded. */
const ROWS_OPEN = 4;

/** @param {import('./context').PageContext} context */
export function mountLayers(context) {
  const { catalog, words, actions, store, titles } = context;
  const panel = find('#layers-panel');
  const list = h('div', { class: 'layer-groups' });
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': words.t('close'), title: words.t('close') }, sign('close'));
  panel.append(h('header', { class: 'panel-head' }, h('h2', {}, words.t('layers')), close), list);
  close.addEventListener('click', () => setOpen(false));
  const toggle = find('#layers-toggle');
  toggle.addEventListener('click', () => setOpen(panel.hidden));

  /** @param {boolean} open */
  function setOpen(open) {
    panel.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    toggle.hidden = open && innerWidth >= 700;
    if (!open) toggle.focus();
  }
  panel.hidden = innerWidth < 1000 || store.get().wall;
  toggle.setAttribute('aria-expanded', String(!panel.hidden));
  toggle.hidden = !panel.hidden && innerWidth >= 700;

  /** @type {{rows: LegendRow[], box: HTMLInputElement}[]} */
  const groups = [];
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map();
  for (const key of catalog.groups) {
    const rows = catalog.layers.flatMap((layer) => layer.legend.filter((row) => row.group === key));
    if (rows.length) list.append(groupElement(groupTitle(key), rows));
  }
  const vulnerability = mountVulnerability(context, () => innerWidth < 700 && setOpen(false));
  const warnings = warningLayerRows(context);
  list.prepend(vulnerability.element);
  list.append(warnings.element);

  /** @param {string} key of a group, which is its Chinese title */
  function groupTitle(key) {
    return words.has(`group.${key}`) ? words.t(`group.${key}`) : key;
  }

  /** @param {string} title @param {LegendRow[]} rows */
  function groupElement(title, rows) {
    const box = h('input', { type: 'checkbox', 'aria-label': title });
    box.addEventListener('change', () => actions.showLayers(rows.map((row) => row.key), box.checked));
    groups.push({ rows, box });
    const items = rows.map(rowElement);
    if (rows.length === 1) return h('div', { class: 'layer-group single' }, items[0], rows[0].key === 'sites' && sitingButton());
    const details = h('details', { class: 'layer-group', open: rows.length <= ROWS_OPEN },
      h('summary', {}, h('span', { class: 'group-title' }, title), sign('down')),
      h('div', { class: 'layer-rows' }, ...items));
    return h('div', { class: 'group-with-switch' }, box, details);
  }

  /** The workspace that asks where such sites stand best. */
  function sitingButton() {
    const button = h('button', { type: 'button', class: 'text-button siting-entrance', 'data-open-siting': '', title: words.t('siting.about') }, sign('pin'), words.t('siting'));
    button.addEventListener('click', () => {
      if (innerWidth < 700) setOpen(false);
      context.siting.open();
    });
    return button;
  }

  /** @param {LegendRow} row */
  function rowElement(row) {
    const box = h('input', { type: 'checkbox' });
    box.addEventListener('change', () => actions.showLayers([row.key], box.checked));
    boxes.set(row.key, box);
    const icon = row.symbol.shape === 'badge' ? titles.categoryIcon(row.where.category) : null;
    return h('label', { class: 'layer-row', 'data-layer': row.key },
      box, swatch(row, icon), h('span', { class: 'layer-title' }, words.titleOf(row.title)),
      h('span', { class: 'layer-count' }, exactNumber(row.count)));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    vulnerability.render(state, before);
    warnings.render(state, before);
    if (before && state.wall && !before.wall && !panel.hidden) setOpen(false);
    for (const [key, box] of boxes) box.checked = state.layers[key] === true;
    for (const { rows, box } of groups) {
      const shown = rows.filter((row) => state.layers[row.key]).length;
      box.checked = shown === rows.length;
      box.indeterminate = shown > 0 && shown < rows.length;
    }
  }
  return { render };
}

/** @param {LegendRow} row @param {string | null} icon @returns {SVGElement | HTMLElement} */
function swatch({ symbol }, icon) {
  const colour = themed(symbol.colour, document.documentElement.dataset.theme === 'dark');
  if (icon) return h('span', { class: 'swatch swatch-badge' }, pictogram(icon));
  const frame = svg('svg', { viewBox: '0 0 28 14', class: 'swatch', 'aria-hidden': 'true' });
  if (symbol.shape === 'area') {
    frame.append(svg('rect', { x: 4, y: 2, width: 20, height: 10, rx: 2, fill: 'none', stroke: colour, 'stroke-width': symbol.width_px + 0.4 }));
  } else if (symbol.shape === 'point') {
    frame.append(svg('circle', { cx: 14, cy: 7, r: 4, fill: colour }));
  } else {
    frame.append(...lineSwatch(symbol, colour));
  }
  return frame;
}

/** @param {import('../types').LegendSymbol} symbol @param {string} colour */
function lineSwatch({ pattern, width_px: width }, colour) {
  const base = { x1: 1, y1: 7, x2: 27, y2: 7, stroke: colour, 'stroke-width': width + 0.6 };
  if (pattern === 'double') {
    return [4.8, 9.2].map((y) => svg('line', { ...base, y1: y, y2: y, 'stroke-width': 1.4 }));
  }
  /** @type {Record<string, string>} */
  const dash = { 'dash-dot': '8 3 2 3', dotted: '1.5 3' };
  return [svg('line', dash[pattern] ? { ...base, 'stroke-dasharray': dash[pattern] } : base)];
}
