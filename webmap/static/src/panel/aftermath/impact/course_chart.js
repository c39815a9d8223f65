/** Customers without supply over the hours, a line a network. Its cursor is the hour that the map shows. */

import { themed } from '../../../classify.js';
import { drawCourse, hoursAt, peakRow, rowAt } from '../../../aftermath/course.js';
import { networksHit } from '../../../aftermath/figures.js';
import { h, replaceChildren, svg } from '../../../element.js';
import { countBeforeUnit, exactNumber, moment, shortNumber } from '../../../format.js';
import { NETWORKS } from '../../../state/marks.js';
import { isDark } from '../../../theme.js';

/** @typedef {import('../../../types').PageState} PageState */
/** @typedef {import('../../../aftermath').Impact} Impact */
/** @typedef {import('../../../aftermath').ImpactRow} ImpactRow */

const HEIGHT = 190;
const FIRST_WIDTH = 500;

/** @param {import('../../context').PageContext} context */
export function courseChart(context) {
  const { words: { t, language }, store, catalog, aftermath, titles } = context;
  const key = h('ul', { class: 'course-key', 'aria-hidden': 'true' });
  const drawing = svg('svg', { class: 'course-drawing', role: 'img' });
  const readout = h('p', { class: 'course-readout', 'data-course-readout': '' });
  const element = h('div', { class: 'course' }, key, drawing, readout);
  /** @type {Impact | null} */
  let impact = null;
  let frame = frameOf(FIRST_WIDTH);
  /** The hour under the pointer. @type {number | null} */
  let pointed = null;

  /** Everything grows with the type, which the wall view doubles. @param {number} width */
  function frameOf(width) {
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    return { width, height: HEIGHT * scale, left: 52 * scale, right: 12 * scale, top: 10 * scale, bottom: 26 * scale };
  }

  /** @param {string} network */
  function colourOf(network) {
    const rows = catalog.layers.find(({ key: layer }) => layer === 'network_lines')?.legend ?? [];
    return themed(rows.find((row) => row.where.network === network)?.symbol.colour ?? '#6B7280', isDark(store.get().theme));
  }

  /** @param {ImpactRow} row */
  function said(row) {
    const out = NETWORKS.filter((network) => row.customers_out[network]).map((network) => t('aftermath.course.out', { loss: t(`loss.${network}`), count: countBeforeUnit(row.customers_out[network] ?? 0, language) }));
    const places = (row.facilities_failed || row.facilities_on_reserve) && t('aftermath.course.places', { failed: row.facilities_failed, reserve: row.facilities_on_reserve });
    const degrees = row.temperature_c !== null && `${exactNumber(row.temperature_c).replace('-', '−')} °C`;
    return [...(out.length ? out : [t('aftermath.course.none_out')]), places, degrees].filter(Boolean).join(t('list_comma'));
  }

  /** What is read out: the hour pointed at, the hour shown, or the hour with most. */
  function readOut() {
    if (!impact) return;
    const { row } = store.get().aftermath;
    const chosen = pointed ?? row;
    const shown = impact.series[chosen ?? peakRow(impact.series)];
    const head = chosen === null ? t('aftermath.course.most_at', { at: moment(shown.at, language) }) : moment(shown.at, language);
    replaceChildren(readout, h('strong', {}, head), ' ', said(shown));
    for (const [name, at] of /** @type {[string, number | null][]} */ ([['pointed', pointed], ['cursor', row]])) {
      const line = drawing.querySelector(`.course-${name}`);
      const x = at === null ? -10 : drawCourse(impact, frame).xOf(impact.series[at].hours);
      for (const end of ['x1', 'x2']) line?.setAttribute(end, String(x));
    }
  }

  function draw() {
    if (!impact) return;
    const { values, hours, lines } = drawCourse(impact, frame);
    drawing.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
    drawing.setAttribute('height', String(frame.height));
    const [right, foot] = [frame.width - frame.right, frame.height - frame.bottom];
    drawing.replaceChildren(
      ...values.flatMap(({ value, y }) => [svg('line', { x1: frame.left, x2: right, y1: y, y2: y, class: 'curve-rule' }), label(shortNumber(value, language), { x: frame.left - 6, y: y + 4, 'text-anchor': 'end' })]),
      ...hours.map(({ hours: at, x }, index) => label(index === hours.length - 1 ? t('aftermath.course.hours', { hours: at }) : String(at), { x: Math.min(x, right - 8), y: frame.height - frame.bottom / 3, 'text-anchor': 'middle' })),
      ...lines.map(({ network, path }) => svg('path', { d: path, class: `course-line course-${network}`, stroke: colourOf(network), 'data-course-line': network })),
      svg('line', { class: 'course-pointed', y1: frame.top, y2: foot, x1: -10, x2: -10 }), svg('line', { class: 'course-cursor', y1: frame.top, y2: foot, x1: -10, x2: -10 }));
    readOut();
  }

  /** @param {string} text @param {Record<string, string | number>} attributes */
  function label(text, attributes) {
    const element_ = svg('text', attributes);
    element_.textContent = text;
    return element_;
  }

  /** @param {PointerEvent} event */
  function rowUnder(event) {
    if (!impact) return null;
    const x = (event.clientX - drawing.getBoundingClientRect().left) * (frame.width / drawing.getBoundingClientRect().width);
    return rowAt(impact.series, hoursAt(x, frame, impact.hours));
  }
  /** @param {number | null} row */
  function point(row) {
    if (row === pointed) return;
    pointed = row;
    readOut();
  }
  drawing.addEventListener('pointermove', (event) => point(rowUnder(/** @type {PointerEvent} */ (event))));
  drawing.addEventListener('pointerleave', () => point(null));
  drawing.addEventListener('click', (event) => aftermath.setRow(rowUnder(/** @type {PointerEvent} */ (event))));
  new ResizeObserver(() => {
    const width = Math.round(element.clientWidth);
    if (!width || width === frame.width) return;
    frame = frameOf(width);
    draw();
  }).observe(element);

  return {
    element, said,
    /** @param {Impact} next */
    show(next) {
      impact = next;
      pointed = null;
      const hit = networksHit(next).filter(([, { peak_customers: peak }]) => peak > 0);
      replaceChildren(key, ...hit.map(([network]) => {
        const sample = svg('svg', { viewBox: '0 0 26 8', width: 26, height: 8 }, svg('path', { d: 'M0 4H26', class: `course-line course-${network}`, stroke: colourOf(network) }));
        return h('li', {}, sample, titles.network(network));
      }));
      const most = hit.map(([network, own]) => t('aftermath.course.peak', { loss: t(`loss.${network}`), count: countBeforeUnit(own.peak_customers, language), at: moment(own.peak_at ?? next.until, language) }));
      drawing.setAttribute('aria-label', [t('aftermath.course.label'), ...most].join(t('siting.semicolon')));
      draw();
    },
    move: readOut,
  };
}
