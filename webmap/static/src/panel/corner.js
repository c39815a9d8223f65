/** Corner of the map: zoom, whole district, measuring, and what is still being loaded. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';

/**
 * @param {import('./context').PageContext} context
 * @param {{zoomBy: (step: number) => void, fitAll: () => void}} view
 */
export function mountCorner({ words, actions, store, catalog }, view) {
  const { t } = words;
  const progress = find('#progress');

  /** @param {'plus' | 'minus' | 'home' | 'measure'} icon @param {string} label @param {() => void} action */
  function button(icon, label, action) {
    const element = h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, 'data-corner': icon }, sign(icon));
    element.addEventListener('click', action);
    return element;
  }
  const measure = button('measure', t('measure'), () => actions.setMode('measure'));
  find('#zoom').append(
    button('plus', t('zoom_in'), () => view.zoomBy(1)), button('minus', t('zoom_out'), () => view.zoomBy(-1)),
    button('home', t('whole'), () => view.fitAll()), measure);
  store.subscribe((state) => measure.setAttribute('aria-pressed', String(state.mode === 'measure')));

  /** @param {string[]} waiting keys of layers under way */
  function showProgress(waiting) {
    progress.hidden = waiting.length === 0;
    const names = waiting.map((key) => words.titleOf(catalog.layers.find((layer) => layer.key === key)?.title));
    replaceChildren(progress, h('span', { class: 'progress-bar' }), h('span', {}, t('loading', { names: names.join('、') })));
  }
  return { showProgress };
}
