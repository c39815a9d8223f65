/** Group 预警 of the layers: current, planned and past warnings, each a switch with its swatch and its count. */

import { h, svg } from '../../element.js';
import { sign } from '../../icons.js';
import { otherMoment, warningCounts } from '../../warnings/on_map.js';
import { GROUPS, LAYER_OF } from '../../warnings/state.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../warnings/state.js').Group} Group */

/** As the map draws them. @param {Group} group */
function swatch(group) {
  const frame = svg('svg', { viewBox: '0 0 28 14', class: `swatch swatch-warning-${group}`, 'aria-hidden': 'true' });
  const box = { x: 4, y: 2.5, width: 20, height: 9, rx: 1.5, fill: 'none' };
  if (group === 'current') frame.append(svg('rect', { ...box, class: 'swatch-band' }));
  frame.append(svg('rect', { ...box, class: 'swatch-line' }));
  return frame;
}

/** @param {import('../context').PageContext} context */
export function warningLayerRows({ words: { t }, actions }) {
  const rows = GROUPS.map((group) => {
    const box = h('input', { type: 'checkbox' });
    box.addEventListener('change', () => actions.showLayers([LAYER_OF[group]], box.checked));
    const count = h('span', { class: 'layer-count' });
    const title = h('span', { class: 'layer-title' }, t(`warnings.layer.${group}`));
    return { group, box, count, title, element: h('label', { class: 'layer-row', 'data-layer': LAYER_OF[group] }, box, swatch(group), title, count) };
  });
  const all = h('input', { type: 'checkbox', 'aria-label': t('group.预警') });
  all.addEventListener('change', () => actions.showLayers(rows.map(({ group }) => LAYER_OF[group]), all.checked));
  const element = h('div', { class: 'group-with-switch', hidden: true }, all,
    h('details', { class: 'layer-group', open: true }, h('summary', {}, h('span', { class: 'group-title' }, t('group.预警')), sign('down')), h('div', { class: 'layer-rows' }, ...rows.map((row) => row.element))));

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const keys = /** @type {(keyof PageState)[]} */ (['warnings', 'layers', 'log', 'hours', 'marks']);
    if (before && keys.every((key) => state[key] === before[key])) return;
    // Who may not see any has no switch for them.
    element.hidden = state.warnings.asOf === null;
    const counts = warningCounts(state);
    for (const { group, box, count, title } of rows) {
      box.checked = state.layers[LAYER_OF[group]] === true;
      count.textContent = String(counts[group]);
      const at = group === 'current' && otherMoment(state) !== null;
      title.textContent = t(at ? 'warnings.layer.current_then' : `warnings.layer.${group}`);
      title.title = at ? t('warnings.layer.then_about') : '';
    }
    const shown = rows.filter(({ box }) => box.checked).length;
    all.checked = shown === rows.length;
    all.indeterminate = shown > 0 && shown < rows.length;
  }
  return { element, render };
}
