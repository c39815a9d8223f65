/** Places that fail although the plan is followed, each with its spells, and faults that nobody repairs. */

import { h } from '../../element.js';
import { duration, timeOn } from '../../format.js';
import { spellsByPlace } from '../../state/losses.js';

/** @typedef {import('../../response').Uncovered} Uncovered */

/** Places shown at once; more are folded. */
const PLACES_OPEN = 5;

/**
 * @param {import('../context').PageContext} context
 * @param {(element: HTMLElement, ref: import('../../types').PlaceRef | null) => void} lights
 */
export function createUncovered({ words, actions, zoomTo }, lights) {
  const { t, language } = words;

  /** When, for want of what and why, of one spell. @param {Uncovered} spell @param {string} day of the plan */
  function spellLine({ fails_at: from, back_at: to, commodity, hours, reason }, day) {
    const when = t(to ? 'uncovered.spell' : 'uncovered.spell_open', { from: timeOn(from, day, language), to: to ? timeOn(to, from, language) : '' });
    const left = { hours: duration(hours, language) };
    const lost = words.has(`loss.${commodity}`) ? t('uncovered.lost', { loss: t(`loss.${commodity}`), ...left }) : t('uncovered.hours', left);
    return h('div', { 'data-spell': commodity }, h('span', { class: 'state-failed' }, `${when} · ${lost}`), ' ',
      h('span', { class: 'reason' }, reason));
  }

  /** @param {Uncovered[]} spells of one place @param {string} day of the plan */
  function placeRow(spells, day) {
    /** @type {import('../../types').PlaceRef} */
    const ref = { kind: 'facility', id: spells[0].facility };
    const name = h('button', { type: 'button', class: 'cell-button' }, spells[0].facility_name);
    name.addEventListener('click', () => {
      actions.select(ref);
      zoomTo(ref);
    });
    const item = h('li', { 'data-uncovered': ref.id }, name, ...spells.map((spell) => spellLine(spell, day)));
    lights(item, ref);
    return item;
  }

  /** @param {import('../../response').RestorationPlan} plan */
  return (plan) => {
    const places = spellsByPlace(plan.uncovered).map((spells) => placeRow(spells, plan.at));
    const faults = plan.open_faults.map((row) => h('li', { 'data-open-fault': row.fault }, h('strong', {}, row.name), h('span', { class: 'reason' }, row.reason)));
    return { count: places.length, shown: [...faults, ...places.slice(0, PLACES_OPEN)], rest: places.slice(PLACES_OPEN) };
  };
}
