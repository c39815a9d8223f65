/** The curve over the number of new sites: what is measured, and where its points lie in a drawing. Pure. */

/** @typedef {import('../siting').CurvePoint} CurvePoint */
/** @typedef {import('../siting').SitingPlan} SitingPlan */
/** @typedef {'share' | 'mean' | 'worst'} Measure share covered; mean and worst distance in the plan's unit */
/** @typedef {{sites: number, value: number | null, gain: number | null, asked: boolean, proven: boolean, infeasible: boolean, x: number, y: number | null}} Spot */
/** @typedef {{value: number, y: number}} Tick */

/** @type {Record<import('../siting').SitingModel, Measure>} */
const MEASURE_OF = { mclp: 'share', lscp: 'share', pmedian: 'mean', pcenter: 'worst' };
/** Lines across a drawing, at the most. */
const MOST_TICKS = 5;

/** What the curve shows: what its model is about, or the share where that is all there is. @param {Pick<SitingPlan, 'model' | 'curve'>} plan @returns {Measure} */
export function measureOf({ model, curve }) {
  const own = MEASURE_OF[model];
  return own !== 'share' && curve.every(({ objective }) => objective === null) ? 'share' : own;
}

/** @param {CurvePoint} point @param {Measure} measure @param {number} weight of all demand @returns {number | null} null where it is not known */
export function valueOf({ objective, covered_share: share, status }, measure, weight) {
  if (status === 'infeasible') return null;
  if (measure === 'share') return share;
  if (objective === null) return null;
  return measure === 'worst' ? objective : weight > 0 ? objective / weight : null;
}

/** Edges and steps that read well. @param {number} low @param {number} high @returns {number[]} ascending */
export function niceTicks(low, high) {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / (MOST_TICKS - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough - 1e-12) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** A share has no line above all; a single line needs another below it. @param {number} low @param {number} high @param {Measure} measure */
function ticksOf(low, high, measure) {
  const ticks = niceTicks(low, high);
  if (measure !== 'share') return ticks;
  const within = ticks.filter((value) => value <= 1 + 1e-9);
  return within.length > 1 ? within : niceTicks(2 * low - ticks[1], low);
}

/** Fewest decimals that tell the lines of a drawing apart as they are. @param {number[]} values as they are written */
export function decimalsOf(values) {
  return [0, 1, 2, 3].find((count) => values.every((value) => Math.abs(Number(value.toFixed(count)) - value) < 1e-9)) ?? 4;
}

/**
 * @param {SitingPlan} plan
 * @param {{width: number, height: number, left: number, right: number, top: number, bottom: number}} frame pixels; the last four are its margins
 */
export function drawCurve(plan, { width, height, left, right, top, bottom }) {
  const measure = measureOf(plan);
  const points = [...plan.curve].sort((a, b) => a.sites - b.sites);
  const values = points.map((point) => valueOf(point, measure, plan.demand.weight));
  const known = values.filter((value) => value !== null);
  const ticks = known.length ? ticksOf(Math.min(...known), Math.max(...known), measure) : [];
  const [low, high] = [ticks[0] ?? 0, ticks[ticks.length - 1] ?? 1];
  const [fewest, most] = [points[0]?.sites ?? 0, points[points.length - 1]?.sites ?? 1];
  /** @param {number} value */
  const yOf = (value) => top + (height - top - bottom) * (1 - (value - low) / (high - low));
  /** @param {number} sites */
  const xOf = (sites) => left + (width - left - right) * (most === fewest ? 0.5 : (sites - fewest) / (most - fewest));
  const spots = points.map((point, index) => spot(point, values, index, xOf(point.sites), yOf, chosenNumber(plan)));
  return {
    measure, spots,
    /** @type {Tick[]} */
    ticks: ticks.map((value) => ({ value, y: yOf(value) })),
    path: pathOf(spots),
  };
}

/** @param {CurvePoint} point @param {(number | null)[]} values @param {number} index @param {number} x @param {(value: number) => number} yOf @param {number} asked @returns {Spot} */
function spot(point, values, index, x, yOf, asked) {
  const value = values[index];
  const before = index > 0 ? values[index - 1] : null;
  return {
    sites: point.sites, value, gain: value !== null && before !== null ? value - before : null, asked: point.sites === asked,
    proven: point.status === 'optimal', infeasible: point.status === 'infeasible', x, y: value === null ? null : yOf(value),
  };
}

/** How many new sites the answer has. @param {Pick<SitingPlan, 'sites'>} plan */
export const chosenNumber = ({ sites }) => sites.filter((site) => site.new).length;

/** A line through neighbouring points that are known; it breaks where one is not. @param {Spot[]} spots */
function pathOf(spots) {
  let joined = false;
  return spots.map(({ x, y }) => {
    if (y === null) {
      joined = false;
      return '';
    }
    const piece = `${joined ? 'L' : 'M'}${round(x)} ${round(y)}`;
    joined = true;
    return piece;
  }).filter(Boolean).join(' ');
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
