/** What the map shows: one measure in classes or loss crossed with time, of which network, classed how. */

import { COUNTS, MEASURES, SCHEMES } from '../../../aftermath/state.js';
import { h } from '../../../element.js';
import { NETWORKS } from '../../../state/marks.js';

/** @typedef {import('../../../aftermath').MapChoice} MapChoice */

/**
 * A choice that goes together: a count of people has no single network, and time crossed with itself says nothing.
 * @param {MapChoice} choice @param {Partial<MapChoice>} change @returns {MapChoice}
 */
export function fitting(choice, change) {
  const next = { ...choice, ...change };
  if (next.style === 'bivariate' && next.measure === 'hours_to_restore') next.measure = 'people_hours';
  if (next.measure === 'people_hit') next.network = null;
  return next;
}

/** @param {import('../../context').PageContext} context */
export function mapChoice({ words: { t }, titles, aftermath, store }) {
  /** @param {string} key @param {[string, string][]} options value and words @param {(value: string) => Partial<MapChoice>} change */
  function field(key, options, change) {
    const select = h('select', { 'data-impact-choice': key }, ...options.map(([value, text]) => h('option', { value }, text)));
    select.addEventListener('change', () => aftermath.choose(fitting(store.get().aftermath.map, change(select.value))));
    return { select, label: h('label', { class: `impact-choice-${key}` }, h('span', {}, t(`aftermath.map.${key}`)), select) };
  }
  const style = field('style', [['choropleth', t('aftermath.map.choropleth')], ['bivariate', t('aftermath.map.bivariate')]], (value) => ({ style: /** @type {any} */ (value) }));
  const measure = field('measure', MEASURES.map((key) => [key, t(`aftermath.measure.${key}`)]), (value) => ({ measure: /** @type {any} */ (value) }));
  const network = field('network', [['', t('aftermath.map.all_networks')], ...NETWORKS.map((key) => /** @type {[string, string]} */ ([key, titles.network(key)]))], (value) => ({ network: /** @type {any} */ (value || null) }));
  const scheme = field('scheme', SCHEMES.map((key) => [key, t(`aftermath.scheme.${key}`)]), (value) => ({ scheme: /** @type {any} */ (value) }));
  const count = field('count', COUNTS.map((number) => [String(number), t('aftermath.map.classes', { count: number })]), (value) => ({ count: Number(value) }));
  const element = h('div', { class: 'impact-choice', role: 'group', 'aria-label': t('aftermath.map') }, ...[style, measure, network, scheme, count].map(({ label }) => label));

  return {
    element,
    /** @param {MapChoice} choice */
    render(choice) {
      style.select.value = choice.style;
      measure.select.value = choice.measure;
      network.select.value = choice.network ?? '';
      scheme.select.value = choice.scheme;
      count.select.value = String(choice.count);
      // People are counted over all networks at once; fixed bounds and the square have their own number of classes.
      network.select.disabled = choice.measure === 'people_hit';
      count.select.disabled = choice.style === 'bivariate' || choice.scheme === 'fixed';
      for (const option of measure.select.options) option.disabled = choice.style === 'bivariate' && option.value === 'hours_to_restore';
    },
  };
}
