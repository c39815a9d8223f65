/** What lies between a version and the present: counts by layer, and the first records of each. */

import { h } from '../../element.js';
import { comparedRows } from '../../versions/amounts.js';
import { importWords } from '../imports/words.js';

/**
 * @param {import('../context').PageContext} context @param {import('../../versions').VersionComparison | null} comparison null while it is being asked for
 */
export function comparisonOf(context, comparison) {
  const { words: { t } } = context;
  const say = importWords(context);
  if (!comparison) return h('p', { class: 'facts', role: 'status' }, t('siting.loading'));
  const rows = comparedRows(comparison);
  if (!rows.length) return h('p', { class: 'facts', role: 'status' }, t('versions.same'));
  return h('table', { class: 'version-comparison', 'data-comparison': '' },
    h('caption', { class: 'facts' }, t('versions.since')),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('versions.layer_column')), ...(/** @type {const} */ (['added', 'changed', 'removed'])).map((what) => h('th', { scope: 'col' }, t(`versions.column.${what}`))))),
    h('tbody', {}, ...rows.map(({ layer, added, changed, removed }) => h('tr', {}, h('th', { scope: 'row' }, say.layer(layer)), ...[added, changed, removed].map((count) => h('td', {}, count ? say.number(count) : '—'))))));
}
