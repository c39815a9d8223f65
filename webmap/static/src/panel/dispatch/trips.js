/** The trips: a chart with a line a vehicle, and under it each vehicle's list; what is pointed at shows on the map. */

import { h } from '../../element.js';
import { duration, exactNumber, timeOn } from '../../format.js';
import { barsOf, chartHours, sameTrip } from '../../state/dispatch.js';
import { addHours } from '../../state/clock.js';

/** @typedef {import('../../dispatch').DispatchPlan} DispatchPlan */
/** @typedef {import('../../dispatch').TripRow} TripRow */
/** @typedef {import('../../dispatch').VehicleRow} VehicleRow */

/** @param {import('../context').PageContext} context */
export function createTrips({ words: { t, language }, store, actions, dispatcher, fitTrip }) {
  /** @param {HTMLElement} element @param {TripRow} trip */
  function lights(element, trip) {
    const ref = { vehicle: trip.vehicle, position: trip.position };
    element.dataset.trip = `${trip.vehicle} ${trip.position}`;
    /** @param {boolean} lit */
    const light = (lit) => {
      dispatcher.update({ lit: lit ? ref : null });
      actions.hover(lit ? { kind: 'facility', id: trip.facility } : null);
    };
    for (const type of ['mouseenter', 'focus']) element.addEventListener(type, () => light(true));
    for (const type of ['mouseleave', 'blur']) element.addEventListener(type, () => light(false));
    element.addEventListener('click', () => {
      const again = sameTrip(store.get().dispatch.chosen, ref);
      dispatcher.update({ chosen: again ? null : ref });
      if (!again) fitTrip();
    });
    return element;
  }

  /** How long before the reserve ends, or how much too late. @param {TripRow} trip */
  function slack({ slack_minutes: minutes }) {
    const span = duration(Math.abs(minutes) / 60, language);
    return h('span', { class: minutes < 0 ? 'state-failed' : '' }, t(minutes < 0 ? 'dispatch.late_by' : 'dispatch.early_by', { span }));
  }

  /** @param {TripRow} trip */
  const amount = ({ amount: value, unit }) => `${exactNumber(value)} ${unit}`;

  /** @param {TripRow} trip @param {string} day of the plan */
  function label(trip, day) {
    return t('dispatch.trip.label', {
      vehicle: trip.vehicle_name, stock: trip.stock_name, place: trip.facility_name, amount: amount(trip), leave: timeOn(trip.leave_at, day, language),
      at: timeOn(trip.unloaded_at, day, language),
    });
  }

  /** @param {HTMLElement} element @param {import('../../state/gantt.js').Bar} bar */
  function at(element, { left, width }) {
    element.style.left = `${left}%`;
    element.style.width = `${width}%`;
    return element;
  }

  /** @param {DispatchPlan} plan @param {VehicleRow} vehicle */
  function lane(plan, vehicle) {
    const bars = barsOf(plan, vehicle.id).flatMap(({ trip, toStock, loading, toPlace, unloading, late }) => [
      at(h('span', { class: 'trip-drive' }), toStock), at(h('span', { class: `trip-load hue-${trip.commodity}` }), loading), at(h('span', { class: 'trip-drive' }), toPlace),
      lights(at(h('button', { type: 'button', class: `trip-unload hue-${trip.commodity}${late ? ' late' : ''}`, 'aria-label': label(trip, plan.at), title: label(trip, plan.at) }), unloading), trip),
    ]);
    return h('div', { class: 'trip-lane', role: 'group', 'aria-label': vehicle.name }, h('span', { class: 'trip-name' }, vehicle.name), h('div', { class: 'trip-track' }, ...bars));
  }

  /** @param {DispatchPlan} plan */
  function chart(plan) {
    const busy = plan.vehicles.filter(({ trips }) => trips > 0);
    const { hours, step } = chartHours(plan);
    const ticks = Array.from({ length: Math.round(hours / step) + 1 }, (_, index) => {
      const tick = h('span', { class: 'trip-tick' }, addHours(plan.at, index * step).slice(11, 16));
      tick.style.left = `${(100 * index * step) / hours}%`;
      return tick;
    });
    return h('div', { class: 'trip-chart', 'data-trip-chart': '' }, h('div', { class: 'trip-lane trip-axis' }, h('span', {}), h('div', { class: 'trip-track' }, ...ticks)), ...busy.map((vehicle) => lane(plan, vehicle)));
  }

  /** @param {TripRow} trip @param {string} day of the plan */
  function row(trip, day) {
    const button = lights(h('button', { type: 'button', class: 'plan-step' }, h('span', { class: 'step-rank' }, String(trip.position)),
      h('span', { class: 'step-text' }, h('strong', {}, t('dispatch.trip', { place: trip.facility_name, amount: amount(trip) })),
        h('span', { class: 'step-when' }, t('dispatch.trip.when', { leave: timeOn(trip.leave_at, day, language), stock: trip.stock_name, load: timeOn(trip.load_at, trip.leave_at, language), at: timeOn(trip.unloaded_at, trip.leave_at, language) })),
        slack(trip))), trip);
    return h('li', { class: `hue-${trip.commodity}` }, button);
  }

  /** @param {DispatchPlan} plan @param {VehicleRow} vehicle */
  function list(plan, vehicle) {
    const mine = plan.trips.filter((trip) => trip.vehicle === vehicle.id);
    const facts = t('dispatch.vehicle.facts', { load: `${exactNumber(vehicle.load)} ${vehicle.unit}`, trips: mine.length, drive: duration(vehicle.drive_minutes / 60, language) });
    return h('details', { 'data-fold': `vehicle ${vehicle.id}` }, h('summary', {}, vehicle.name, ' ', h('span', { class: 'facts' }, facts), vehicle.assumed && h('span', { class: 'assumed-mark' }, t('dispatch.assumed'))),
      h('ol', { class: 'plan-steps' }, ...mine.map((trip) => row(trip, plan.at))));
  }

  /** @param {DispatchPlan} plan */
  function lists(plan) {
    const idle = plan.vehicles.filter(({ trips }) => !trips);
    return [...plan.vehicles.filter(({ trips }) => trips).map((vehicle) => list(plan, vehicle)),
      idle.length > 0 && h('p', { class: 'facts' }, t('dispatch.idle', { names: idle.map(({ name }) => name).join(t('list_comma')) }))];
  }

  /** @param {HTMLElement} element @param {import('../../dispatch').DispatchState} state */
  function mark(element, { lit, chosen }) {
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll('[data-trip]'))) {
      const is = (/** @type {import('../../dispatch').TripRef | null} */ ref) => ref !== null && item.dataset.trip === `${ref.vehicle} ${ref.position}`;
      item.classList.toggle('hovered', is(lit));
      item.classList.toggle('selected', is(chosen));
      item.setAttribute('aria-pressed', String(is(chosen)));
    }
  }
  return { chart, lists, mark };
}
