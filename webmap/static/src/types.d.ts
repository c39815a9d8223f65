/** Shapes of the documents that the page takes from the server, and of its own state. */

export type Network = 'electricity' | 'gas' | 'heat' | 'water';
export type Language = 'zh' | 'en';
export type ThemeChoice = 'system' | 'light' | 'dark';
export type FacilityState = 'supplied' | 'on_reserve' | 'failed';
export type Position = [number, number];

export interface Title { zh: string; en: string }
export interface Choice { key: string; title: Title; icon: string | null }
export interface CatalogField {
  name: string; kind: string; title: Title; unit: string | null; required: boolean; values: Choice[];
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
  commodities: string[]; office: string | Title;
}
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
}
export interface IncidentDocument {
  plan: string; at: string; horizon_hours: number; faults?: Fault[]; area?: Geometry; area_at?: string;
  area_townships?: string[]; networks?: Network[];
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
  devices_to_open: Device[]; devices_already_open: Device[]; devices_damaged: Device[];
  lost: { nodes: number; customers: number; population: number; demand: number };
  lost_nodes: string[]; lost_lines: string[];
}
export interface FacilityStatus {
  id: string; name: string; category: string; tier: number | null; township: string; township_name: string;
  state: FacilityState; fails_at: string | null; hours_left: number | null; reserve_unknown: boolean;
  lost: string[]; causes: string[];
}
export interface CommodityLoss {
  customers_out: number; customers: number; share: number | null; population: number; vulnerable_people: number;
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
}
export interface Assessment {
  plan: { key: string; title: string; document_number: string; county_code: string; county_name: string };
  at: string; horizon_hours: number; data_version: string; synthetic: boolean; language: Language; situation: string;
  isolation: Isolation[]; outages: Partial<Record<Network, Outage>>; facilities: FacilityStatus[];
  townships: TownshipStatus[]; ranking: RankedFacility[]; figures: Record<string, number | null>;
  figure_basis: Record<string, FigureBasis>; reported_figures: Record<string, number>; timeline: Moment[];
  assumptions: { code: string; text: string; clause: string | null }[];
}

export type PlaceKind = 'facility' | 'node' | 'line' | 'township' | 'site';
/** `fromMap` when it was pointed at on the map, `at` (latitude, longitude) for areas, which have no point of their own. */
export interface PlaceRef { kind: PlaceKind; id: string; fromMap?: boolean; at?: [number, number] }
export type Mode = 'none' | 'fault' | 'polygon' | 'circle' | 'corridor' | 'township' | 'measure';
export interface View { lat: number; lng: number; zoom: number }

/** The whole state of the page. `hours` is the time looked at, counted from the incident's `at`. */
export interface PageState {
  marks: IncidentMarks;
  hours: number;
  layers: Record<string, boolean>;
  shading: Network | 'worst';
  selected: PlaceRef | null;
  hovered: PlaceRef | null;
  mode: Mode;
  theme: ThemeChoice;
  wall: boolean;
  view: View | null;
  tab: string;
  corridorWidthM: number;
  playing: boolean;
  assessment: Assessment | null;
  base: Assessment | null;
  busy: boolean;
  /** Why the last assessment was refused. */
  failure: PageError | null;
}

export interface Problem { field: string; message: string; remedy: string }
export interface PageError { code: string; message: string; remedy: string; problems: Problem[]; status: number }
