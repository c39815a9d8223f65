/** Moments of the time bar and where they stand on it. Pure. */

import { NETWORKS } from './marks.js';

/** @typedef {import('../types').Moment} Moment */

/** Hours offered as buttons. */
export const PRESET_HOURS = [0, 1, 4, 12, 24, 72];

/**
 * Place of an hour on the bar, 0 to 1. The square root gives the first hours, in which reserves end, most of the width:
 * of 72 h, the first 4 h take 24 %.
 * @param {number} hours @param {number} horizonHours
 */
export function barPosition(hours, horizonHours) {
  return Math.sqrt(Math.min(Math.max(hours / horizonHours, 0), 1));
}

/** The inverse of `barPosition`. @param {number} position 0 to 1 @param {number} horizonHours */
export function hoursAtPosition(position, horizonHours) {
  const clamped = Math.min(Math.max(position, 0), 1);
  return clamped * clamped * horizonHours;
}

/**
 * All moments at which the bar stops: presets within the horizon, the horizon's end and every change, in order.
 * @param {Moment[]} timeline @param {number} horizonHours @param {number} [presentHours] what presets are counted from @returns {number[]} hours
 */
export function stops(timeline, horizonHours, presentHours = 0) {
  const all = [0, ...PRESET_HOURS.map((hours) => presentHours + hours).filter((hours) => hours <= horizonHours), horizonHours];
  for (const moment of timeline) {
    if (moment.hours >= 0 && moment.hours <= horizonHours) all.push(moment.hours);
  }
  return [...new Set(all.map(roundHours))].sort((a, b) => a - b);
}

/** To the second, so that equal moments are equal numbers. @param {number} hours */
export function roundHours(hours) {
  return Math.round(hours * 3600) / 3600;
}

/** @param {number[]} all @param {number} hours @param {1 | -1} direction @returns {number} the next stop, or the last */
export function nextStop(all, hours, direction) {
  const step = 1 / 7200;
  if (direction > 0) return all.find((stop) => stop > hours + step) ?? all[all.length - 1] ?? hours;
  return [...all].reverse().find((stop) => stop < hours - step) ?? all[0] ?? hours;
}

/**
 * The stop nearest to a place on the bar, or the place's own hour to ten minutes when no stop is near.
 * @param {number[]} all @param {number} position @param {number} horizonHours @param {number} reach in bar widths
 */
export function snap(all, position, horizonHours, reach) {
  let best = null;
  let distance = reach;
  for (const stop of all) {
    const gap = Math.abs(barPosition(stop, horizonHours) - position);
    if (gap <= distance) [best, distance] = [stop, gap];
  }
  return best ?? Math.min(Math.round(hoursAtPosition(position, horizonHours) * 6) / 6, horizonHours);
}

/**
 * The profiles to draw: at each moment the customers out of each network that loses any, the worst network first.
 * Networks are not added, as the same homes are customers of several.
 * @param {Moment[]} timeline
 * @returns {{network: import('../types').Network, steps: {hours: number, customers: number}[], top: number}[]}
 */
export function profiles(timeline) {
  return NETWORKS.map((network) => {
    const steps = timeline.map((moment) => ({ hours: moment.hours, customers: moment.customers_out[network] ?? 0 }));
    return { network, steps, top: Math.max(0, ...steps.map((step) => step.customers)) };
  })
    .filter((entry) => entry.top > 0)
    .sort((a, b) => b.top - a.top);
}

/**
 * Customers out of a profile at an hour: those of the last change before it.
 * @param {{hours: number, customers: number}[]} steps in order @param {number} hours
 */
export function customersAt(steps, hours) {
  let found = steps[0]?.customers ?? 0;
  for (const step of steps) if (step.hours <= hours + 1 / 7200) found = step.customers;
  return found;
}

/**
 * What the bar marks at a moment: something fails, something is repaired or brought, else a change of figures.
 * @param {Moment} moment @returns {('failure' | 'repair' | 'change')[]}
 */
export function kindsOfTick(moment) {
  /** @type {('failure' | 'repair')[]} */
  const kinds = [];
  if (moment.new_failures.length) kinds.push('failure');
  if (moment.repaired?.length || moment.placed?.length) kinds.push('repair');
  return kinds.length ? kinds : ['change'];
}
