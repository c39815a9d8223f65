/** Where crews' work stands in the chart: times to shares of its width, and a drop back to a place in a list. Pure. */

import { addHours, hoursBetween, msFromIso } from './clock.js';

/** @typedef {import('../response').RestorationPlan} RestorationPlan */
/** @typedef {import('../response').RepairStep} RepairStep */
/** @typedef {import('../response').UnitStep} UnitStep */
/** @typedef {{left: number, width: number}} Bar in percent of the chart's width */
/** @typedef {{step: RepairStep, travel: Bar, work: Bar}} WorkBar */
/** @typedef {{id: string, name: string, skills: string[], bars: WorkBar[]}} CrewLane */
/** @typedef {{step: UnitStep, travel: Bar, setup: Bar, stay: Bar}} UnitBar */
/** @typedef {{id: string, name: string, bars: UnitBar[]}} UnitLane */

const TICK_HOURS = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96];
const MOST_TICKS = 8;

/**
 * Hours that the chart shows, to the next full step, and its ticks.
 * @param {RestorationPlan} plan @returns {{hours: number, ticks: number[]}} ticks in hours after the plan's start
 */
export function extent(plan) {
  const ends = [...plan.steps.map(({ done_at }) => done_at), ...plan.units.map(({ ready_at }) => ready_at)];
  const last = Math.max(1, ...ends.map((end) => hoursBetween(plan.at, end)));
  const step = TICK_HOURS.find((hours) => last / hours <= MOST_TICKS) ?? Math.ceil(last / MOST_TICKS / 24) * 24;
  const count = Math.ceil(last / step - 1e-9);
  return { hours: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}

/** @param {RestorationPlan} plan @param {string} from @param {string} to @param {number} hours of the chart @returns {Bar} */
export function barOf(plan, from, to, hours) {
  const start = share(hoursBetween(plan.at, from), hours);
  return { left: start, width: Math.max(share(hoursBetween(plan.at, to), hours) - start, 0) };
}

/** @param {number} value @param {number} hours */
function share(value, hours) {
  return Math.min(Math.max((100 * value) / hours, 0), 100);
}

/** Every crew is a lane, also one without work. @param {RestorationPlan} plan @returns {CrewLane[]} */
export function crewLanes(plan) {
  const { hours } = extent(plan);
  return plan.crews.map(({ id, name, skills }) => ({
    id, name, skills,
    bars: plan.steps.filter((step) => step.crew === id).sort((a, b) => a.position - b.position).map((step) => ({
      step,
      travel: barOf(plan, step.depart_at, step.arrive_at, hours),
      work: barOf(plan, step.start_at, step.done_at, hours),
    })),
  }));
}

/** Mobile units that go anywhere: on the way, being set up, feeding until the chart's end. @param {RestorationPlan} plan @returns {UnitLane[]} */
export function unitLanes(plan) {
  const { hours } = extent(plan);
  const end = addHours(plan.at, hours);
  /** @type {Map<string, UnitLane>} */
  const lanes = new Map();
  for (const step of plan.units) {
    const lane = lanes.get(step.unit) ?? { id: step.unit, name: step.unit_name, bars: [] };
    lane.bars.push({
      step,
      travel: barOf(plan, step.depart_at, step.arrive_at, hours),
      setup: barOf(plan, step.arrive_at, step.ready_at, hours),
      stay: barOf(plan, step.ready_at, end, hours),
    });
    lanes.set(step.unit, lane);
  }
  return [...lanes.values()];
}

/**
 * The place in a crew's list, from 1, of a step dropped on its lane: behind all other work whose middle lies before it.
 * @param {CrewLane} lane @param {string} fault that is dropped @param {number} at in percent of the chart's width
 */
export function positionAt(lane, fault, at) {
  const before = lane.bars.filter(({ step, work }) => step.fault !== fault && work.left + work.width / 2 < at);
  return before.length + 1;
}

/**
 * What a key does to a step: to and fro in its crew's list, up and down to the next crew that can do it.
 * @param {CrewLane[]} lanes @param {RepairStep} step @param {string} key
 * @returns {import('../response').FixedStep | null} null where there is nothing to move to
 */
export function movedByKey(lanes, step, key) {
  const index = lanes.findIndex(({ id }) => id === step.crew);
  const along = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (along) {
    const position = step.position + along;
    const fits = position >= 1 && position <= lanes[index].bars.length;
    return fits ? { fault: step.fault, crew: step.crew, position } : null;
  }
  const across = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!across) return null;
  for (let next = index + across; next >= 0 && next < lanes.length; next += across) {
    if (canRepair(lanes[next], step)) return { fault: step.fault, crew: lanes[next].id, position: positionInTime(lanes[next], step) };
  }
  return null;
}

/** @param {CrewLane} lane @param {RepairStep} step */
function positionInTime(lane, step) {
  return lane.bars.filter((bar) => msFromIso(bar.step.start_at) < msFromIso(step.start_at)).length + 1;
}

/** Whether a crew has the skill; of a fault without a network only the server knows. @param {{skills: string[]}} crew @param {RepairStep} step */
export function canRepair({ skills }, { network }) {
  return network === null || skills.includes(network);
}
