/** A button that shows all townships hit, while some of them lie outside of what is seen of the map. */

import { h } from '../element.js';

/** @typedef {import('../types').PageState} PageState */

/**
 * @param {import('./context').PageContext} context
 * @param {{showsTownships: (codes: string[]) => boolean, fitTownships: (codes: string[]) => void}} view
 */
export function mountAffectedExtent({ words, store }, view) {
  const button = h('button', { type: 'button', id: 'see-all', class: 'floating text-button', hidden: true }, words.t('see_all'));
  document.body.append(button);
  button.addEventListener('click', () => view.fitTownships(affected(store.get())));

  /** @param {PageState} state @returns {string[]} codes */
  function affected({ assessment }) {
    const hit = (assessment?.townships ?? []).filter(({ commodities }) =>
      Object.values(commodities).some((loss) => loss.customers_out > 0 || loss.customers_unknown > 0));
    return hit.map(({ code }) => code);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const same = before && ['assessment', 'view', 'mode', 'wall'].every((key) =>
      state[/** @type {keyof PageState} */ (key)] === before[/** @type {keyof PageState} */ (key)]);
    if (!same) button.hidden = state.mode !== 'none' || state.wall || view.showsTownships(affected(state));
  }
  return { render };
}
