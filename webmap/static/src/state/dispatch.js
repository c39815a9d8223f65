/** Stocks and vehicles as people change them, and where trips stand in their chart. Pure. */

import { hoursBetween } from './clock.js';

/** @typedef {import('../dispatch').Supply} Supply */
/** @typedef {import('../dispatch').StockEntry} StockEntry */
/** @typedef {import('../dispatch').VehicleEntry} VehicleEntry */
/** @typedef {import('../dispatch').Standing} Standing */
/** @typedef {import('../dispatch').Commodity} Commodity */
/** @typedef {import('../dispatch').DispatchPlan} DispatchPlan */
/** @typedef {import('../dispatch').TripRow} TripRow */
/** @typedef {import('../dispatch').TripRef} TripRef */
/** @typedef {import('./gantt.js').Bar} Bar */
/** @typedef {{trip: TripRow, toStock: Bar, loading: Bar, toPlace: Bar, unloading: Bar, late: boolean}} TripBar */

/** @type {Commodity[]} */
export const COMMODITIES = ['coal', 'water', 'diesel'];
/** @type {Record<Commodity, string>} */
export const UNIT = { coal: 't', water: 'm³', diesel: 'L' };
/** What a vehicle that is added carries until somebody says otherwise. @type {Record<Commodity, number>} */
export const USUAL_LOAD = { coal: 30, water: 10, diesel: 2000 };
export const SECONDS_CHOICES = [5, 10, 30];

/** @type {Supply} */
export const NO_SUPPLY = { stocks: [], vehicles: [], needs: [], keep_hours: 24, seconds: 10 };

/** @type {import('../dispatch').DispatchState} */
export const NO_DISPATCH = {
  shown: false, supply: null, suggested: null, editing: false, working: false, startedMs: 0, seconds: 0, fromHours: 0, key: '', plan: null,
  lit: null, chosen: null,
};

/** What a document of the server leaves out. @param {Partial<Supply>} document @returns {Supply} */
export const wholeSupply = (document) => ({ ...NO_SUPPLY, ...document });

/** @param {{id: string}[]} items @param {string} prefix */
function nextId(items, prefix) {
  const numbers = items.map(({ id }) => Number(new RegExp(`^${prefix}-(\\d+)$`).exec(id)?.[1] ?? 0));
  return `${prefix}-${Math.max(0, ...numbers) + 1}`;
}

/** @param {Supply} supply @param {Commodity} commodity @param {string} name @param {Standing} at @returns {Supply} */
export function withStockAdded(supply, commodity, name, at) {
  return { ...supply, stocks: [...supply.stocks, { id: nextId(supply.stocks, 'stock'), name, commodity, amount: null, ...at }] };
}

/** A vehicle starts where the last one of its kind does, else at the first stock of it, else at `at`. @param {Supply} supply @param {Commodity} commodity @param {string} name @param {Standing} at @returns {Supply} */
export function withVehicleAdded(supply, commodity, name, at) {
  const mates = [...supply.vehicles.filter((one) => one.commodity === commodity).reverse(), ...supply.stocks.filter((one) => one.commodity === commodity)];
  const load = supply.vehicles.findLast((one) => one.commodity === commodity)?.load ?? USUAL_LOAD[commodity];
  const start = mates.length ? standing(mates[0]) : at;
  return { ...supply, vehicles: [...supply.vehicles, { id: nextId(supply.vehicles, 'vehicle'), name, commodity, load, ...start }] };
}

/** @param {Standing} item @returns {Standing} */
const standing = ({ site, depot }) => (site ? { site } : { depot });

/** What somebody sets is no longer assumed; another place takes the one before away. @template {StockEntry | VehicleEntry} T @param {T} item @param {Partial<T>} patch @returns {T} */
function changed(item, patch) {
  const next = { ...item, ...patch, assumed: false };
  if (patch.site) delete next.depot;
  if (patch.depot) delete next.site;
  return next;
}

/** @param {Supply} supply @param {string} id @param {Partial<StockEntry>} patch @returns {Supply} */
export function withStock(supply, id, patch) {
  return { ...supply, stocks: supply.stocks.map((stock) => (stock.id === id ? changed(stock, patch) : stock)) };
}

/** @param {Supply} supply @param {string} id @param {Partial<VehicleEntry>} patch @returns {Supply} */
export function withVehicle(supply, id, patch) {
  return { ...supply, vehicles: supply.vehicles.map((vehicle) => (vehicle.id === id ? changed(vehicle, patch) : vehicle)) };
}

/** @param {Supply} supply @param {string} id @returns {Supply} */
export function without(supply, id) {
  return { ...supply, stocks: supply.stocks.filter((one) => one.id !== id), vehicles: supply.vehicles.filter((one) => one.id !== id) };
}

/** A number as typed; null for nothing, or for what is none above zero (`least`: at least this). @param {string} text @param {number} [least] */
export function amountOf(text, least = 0) {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) || value < least ? null : value;
}

/** Whether two speak of the same trip. @param {TripRef | null} one @param {TripRef | null} other */
export const sameTrip = (one, other) => one === other || (one !== null && other !== null && one.vehicle === other.vehicle && one.position === other.position);

/** The trip whose way the map shows: the one under the pointer, else the one pressed. @param {import('../dispatch').DispatchState} state @returns {TripRow | null} */
export function tripOnMap({ plan, lit, chosen, shown }) {
  const wanted = lit ?? chosen;
  return (shown && wanted && plan?.trips.find((trip) => sameTrip(trip, wanted))) || null;
}

/** Hours between the chart's ticks, and how many of them fit a narrow panel. */
const TICK_HOURS = [0.5, 1, 2, 3, 6, 12, 24, 48];
const MOST_STEPS = 4;

/** Hours that the chart shows, to the first tick behind the last unloading, and those between two ticks. @param {DispatchPlan} plan */
export function chartHours(plan) {
  const last = Math.max(1, ...plan.trips.map(({ unloaded_at: end }) => hoursBetween(plan.at, end)));
  const step = TICK_HOURS.find((hours) => last / hours <= MOST_STEPS) ?? Math.ceil(last / MOST_STEPS / 24) * 24;
  return { hours: Math.ceil(last / step - 1e-9) * step, step };
}

/** The bars of a vehicle's trips in the chart. @param {DispatchPlan} plan @param {string} vehicle @returns {TripBar[]} */
export function barsOf(plan, vehicle) {
  const { hours } = chartHours(plan);
  const share = (/** @type {string} */ at) => (100 * hoursBetween(plan.at, at)) / hours;
  /** @param {string} from @param {string} to @returns {Bar} */
  const bar = (from, to) => ({ left: share(from), width: Math.max(0, share(to) - share(from)) });
  return plan.trips.filter((trip) => trip.vehicle === vehicle).map((trip) => ({
    trip,
    toStock: bar(trip.leave_at, trip.load_at),
    loading: bar(trip.load_at, trip.depart_at),
    toPlace: bar(trip.depart_at, trip.arrive_at),
    unloading: bar(trip.arrive_at, trip.unloaded_at),
    late: trip.slack_minutes < 0,
  }));
}

/** Who is not in time first, each group in the plan's order. @param {DispatchPlan} plan */
export function byOutcome({ facilities }) {
  return { lost: facilities.filter(({ state }) => state !== 'kept'), kept: facilities.filter(({ state }) => state === 'kept') };
}
