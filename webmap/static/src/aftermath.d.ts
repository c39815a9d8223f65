/** Shapes of what is made of an incident afterwards: its impact over time, how a map shows it, and what the page keeps of both. */

import type { FacilityState, Network, PageError, Position } from './types';

export type AftermathTab = 'impact' | 'review' | 'reports';
export type Measure = 'people_hours' | 'customer_hours' | 'hours_per_customer' | 'hours_to_restore' | 'peak_customers' | 'people_hit';
export type Scheme = 'natural_breaks' | 'quantiles' | 'fixed';
/** How the map shows an impact; `network` null for all together. */
export interface MapChoice { style: 'choropleth' | 'bivariate'; measure: Measure; network: Network | null; scheme: Scheme; count: number }

/** What the panel asks about: the incident, and the moment and entry looked back at; null for all that is known now. */
export interface Asked { id: string; at: string | null; known: number | null }
/** How far the making of something is. */
export interface Told { stage: string; title: string; done: number; total: number }

export interface ImpactRow {
  at: string; hours: number; customers_out: Partial<Record<Network, number>>; people_out: Partial<Record<Network, number>>; people_hit: number;
  facilities_failed: number; facilities_on_reserve: number; temperature_c: number | null;
}
export interface Reached { at: string; hours: number }
export interface NetworkImpact {
  customers_total: number; customers_unknown: number; customers_hit: number; people_hit: number; vulnerable_people_hit: number;
  peak_customers: number; peak_at: string | null; customer_hours: number; people_hours: number; vulnerable_people_hours: number;
  unserved: { value: number; unit: string; unknown_points: number }; first_loss_at: string | null;
  restored: Record<'50' | '90' | '100', Reached | null>; out_at_end: number; interruptions: number; momentary_interruptions: number;
  saifi: number | null; saidi_minutes: number | null; caidi_minutes: number | null;
}
export interface TownshipNetworkImpact {
  customers: number; customers_hit: number; customers_unknown: number; peak_customers: number; customer_hours: number; people_hours: number;
  first_loss_at: string | null; restored_at: string | null; hours_to_restore: number | null; hours_per_customer: number | null; out_at_end: number;
}
/** `code` is null for what lies outside all townships. */
export interface TownshipImpact {
  code: string | null; name: string; county_code: string | null; networks: Partial<Record<Network, TownshipNetworkImpact>>;
  people_hit: number; people_hours: number; facilities_failed: number; facility_failed_hours: number;
}
export interface FacilityImpact {
  id: string; name: string; category: string; tier: number | null; township: string | null; township_name: string; point: Position;
  failures: { from: string; to: string | null; hours: number; cause: string }[]; failed_hours: number; on_reserve_hours: number;
  reserves: { commodity: string; used_hours: number; known_hours: number | null; used_share: number | null; ran_out_at: string | null }[];
  units_placed: { unit: string | null; commodity: string; at: string }[]; back_at: string | null;
}
export interface ClassImpact {
  category: string; title: string; tier: number | null; count: number; hit: number; failed: number; failed_hours: number; on_reserve_hours: number;
}
export interface Definition { key: string; title: string; text: string; unit: string; source: string }
export interface Impact {
  plan: { key: string; title: string }; language: string; data_version: string; synthetic: boolean;
  begins_at: string | null; until: string; hours: number; running: boolean; series: ImpactRow[]; changes: ImpactRow[];
  networks: Partial<Record<Network, NetworkImpact>>; people_hours_hit: number; townships: TownshipImpact[]; facilities: FacilityImpact[];
  classes: ClassImpact[];
  by_hour: { codes: (string | null)[]; customers_out: Partial<Record<Network, number[][]>>; people_hit: number[][] };
  heating: null | { base_c: number; degree_hours: number | null; people_degree_hours: number | null; hours_known: number; hours_unknown: number };
  reserve_course: { facility: string; at: string; state: FacilityState }[];
  definitions: Definition[]; assumptions: { code: string; text: string; clause: string | null }[];
}

/** A row of a legend: a class by its number, or what has none. */
export interface LegendEntry { key: number | 'zero' | 'unknown' | 'running'; label: string; colour: string; count: number; hatched: boolean }
export type ClassKey = LegendEntry['key'];
/** In which class each township is, by code, and everything that the legend says of it. */
export interface MapClasses {
  measure: Measure; network: Network | null; scheme: Scheme; title: string; unit: string; breaks: number[]; labels: string[]; colours: string[];
  counts: number[]; legend: LegendEntry[]; class_of: Record<string, ClassKey>; values: Record<string, number | null>; lower_bounds: string[];
  sentence: string; notes: string[];
}
/** Classes that hold for all hours; a value belongs to the first whose upper bound it does not exceed. `peak` is the row with most. */
export interface HourlyClasses {
  title: string; unit: string; breaks: number[]; labels: string[]; colours: string[]; zero_colour: string; zero_label: string; sentence: string; peak: number;
}
/** Loss crossed with time: `colours` and `counts` by time, then loss, the least first; cells are written `<time>-<loss>`. */
export interface CrossedClasses {
  title: string; loss: { title: string; labels: string[] }; time: { title: string; labels: string[] }; colours: string[][]; counts: number[][];
  rows: { label: string; colour: string; count: number; hatched: boolean }[]; class_of: Record<string, string>; notes: string[];
}
export interface ImpactAnswer {
  incident: { id: string; name: string; drill: boolean }; at: string; known: number; data_version: string; synthetic: boolean;
  impact: Impact; classes: MapClasses; hourly: HourlyClasses; bivariate: CrossedClasses;
}

/** How a township is drawn, and what is said of it. */
export interface TownshipLook { key: string; colour: string; hatched: boolean; said: string }
/** What the map shows of an impact: of the whole incident, or of an hour (`at`). */
export interface MapLook {
  kind: 'classes' | 'square' | 'hour'; title: string; unit: string; at: string | null; rows: { key: string; label: string; colour: string; count: number; hatched: boolean }[];
  square: CrossedClasses | null; sentence: string; notes: string[]; townships: Map<string, TownshipLook>;
}

/** What the page keeps of it. */
export interface AftermathState {
  open: boolean;
  tab: AftermathTab;
  map: MapChoice;
  /** The last answer, and what was asked for it. */
  answer: ImpactAnswer | null;
  asked: Asked | null;
  /** How far the answer under way is; null while none is. */
  told: Told | null;
  failure: PageError | null;
  /** Whether the person stopped it, so that it is not asked for again by itself. */
  stopped: boolean;
  /** The row of the series that the map and the chart show; null for the whole of the incident. */
  row: number | null;
  playing: boolean;
  /** Rows of the series that a second shows while it plays. */
  speed: number;
}
