/** An incident of the log as the server would show it, for tests. */

import { emptyMarks } from '../../webmap/static/src/state/marks.js';

export const AT = '2026-01-12T08:00:00+08:00';
export const NINE = '2026-01-12T09:00:00+08:00';
export const TEN = '2026-01-12T10:00:00+08:00';

/** @param {any} [document] @param {any} [more] @returns {any} */
export function view(document = {}, more = {}) {
  return {
    incident: { id: 'i-1', plan: 'energy-chengqu', name: '一', drill: false, opened_at: AT, opened_by: '值班员' },
    began_at: AT, at: TEN, known: 9, length: 9, phase: 'reported', level: null, started: null, hidden: 0, lost: 0,
    document: { plan: 'energy-chengqu', at: TEN, ...document },
    faults: {}, area_entries: [], entries_of: {}, warnings: [], reserves: [], crews: [], measures: [], without_effect: [], decisions: [],
    may: { record: true, decide: false, issue_warning: false, reorder: false, open: true }, ...more,
  };
}

/** @param {any} [patch] @returns {any} marks of an incident of the log */
export const logged = (patch = {}) => ({
  ...emptyMarks('energy-chengqu', AT), logged: { ground: null, areaAt: null, startedAt: null, reserves: [], aheadH: 72 }, ...patch,
});

export const SQUARE = { type: 'Polygon', coordinates: [[[112.8, 35.5], [112.9, 35.5], [112.9, 35.6], [112.8, 35.6], [112.8, 35.5]]] };
