/** Which network's loss shades the townships, and the legend of the five steps. */

import { CLASS_EDGES, LOSS_RAMP } from '../classify.js';
import { find, h, replaceChildren } from '../element.js';
import { NETWORKS } from '../state/marks.js';

/** @param {import('./context').PageContext} context */
export function mountShading(context) {
  const { words, titles, store } = context;
  const { t } = words;
  const element = find('#shading');
  const select = h('select', { 'aria-label': t('shading.label'), 'data-shading': '' },
    h('option', { value: 'worst' }, t('shading.worst')),
    ...NETWORKS.map((network) => h('option', { value: network }, titles.network(network))));
  select.addEventListener('change', () => store.update({ shading: /** @type {any} */ (select.value) }));

  const edges = CLASS_EDGES.map((edge) => Math.round(edge * 100));
  const steps = LOSS_RAMP.map((colour, index) => {
    const words_ = index === 0 ? `< ${edges[1]} %` : index === edges.length - 1 ? `≥ ${edges[index]} %` : `${edges[index]}–${edges[index + 1]} %`;
    const chip = h('span', { class: 'ramp-chip' });
    chip.dataset.step = String(index + 1);
    chip.style.setProperty('--step-colour', colour);
    return h('li', {}, chip, words_);
  });
  const unknown = h('li', {}, h('span', { class: 'ramp-chip share-unknown' }), t('customers_unknown'));
  replaceChildren(element, h('label', {}, h('span', {}, t('shading.label')), select),
    h('ol', { class: 'ramp', 'aria-label': t('shading.legend') }, ...steps, unknown));

  return {
    /** @param {import('../types').PageState} state */
    render: (state) => {
      select.value = state.shading;
      element.hidden = !state.assessment;
    },
  };
}
