/**
 * All townships hit, beside the panels: once when an incident is opened, and by a button while some of them lie outside of
 * what is seen of the map.
 */

import { h } from '../element.js';
import { hasIncident } from '../state/marks.js';

/** @typedef {import('../types').PageState} PageState */

/**
 * @param {import('./context').PageContext} context
 * @param {{showsTownships: (codes: string[]) => boolean, fitTownships: (codes: string[]) => void, nameWarnings: () => void}} view
 * @param {string | null} placed the incident whose link says where the map is
 */
export function mountAffectedExtent({ words, store, data }, view, placed) {
  const button = h('button', { type: 'button', id: 'see-all', class: 'floating text-button', hidden: true }, words.t('see_all'));
  document.body.append(button);
  button.addEventListener('click', () => view.fitTownships(affected(store.get())));

  /** @param {PageState} state @returns {string[]} codes */
  function affected({ assessment }) {
    const hit = (assessment?.townships ?? []).filter(({ commodities }) =>
      Object.values(commodities).some((loss) => loss.customers_out > 0 || loss.customers_unknown > 0));
    return hit.map(({ code }) => code);
  }

  let opened = store.get().log.id;
  let arrived = placed;
  /** Whether the damage of the incident that was opened is still to be brought into view. */
  let awaited = false;

  function bringIntoView() {
    // Not the state told: an answer that is under way may have been asked for since.
    const { log, marks, busy, assessment, warnings } = store.get();
    if (log.id !== opened) {
      opened = log.id;
      awaited = log.id !== null && log.id !== arrived && !log.begun;
      if (log.id !== null) arrived = null;
    }
    if (!awaited || !log.view || busy) return;
    // The area of a warning that is read is looked at instead.
    if (!hasIncident(marks) || warnings.open !== null) awaited = false;
    if (!awaited || !assessment) return;
    if (!data.has('townships')) return;
    awaited = false;
    // Once the panels stand where they take their room.
    requestAnimationFrame(() => view.fitTownships(affected(store.get())));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    bringIntoView();
    const same = before && ['assessment', 'view', 'mode', 'wall'].every((key) =>
      state[/** @type {keyof PageState} */ (key)] === before[/** @type {keyof PageState} */ (key)]);
    if (same) return;
    const hid = button.hidden;
    button.hidden = state.mode !== 'none' || state.wall || view.showsTownships(affected(state));
    if (button.hidden !== hid) view.nameWarnings();
  }
  return { render };
}
