/** Plans side by side: their figures row by row, which is best where that can be said, and which sites they share. Pure. */

import { sameMeasure } from './conditions.js';
import { chosenNumber, valueOf } from './curve.js';
import { canLimit } from './draft.js';

/** @typedef {import('../siting').SitingPlan} SitingPlan */
/** @typedef {import('../siting').SitingRun} SitingRun */
/** @typedef {{value: number | null, best: boolean}} Cell */
/** @typedef {{key: FigureKey, cells: Cell[]}} FigureRow */
/** @typedef {'new_sites' | 'covered_share' | 'covered_weight' | 'mean' | 'worst' | 'uncovered' | 'cost'} FigureKey */

export const LETTERS = ['A', 'B', 'C'];

/** Which way a figure is better; 0 says nothing. @type {Record<FigureKey, -1 | 0 | 1>} */
const BETTER = { new_sites: 0, covered_share: 1, covered_weight: 1, mean: -1, worst: -1, uncovered: -1, cost: -1 };

/** @param {SitingPlan} plan @param {FigureKey} key @returns {number | null} null where it is not known */
export function figureOf(plan, key) {
  const { demand } = plan;
  switch (key) {
    case 'new_sites': return chosenNumber(plan);
    case 'covered_share': return demand.covered_share;
    case 'covered_weight': return demand.covered_weight;
    case 'mean': return meanOf(plan);
    case 'worst': return plan.worst?.distance ?? null;
    case 'uncovered': return demand.covered_weight === null ? null : demand.weight - demand.covered_weight;
    case 'cost': return !plan.cost.unknown_count ? plan.cost.total : null;
    default: return null;
  }
}

/** The mean distance of p-median; other models do not reckon it. @param {SitingPlan} plan */
function meanOf(plan) {
  if (plan.model !== 'pmedian') return null;
  return valueOf({ sites: 0, objective: plan.objective, covered_share: null, status: plan.status, gap: null, selected: [] }, 'mean', plan.demand.weight);
}

/** @param {SitingPlan} plan */
const standardOf = ({ study }) => JSON.stringify([study.question.standard, study.distance.by]);

/** @param {SitingPlan[]} plans */
export function alikeness(plans) {
  const same = (/** @type {(plan: SitingPlan) => string} */ of) => plans.every((plan) => of(plan) === of(plans[0]));
  return { measure: sameMeasure(plans), standard: same(standardOf), data: same((plan) => plan.data_version) };
}

/** @param {SitingPlan[]} plans @returns {FigureRow[]} rows that at least one plan has */
export function figureRows(plans) {
  const alike = alikeness(plans);
  return /** @type {FigureKey[]} */ (Object.keys(BETTER)).map((key) => {
    const values = plans.map((plan) => figureOf(plan, key));
    return { key, cells: withBest(values, alike.measure && alike.standard ? BETTER[key] : 0) };
  }).filter(({ cells }) => cells.some(({ value }) => value !== null));
}

/** The best is marked where not all are alike and none is unknown. @param {(number | null)[]} values @param {-1 | 0 | 1} better @returns {Cell[]} */
function withBest(values, better) {
  const known = values.filter((value) => value !== null);
  const unlike = known.length === values.length && new Set(known).size > 1;
  const top = better > 0 ? Math.max(...known) : Math.min(...known);
  return values.map((value) => ({ value, best: better !== 0 && unlike && value === top }));
}

/**
 * The new sites of all plans, each with the letters of the plans that have it, those of most plans first.
 * @param {SitingPlan[]} plans
 * @returns {{id: string, name: string, point: import('../types').Position, letters: string[]}[]}
 */
export function sharedSites(plans) {
  /** @type {Map<string, {id: string, name: string, point: import('../types').Position, letters: string[]}>} */
  const found = new Map();
  plans.forEach((plan, index) => {
    for (const { id, name, point } of plan.sites.filter((site) => site.new)) {
      const row = found.get(id) ?? { id, name, point, letters: [] };
      row.letters.push(LETTERS[index]);
      found.set(id, row);
    }
  });
  return [...found.values()].sort((a, b) => b.letters.length - a.letters.length || a.letters[0].localeCompare(b.letters[0]));
}

/** Sites that are given more people than they hold, as capacities were not counted. @param {SitingPlan} plan */
export function overfull({ study, kind, demand, sites }) {
  if (study.capacities || !canLimit({ kind, of: study.demand.of }) || demand.weight_unit !== 'people') return [];
  return sites.filter(({ capacity, serves_weight: people }) => capacity !== null && people > capacity);
}

/**
 * What is lost without a site, in what its question measures: the share covered (of 1), the mean or the worst distance.
 * @param {Pick<import('../siting').SitingSite, 'without_it'>} site @param {Pick<SitingPlan, 'model' | 'objective' | 'demand'>} plan
 * @returns {{measure: import('./curve.js').Measure, value: number} | null} null where it is not known; 0 where nothing is lost
 */
export function lostWithout({ without_it: gone }, { model, objective, demand }) {
  if (model === 'mclp' || model === 'lscp') return gone.covered_share === null || demand.covered_share === null ? null : { measure: 'share', value: demand.covered_share - gone.covered_share };
  if (gone.objective === null || objective === null) return null;
  const more = gone.objective - objective;
  // Figures are rounded by themselves: what is within that is no loss.
  const lost = more <= 1e-6 * Math.abs(objective) ? 0 : more;
  if (model === 'pcenter') return { measure: 'worst', value: lost };
  return demand.weight > 0 ? { measure: 'mean', value: lost / demand.weight } : null;
}

/** How many more people the sites are given than they hold, in all. @param {SitingPlan['sites']} sites that are given more */
export const peopleBeyond = (sites) => sites.reduce((sum, { capacity, serves_weight: people }) => sum + people - (capacity ?? people), 0);

/** How many people the open sites hold, where the plan did not count it; `scarce` where that is less than it covers. @param {SitingPlan} plan */
export function seatsOf({ study, demand }) {
  if (study.capacities || !demand.seats) return null;
  return { ...demand.seats, scarce: demand.covered_weight !== null && demand.seats.total < demand.covered_weight };
}

/** Runs that have an answer, with it. @param {SitingRun[]} runs @returns {{run: SitingRun, plan: SitingPlan}[]} */
export const answered = (runs) => runs.flatMap((run) => (run.plan_document ? [{ run, plan: run.plan_document }] : []));
