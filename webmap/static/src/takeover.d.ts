/** Who could take a heat supplier's homes over, as the server answers (schema `takeover`). */

import type { Assumption } from './types';

export interface Named { id: string; name: string }
export type TakeoverCapacity = 'enough' | 'short' | 'unknown' | 'no_way';
export interface TakeoverPart {
  order: number; capacity: TakeoverCapacity; tie: Named | null; supplier: Named | null; customers: number; customers_unknown: number; population: number;
  vulnerable_people: number; demand_kw: number; demand_unknown: number; headroom_kw: number | null; share: number | null; estimated: boolean;
  limiting_line: Named | null; others: Named[]; townships: { code: string | null; name: string; customers: number; population: number }[];
  facilities: Named[]; consumers: string[]; text: string;
}
export interface AdoptingSupplier extends Named {
  load_kw: number; taken_kw: number; capacity_kw: number | null; capacity_estimated: boolean; share_after: number | null;
}
export interface Takeover {
  plan: string; at: string; clause: string | null; quotation: string | null; stopped: Named[]; customers: number; population: number; demand_kw: number;
  covered_customers: number; short_customers: number; unknown_customers: number; no_way_customers: number; sentence: string;
  parts: TakeoverPart[]; suppliers: AdoptingSupplier[]; assumptions: Assumption[];
}
