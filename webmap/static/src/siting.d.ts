/** Shapes of siting: the question as a form and as the server takes it, its preview, its answer, the runs that are kept. */

import type { Geometry, IncidentDocument, PageError, Position } from './types';

export type SiteKind = 'coal_depot' | 'mobile_boiler' | 'mobile_generator' | 'warm_shelter' | 'water_point' | 'crew';
export type SitingModel = 'mclp' | 'pmedian' | 'pcenter' | 'lscp';
export type DemandOf = 'people' | 'vulnerable_people' | 'facilities' | 'facilities_then_people' | 'points';
export type SitingUnit = 'min' | 'm' | 'unknown';
export type SiteStatus = 'existing' | 'candidate' | 'planned';
export type Origin = 'layer' | 'facility' | 'entered';

export interface EnteredPoint { id: string; name: string; point: Position; capacity: number | null; cost: number | null }
export interface Scenario { name: string; incident: IncidentDocument | null }

/** A question as the server takes it, and as it echoes it. */
export interface SitingStudy {
  name: string | null; kind: SiteKind; plan: string;
  demand: {
    of: DemandOf; where: 'district' | 'incident'; townships: string[]; categories: string[]; networks: string[] | null;
    points: unknown[]; share_in_need: number;
  };
  incident: IncidentDocument | null;
  scenarios: Scenario[];
  candidates: { layer: boolean; categories: string[]; points: EnteredPoint[]; without: string[] };
  existing: boolean;
  question: { model: SitingModel; sites: number | null; budget: number | null; standard: number | null; backup: number; shared: boolean };
  distance: { by: 'road' | 'straight' | 'matrix'; closed_roads: string[]; matrix: unknown };
  capacities: boolean;
  excluded: { affected: boolean; failed_network: boolean; areas: Geometry[] };
  seconds: number;
}

/** A study as a list of runs tells of it: lists that are large as their number; parts that older runs lack are absent. */
export interface StudyBrief extends Pick<SitingStudy, 'name' | 'kind' | 'plan' | 'question' | 'seconds'> {
  demand: Pick<SitingStudy['demand'], 'of' | 'where' | 'townships' | 'categories' | 'networks' | 'share_in_need'> & { points?: unknown[] | number };
  distance: { by: SitingStudy['distance']['by']; closed_roads?: string[] | number };
  capacities?: boolean; existing?: boolean;
  candidates?: { layer: boolean; categories: string[]; points: unknown[] | number; without: string[] | number };
  excluded?: { affected: boolean; failed_network: boolean; areas: unknown[] | number };
  scenarios?: unknown[] | number;
  incident?: { at: string; faults?: unknown[] | number; closed_roads?: unknown[] | number } | null;
}

/** The form. What people write stays as they wrote it, so that it can be told what is wrong with it. */
export interface SitingDraft {
  kind: SiteKind; of: DemandOf; where: 'district' | 'incident'; townships: string[]; categories: string[];
  sharePercent: string; model: SitingModel; sites: string; standard: string; budget: string; backup: string; seconds: string;
  by: 'road' | 'straight'; capacities: boolean; existing: boolean;
  layer: boolean; candidateCategories: string[]; points: EnteredPoint[]; without: string[];
  affected: boolean; failedNetwork: boolean; areas: Geometry[];
  scenarios: Scenario[];
  /** The incident that a kept run was asked for; null for what is marked on the map. */
  incident: IncidentDocument | null;
  /** Parts that the page does not show and hands on as they are. */
  rest: { points: unknown[]; networks: string[] | null; matrix: unknown };
  /** What a person chose, which a change of the kind leaves alone. */
  touched: string[];
}

/** `covered_*` are null where nothing was solved. */
export interface SitingDemand {
  count: number; weight: number; weight_unit: 'people' | 'places'; facility_count: number; covered_count: number | null;
  covered_facility_count: number | null; covered_weight: number | null; covered_share: number | null;
  unreachable_count: number; unknown_people_count: number;
  /** How many people the open sites hold; absent from older answers, null where capacities are in another unit. */
  seats?: { total: number; unknown_count: number } | null;
}
export type Exclusion = 'affected' | 'failed_network' | 'area' | 'by_hand' | 'unreachable';
export interface SitingCandidate {
  id: string; name: string; point: Position; origin: Origin; status: SiteStatus; capacity: number | null; cost: number | null;
  excluded: Exclusion | null; reason: string | null;
}
export interface SitingSurvey {
  data_version: string; synthetic: boolean; unit: SitingUnit; straight: boolean; demand: SitingDemand;
  /** Longitude, latitude, weight, tier; null beside the people. */
  demand_points: [number, number, number, number | null][];
  candidates: SitingCandidate[]; existing: SitingCandidate[]; assumptions: { code: string; text: string }[]; problems_ahead: string[];
}

export interface SitingSite {
  id: string; name: string; point: Position; origin: Origin; status: SiteStatus; new: boolean;
  serves_weight: number; serves_count: number; worst: number | null; capacity: number | null; cost: number | null;
  facilities: string[]; without_it: { covered_share: number | null; objective: number | null };
}
export interface CurvePoint {
  sites: number; status: SitingStatus; objective: number | null; gap: number | null; covered_share: number | null; selected: string[];
}
export type SitingStatus = 'optimal' | 'gap' | 'infeasible' | 'unknown';
export interface UncoveredPlace {
  id: string; name: string; tier: number | null; weight: number; count: number; point: Position; nearest: number | null;
  reason: 'beyond' | 'unreachable' | 'full';
}
/** `code` is null outside all townships. */
export interface TownshipCover { code: string | null; name: string; weight: number; covered_weight: number; covered_share: number | null; worst: number | null }
/** `tier` is null outside the plan's list. */
export interface TierCover { tier: number | null; title: string; count: number; covered_count: number; weight: number; covered_weight: number; worst: number | null }
/** From a demand to its site (longitude, latitude, index of the site or -1, weight, distance, whether within the standard). */
export type ServiceLine = [number, number, number, number, number | null, 0 | 1];
export interface SitingPlan {
  data_version: string; synthetic: boolean; study: SitingStudy; kind: SiteKind; model: SitingModel; status: SitingStatus;
  objective: number | null; bound: number | null; gap: number | null; unit: SitingUnit; straight: boolean; seconds: number;
  sentence: string; reading: string; proof: string; scenario: string | null; demand: SitingDemand; sites: SitingSite[]; tiers: TierCover[];
  townships: TownshipCover[]; uncovered: UncoveredPlace[]; uncovered_more: number;
  worst: { name: string; site: string; distance: number } | null; lines: ServiceLine[]; candidates: SitingCandidate[];
  curve: CurvePoint[]; cost: { total: number | null; unknown_count: number };
  robust: { worst_regret: number | null; bound: number | null; scenarios: RobustScenario[] } | null;
  assumptions: { code: string; text: string }[]; notes: string[];
}
export interface RobustScenario { name: string; best: number | null; reached: number | null; regret: number | null; covered_share: number | null }

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
/** A question that was put to the server and is kept with its answer. */
export interface SitingRun {
  id: string; name: string | null; kind: SiteKind; plan: string; state: RunState; state_title: string; stage: string | null; stage_title: string | null;
  progress: { elapsed_s: number | null; objective: number | null; bound: number | null; gap: number | null } | null;
  created_at: string; started_at: string | null; ended_at: string | null; author: string; data_version: string; current: boolean;
  /** In the list without points, matrices and incidents. */
  study: SitingStudy; put_away: boolean; error: PageError | null; choice: SitingChoice | null;
  summary: { status: SitingStatus; sentence: string; covered_share: number | null; new_sites: number } | null;
  /** What the viewer can do with it as it stands. */
  may: ('cancel' | 'name' | 'put_away' | 'choose' | 'take_back')[];
  /** Absent in the list. */
  plan_document?: SitingPlan | null;
}
export interface SitingChoice { at: string; author: string; sites: { id: string; name: string }[]; can_take_back: boolean }

export type SitingView = 'ask' | 'answer' | 'runs' | 'compare';
/** What the page keeps of siting. */
export interface SitingState {
  open: boolean;
  view: SitingView;
  draft: SitingDraft | null;
  survey: SitingSurvey | null;
  /** Whether the preview is being asked for, and why it was refused. */
  surveying: boolean;
  refused: PageError | null;
  runs: SitingRun[] | null;
  /** Older ones that are not listed. */
  more: number;
  /** Those that were put away are listed instead. */
  listAway: boolean;
  /** Ids of the runs that are looked at: one for its answer, two or three side by side. */
  shown: string[];
  /** What the server said of them, by id. */
  known: Record<string, SitingRun>;
  /** Why the list was not fetched, and why a run that is looked at was not. */
  failure: PageError | null;
  lost: PageError | null;
  /** A question is on its way. */
  sending: boolean;
  /** Site or place that is lit in list and map. */
  lit: string | null;
}
