/** Shapes of what a report's page carries within itself. Moments are ISO 8601 texts with offset. */

import type { FacilityState, Language } from '../types';

export interface Step {
  at: string; hours: number; people_hit: number; customers: number[]; facilities_failed: number;
  facilities_on_reserve: number; temperature_c: number | null;
}
export interface ReportNetwork { key: string; title: string; colour: string }
/** `customers` and `unknown_points` by network; `unknown_from` and `unknown_to` are steps between which nobody knows. */
export interface ReportTownship {
  code: string | null; name: string; population: number | null; customers: number[];
  unknown: ([number, number] | null)[]; facts: [string, string][];
}
export interface ReportFacility {
  id: string; name: string; category: string; sign: string; point: [number, number];
  /** From which step on which state: `[[0, 'supplied'], [3, 'failed']]`. */
  states: [number, FacilityState][]; facts: [string, string][];
}
/** Something that lasted from step `from` until before step `to`, null while it lasts. */
export interface ReportSpell {
  name: string; said: string; since: string; until: string | null; from: number; to: number | null;
  geometry: GeoJSON.Geometry;
}
export interface ReportHit { network: string; at: string; lines: number; title: string }
export interface ReportColumn { title: string; kind: string }
export interface ReportTable { key: string; title: string; columns: ReportColumn[]; rows: (string | number | null)[][] }
export interface ReportData {
  language: Language; words: Record<string, string>; steps: Step[]; networks: ReportNetwork[];
  /** Whether anything happened that the hours could be counted from. */
  began: boolean;
  shown_network: number;
  townships: ReportTownship[];
  /** By network, step and township. */
  out: number[][][];
  /** By step and township. */
  people: number[][];
  facilities: ReportFacility[]; faults: ReportSpell[]; damage: ReportSpell[]; warnings: ReportSpell[]; hits: ReportHit[];
  /** Sign and title of each class of facilities on the map. */
  signs: [string, string][];
  tables: ReportTable[]; states: Record<FacilityState, string>;
  bounds: [[number, number], [number, number]];
}
/** The layers that the page's map was made with, by their part. */
export interface ReportLayers {
  townships: import('leaflet').GeoJSON; hits: import('leaflet').GeoJSON[];
  facilities: import('leaflet').FeatureGroup; faults: import('leaflet').FeatureGroup;
  damage: import('leaflet').FeatureGroup; warnings: import('leaflet').FeatureGroup;
}
