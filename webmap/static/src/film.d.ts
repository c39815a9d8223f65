/** Shapes of an incident's film: what the server tells of every moment, and what the page keeps while it is shown. */

import type { Told } from './aftermath';
import type { EntryGroup, Phase } from './log';
import type { FacilityState, Network, PageError } from './types';

export type FilmMode = 'known' | 'believed';
export interface FilmFigures {
  townships: number; inside: number; failed: number; on_reserve: number; unknown: number; customers: number[]; customers_unknown: number[];
}
/** What changes `s` seconds after the begin; `nodes` and `lines` turn to the other state, each told as its distance from the one before. */
export interface FilmMoment {
  s: number; nodes: number[]; lines: number[]; facilities: [number, number, number | null, boolean][];
  townships: [number, number, number, number, number][]; figures: FilmFigures | null; ranking: number[] | null;
}
export interface FilmEntry { s: number; number: number; group: EntryGroup; said: string; late: boolean }
export interface FilmReport { kind: string; title: string; due_at: string | null; at_once: boolean; clause: string | null }
export interface FilmCourse { s: number; known: number; phase: Phase; level: string | null; next_report: FilmReport | null }
export interface FilmTownship { code: string | null; name: string; county_code: string | null; customers: number[]; customers_unknown: number[] }
export interface FilmFacility { id: string; name: string; category: string; tier: number | null }
export interface FilmDocument {
  plan: { county_code: string; county_name: string }; begin: string; length_s: number; mode: FilmMode; known: number; networks: Network[];
  nodes: string[]; lines: string[]; facilities: FilmFacility[]; townships: FilmTownship[]; moments: FilmMoment[]; entries: FilmEntry[]; course: FilmCourse[]; gone: string[];
}
/** How a facility stands at a moment. */
export interface FilmStand { state: FacilityState; failsS: number | null; reserveUnknown: boolean }
/** What became other between two moments that were shown one after the other. */
export interface FilmChanges { network: boolean; facilities: Set<number>; townships: boolean; figures: boolean; ranking: boolean }

/** A moment of the film, in one of its modes. */
export interface FilmPoint { s: number; mode: FilmMode }
export interface FilmComparison { a: FilmPoint; b: FilmPoint; split: number }
export interface FilmState {
  open: boolean; mode: FilmMode;
  /** Where the film rests, seconds after its begin. */
  s: number;
  playing: boolean;
  /** Whether the picture moves: it is played, or the slider is being drawn. */
  moving: boolean;
  /** How many seconds 72 hours last. */
  pace: number;
  /** Whether stretches in which nothing happens go by faster. */
  skips: boolean;
  /** When the film begins; null while it is not there. */
  begin: string | null;
  told: Told | null; failure: PageError | null;
  /** A moment that was marked to be compared with another. */
  marked: FilmPoint | null;
  compared: FilmComparison | null;
  /** What a link asks for before its incident is there. */
  wanted: { at: string | null; mode: FilmMode; compared: FilmComparison | null } | null;
}
