/** What was foreseen against what happened: reserves, the ranking, warnings; and what was corrected afterwards. */

import { h } from '../../../element.js';
import { sign } from '../../../icons.js';
import { correctedTimes, minutesSaid, pairsInOrder } from '../../../reports/review.js';
import { entryButton } from '../../log/show_entry.js';
import { limited, part, table, timeOf } from './parts.js';

/** @typedef {import('../../../reports').Review} Review */
/** @typedef {import('../../context').PageContext} PageContext */

/** A place's name, pressed to see it on the map. @param {PageContext} context @param {string} id @param {string} name */
function placeName({ actions, zoomTo }, id, name) {
  const ref = /** @type {const} */ ({ kind: 'facility', id });
  const button = h('button', { type: 'button', class: 'cell-button' }, name);
  button.addEventListener('click', () => {
    actions.select(ref);
    zoomTo(ref);
  });
  return button;
}

/** @param {PageContext} context @param {Review} review */
export function reservesPart(context, { reserves }) {
  const { words: { t, language, has } } = context;
  const rows = reserves.map((row) => {
    const error = row.error_minutes === null ? null : minutesSaid(row.error_minutes, language);
    const commodity = has(`record.choice.commodity.${row.commodity}`) ? t(`record.choice.commodity.${row.commodity}`) : row.commodity;
    return h('tr', { 'data-review-reserve': row.facility },
      h('th', { scope: 'row' }, placeName(context, row.facility, row.name), h('span', { class: 'facts' }, ` ${commodity}`)),
      h('td', {}, timeOf(context, row.forecast_fails_at, null)), h('td', {}, timeOf(context, row.failed_at, null)),
      h('td', {}, row.outcome_title, error && Math.abs(row.error_minutes ?? 0) >= 1 && h('span', { class: 'facts' }, ' ', t(error.before ? 'review.earlier' : 'review.later', { time: error.text })),
        row.saved_by && h('span', { class: 'facts' }, ' ', row.saved_by, ' ', row.saved_by_entry !== null && entryButton(context, row.saved_by_entry))));
  });
  const content = rows.length ? limited(table(t('review.reserves'), [t('review.place'), t('review.forecast'), t('review.happened'), t('review.outcome')], rows), t('review.all_places', { count: rows.length })) : [h('p', { class: 'facts' }, t('review.reserves_none'))];
  return part('reserves', t('review.reserves'), rows.length > 0 && t('review.places', { count: rows.length }), content, rows.length > 0);
}

/** @param {PageContext} context @param {Review} review */
export function rankingPart(context, { ranking }) {
  const { words: { t } } = context;
  const { agreement, pairs: places, order, sentence, at } = ranking;
  const told = agreement === null ? null : pairsInOrder(agreement, places);
  const rows = order.map((row) => h('tr', { 'data-review-ranked': row.id }, h('td', { class: 'number' }, String(row.rank)), h('th', { scope: 'row' }, placeName(context, row.id, row.name)),
    h('td', { class: 'number' }, row.returned === null ? '—' : String(row.returned)), h('td', {}, timeOf(context, row.back_at, null))));
  const shown = limited(table(t('review.ranking'), [t('review.rank'), t('review.place'), t('review.returned'), t('review.back_at')], rows), t('review.all_places', { count: rows.length }));
  return part('ranking', t('review.ranking'), null, [
    h('p', { class: 'review-sentence' }, sentence),
    agreement !== null && h('p', { class: 'facts', 'data-tau': String(agreement) }, t('review.tau_about'), told && t('review.tau_pairs', { ...told })),
    at !== null && rows.length > 0 && h('p', { class: 'facts' }, t('review.ranking_of'), ' ', timeOf(context, at, null)),
    ...(rows.length ? shown : [])], rows.length > 0);
}

/** @param {PageContext} context @param {Review} review */
export function warningsPart(context, { warnings }) {
  const { words: { t } } = context;
  const rows = warnings.map((row) => h('li', { class: 'review-row' },
    h('p', { class: 'review-row-head' }, sign('alert'), h('strong', {}, row.title), timeOf(context, row.issued_at, row.entry)),
    h('p', { class: 'facts review-row-facts' }, h('span', {}, row.scope), row.lifted_at && h('span', {}, t('review.lifted'), ' ', timeOf(context, row.lifted_at, null)), row.replaced_by !== null && h('span', {}, t('review.replaced'), ' ', entryButton(context, row.replaced_by)))));
  return part('warnings', t('review.warnings'), rows.length > 0 && t('review.count', { count: rows.length }), [rows.length ? h('ol', { class: 'review-rows' }, ...rows) : h('p', { class: 'facts' }, t('review.warnings_none'))], rows.length > 0);
}

/** @param {PageContext} context @param {Review} review */
export function correctionsPart(context, { corrections, late_entries: late, drill }) {
  const { words: { t } } = context;
  const told = corrections.map((row) => ({ row, times: correctedTimes(row) }));
  const rows = told.map(({ row, times }) => h('li', { class: 'review-row', 'data-review-correction': String(row.number) },
    h('p', { class: 'review-row-head' }, entryButton(context, row.corrects), h('span', {}, t(row.said_after === null ? 'review.withdrawn_by' : 'review.corrected_by')), entryButton(context, row.number), h('span', { class: 'facts' }, t('review.written'), ' ', timeOf(context, row.written_at, null))),
    h('p', {}, h('del', {}, times && h('time', {}, times.before), times && ' ', row.said_before), row.said_after && h('span', {}, ' → ', times && h('time', {}, times.after), times && ' ', row.said_after)), row.reason && h('p', { class: 'facts' }, t('review.reason', { reason: row.reason }))));
  const said = rows.length ? h('ol', { class: 'review-rows' }, ...rows) : h('p', { class: 'facts' }, t('review.corrections_none'));
  return part('corrections', t('review.corrections'), rows.length > 0 && t('review.count', { count: rows.length }), [said, late > 0 && !drill && h('p', { class: 'facts' }, t('review.late_entries', { count: late }))], rows.length > 0);
}

/** What it rests on. @param {PageContext} context @param {Review} review */
export function assumptionsPart({ words: { t } }, { assumptions }) {
  return part('assumptions', t('assumptions'), null, [h('ul', { class: 'review-assumptions' }, ...assumptions.map(({ text }) => h('li', {}, text)))], false);
}
