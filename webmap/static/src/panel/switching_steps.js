/** Rows of the plan of operations: the step, what it brings back, and the way to say that a device cannot be operated. */

import { h } from '../element.js';
import { exactNumber, shortNumber } from '../format.js';
import { byNetwork, verbOf } from '../state/operations.js';

/** @typedef {import('../types').SwitchingStep} SwitchingStep */

/** Facilities named in a step; more are counted. */
const NAMED = 3;

/** @param {import('./context').PageContext} context */
export function createStepRows(context) {
  const { words, titles, store, actions, data, zoomTo } = context;
  const { t, language } = words;

  /** @param {SwitchingStep} step */
  function row(step) {
    /** @type {import('../types').PlaceRef} */
    const ref = { kind: 'node', id: step.id };
    const button = h('button', { type: 'button', class: 'device-row' },
      step.advised ? h('span', { class: `device-mark device-${step.action}` }, String(step.order)) : h('span', { class: 'device-mark device-unadvised', 'aria-hidden': 'true' }, '–'),
      h('span', { class: 'step-text' }, h('span', {}, h('strong', {}, t(`operations.do.${verbOf(step)}`)), ' ', step.name),
        ...(step.restores ? restored(step, step.restores) : [])));
    button.addEventListener('click', () => {
      actions.select(ref);
      zoomTo(ref);
    });
    const item = h('li', { 'data-step': step.id, 'data-action': step.action }, button, stuckButton(step));
    for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => actions.hover(ref));
    for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => actions.hover(null));
    return item;
  }

  /** @param {SwitchingStep} step */
  function stuckButton({ id, name }) {
    const label = t('operations.mark_stuck');
    const button = h('button', { type: 'button', class: 'text-button quiet', 'aria-label': `${label}: ${name}`, 'data-mark-stuck': id }, label);
    button.addEventListener('click', () => {
      actions.hover(null);
      actions.setInoperable(id, true);
    });
    return button;
  }

  /** @param {SwitchingStep} step @param {import('../types').Restores} restores */
  function restored(step, restores) {
    const { facilities, customers, capacity, headroom, demand, demand_unit: unit } = restores;
    const known = store.get().assessment?.facilities ?? [];
    const names = facilities.slice(0, NAMED).map((id) => known.find((facility) => facility.id === id)?.name ?? id);
    const brings = t('operations.restores', { customers: shortNumber(customers, language) });
    const places = facilities.length ? t(facilities.length > NAMED ? 'operations.places_more' : 'operations.places', { names: names.join(t('list_comma')), count: facilities.length }) : '';
    const line = restores.limiting_line === null ? '' : actions.nameOf(restores.limiting_line);
    const figures = { line, spare: `${exactNumber(Math.max(Math.round(headroom ?? 0), 0))} ${unit}`, demand: `${exactNumber(Math.round(demand))} ${unit}` };
    return [
      h('span', { class: 'step-brings', title: exactNumber(customers) }, brings, places && h('span', { class: 'facts' }, places)),
      h('span', { class: `facts capacity-${capacity}`, 'data-capacity': capacity }, h('strong', {}, t(`operations.capacity.${capacity}`)), ' ',
        t(capacity === 'unknown' ? 'operations.capacity_check' : 'operations.capacity_figures', figures)),
    ];
  }

  /** @param {SwitchingStep[]} part */
  const list = (part) => h('ol', { class: 'devices' }, ...part.map(row));

  /** @param {SwitchingStep[]} part @returns {HTMLElement[]} one fold a network */
  function folded(part) {
    return byNetwork(part).map(([network, steps]) => h('details', { class: 'step-fold', 'data-fold': `${steps[0].action} ${network}` },
      h('summary', {}, h('strong', {}, titles.network(network)), ' ',
        h('span', { class: 'facts' }, t('operations.fold', { count: steps.length, verb: t(`operations.do.${verbOf(steps[0])}`) }))), list(steps)));
  }

  /** Ties whose closing would overload a line: told as a caution, apart from the sequence. @param {SwitchingStep[]} part */
  function unadvised(part) {
    if (!part.length) return null;
    return h('section', { class: 'plan-part', 'data-plan-part': 'unadvised' },
      h('h3', {}, t('operations.unadvised')), h('p', { class: 'facts' }, t('operations.unadvised_about')),
      h('ul', { class: 'devices' }, ...part.map(row)));
  }

  /** Devices marked as out of order, each with the way back. @param {string[]} ids */
  function inoperable(ids) {
    if (!ids.length) return null;
    const rows = ids.map((id) => {
      const name = actions.nameOf(id);
      const take = h('button', { type: 'button', class: 'text-button', 'aria-label': `${t('operations.take_back')}: ${name}`, 'data-take-back': id }, t('operations.take_back'));
      take.addEventListener('click', () => actions.setInoperable(id, false));
      const ref = data.elementRef(id);
      const place = h('button', { type: 'button', class: 'cell-button' }, name);
      place.addEventListener('click', () => ref && zoomTo(ref));
      return h('li', { 'data-inoperable': id }, place, take);
    });
    return h('section', { class: 'stuck-box' }, h('h3', {}, t('operations.stuck')), h('ul', { class: 'cause-rows' }, ...rows));
  }

  return { list, folded, unadvised, inoperable };
}

/**
 * What a reader has opened and where the focus is, so that a plan computed anew does not throw them out.
 * @param {HTMLElement} element
 */
export function readingPlace(element) {
  const folds = new Set([...element.querySelectorAll('details[open]')].map((fold) => fold.getAttribute('data-fold')));
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  const device = focused?.getAttribute('data-mark-stuck') ?? focused?.getAttribute('data-take-back');
  return () => {
    for (const fold of element.querySelectorAll('details')) fold.open = folds.has(fold.getAttribute('data-fold'));
    if (!device) return;
    const id = CSS.escape(device);
    const button = element.querySelector(`[data-take-back="${id}"]`) ?? element.querySelector(`[data-mark-stuck="${id}"]`);
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  };
}
