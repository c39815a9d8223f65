/** What the marks of siting on the map mean, in one line. */

import { h } from '../../element.js';

/** @typedef {'new' | 'existing' | 'candidate' | 'out' | 'asked' | 'covered' | 'left'} LegendKey */

/** @param {import('../../i18n.js').Translator} words @param {LegendKey[]} keys */
export function sitingLegend({ t }, keys) {
  return h('ul', { class: 'siting-legend', 'aria-label': t('siting.legend') }, ...keys.map((key) => h('li', {}, h('span', { class: `legend-mark legend-${key}`, 'aria-hidden': 'true' }), t(`siting.legend.${key}`))));
}
