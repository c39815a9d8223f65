/** Documents of dispatch as the page takes them from the server, and its own state of it. */

import type { Position } from './types';

export type Commodity = 'coal' | 'water' | 'diesel';
/** Where a stock or vehicle stands: a site of the data, or a point of its own. */
export interface Standing { site?: string; depot?: Position }
export interface StockEntry extends Standing { id: string; name: string; commodity: Commodity; amount?: number | null; assumed?: boolean }
export interface VehicleEntry extends Standing {
  id: string; name: string; commodity: Commodity; load: number; available_at?: string; speed_factor?: number; load_minutes?: number;
  unload_minutes?: number; assumed?: boolean;
}
export interface NeedEntry { facility: string; commodity: Commodity; per_hour?: number; amount?: number }
/** What there is to bring, as entered or as the data suggest it. */
export interface Supply { stocks: StockEntry[]; vehicles: VehicleEntry[]; needs: NeedEntry[]; keep_hours?: number | null; seconds: number }

export interface TripRow {
  vehicle: string; vehicle_name: string; position: number; stock: string; stock_name: string; facility: string; facility_name: string;
  tier: number | null; commodity: Commodity; unit: string; leave_at: string; load_at: string; depart_at: string; arrive_at: string;
  unloaded_at: string; amount: number; minutes: number; deadline_at: string; slack_minutes: number; route: Position[];
}
export interface VehicleRow {
  id: string; name: string; commodity: Commodity; load: number; unit: string; longitude: number; latitude: number; trips: number;
  drive_minutes: number; free_at: string | null; assumed: boolean;
}
export interface StockRow {
  id: string; name: string; commodity: Commodity; unit: string; longitude: number; latitude: number; amount: number | null; taken: number;
  left: number | null; assumed: boolean;
}
export interface ServedRow {
  facility: string; facility_name: string; category: string; tier: number | null; clause: string | null; commodity: Commodity; unit: string;
  deadline_at: string; until_at: string; per_hour: number | null; need: number | null; brought: number; held_until: string | null;
  state: 'kept' | 'late' | 'never'; hours_without: number; soonest_at: string | null; reason_code: string; reason: string;
}
export interface DispatchLevel {
  title: string; tier: number | null; clause: string | null; places: number; places_without: number; places_without_bound: number;
  hours_without: number; hours_without_bound: number;
}
export interface BeyondRow { facility: string; facility_name: string; tier: number | null; commodity: string; fails_at: string; reason_code: string; reason: string }
export interface DispatchPlan {
  at: string; horizon_hours: number; data_version: string; synthetic: boolean; status: 'proven' | 'best_found'; sentence: string; proof: string;
  trips: TripRow[]; vehicles: VehicleRow[]; stocks: StockRow[]; facilities: ServedRow[]; levels: DispatchLevel[]; beyond: BeyondRow[];
  beyond_more: number; seconds: number; assumptions: { code: string; text: string; clause: string | null }[]; notes: string[];
}
/** A trip by its vehicle and its place in that vehicle's list. */
export interface TripRef { vehicle: string; position: number }
/**
 * `shown`: dispatch is looked at in place of the repairs. `supply` is what people entered, null while it is what the data suggest.
 * `fromHours` is when the vehicles start, `key` what the plan was asked with. `lit` is the trip under the pointer, `chosen` the one pressed.
 */
export interface DispatchState {
  shown: boolean; supply: Supply | null; suggested: Supply | null; editing: boolean; working: boolean; startedMs: number; seconds: number;
  fromHours: number; key: string; plan: DispatchPlan | null; lit: TripRef | null; chosen: TripRef | null;
}
