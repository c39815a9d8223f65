/** What people do during an incident, and the documents that plan it: crews, restoration, protection. */

import type { FigureValue, Network, PageError, Position, SwitchingStep } from './types';

export interface Repair { element: string; at: string }
export interface Placement { facility: string; commodity: 'electricity' | 'heat' | 'water'; at: string; unit?: string | null }
export interface Operation { device: string; action: 'open' | 'close'; at: string }
/** What is done, by hand or by a plan of restoration. */
export interface Interventions { repairs: Repair[]; placements: Placement[]; operations: Operation[] }

export type UnitKind = 'generator' | 'boiler' | 'tanker';
/** A crew starts from a site of the data, or where there is none from `depot`. */
export interface CrewEntry { id: string; name: string; skills: Network[]; site?: string; depot?: Position }
export interface UnitEntry { id: string; name: string; kind: UnitKind; site?: string; depot?: Position; capacity?: number }
export interface RepairHours { fault: string; hours: number }
export interface FixedStep { fault: string; crew: string; position?: number }
/** What there is to repair with, as entered; `example` while nobody has changed what the sample's sites suggest. */
export interface Response {
  crews: CrewEntry[]; units: UnitEntry[]; repairs: RepairHours[]; fixed: FixedStep[]; seconds: number;
}

export interface LossLevel {
  key: string; title: string; clause: string | null; unit: 'facility_hours' | 'people_hours'; value: number; bound: number;
  gap: number; without_repairs: number;
}
export interface BroughtBack { customers: Record<string, number>; population: number; facilities: string[] }
export interface RepairStep {
  rank: number; fault: string; name: string; kind: string; network: Network | null; crew: string; position: number;
  fixed: boolean; depart_at: string; arrive_at: string; start_at: string; done_at: string; travel_hours: number;
  work_hours: number; hours_assumed: boolean; brings_back: BroughtBack; reason: string;
}
export interface CrewRow {
  id: string; name: string; skills: Network[]; longitude: number; latitude: number; faults: string[]; free_at: string | null;
}
export interface OpenFault { fault: string; name: string; reason: string }
export interface UnitStep {
  rank: number; unit: string; unit_name: string; kind: UnitKind; facility: string; facility_name: string;
  tier: number | null; commodity: string; depart_at: string; arrive_at: string; ready_at: string; travel_hours: number;
  fails_at: string; back_at: string | null; saves_hours: number; in_time: boolean; capacity: 'enough' | 'unknown'; reason: string;
}
export interface Uncovered {
  facility: string; facility_name: string; tier: number | null; commodity: string; fails_at: string;
  back_at: string | null; hours: number; reason: string;
}
export interface ExtraCrew { skill: string; site: string | null; site_name: string; gain: number[]; text: string }
export interface RuleRow { rule: 'nearest' | 'largest' | 'first_reported'; title: string; values: number[] }
export interface RestorationPlan {
  at: string; horizon_hours: number; data_version: string; synthetic: boolean;
  status: 'optimal' | 'bounded' | 'nothing_to_repair' | 'nobody_to_repair'; summary: string; levels: LossLevel[]; gap: number;
  switching: SwitchingStep[]; steps: RepairStep[]; crews: CrewRow[]; open_faults: OpenFault[]; units: UnitStep[];
  uncovered: Uncovered[]; extra_crews: ExtraCrew[]; rules: RuleRow[]; incident: Partial<Interventions>; method: string;
  seconds: number; assumptions: { code: string; text: string; clause: string | null }[];
}
/** The losses of a plan with nothing fixed by hand, and what else it was asked with. */
export interface FreePlan { key: string; levels: LossLevel[] }
/**
 * A plan being made or made. `fromHours` is when its crews start, `key` what it was asked with, `response` the crews that it
 * has, `free` the last plan with nothing fixed as long as nothing else has changed since.
 */
export interface Restoration {
  working: boolean; startedMs: number; seconds: number; fromHours: number; key: string; plan: RestorationPlan | null;
  response: Response | null; free: FreePlan | null;
}

export interface Consequence {
  customers: Record<string, number>; population: number; facility_hours: number;
  facilities: { id: string; name: string; tier: number; hours: number }[];
}
export interface GuardRow { rank: number; id: string; name: string; kind: string; network: Network; consequence: Consequence; reason: string }
export interface PairRow {
  rank: number; first: string; first_name: string; second: string; second_name: string; consequence: Consequence;
  beyond: Consequence; reason: string;
}
export interface SingleFeedRow {
  rank: number; facility: string; facility_name: string; category: string; tier: number; commodity: string;
  element: string; element_name: string; elements: number; reserve_hours: number | null; reason: string;
}
export interface ShortReserveRow {
  rank: number; facility: string; facility_name: string; category: string; tier: number; commodity: string;
  reserve_hours: number | null; usual_repair_hours: number; reason: string;
}
export interface CoalRouteRow {
  id: string; name: string; mine: string | null; mine_name: string; closed: boolean; tonnes_per_day: number | null;
  hours: number | null; detour_hours: number | null;
}
export interface CoalRow {
  facility: string; facility_name: string; stock_tonnes: number | null; daily_use_tonnes: number | null;
  deliveries_tonnes_per_day: number | null; days_without_deliveries: number | null; short_at: string | null;
  days_left: number | null; state: 'enough' | 'running_short' | 'short_within_horizon' | 'unknown'; routes: CoalRouteRow[];
  reason: string;
}
export interface ProtectionList {
  at: string; horizon_hours: number; summary: string; guard: GuardRow[]; pairs: PairRow[]; single_feed: SingleFeedRow[];
  short_reserve: ShortReserveRow[]; coal: CoalRow[]; examined: number; synthetic: boolean;
  assumptions: { code: string; text: string; clause: string | null }[];
}
/** The list before an event: whether it is looked at, and what has arrived of it. */
export interface Protection { open: boolean; working: boolean; list: ProtectionList | null; failure: PageError | null }

/** One line of a comparison of the present with a what-if; `change` is null where the two cannot be subtracted. */
export interface ComparedFigure {
  key: string; unit: 'customers' | 'places' | 'time' | 'level'; present: FigureValue | null; whatIf: FigureValue | null; change: number | null;
}
