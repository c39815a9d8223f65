/** In the map's corner: what its colours mean, how they were classed, and which hour is shown. */

import { LOSS_RAMP } from '../../classify.js';
import { find, h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { mapLook } from './look.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../aftermath').MapLook} MapLook */
/** @typedef {import('../../aftermath').CrossedClasses} CrossedClasses */

/** A patch of a colour as it looks on the map, where the ground shows through. @param {{key?: string, colour: string, hatched?: boolean}} look */
export function chip({ key, colour, hatched }) {
  const element = h('span', { class: `ramp-chip impact-chip${hatched ? ' share-unknown' : ''}`, 'aria-hidden': 'true' });
  if (hatched || key === 'zero') return element;
  element.dataset.step = String(LOSS_RAMP.indexOf(colour) + 1);
  element.style.setProperty('--step-colour', colour);
  return element;
}

/** @param {import('../context').PageContext} context */
export function mountMapLegend({ words }) {
  const { t, language } = words;
  const element = find('#aftermath-legend');
  /** @type {MapLook | null} */
  let shown = null;
  // The list of layers above it leaves it its room.
  new ResizeObserver(() => document.body.style.setProperty('--impact-legend', `${element.offsetHeight}px`)).observe(element);

  /** @param {MapLook['rows'][number]} row */
  const rowOf = (row) => h('li', { 'data-impact-legend': row.key }, chip(row), h('span', {}, row.label), h('span', { class: 'facts' }, t('aftermath.legend_count', { count: row.count })));

  /** Nine colours, loss to the right, time upwards. @param {CrossedClasses} square */
  function squareOf({ colours, counts, loss, time }) {
    const lines = [2, 1, 0].map((late) => h('tr', {}, h('th', { scope: 'row' }, time.labels[late] || '—'),
      ...[0, 1, 2].map((much) => h('td', { 'data-impact-cell': `${late}-${much}` }, chip({ colour: colours[late][much] }), h('span', {}, String(counts[late][much]))))));
    return h('table', { class: 'impact-square' }, h('caption', {}, `↑ ${time.title}`), h('tbody', {}, ...lines),
      h('tfoot', {}, h('tr', {}, h('td', {}), ...loss.labels.map((label) => h('th', { scope: 'col' }, label || '—'))),
        h('tr', {}, h('td', { colSpan: 4, class: 'impact-square-foot' }, `${loss.title} →`))));
  }

  /** @param {MapLook} look */
  function draw(look) {
    const rows = h('ul', { class: 'impact-legend-rows' }, ...look.rows.map(rowOf));
    const notes = [look.sentence, ...look.notes].filter(Boolean);
    replaceChildren(element,
      h('p', { class: 'impact-legend-title' }, h('span', {}, h('strong', {}, look.title), look.unit && h('span', { class: 'facts' }, ` ${look.unit}`)), look.at && h('span', { 'data-impact-clock': '' }, moment(look.at, language))),
      look.square && squareOf(look.square), rows,
      ...notes.map((text) => h('p', { class: 'facts' }, text)));
  }

  return {
    /** @param {PageState} state */
    render({ aftermath }) {
      const found = mapLook(words, aftermath);
      // Without any loss there is nothing to explain.
      const look = found && [...found.townships.values()].some(({ key }) => key !== 'zero') ? found : null;
      if (look === shown) return;
      shown = look;
      element.hidden = !look;
      if (look) draw(look);
    },
  };
}
