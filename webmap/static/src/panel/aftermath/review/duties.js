/** What the plan asked for: reports and measures, and what the log shows of them. */

import { h } from '../../../element.js';
import { duration } from '../../../format.js';
import { byLevel, longestDelay, minutesSaid, missed, reportsCounted } from '../../../reports/review.js';
import { entryButton } from '../../log/show_entry.js';
import { planLink } from '../../plan_links.js';
import { part, stateMark, table, timeOf } from './parts.js';

/** @typedef {import('../../../reports').Review} Review */
/** @typedef {import('../../context').PageContext} PageContext */

/** @param {PageContext} context @param {Review} review */
export function reportsPart(context, { plan, reports }) {
  const { words: { t, language } } = context;
  const { due, inTime } = reportsCounted(reports);
  const rows = reports.map((row) => {
    const late = row.late_minutes !== null && row.late_minutes > 0 && t('review.late_by', { time: minutesSaid(row.late_minutes, language).text });
    return h('li', { class: 'review-row', 'data-review-report': row.kind, 'data-review-state': row.state },
      h('p', { class: 'review-row-head' }, h('strong', {}, row.title), stateMark(row.state, row.state_title), late && h('span', {}, late)),
      h('p', { class: 'review-row-facts' }, row.due_at && h('span', {}, t('review.due'), ' ', timeOf(context, row.due_at, null)),
        row.sent_at && h('span', {}, t('review.sent'), ' ', timeOf(context, row.sent_at, row.entry)), row.to && h('span', {}, t('review.to', { to: row.to }))),
      h('p', { class: 'facts' }, row.rule, ' ', planLink(context, plan.key, row.clause, { clause: row.clause })));
  });
  const longest = longestDelay(reports);
  const count = due > 0 && [t('review.reports_count', { due, in_time: inTime }), longest !== null && t('review.longest', { time: minutesSaid(longest, language).text })].filter(Boolean).join(t('list_comma'));
  return part('reports', t('review.reports'), count, [onlyMissed(context, reports, rows), rows.length ? h('ol', { class: 'review-rows' }, ...rows) : h('p', { class: 'facts' }, t('review.reports_none'))]);
}

/** A switch that leaves what was late or is missing; none where that is all or nothing. @param {PageContext} context @param {Review['reports']} reports @param {HTMLElement[]} rows of them */
function onlyMissed({ words: { t } }, reports, rows) {
  const found = new Set(missed(reports));
  if (!found.size || found.size === reports.length) return null;
  const box = h('input', { type: 'checkbox', 'data-review-missed': '' });
  box.addEventListener('change', () => rows.forEach((row, index) => { row.hidden = box.checked && !found.has(reports[index]); }));
  return h('label', { class: 'review-switch' }, box, t('review.only_missed', { count: [...found].reduce((sum, { count }) => sum + (count ?? 1), 0) }));
}

/** @param {PageContext} context @param {Review} review */
export function measuresPart(context, { plan, measures, measures_done: done, measures_due: due }) {
  const { words: { t, language } } = context;
  /** @param {import('../../../reports').ReviewMeasure} row */
  const measure = (row) => h('li', { class: 'review-row', 'data-review-state': row.state },
    h('p', { class: 'review-row-head' }, stateMark(row.state, row.state_title), row.entry !== null && entryButton(context, row.entry),
      row.hours !== null && h('span', {}, row.hours < 0 ? t('review.before_level', { time: duration(-row.hours, language) }) : t('review.after_level', { time: duration(row.hours, language) }))),
    h('p', { class: 'review-measure', lang: 'zh-CN' }, row.text),
    h('p', { class: 'facts review-row-facts' }, row.clause && planLink(context, plan.key, row.clause, { clause: row.clause }), (row.by ?? row.unit) && h('span', {}, t(row.by ? 'review.done_by' : 'review.unit', { unit: row.by ?? row.unit ?? '' }))));
  const groups = byLevel(measures).map(({ level, done: some, rows }) => h('details', { class: 'review-level' },
    h('summary', {}, h('strong', {}, level === null ? t('review.beyond') : t('level.name', { level })), h('span', { class: 'facts' }, level === null ? t('review.beyond_count', { count: rows.length }) : t('review.measures_count', { done: some, due: rows.length }))),
    h('ol', { class: 'review-rows' }, ...rows.map(measure))));
  return part('measures', t('review.measures'), due > 0 && t('review.measures_count', { done, due }), groups.length ? groups : [h('p', { class: 'facts' }, t('review.measures_none'))]);
}

/** @param {PageContext} context @param {Review} review */
export function delaysPart(context, { delays, levels, handovers = [] }) {
  const { words: { t, language } } = context;
  const known = delays.filter(({ minutes }) => minutes !== null);
  const unknown = delays.filter(({ minutes }) => minutes === null).map(({ title }) => title);
  const rows = known.map((row) => {
    const said = minutesSaid(row.minutes ?? 0, language);
    return h('tr', { 'data-review-delay': row.key }, h('th', { scope: 'row' }, row.title),
      h('td', { class: 'number' }, h('strong', {}, said.before ? t('review.earlier', { time: said.text }) : said.text)),
      h('td', {}, h('span', { class: 'review-between' }, timeOf(context, row.from_at, row.from_entry), ' → ', timeOf(context, row.to_at, row.to_entry))));
  });
  const missing = unknown.length > 0 && h('p', { class: 'facts', 'data-delays-unknown': '' }, t('review.not_recorded', { what: unknown.join(t('list_comma')) }));
  const decided = levels.map((row) => h('li', { class: 'review-row' },
    h('p', { class: 'review-row-head' }, h('strong', {}, row.level === null ? t('review.level_ended') : t('level.name', { level: row.level })), timeOf(context, row.at, row.entry), h('span', { class: 'facts' }, `${row.office} ${row.author}`)),
    row.differs && h('p', {}, t('review.level_differs', { level: row.recommended === null ? t('level.none') : t('level.name', { level: row.recommended }) }), row.reason && t('review.reason', { reason: row.reason }))));
  const above = handovers.map((row) => h('li', { class: 'review-row', 'data-review-handover': '' },
    h('p', { class: 'review-row-head' }, h('strong', {}, t('command.is_above', { to: row.to })), timeOf(context, row.at, row.entry), row.back_at && h('span', {}, '→ ', timeOf(context, row.back_at, row.back_entry)), h('span', { class: 'facts' }, `${row.office} ${row.author}`)),
    h('p', {}, t('review.reason', { reason: row.reason }))));
  return part('delays', t('review.delays'), null, [
    rows.length > 0 && table(t('review.delays'), [t('review.delay'), t('review.minutes'), t('review.from_to')], rows), missing,
    decided.length + above.length > 0 && h('ol', { class: 'review-rows' }, ...decided, ...above)]);
}
