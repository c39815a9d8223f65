/** What the map shows of siting: marks, lines from sites to what they serve, demand that is left, zones. Pure. */

import { answered, sharedSites } from './compare.js';
import { comparedRuns, openRun } from './state.js';

/** @typedef {import('../siting').SitingState} SitingState */
/** @typedef {import('../siting').SitingPlan} SitingPlan */
/** @typedef {import('../siting').SitingCandidate} SitingCandidate */
/** @typedef {import('../types').Position} Position */
/**
 * `new`: chosen, with its number; `letters`: chosen by the plans of these letters; `out`: excluded. What is `pressable` is left out by a press, or taken in again.
 * @typedef {{id: string, name: string, point: Position, look: 'new' | 'existing' | 'planned' | 'candidate' | 'out' | 'letters', text: string, letters: string[], reason: string | null, pressable: boolean}} Mark
 * @typedef {{point: Position, weight: number, state: 'asked' | 'covered' | 'left', site: string | null, sitePoint: Position | null}} Dot
 * @typedef {{marks: Mark[], dots: Dot[], zones: import('../types').Geometry[], grounds: import('../types').Geometry[]}} Picture
 *   `grounds`: what is stricken in the incident that the answer was made for
 */

/** @type {Picture} */
const NOTHING = { marks: [], dots: [], zones: [], grounds: [] };

/** @param {SitingState} siting @returns {Picture | null} null while nothing of it is shown */
export function pictureOf(siting) {
  if (!siting.open) return null;
  if (siting.view === 'ask') return askedPicture(siting, true);
  if (siting.view === 'answer') {
    const plan = openRun(siting)?.plan_document;
    return plan ? answerPicture(plan) : askedPicture(siting, false);
  }
  return comparedPicture(siting);
}

/** @param {Pick<SitingCandidate, 'id' | 'name' | 'point'>} place @param {Mark['look']} look @param {Partial<Mark>} [more] @returns {Mark} */
const mark = ({ id, name, point }, look, more = {}) => ({ id, name, point, look, text: '', letters: [], reason: null, pressable: false, ...more });

/** Why a candidate does not take part, as the form has it now. @param {SitingCandidate} candidate @param {string[]} without */
export const exclusionOf = ({ id, excluded }, without) => (without.includes(id) ? 'by_hand' : excluded === 'by_hand' ? null : excluded);

/** @param {SitingState} siting @param {boolean} editable @returns {Picture} */
function askedPicture({ draft, survey }, editable) {
  if (!draft || !survey) return { ...NOTHING, zones: draft?.areas ?? [] };
  const places = [...survey.existing, ...survey.candidates.filter(({ status, id }) => status !== 'existing' || !survey.existing.some((site) => site.id === id))];
  return {
    marks: places.map((place) => {
      const out = exclusionOf(place, draft.without);
      const pressable = editable && (out === null || out === 'by_hand');
      return mark(place, out ? 'out' : place.status, { reason: out && place.excluded === out ? place.reason : null, pressable });
    }),
    dots: survey.demand_points.map(([lng, lat, weight]) => ({ point: [lng, lat], weight, state: 'asked', site: null, sitePoint: null })),
    zones: draft.areas,
    grounds: draft.incident?.area ? [draft.incident.area] : [],
  };
}

/** The number that a new site has in list and map, from 1. @param {SitingPlan} plan @returns {Map<string, number>} */
export const numbersOf = ({ sites }) => new Map(sites.filter((site) => site.new).map(({ id }, index) => [id, index + 1]));

/** @param {SitingPlan} plan @returns {Picture} */
function answerPicture(plan) {
  const numbers = numbersOf(plan);
  const open = new Set(plan.sites.map(({ id }) => id));
  const others = plan.candidates.filter(({ id }) => !open.has(id));
  return {
    marks: [
      ...others.map((place) => mark(place, place.excluded ? 'out' : 'candidate', { reason: place.reason })),
      ...plan.sites.map((site) => mark(site, site.new ? 'new' : site.status, { text: String(numbers.get(site.id) ?? '') })),
    ],
    dots: plan.lines.map(([lng, lat, index, weight, , covered]) => {
      const site = plan.sites[index] ?? null;
      return { point: [lng, lat], weight, state: covered ? 'covered' : 'left', site: site?.id ?? null, sitePoint: site?.point ?? null };
    }),
    zones: plan.study.excluded.areas,
    grounds: groundsOf(plan),
  };
}

/** The incident's area; of several scenarios, that of the one that is shown. @param {SitingPlan} plan */
function groundsOf({ study, scenario }) {
  const { area } = study.scenarios.find(({ name }) => name === scenario)?.incident ?? study.incident ?? {};
  return area ? [area] : [];
}

/** @param {SitingState} siting @returns {Picture} */
function comparedPicture(siting) {
  const plans = answered(comparedRuns({ ...siting, view: 'compare' })).map(({ plan }) => plan);
  if (!plans.length) return NOTHING;
  const chosen = sharedSites(plans);
  const taken = new Set(chosen.map(({ id }) => id));
  /** @type {Map<string, Mark>} */
  const existing = new Map();
  for (const site of plans.flatMap(({ sites }) => sites)) if (!site.new && !taken.has(site.id)) existing.set(site.id, mark(site, site.status));
  return { ...NOTHING, marks: [...existing.values(), ...chosen.map((site) => mark(site, 'letters', { letters: site.letters, text: site.letters.join('') }))] };
}

/** What is lit in the list as a place of the map: demand that is left over. @param {SitingState} siting @returns {Position | null} */
export function litPlace(siting) {
  const plan = openRun(siting)?.plan_document;
  return plan?.uncovered.find(({ id }) => siting.lit === `left ${id}`)?.point ?? null;
}
