/** The course of an incident as steps in a drawing, and which hour of it is looked at. Pure. */

import { NETWORKS } from '../state/marks.js';
import { niceTicks } from '../siting/curve.js';

/** @typedef {import('../aftermath').Impact} Impact */
/** @typedef {import('../aftermath').ImpactRow} ImpactRow */
/** @typedef {import('../types').Network} Network */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Frame the last four are margins */

/** Hours between the lines below a drawing, from which the fewest that fit are taken. */
const HOUR_STEPS = [1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 240, 720];
const MOST_HOUR_LINES = 8;

/** @param {number} hours */
export function hourTicks(hours) {
  const step = HOUR_STEPS.find((size) => hours / size <= MOST_HOUR_LINES) ?? Math.ceil(hours / MOST_HOUR_LINES / 24) * 24;
  return Array.from({ length: Math.floor(hours / step + 1e-9) + 1 }, (_, index) => index * step);
}

/**
 * Customers without supply by network: steps at the very moments of the changes, with the hours between them.
 * @param {Impact} impact @param {Frame} frame
 */
export function drawCourse({ changes, series, hours, networks }, frame) {
  const rows = changes.length ? changes : series;
  const shown = NETWORKS.filter((network) => (networks[network]?.peak_customers ?? 0) > 0);
  const most = Math.max(1, ...shown.map((network) => networks[network]?.peak_customers ?? 0));
  const values = niceTicks(0, most);
  const top = values[values.length - 1];
  const span = Math.max(hours, 1e-6);
  /** @param {number} at hours */
  const xOf = (at) => frame.left + (frame.width - frame.left - frame.right) * Math.min(Math.max(at / span, 0), 1);
  /** @param {number} value */
  const yOf = (value) => frame.top + (frame.height - frame.top - frame.bottom) * (1 - value / top);
  return {
    xOf, yOf,
    values: values.map((value) => ({ value, y: yOf(value) })),
    hours: hourTicks(hours).map((at) => ({ hours: at, x: xOf(at) })),
    lines: shown.map((network) => ({ network, path: stepPath(rows, network, xOf, yOf, hours) })),
  };
}

/** @param {ImpactRow[]} rows @param {Network} network @param {(hours: number) => number} xOf @param {(value: number) => number} yOf @param {number} until hours */
function stepPath(rows, network, xOf, yOf, until) {
  /** @param {number} value */
  const round = (value) => Math.round(value * 10) / 10;
  const pieces = rows.map((row, index) => {
    const [x, y] = [round(xOf(row.hours)), round(yOf(row.customers_out[network] ?? 0))];
    return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
  });
  return `${pieces.join('')}H${round(xOf(until))}`;
}

/** The row of the series that a place in a drawing belongs to: the last one before it. @param {ImpactRow[]} series @param {number} hours */
export function rowAt(series, hours) {
  let found = 0;
  for (let index = 1; index < series.length && series[index].hours <= hours + 1e-9; index += 1) found = index;
  return found;
}

/** Which hours are asked for by a point in a drawing. @param {number} x in units of the frame @param {Frame} frame @param {number} hours of the whole */
export function hoursAt(x, frame, hours) {
  const share = (x - frame.left) / (frame.width - frame.left - frame.right);
  return Math.min(Math.max(share, 0), 1) * hours;
}

/** The row with most people out, the first of them. @param {ImpactRow[]} series */
export function peakRow(series) {
  return series.reduce((best, row, index) => (row.people_hit > series[best].people_hit ? index : best), 0);
}
