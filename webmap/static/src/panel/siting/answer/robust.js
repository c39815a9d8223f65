/** How one choice does in each of several scenarios, beside the best that a choice for that scenario alone would reach. */

import { h, replaceChildren } from '../../../element.js';

/** @typedef {import('../../../siting').SitingPlan} SitingPlan */

/** @param {import('../../context').PageContext} context @param {import('../words.js').SitingWords} say */
export function robustPart({ words: { t } }, say) {
  const element = h('section', { class: 'siting-part', hidden: true, 'data-siting-robust': '' });

  return {
    element,
    /** @param {SitingPlan} plan */
    draw({ robust, model, demand }) {
      element.hidden = !robust;
      if (!robust) return;
      // What p-median sums up, weight times distance, says nothing by itself: only the difference in percent does.
      /** @param {number | null} value @param {number} best */
      const told = (value, best) => (value === null ? t('unknown') : model === 'mclp' ? say.amount(value, demand.weight_unit) : best > 0 ? `+${((100 * value) / best).toFixed(1)} %` : '—');
      replaceChildren(element, h('h3', {}, t('siting.robust')),
        h('p', {}, t('siting.robust.about')),
        h('table', { class: 'siting-table' },
          h('thead', {}, h('tr', {}, ...['siting.robust.scenario', 'siting.col.share', 'siting.robust.regret'].map((key) => h('th', { scope: 'col' }, t(key))))),
          h('tbody', {}, ...robust.scenarios.map((row) => h('tr', { class: robust.worst_regret && row.regret === robust.worst_regret ? 'worst-row' : '' }, h('th', { scope: 'row' }, row.name), h('td', {}, say.share(row.covered_share)), h('td', {}, told(row.regret, row.best ?? 0)))))));
    },
  };
}
