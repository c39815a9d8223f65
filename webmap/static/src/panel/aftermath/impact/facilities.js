/** Places by their class: how many were hit and failed, for how long; each that failed, and the reserves that were used. */

import { facilitiesFailed, reservesUsed } from '../../../aftermath/figures.js';
import { h } from '../../../element.js';
import { duration, percent, timeOn } from '../../../format.js';
import { definitions, section, table } from './parts.js';
import { impactWords } from './say.js';

/** @typedef {import('../../../aftermath').Impact} Impact */
/** @typedef {import('../../../aftermath').FacilityImpact} FacilityImpact */

/** More are read in the files. */
const MOST = 60;

/** @param {import('../../context').PageContext} context @param {Impact} impact */
export function facilitySection(context, impact) {
  const { words, words: { t, language }, titles, actions, zoomTo } = context;
  const say = impactWords(context);

  /** @param {string} id @param {string} name */
  function place(id, name) {
    const button = h('button', { type: 'button', class: 'cell-button' }, name);
    button.addEventListener('click', () => {
      actions.select({ kind: 'facility', id });
      zoomTo({ kind: 'facility', id });
    });
    return button;
  }

  const hit = impact.classes.filter((row) => row.hit > 0);
  const spared = impact.classes.filter((row) => row.hit === 0 && row.count > 0);
  const heads = ['class', 'count', 'hit', 'failed', 'failed_hours', 'reserve_hours'].map((key) => t(`aftermath.classes.${key}`));
  const rows = hit.map((row) => [row.tier === null ? row.title : `${row.tier}. ${row.title}`, String(row.count), String(row.hit), String(row.failed), say.hourFigure(row.failed_hours), say.hourFigure(row.on_reserve_hours)]);

  /** @param {FacilityImpact} one */
  function failedRow(one) {
    const [first] = one.failures;
    const back = one.failures[one.failures.length - 1].to;
    const from = timeOn(first.from, impact.begins_at ?? first.from, language);
    return [place(one.id, one.name), titles.category(one.category), t('aftermath.failed_from', { from, cause: first.cause }), back === null ? t('aftermath.not_back') : duration(one.failed_hours, language)];
  }

  /** @param {string} key @param {number} count @param {() => Node} content made when it is opened */
  function more(key, count, content) {
    if (!count) return null;
    const element = h('details', { class: 'impact-more', 'data-impact-more': key }, h('summary', {}, t(`aftermath.more.${key}`, { count })));
    element.addEventListener('toggle', () => element.open && element.childElementCount === 1 && element.append(content()));
    return element;
  }

  const failed = facilitiesFailed(impact);
  const used = reservesUsed(impact);
  const left = (/** @type {number} */ count) => (count > MOST ? h('p', { class: 'facts' }, t('aftermath.more.left_out', { count: count - MOST })) : '');
  return section('facilities', t('aftermath.facilities'),
    hit.length ? table(heads, rows) : h('p', {}, t('aftermath.facilities.none')),
    hit.length > 0 && spared.length > 0 && h('p', { class: 'facts' }, t('aftermath.facilities.spared', { classes: spared.map(({ title }) => title).join(t('list_comma')) })),
    more('failed', failed.length, () => h('div', {}, table(['place', 'class', 'cause', 'failed_for'].map((key) => t(`aftermath.column.${key}`)), failed.slice(0, MOST).map(failedRow)), left(failed.length))),
    more('reserves', used.length, () => h('div', {}, table(['place', 'commodity', 'used', 'of_known', 'ran_out'].map((key) => t(`aftermath.column.${key}`)), used.slice(0, MOST).map((row) => [place(row.id, row.name), t(`record.choice.commodity.${row.commodity}`), duration(row.used_hours, language),
      row.known_hours === null ? t('aftermath.unknown') : `${duration(row.known_hours, language)}${row.used_share === null ? '' : ` (${percent(row.used_share, '')})`}`, row.ran_out_at === null ? '—' : timeOn(row.ran_out_at, impact.begins_at ?? row.ran_out_at, language)])), left(used.length))),
    definitions(words, impact, ['failed_hours', 'reserve']));
}
