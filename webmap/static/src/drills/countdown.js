/** How a drill has gone on since the server told of it. Pure. */

import { isoFromMs, msFromIso } from '../state/clock.js';

/** @typedef {import('../drills').ToldDrill} ToldDrill */

/** Seconds of the clock until the next step; null while the drill is held, or has no next one. @param {ToldDrill} told @param {number} nowMs */
export function secondsLeft({ drill, atMs }, nowMs) {
  const wait = drill.next?.in_s ?? null;
  return wait === null || drill.state !== 'playing' ? null : Math.max(0, wait - Math.max(0, nowMs - atMs) / 1000);
}

/** The moment at which the drill stands, ISO. @param {ToldDrill} told @param {number} nowMs */
export function drillMoment({ drill, atMs }, nowMs) {
  if (drill.state !== 'playing') return drill.drill_at;
  return isoFromMs(msFromIso(drill.drill_at) + Math.max(0, nowMs - atMs) * drill.speed);
}

/** A short time as 0:07 or 12:30, from an hour on as 1:02:30; begun seconds count. @param {number} seconds */
export function countdown(seconds) {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = String(whole % 60).padStart(2, '0');
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** How long a script takes at a speed, in hours of the clock. @param {number} lengthS @param {number} speed */
export const playingHours = (lengthS, speed) => lengthS / speed / 3600;

/** The speeds that are offered, with the present one if it is none of them. @param {number} present */
export function speeds(present) {
  const offered = [1, 5, 10, 60, 600];
  return offered.includes(present) ? offered : [...offered, present].sort((a, b) => a - b);
}

/** Whether a strip is to be seen: the drill goes on, or waits for somebody. @param {import('../drills').Drill | null} drill */
export const isUnderWay = (drill) => drill !== null && ['playing', 'paused', 'failed'].includes(drill.state);
