/** The form of a siting question: its defaults by kind, and the study that it stands for. Pure. */

import { readEntry } from '../state/figures.js';

/** @typedef {import('../siting').SitingDraft} SitingDraft */
/** @typedef {import('../siting').SitingStudy} SitingStudy */
/** @typedef {import('../siting').SiteKind} SiteKind */
/** @typedef {import('../types').IncidentDocument} IncidentDocument */
/** @typedef {{field: string, key: string}} Wrong what the page itself finds wrong: a field as the server names it, and the key of its words */

/** In the order in which they are offered. @type {SiteKind[]} */
export const KINDS = ['warm_shelter', 'mobile_boiler', 'mobile_generator', 'water_point', 'coal_depot', 'crew'];
/** @type {import('../siting').SitingModel[]} */
export const MODELS = ['mclp', 'pmedian', 'pcenter', 'lscp'];
/** @type {import('../siting').DemandOf[]} */
export const DEMANDS = ['people', 'vulnerable_people', 'facilities', 'facilities_then_people'];
/** Kinds whose capacity counts what the demand counts. @type {SiteKind[]} */
const MEASURED_IN_PEOPLE = ['warm_shelter'];

/** What is asked at first of each kind: whom it serves and how many minutes off. @type {Record<SiteKind, {of: import('../siting').DemandOf, standard: string, categories: string[]}>} */
const USUAL = {
  warm_shelter: { of: 'people', standard: '15', categories: [] },
  mobile_boiler: { of: 'facilities_then_people', standard: '30', categories: [] },
  mobile_generator: { of: 'facilities', standard: '20', categories: [] },
  water_point: { of: 'people', standard: '15', categories: [] },
  coal_depot: { of: 'facilities', standard: '30', categories: ['heat_supply'] },
  crew: { of: 'facilities_then_people', standard: '20', categories: [] },
};
/** Straight distances are in metres: what a standard is there at first. */
const USUAL_STRAIGHT_M = '3000';
const USUAL_SITES = '3';
const USUAL_SECONDS = '20';

/** @param {SiteKind} [kind] @returns {SitingDraft} */
export function newDraft(kind = 'warm_shelter') {
  return {
    kind, ...USUAL[kind], where: 'district', townships: [], sharePercent: '', model: 'mclp', sites: USUAL_SITES, budget: '', backup: '', seconds: '',
    by: 'road', capacities: false, existing: true, layer: true, candidateCategories: [], points: [], without: [],
    affected: false, failedNetwork: false, areas: [], scenarios: [], incident: null, rest: { points: [], networks: null, matrix: null }, touched: [],
  };
}

/** Another kind, with what is usual for it where nobody chose otherwise. @param {SitingDraft} draft @param {SiteKind} kind @returns {SitingDraft} */
export function withKind(draft, kind) {
  const { of, standard, categories } = USUAL[kind];
  /** @param {string} name */
  const free = (name) => !draft.touched.includes(name);
  return {
    ...draft, kind,
    ...(free('of') ? { of } : {}),
    ...(free('standard') && draft.by === 'road' ? { standard } : {}),
    ...(free('categories') ? { categories } : {}),
    // Candidates of the layer are of one kind: those left out were another's.
    without: kind === draft.kind ? draft.without : [],
    capacities: draft.capacities && canLimit({ ...draft, kind }),
  };
}

/** What a person chose. @param {SitingDraft} draft @param {Partial<SitingDraft>} change @returns {SitingDraft} */
export function withChoice(draft, change) {
  const touched = [...new Set([...draft.touched, ...Object.keys(change)])];
  const next = { ...draft, ...change, touched };
  if (change.by && change.by !== draft.by) next.standard = change.by === 'straight' ? USUAL_STRAIGHT_M : USUAL[draft.kind].standard;
  if (next.capacities && !canLimit(next)) next.capacities = false;
  return next;
}

/** Whether capacities can be counted against the demand: both must be people. @param {Pick<SitingDraft, 'kind' | 'of'>} draft */
export const canLimit = ({ kind, of }) => MEASURED_IN_PEOPLE.includes(kind) && (of === 'people' || of === 'vulnerable_people');

/** Whether the number of new sites is asked for. @param {Pick<SitingDraft, 'model'>} question */
export const hasNumber = ({ model }) => model !== 'lscp';

/** Whether the models that reckon a choice over several scenarios can be asked. @param {SitingDraft} draft */
export const canBeRobust = ({ model }) => model === 'mclp' || model === 'pmedian';

/** Whether the question needs one incident; with scenarios each brings its own. @param {SitingDraft} draft */
export const needsIncident = ({ where, affected, failedNetwork, scenarios }) => !scenarios.length && (where === 'incident' || affected || failedNetwork);

/** @param {string} text @returns {number | null} NaN for what is no number */
export function numberIn(text) {
  const value = readEntry('count', text);
  return value === null ? null : typeof value === 'number' ? value : NaN;
}

/** A count of `text`, at least `least`, of which anything but a whole number is wrong. @param {string} text @param {number} least */
const isCount = (text, least) => {
  const value = numberIn(text);
  return value === null || (Number.isInteger(value) && value >= least);
};

/** What the form can tell by itself; the rest is the server's. @param {SitingDraft} draft @param {IncidentDocument | null} onMap @returns {Wrong[]} */
export function wrongIn(draft, onMap) {
  /** @type {[boolean, string, string][]} */
  const found = [
    [needsIncident(draft) && !(draft.incident ?? onMap), draft.where === 'incident' ? 'demand.where' : 'excluded', 'siting.wrong.no_incident'],
    [hasNumber(draft) && !isCount(draft.sites, 0), 'question.sites', 'siting.wrong.count'],
    [hasNumber(draft) && draft.sites.trim() === '' && draft.budget.trim() === '', 'question.sites', 'siting.wrong.number_or_budget'],
    [!isBetween(draft.standard, 0, Infinity), 'question.standard', 'siting.wrong.number'],
    [draft.standard.trim() === '' && (draft.model === 'mclp' || draft.model === 'lscp'), 'question.standard', 'siting.wrong.no_standard'],
    [Number.isNaN(readMoney(draft.budget)), 'question.budget', 'siting.wrong.number'],
    [!isCount(draft.backup, 0), 'question.backup', 'siting.wrong.count'],
    [!isBetween(draft.sharePercent, 0, 100), 'demand.share_in_need', 'siting.wrong.percent'],
    [!isBetween(draft.seconds, 1, 300), 'seconds', 'siting.wrong.seconds'],
    [draft.scenarios.length === 1, 'scenarios', 'siting.wrong.one_scenario'],
    [draft.scenarios.length > 1 && !canBeRobust(draft), 'scenarios', 'siting.wrong.robust_model'],
    [!draft.layer && !draft.candidateCategories.length && !draft.points.length, 'candidates', 'siting.wrong.no_candidates'],
  ];
  return found.filter(([wrong]) => wrong).map(([, field, key]) => ({ field, key }));
}

/** @param {string} text @param {number} least @param {number} most */
function isBetween(text, least, most) {
  const value = numberIn(text);
  return value === null || (value >= least && value <= most);
}

/** @param {string} text @returns {number | null} yuan */
function readMoney(text) {
  const value = readEntry('yuan', text);
  return value === null ? null : typeof value === 'number' ? value : NaN;
}

/**
 * The study that a form without anything wrong stands for.
 * @param {SitingDraft} draft
 * @param {{plan: string, onMap: IncidentDocument | null, closedRoads: string[]}} map what is marked there
 * @returns {SitingStudy}
 */
export function studyOf(draft, { plan, onMap, closedRoads }) {
  const incident = draft.incident ?? onMap;
  const share = numberIn(draft.sharePercent);
  return {
    name: null, kind: draft.kind, plan: incident && needsIncident(draft) ? incident.plan : plan,
    demand: {
      of: draft.of, where: draft.where, townships: draft.townships, categories: draft.categories, networks: draft.rest.networks,
      points: draft.rest.points, share_in_need: share === null ? 1 : Math.round(share * 1e4) / 1e6,
    },
    incident: needsIncident(draft) ? incident : null,
    scenarios: draft.scenarios,
    candidates: { layer: draft.layer, categories: draft.candidateCategories, points: draft.points, without: draft.without },
    existing: draft.existing,
    question: {
      model: draft.model, sites: hasNumber(draft) ? numberIn(draft.sites) : null, budget: readMoney(draft.budget),
      standard: numberIn(draft.standard), backup: numberIn(draft.backup) ?? 0, shared: false,
    },
    distance: { by: draft.rest.matrix ? 'matrix' : draft.by, closed_roads: closedRoads, matrix: draft.rest.matrix },
    capacities: draft.capacities,
    excluded: { affected: draft.affected, failed_network: draft.failedNetwork, areas: draft.areas },
    seconds: numberIn(draft.seconds) ?? Number(USUAL_SECONDS),
  };
}

/** The form of a study that was put before, to be changed and asked again. @param {SitingStudy} study @returns {SitingDraft} */
export function draftOf(study) {
  const { demand, candidates, question, distance, excluded } = study;
  return {
    kind: study.kind, of: demand.of, where: demand.where, townships: demand.townships, categories: demand.categories,
    sharePercent: demand.share_in_need === 1 ? '' : String(Math.round(demand.share_in_need * 1e4) / 100), model: question.model,
    sites: text(question.sites), standard: text(question.standard), budget: text(question.budget), backup: question.backup ? text(question.backup) : '',
    seconds: study.seconds === Number(USUAL_SECONDS) ? '' : text(study.seconds), by: distance.by === 'straight' ? 'straight' : 'road',
    capacities: study.capacities, existing: study.existing, layer: candidates.layer, candidateCategories: candidates.categories,
    points: candidates.points, without: candidates.without, affected: excluded.affected, failedNetwork: excluded.failed_network,
    areas: excluded.areas, scenarios: study.scenarios, incident: study.incident,
    rest: { points: demand.points, networks: demand.networks, matrix: distance.matrix }, touched: ['of', 'standard', 'categories'],
  };
}

/** @param {number | null} value */
const text = (value) => (value === null ? '' : String(value));

/** The study with another number of new sites, as a point of the curve asks for it. @param {SitingStudy} study @param {number} sites @returns {SitingStudy} */
export function withNumber(study, sites) {
  // A question of coverage for all has no number: with one it is how many are covered.
  const model = study.question.model === 'lscp' ? 'mclp' : study.question.model;
  return { ...study, name: null, question: { ...study.question, model, sites, budget: null } };
}

/** A place is left out by hand, or taken in again. @param {string[]} without @param {string} id */
export const toggled = (without, id) => (without.includes(id) ? without.filter((other) => other !== id) : [...without, id]);
