/** Shapes of the live picture: what the server's stream tells, and what the page knows of the stream. */

import type { IncidentHead, IncidentView, LogEntry } from './log';
import type { Assessment, IncidentDocument, IncidentMarks, PageError } from './types';

/**
 * `full`: as many viewers as may are connected. `refused`: this viewer, server or way to it has no stream. `broken`: it
 * was interrupted and is asked for again.
 */
export type ConnectionStatus = 'off' | 'connecting' | 'live' | 'full' | 'refused' | 'broken';

/** `off`: no incident is open. `asking`: the page asks every few seconds. `lost`: the server cannot be reached. */
export interface LiveState {
  state: 'off' | 'connecting' | 'live' | 'asking' | 'lost';
  /** Whether a stream is alive. */
  connected: boolean;
  /** Whether as many viewers as may are connected already. */
  refused: boolean;
  /** When the server last said a word of the incident; null without an incident. */
  asOf: string | null;
}

/** Entries that are new, with the incident as it is after them. */
export interface ToldEntries { incident: IncidentHead; after: number; length: number; entries: LogEntry[]; view: IncidentView }
/**
 * What the incident means at its present, after `length` entries; entries that change nothing of it bring no other one.
 * Without assessments nothing is marked, or `failure` says why there are none; with them it says which figures were left out.
 */
export interface ToldPicture {
  incident: string; length: number; at: string; hours: number; data_version: string;
  base_document: IncidentDocument; document: IncidentDocument;
  base: Assessment | null; assessment: Assessment | null; failure: Omit<PageError, 'status'> & { status?: number } | null;
}
export type Nudge = 'drill' | 'field_reports' | 'attention' | 'warnings' | 'data';

/** What panels can do with the stream. */
export interface LiveSession {
  /** Called when the server says that there is something new of this kind, and once when the stream is back after a while without. */
  onNudge: (what: Nudge, callback: () => void) => () => void;
}

/** What the log's session does with what the stream tells. */
export interface Streamed {
  entries: (told: ToldEntries) => Promise<void>;
  /** Shows the incident at the moment that a picture is of. */
  shown: (view: IncidentView, at: string) => void;
  beat: () => void;
  /** Whether the stream tells what is new, so that nobody need ask. */
  alive: (is: boolean) => void;
  /** Whether marks are those that the log tells of, with nothing of one's own. */
  isLogged: (marks: IncidentMarks) => boolean;
}
