/** Rows of the protection list. Each says its reason; pointed at or pressed, it shows its place on the map. */

import { h } from '../../element.js';
import { countBeforeUnit, duration, exactNumber, moment } from '../../format.js';
import { NETWORKS } from '../../state/marks.js';

/** @typedef {import('../../types').PlaceRef} PlaceRef */
/** @typedef {import('../../response').Consequence} Consequence */

/** @param {import('../context').PageContext} context */
export function createProtectionRows({ words, titles, data, actions, zoomTo, fitPlaces }) {
  const { t, language } = words;

  /** @param {string} id @returns {PlaceRef} */
  const facility = (id) => ({ kind: 'facility', id });

  /** @param {{rank: number | string, key: string, name: string, facts: (Node | string | null | false)[], reason: string, ref: PlaceRef | null}} entry */
  function row({ rank, key, name, facts, reason, ref }) {
    const button = h('button', { type: 'button', class: 'plan-step' },
      h('span', { class: 'step-rank' }, String(rank)),
      h('span', { class: 'step-text' }, h('strong', {}, name), ...facts.map((fact) => fact && h('span', { class: 'step-brings' }, fact)), h('span', { class: 'reason' }, reason)));
    button.addEventListener('click', () => {
      if (!ref) return;
      actions.select({ ...ref });
      if (ref.beside) fitPlaces([ref, ref.beside]);
      else zoomTo(ref);
    });
    const item = h('li', { 'data-protection-row': key, 'data-place': ref?.id ?? '' }, button);
    for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => actions.hover(ref));
    for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => actions.hover(null));
    return item;
  }
  /** @param {HTMLElement[]} items */
  const list = (items) => h('ol', { class: 'plan-steps' }, ...items);

  /** What weighs most, short: places of the list, and customers of the worst network. @param {Consequence} consequence */
  function lost({ customers, facilities }) {
    const [worst] = NETWORKS.filter((network) => customers[network] > 0).sort((a, b) => customers[b] - customers[a]);
    const parts = [];
    if (facilities.length) parts.push(t('protection.places', { count: facilities.length }));
    if (worst) parts.push(t('protection.customers', { loss: t(`loss.${worst}`), count: countBeforeUnit(customers[worst], language) }));
    return parts.length ? parts.join(' · ') : t('protection.no_loss');
  }

  /** @param {number | null} hours */
  const reserve = (hours) => (hours === null ? t('protection.reserve_unknown') : t('protection.reserve', { hours: duration(hours, language) }));

  return {
    /** @param {import('../../response').GuardRow[]} entries */
    guard: (entries) => list(entries.map((entry) => row({ rank: entry.rank, key: entry.id, name: entry.name, facts: [lost(entry.consequence)], reason: entry.reason, ref: data.elementRef(entry.id) }))),
    /** @param {import('../../response').PairRow[]} entries */
    pairs: (entries) => list(entries.map((entry) => {
      const [first, second] = [data.elementRef(entry.first), data.elementRef(entry.second)];
      return row({
        rank: entry.rank, key: `${entry.first} ${entry.second}`, name: t('protection.pair', { first: entry.first_name, second: entry.second_name }),
        facts: [t('protection.beyond', { what: lost(entry.beyond) })], reason: entry.reason, ref: first && (second ? { ...first, beside: second } : first),
      });
    })),
    /** @param {import('../../response').SingleFeedRow[]} entries */
    single_feed: (entries) => list(entries.map((entry) => {
      const element = data.elementRef(entry.element);
      return row({
        rank: entry.rank, key: `${entry.facility} ${entry.commodity}`, name: entry.facility_name,
        facts: [[titles.network(entry.commodity), t('protection.hangs_on', { element: entry.element_name }), reserve(entry.reserve_hours)].join(' · ')],
        reason: entry.reason, ref: { ...facility(entry.facility), ...(element ? { beside: element } : {}) },
      });
    })),
    /** @param {import('../../response').ShortReserveRow[]} entries */
    short_reserve: (entries) => list(entries.map((entry) => row({
      rank: entry.rank, key: `${entry.facility} ${entry.commodity}`, name: entry.facility_name,
      facts: [t('protection.against', { reserve: reserve(entry.reserve_hours), network: titles.network(entry.commodity), hours: duration(entry.usual_repair_hours, language) })],
      reason: entry.reason, ref: facility(entry.facility),
    }))),
    /** @param {import('../../response').CoalRow[]} entries */
    coal: (entries) => list(entries.map((entry, index) => row({
      rank: index + 1, key: entry.facility, name: entry.facility_name,
      facts: [[t(`coal.${entry.state}`), entry.days_without_deliveries === null ? '' : t('coal.alone', { stock: duration(24 * entry.days_without_deliveries, language) })].filter(Boolean).join(' · '),
        entry.daily_use_tonnes !== null && t('coal.figures', { stock: tonnes(entry.stock_tonnes), use: tonnes(entry.daily_use_tonnes), deliveries: tonnes(entry.deliveries_tonnes_per_day) }),
        entry.short_at && t('coal.short_at', { at: moment(entry.short_at, language) }),
        ...entry.routes.map((route) => t(route.closed ? 'coal.route_closed' : 'coal.route', { name: route.name, tonnes: tonnes(route.tonnes_per_day) }))],
      reason: entry.reason, ref: facility(entry.facility),
    }))),
    /** @param {HTMLElement} element @param {import('../../types').PageState} state */
    mark(element, { hovered, selected }) {
      for (const item of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll('[data-protection-row]'))) {
        item.classList.toggle('hovered', hovered !== null && hovered.id === item.dataset.place);
        item.classList.toggle('selected', selected !== null && selected.id === item.dataset.place);
      }
    },
  };

  /** @param {number | null} value */
  function tonnes(value) {
    return value === null ? t('unknown') : t('tonnes', { value: exactNumber(value) });
  }
}
