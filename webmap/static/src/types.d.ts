/** Shapes of the documents that the page takes from the server, and of its own state. */

import type { AftermathState } from './aftermath';
import type { DispatchState } from './dispatch';
import type { EditingState } from './editing';
import type { FilmState } from './film';
import type { ImportsState } from './imports';
import type { LiveState } from './live';
import type { WallChoice } from './wall';
import type { LogEntry, LogState, Viewer } from './log';
import type { DocumentKind } from './reports';
import type { SitingState } from './siting';
import type { WarningStep, WarningsState } from './warnings';
import type { Interventions, Placement, Operation, Protection, Repair, Response, Restoration } from './response';

export type Network = 'electricity' | 'gas' | 'heat' | 'water';
export type Language = 'zh' | 'en';
export type ThemeChoice = 'system' | 'light' | 'dark';
/** `unknown`: the data name no supply for the place. */
export type FacilityState = 'supplied' | 'on_reserve' | 'failed' | 'unknown';
export type Position = [number, number];

export interface Title { zh: string; en: string }
export interface Choice { key: string; title: Title; icon: string | null }
export interface CatalogField {
  name: string; kind: string; title: Title; unit: string | null; required: boolean; values: Choice[];
  /** The layer whose ids the values are. */
  references: string | null; minimum: number | null; maximum: number | null;
}
export interface LegendSymbol {
  colour: string;
  shape: 'line' | 'area' | 'point' | 'badge';
  pattern: 'solid' | 'dash-dot' | 'double' | 'thin' | 'dotted';
  width_px: number;
}
export interface LegendRow {
  key: string; group: string; title: Title; symbol: LegendSymbol; where: Record<string, string>;
  shown_at_start: boolean; count: number;
}
export interface CatalogLayer {
  key: string; title: Title; geometry: string | null; count: number; fields: CatalogField[]; legend: LegendRow[];
}
export interface PlanSummary {
  key: string; title: string | Title; document_number: string; county_code: string; county_name: string | Title;
  commodities: string[]; office: string | Title; levels: { level: string; decided_by: string[] }[];
  figures: PlanFigure[]; priority_list: PriorityClass[];
  /** Whether the plan says who takes over the homes of a heat supplier that stops. */
  takeover: boolean;
}
export type FigureKind = 'share' | 'count' | 'days' | 'yuan' | 'flag' | 'choice';
/** A figure that a plan's conditions ask for. `maximum` bounds shares, as a fraction of 1. */
export interface PlanFigure {
  key: string; kind: FigureKind; title: Title; hint: Title; clauses: string[]; computed: boolean;
  choices: { key: string; title: Title }[]; maximum: number;
}
export interface PriorityClass { tier: number; category: string; clause: string; name: Title }
/** What the page takes of `/api/plans/<key>`; the days are ISO dates. */
export interface PlanDates { revision_due_on: string; revision_overdue: boolean; revision: { every_years: number } }
export interface Basemap { kind: 'wmts' | 'pmtiles'; url: string; attribution: string }
export interface Catalog {
  data_version: string; synthetic: boolean; product: { name: string | Title }; layers: CatalogLayer[];
  groups: string[]; plans: PlanSummary[]; bounds: [number, number, number, number];
  basemap: Basemap | null;
}

export interface Geometry { type: string; coordinates: any }
export interface Feature { type: 'Feature'; id?: string; geometry: Geometry | null; properties: Record<string, any> }
export interface FeatureCollection { type: 'FeatureCollection'; features: Feature[] }

export interface Fault { element: string; at: string }
/** A polygon's corners, a circle's centre with its radius, or a corridor's line with its width. */
export interface DrawnArea { kind: 'polygon' | 'circle' | 'corridor'; path: Position[]; sizeM: number }
/** What the user has marked: everything that undo and redo move through. */
export interface IncidentMarks {
  plan: string; at: string; horizonHours: number; faults: Fault[]; areas: DrawnArea[]; townships: string[];
  networks: Network[];
  /** Reported figures by plan and key, as the incident document carries them; a text that is no number stays a text. */
  figures: Record<string, Record<string, FigureValue>>;
  /** The commander's own order of the classes, by plan. */
  orders: Record<string, PriorityOrder>;
  /** Switches and valves that cannot be operated, by id. */
  inoperable: string[];
  repairs: Repair[]; placements: Placement[]; operations: Operation[]; closedRoads: string[];
  /** What a plan of restoration adds while it is played; null while it is not. */
  planned: Interventions | null;
  /** Crews and units as entered; null while they are those that the data suggest. */
  response: Response | null;
  /** What only a log tells; null while the marks are a calculation. */
  logged: LoggedMarks | null;
}
/**
 * Of an incident's log: its area with the time since when it is damaged (`networkAt`: networks since a later one), when coal stocks began to shrink, reserves told;
 * `aheadH` is how far ahead of its present it is looked at.
 */
export interface LoggedMarks {
  ground: Geometry | null; areaAt: string | null; networkAt?: Partial<Record<Network, string>>; startedAt: string | null; reserves: ToldReserve[]; aheadH: number;
}
/** A facility's own reserve lasts so many hours from `at` on, should supply fail. */
export interface ToldReserve { facility: string; commodity: string; hours: number; at: string }
export type FigureValue = number | boolean | string;
export interface PriorityOrder { categories: string[]; reason: string }
export interface IncidentDocument {
  plan: string; at: string; horizon_hours: number; faults?: Fault[]; area?: Geometry; area_at?: string; area_network_at?: Partial<Record<Network, string>>;
  area_townships?: string[]; networks?: Network[]; figures?: Record<string, FigureValue>; priority_order?: PriorityOrder;
  inoperable?: string[]; repairs?: Repair[]; placements?: Placement[]; operations?: Operation[]; closed_roads?: string[];
  started_at?: string; reserves?: ToldReserve[];
}

export interface Loss {
  nodes: number; customers: number; population: number; vulnerable_people: number; demand: number;
  customers_share: number | null;
}
export interface Outage extends Loss {
  demand_unit: string; customers_total: number; since: string | null; unsupplied_nodes: string[]; dead_lines: string[];
  at_horizon: Loss;
}
export interface Device { id: string; name: string; kind: string; order?: number }
export interface Isolation {
  fault: string; name: string; kind: string; network: Network; at: string; active: boolean;
  devices_to_open: Device[]; devices_already_open: Device[]; devices_damaged: Device[]; devices_stuck: Device[]; overlaps: string[];
  overlaps_more: number;
  lost: { nodes: number; customers: number; population: number; demand: number };
  lost_nodes: string[]; lost_lines: string[];
}
/** What closing a tie brings back; `headroom` is what `limiting_line` can carry beyond its load, null where unknown. */
export interface Restores {
  nodes: number; customers: number; population: number; demand: number; demand_unit: string; facilities: string[];
  capacity: 'enough' | 'exceeded' | 'unknown'; headroom: number | null; limiting_line: string | null;
}
/** A step of the plan of operations: `open` cuts off (a valve is shut), `close` connects (a valve is opened). */
export interface SwitchingStep {
  order: number; action: 'open' | 'close'; advised: boolean; id: string; name: string; kind: string; network: Network;
  restores: Restores | null; text: string;
}
/** What the failure of one element takes away, cascades not counted. */
export interface RatedElement {
  id: string; name: string; kind: string; nodes: number; facilities: number; customers: number; population: number;
  demand: number;
}
/** The vulnerability of one network under one plan, the heaviest element first. */
export interface Weakness { network: Network; plan: string; elements: RatedElement[]; byId: Map<string, RatedElement> }
export interface FacilityStatus {
  id: string; name: string; category: string; tier: number | null; township: string; township_name: string;
  state: FacilityState; fails_at: string | null; back_at?: string | null; hours_left: number | null;
  reserve_unknown: boolean; lost: string[]; causes: string[];
}
/** `customers_unknown` counts consumer points out of supply whose customers nobody knows. */
export interface CommodityLoss {
  customers_out: number; customers_unknown: number; customers: number; share: number | null; population: number; vulnerable_people: number;
}
export interface TownshipStatus {
  code: string; name: string; county_code: string; commodities: Partial<Record<Network, CommodityLoss>>;
  population_affected: number; facilities_failed: number; facilities_on_reserve: number;
}
export interface RankedFacility {
  rank: number; id: string; name: string; category: string; tier: number | null; state: FacilityState;
  hours_left: number | null; clause: string | null; reason: string;
}
export interface FigureBasis {
  title: string; value: number | null; unit: string; numerator?: number | null; denominator?: number | null;
  method: string; clauses: string[];
}
export interface Moment {
  at: string; hours: number; customers_out: Partial<Record<Network, number>>; facilities_failed: number;
  facilities_on_reserve: number; new_failures: string[];
  repaired?: string[]; returned?: string[]; placed?: string[];
}
export type Outcome = 'met' | 'not_met' | 'unknown';
export interface ClauseOutcome {
  clause: string; level: string; outcome: Outcome; text: string; observed: Record<string, FigureValue>; missing: string[];
}
export interface LevelFigure {
  key: string; title: string; kind: FigureKind; value: FigureValue | null; source: 'reported' | 'computed' | 'unknown';
  computed: number | null; reported: FigureValue | null;
}
export interface Ruling { key: string; clause: string; text: string; reason: string; level: string | null }
export interface Shortfall { figure: string; observed: number; needed: number }
/** What the plan's conditions ask for; the person whom the plan names decides. */
export interface LevelResult {
  plan: string; level: string | null; grade: string | null; grade_name: string | null; why: string; decided_by: string[];
  procedure: string | null; report_every_minutes: number | null;
  reports: { clause: string; text: string; first_written_minutes: number; answer_minutes: number; final_written: boolean } | null;
  clauses: ClauseOutcome[]; could_rise_to: string | null; could_rise_by: string[]; rulings: Ruling[];
  nearest: { clause: string; level: string; text: string; shortfalls: Shortfall[] } | null; figures: LevelFigure[];
}
export interface Assessment {
  plan: { key: string; title: string; document_number: string; county_code: string; county_name: string };
  at: string; horizon_hours: number; data_version: string; synthetic: boolean; language: Language; situation: string;
  isolation: Isolation[]; switching: SwitchingStep[]; outages: Partial<Record<Network, Outage>>; facilities: FacilityStatus[];
  townships: TownshipStatus[]; ranking: RankedFacility[]; figures: Record<string, number | null>;
  figure_basis: Record<string, FigureBasis>; reported_figures: Record<string, FigureValue>; timeline: Moment[];
  level: LevelResult;
  assumptions: { code: string; text: string; clause: string | null }[];
}

export type PlaceKind = 'facility' | 'node' | 'line' | 'township' | 'site' | 'road';
/** `fromMap` when it was pointed at on the map, `at` (latitude, longitude) for areas, which have no point of their own,
 * `beside` for a second place lit with it. */
export interface PlaceRef { kind: PlaceKind; id: string; fromMap?: boolean; at?: [number, number]; beside?: PlaceRef }
export type Mode = 'none' | 'fault' | 'polygon' | 'circle' | 'corridor' | 'township' | 'element' | 'point' | 'measure' | 'edit';
export interface View { lat: number; lng: number; zoom: number }

/** The whole state of the page. `hours` is the time looked at, counted from the incident's `at`. */
export interface PageState {
  marks: IncidentMarks;
  /** While a what-if is looked at, what is really marked; `marks` is then the what-if. */
  present: IncidentMarks | null;
  hours: number;
  layers: Record<string, boolean>;
  shading: Network | 'worst';
  /** The network whose vulnerability the map shows, and its ratings once they have arrived. */
  vulnerability: Network | null;
  weakness: Weakness | null;
  selected: PlaceRef | null;
  hovered: PlaceRef | null;
  /** The warning whose area and row are lit. */
  hoveredWarning: string | null;
  mode: Mode;
  theme: ThemeChoice;
  wall: boolean;
  /** What the wall view shows; null while the page is operated. */
  scenes: WallChoice | null;
  view: View | null;
  tab: string;
  /** What is open of the level card: nothing, the clauses, the form for reported figures. */
  levelView: LevelView;
  /** Whether the order of the plan's classes is being moved. */
  ordering: boolean;
  corridorWidthM: number;
  playing: boolean;
  assessment: Assessment | null;
  base: Assessment | null;
  /** The present's answers beside a what-if's. */
  presentAssessment: Assessment | null;
  presentBase: Assessment | null;
  restoration: Restoration;
  /** Whether the form of crews is open although there is a plan. */
  editingCrews: boolean;
  dispatch: DispatchState;
  protection: Protection;
  busy: boolean;
  /** Why the last assessment was refused. */
  failure: PageError | null;
  /** Until when the server answered, while it cannot be reached or does not say what the picture means; else null. */
  unreached: string | null;
  live: LiveState;
  /** Reported figures that the server did not take; the answer shown was given without them. */
  refused: Problem[];
  /** The incident that is open, if any. */
  log: LogState;
  warnings: WarningsState;
  siting: SitingState;
  imports: ImportsState;
  editing: EditingState;
  aftermath: AftermathState;
  film: FilmState;
  /** The document that is open among the reports; null while all are listed. */
  report: DocumentKind | null;
  /** Who is at the page and what they may do; null until the server has said so. */
  viewer: Viewer | null;
}
export type LevelView = 'closed' | 'clauses' | 'figures';

export interface Problem { field: string; message: string; remedy: string }
/** `clause` and `quotation` are those of the plan that a refusal rests on. */
export interface PageError {
  code: string; message: string; remedy: string; problems: Problem[]; status: number; clause?: string | null; quotation?: string | null;
  /** When the server wishes to be asked again, in seconds; missing where it said nothing. */
  retryAfterS?: number;
  /** What others wrote meanwhile, and how long the log is now. */
  entries?: LogEntry[]; length?: number;
  /** The steps of a warning that others took meanwhile. */
  steps?: WarningStep[];
}
