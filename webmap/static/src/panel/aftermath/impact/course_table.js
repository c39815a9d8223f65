/** The hours as a table, made when it is opened. */

import { networksHit } from '../../../aftermath/figures.js';
import { h } from '../../../element.js';
import { exactNumber, moment } from '../../../format.js';
import { table } from './parts.js';

/** @param {import('../../context').PageContext} context @param {import('../../../aftermath').Impact} impact */
export function courseTable({ words: { t, language } }, impact) {
  const networks = networksHit(impact).map(([network]) => network);
  const warm = impact.series.some(({ temperature_c: celsius }) => celsius !== null);
  const element = h('details', { class: 'impact-more', 'data-impact-hours': '' }, h('summary', {}, t('aftermath.course.table')));
  element.addEventListener('toggle', () => {
    if (!element.open || element.childElementCount > 1) return;
    const heads = [t('aftermath.column.at'), ...networks.map((network) => t(`loss.${network}`)), t('aftermath.column.people_out'), t('aftermath.column.failed'), t('aftermath.column.reserve'), ...(warm ? ['°C'] : [])];
    const rows = impact.series.map((row) => [moment(row.at, language), ...networks.map((network) => exactNumber(row.customers_out[network] ?? 0)),
      exactNumber(row.people_hit), String(row.facilities_failed), String(row.facilities_on_reserve), ...(warm ? [row.temperature_c === null ? t('aftermath.unknown') : exactNumber(row.temperature_c)] : [])]);
    element.append(h('div', { class: 'impact-tall' }, table(heads, rows)));
  });
  return element;
}
