/** An incident of the log as marks, as the page works with them. Pure. */

import { addHours, hoursBetween, msFromIso } from './clock.js';
import { NETWORKS, emptyMarks } from './marks.js';

/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../log').IncidentView} IncidentView */

/** How far ahead of its present an incident is looked at without anybody's wish, and the longest time that the server reckons with. */
export const AHEAD_H = 72;
const LONGEST_H = 720;

/**
 * The marks that a log tells of. What it does not tell (crews, a plan of restoration, the networks that the next area
 * will have) is taken over from the marks shown before.
 * @param {IncidentView} view
 * @param {IncidentMarks | null} [shown]
 * @param {string} [now] the incident's present
 * @returns {IncidentMarks}
 */
export function marksOf(view, shown = null, now = view.at) {
  const { document } = view;
  const aheadH = shown?.logged?.aheadH ?? AHEAD_H;
  const at = startOf(view, now, aheadH);
  const hasArea = Boolean(document.area || document.area_townships?.length);
  return {
    ...emptyMarks(document.plan, at),
    horizonHours: Math.min(LONGEST_H, Math.ceil(Math.max(hoursBetween(at, now), 0)) + aheadH),
    faults: document.faults ?? [],
    townships: document.area_townships ?? [],
    networks: (hasArea ? document.networks : shown?.networks) ?? NETWORKS,
    figures: document.figures ? { [document.plan]: document.figures } : {},
    orders: document.priority_order ? { [document.plan]: document.priority_order } : {},
    inoperable: document.inoperable ?? [],
    repairs: document.repairs ?? [],
    placements: document.placements ?? [],
    operations: document.operations ?? [],
    closedRoads: document.closed_roads ?? [],
    planned: shown?.planned ?? null,
    response: shown?.response ?? null,
    logged: {
      ground: document.area ?? null, areaAt: document.area_at ?? null, networkAt: document.area_network_at ?? {}, startedAt: document.started_at ?? null,
      reserves: document.reserves ?? [], aheadH,
    },
  };
}

/**
 * Where the time bar begins: with the incident, or for one that has gone on for weeks, so late that its present and the
 * days ahead are on the bar. Everything keeps its own time.
 * @param {IncidentView} view @param {string} now @param {number} aheadH
 */
function startOf(view, now, aheadH) {
  const longest = LONGEST_H - aheadH;
  return hoursBetween(view.began_at, now) > longest ? addHours(now, -longest) : view.began_at;
}

/** The present in hours after the bar's start: that of the incident that is open; a calculation starts with it. @param {import('../types').PageState} state */
export const presentOf = ({ log, marks }) => (log.now && marks.logged ? presentHours(marks, log.now) : 0);

/** The same incident looked at until `horizonHours` after the bar's start. @param {IncidentMarks} marks @param {number} present its hours @param {number} horizonHours @returns {IncidentMarks} */
export function withHorizon(marks, present, horizonHours) {
  const begun = Math.ceil(present);
  if (!marks.logged || horizonHours <= begun) return marks;
  return { ...marks, horizonHours, logged: { ...marks.logged, aheadH: horizonHours - begun } };
}

/** The present of an incident in hours after the bar's start. @param {IncidentMarks} marks @param {string} now */
export function presentHours(marks, now) {
  return Math.min(Math.max((msFromIso(now) - msFromIso(marks.at)) / 3_600_000, 0), marks.horizonHours);
}
