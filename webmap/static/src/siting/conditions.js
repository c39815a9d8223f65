/** The conditions under which a plan was made: which differ between plans, and whether their figures still compare. Pure. */

/** @typedef {import('../siting').SitingPlan} SitingPlan */
/** @typedef {import('../siting').SitingStudy} SitingStudy */
/** @typedef {'of' | 'townships' | 'where' | 'share' | 'capacities' | 'distance' | 'candidates' | 'excluded' | 'backup' | 'budget'} ConditionKey */

/** What each condition is, so that two plans can be held against each other. @type {Record<ConditionKey, (study: SitingStudy) => unknown>} */
const CONDITIONS = {
  of: ({ demand, plan }) => [demand.of, demand.categories, demand.networks, demand.points, demand.of.startsWith('facilities') && plan],
  townships: ({ demand }) => demand.townships,
  where: ({ demand, incident, scenarios }) => [demand.where, demand.where === 'incident' ? incident : null, scenarios.map((scenario) => scenario.incident)],
  share: ({ demand }) => demand.share_in_need,
  capacities: ({ capacities, question }) => [capacities, capacities && question.shared],
  distance: ({ distance, incident }) => [distance.by, distance.matrix, [...new Set([...distance.closed_roads, ...incident?.closed_roads ?? []])].sort()],
  candidates: ({ candidates, existing }) => [candidates, existing],
  excluded: ({ excluded, incident }) => [excluded, excluded.affected || excluded.failed_network ? incident : null],
  backup: ({ question }) => question.backup,
  budget: ({ question }) => question.budget,
};
/** Where one of these differs, the figures of plans measure different things; the others are what is chosen between. @type {ConditionKey[]} */
const OF_THE_MEASURE = ['of', 'townships', 'where', 'share', 'capacities', 'distance'];

/** The conditions that are not the same in all plans, in their order. @param {SitingPlan[]} plans @returns {ConditionKey[]} */
export function differing(plans) {
  return /** @type {ConditionKey[]} */ (Object.keys(CONDITIONS)).filter((key) => {
    const of = CONDITIONS[key];
    return new Set(plans.map(({ study }) => JSON.stringify(of(study)))).size > 1;
  });
}

/** Whether the figures of the plans measure the same demand in the same way. @param {SitingPlan[]} plans */
export const sameMeasure = (plans) => !differing(plans).some((key) => OF_THE_MEASURE.includes(key)) && new Set(plans.map(({ unit, demand }) => `${unit} ${demand.weight_unit}`)).size === 1;

/** How many, of what a list of runs may tell as a number alone. @param {unknown[] | number | undefined} told */
export const counted = (told) => (Array.isArray(told) ? told.length : told ?? 0);
