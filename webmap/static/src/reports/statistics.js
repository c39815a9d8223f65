/** Many incidents in figures and rows. Pure. */

import { duration, exactNumber, percent } from '../format.js';

/** @typedef {import('../reports').StatisticsGroup} StatisticsGroup */
/** @typedef {import('../types').Language} Language */

/** The few figures above the table; `value` null for what is not known. @param {StatisticsGroup} group @param {Language} language @returns {{key: string, value: string | null, note: {key: string, values: Record<string, number>} | null}[]} */
export function figuresOf(group, language) {
  const level = group.medians.find(({ key }) => key === 'fact_to_level');
  const hours = { key: 'statistics.known_of', values: { known: group.hours_known_of, count: group.count } };
  const some = group.hours_known_of < group.count ? hours : null;
  return [
    { key: 'in_time', value: group.reports_in_time_share === null ? null : percent(group.reports_in_time_share, ''), note: { key: 'statistics.of_reports', values: { due: group.reports_due, in_time: group.reports_in_time } } },
    { key: 'to_level', value: level && level.minutes !== null ? duration(level.minutes / 60, language) : null, note: { key: 'statistics.of_incidents', values: { count: level?.count ?? 0 } } },
    { key: 'measures', value: group.measures_due ? `${group.measures_done} / ${group.measures_due}` : null, note: null },
    { key: 'customer_hours', value: group.customer_hours === null ? null : exactNumber(Math.round(group.customer_hours)), note: some },
    { key: 'people_hours', value: group.people_hours === null ? null : exactNumber(Math.round(group.people_hours)), note: some },
  ];
}

/** Counts as words: 2026-01 3 · 2026-02 1. @param {{title: string, count: number}[]} rows */
export const countsSaid = (rows) => rows.map(({ title, count }) => `${title} ${count}`).join(' · ');
