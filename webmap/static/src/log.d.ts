/** Shapes of the incident log: what the server says of an incident, and what the page keeps of it. */

import type { NextReport } from './reports';
import type { IncidentDocument, IncidentMarks, PageError, PageState } from './types';

export type Phase = 'reported' | 'responding' | 'ended';
export interface IncidentHead {
  id: string; plan: string; name: string; drill: boolean; opened_at: string; opened_by: string;
}
export interface IncidentSummary extends IncidentHead {
  phase: Phase; level: string | null; length: number; began_at: string; last_written_at: string;
}
/** To whom the command was handed over, by which office, and why. */
export interface HandedOver { number: number; at: string; to: string; office: string; author: string; reason: string; clause: string | null }
export interface LevelStep {
  number: number; level: string | null; at: string; office: string; author: string; reason: string | null;
}
/** What could be decided now. `mine` are the viewer's offices among those that may; `refusal` says why none is. */
export interface Decision {
  kind: 'level_started' | 'level_changed' | 'level_ended'; level: string | null; offices: string[]; mine: string[];
  clause: string; refusal: { message: string; clause: string | null; quotation: string | null } | null;
}
/** An incident at a moment, from the entries up to number `known`. Looking back, `may` is false throughout. */
export interface IncidentView {
  incident: IncidentHead; began_at: string; at: string; known: number; length: number; phase: Phase;
  level: LevelStep | null; started: LevelStep | null; document: IncidentDocument; hidden: number; lost: number;
  /** Numbers of the entries behind what is shown, so that it can be withdrawn. */
  faults: Record<string, number>; fault_entries?: Record<string, number[]>; area_entries: number[]; entries_of: Record<string, number>;
  warnings: { number: number; level: string; scope: string; text: string; at: string; office: string }[];
  reserves: { facility: string; commodity: string; hours: number; at: string; number: number }[];
  crews: { crew: string; element: string | null; task: string | null; at: string; number: number }[];
  measures: { number: number; measure: string; unit: string | null; clause: string | null; at: string }[];
  /** Which heat source was given the homes of which other one, and is to heat them still. */
  takeovers: { number: number; at: string; stopped: string; by: string; reason: string }[];
  /** On which data it is assessed; null while there are none. */
  data?: import('./pinned').PinnedData | null;
  without_effect: number[]; decisions: Decision[];
  /** Who above has the command; null while the own headquarters has it. */
  handover?: HandedOver | null;
  /** The report to be sent next; null where none is asked for. */
  next_report: NextReport | null;
  may: { record: boolean; decide: boolean; issue_warning: boolean; reorder: boolean; open: boolean };
}
export type EntryGroup = 'damage' | 'figure' | 'action' | 'decision' | 'warning' | 'report' | 'other';
/**
 * `fact` is null where the entry names a place that the viewer may not know of. `counts` is what the correction
 * `corrected_by` says instead; null where there is none, and where the entry was withdrawn.
 */
export interface LogEntry {
  number: number; kind: string; group: EntryGroup; happened_at: string; written_at: string; late: boolean;
  author: string; clause: string | null; said: string; fact: NewFact | null; corrects: number | null;
  corrected_by: number | null; withdrawn: boolean; counts: { happened_at: string; said: string; clause: string | null } | null; redacted: boolean;
}
/** A fact as it is sent: its kind, when it happened, and the fields of its kind. */
export interface NewFact { kind: string; happened_at: string; clause?: string | null; [field: string]: unknown }

export interface Viewer {
  person: { id: string; name: string; display_name: string; demo: boolean } | null;
  roles: { role: string; title: string; plan: string | null }[];
  rights: { general: string[]; plans: Record<string, string[]> };
  csrf: string | null;
}

/** What the page keeps of the log. Without `id` nothing is recorded: the marks are a calculation. */
export interface LogState {
  id: string | null;
  view: IncidentView | null;
  entries: LogEntry[];
  /** The number of the entry after which the picture is looked at; null for all that is known. */
  known: number | null;
  /** When what is recorded next has happened; null for now (in a drill: the moment looked at). */
  recordAt: string | null;
  /** The incident that the address names and that could not be opened yet: for want of a sign-in, or of the server. */
  wanted: string | null;
  /** Whether the incident was begun on this page, whose map shows already what was marked for it. */
  begun: boolean;
  /** Whether the moment looked at goes along with the clock. */
  following: boolean;
  /** Facts that are not stored yet: being sent, or waiting for the server to come back. */
  waiting: number;
  /** Whether the server did not take them at the last try, so that they wait. */
  stalled: boolean;
  /** What others recorded in this browser, which waits for them. */
  others: InBox['others'];
  /** What waits for the person to send it again or to give it up. */
  aside: OutboxItem[];
  /** How often what this page recorded can be withdrawn, step by step. */
  undoable: number;
  /** The incident's present: the clock; in a drill, and once ended, the latest moment that its log tells of. */
  now: string | null;
}
/** Own entries of this page that were stored together, so that they can be withdrawn together. */
export interface Batch { numbers: number[]; label: string }
/** Facts on their way to the log, kept until they are stored. */
export interface OutboxItem {
  key: string; person: string; incident: string; facts: NewFact[]; label: string; expected: number | null; keptAt: number;
  /** Whose they are, as the page names the person. */
  author?: string;
  /** The marks before and after a drawing, which replaces the one before: made again to what others drew meanwhile. */
  change?: { from: IncidentMarks; to: IncidentMarks };
  /** How often the server failed on them. */
  failures?: number;
  /** Why they wait for a person who sends them again or gives them up. */
  aside?: PageError;
}
/** What is not stored yet, in numbers of facts. */
export interface InBox {
  /** Of the person who is there: on their way. */
  waiting: number;
  /** Why they are not stored at the moment. */
  stalled: PageError | null;
  /** Of others, who recorded in this browser: waiting for them to sign in. Without a name where it was not kept. */
  others: { name: string; count: number }[];
  aside: OutboxItem[];
  /** Why something that was recorded on this very page waits for its person. */
  signedOut: PageError | null;
}
/** What the server says once facts are stored; `notes` are what it remarks on them, in the language asked. */
export interface Stored { length: number; entries: LogEntry[]; notes?: string[] }
/** How the sending of facts ended. */
export type Outcome = { stored: Stored; refused?: undefined } | { refused: PageError; stored?: undefined };

/** What panels can do with the log. Everything that fails is shown by the session itself. */
export interface LogSession {
  /** Shows an incident; the calculation of before is kept and comes back with `leave`. */
  open: (id: string) => Promise<boolean>;
  leave: () => void;
  /** Asks for what is new. */
  refresh: () => Promise<void>;
  /** Asks again on which data the incident rests and which there are. */
  askData: () => Promise<void>;
  /** Opens an incident with its first facts and shows it. */
  start: (opening: { plan: string; name: string; drill: boolean; facts: NewFact[] }, options?: { onRefused?: (error: PageError) => void }) => Promise<boolean>;
  /**
   * Appends facts, says so with the way to undo. True once they are stored; refusals are shown. Who waits with a form
   * passes `onRefused` and shows them there instead: whatever came back, the server out of reach included. Nothing is kept to be sent later then.
   * What is not `undoable` says by `remedy` how it is taken back.
   */
  record: (facts: NewFact[], label: string, options?: { expected?: number; onRefused?: (error: PageError) => void; undoable?: boolean; remedy?: string }) => Promise<boolean>;
  /** The facts that turn one state of marks into another, as the log has them; empty where nothing would be recorded. */
  factsFor: (before: IncidentMarks, after: IncidentMarks) => NewFact[];
  /** Withdraws an entry by a correction, with the reason. */
  withdraw: (number: number, reason: string) => Promise<boolean>;
  /** Looks at what was believed after an entry; null comes back to all that is known. */
  believed: (number: number | null) => Promise<void>;
  /** Looks at a moment, with what was written up to an entry; `believed(null)` comes back from it. */
  lookAt: (moment: { at: string; known: number }, signal: AbortSignal) => Promise<void>;
  /** When what is recorded now has happened; null leaves aside what time is set for marking on the map. */
  happenedAt: (said?: null) => string;
  /** Whether changes of the marks go to the log: an incident is open, and no what-if is looked at. */
  recording: () => boolean;
  /** Records a change of the marks; who may not is told why, and the marks stay as logged. */
  commitMarks: (label: string, next: IncidentMarks, also?: Partial<PageState>) => void;
  /** Records what a what-if changes; the what-if stays until that is stored. */
  takeOver: (label: string) => Promise<void>;
  /** The what-if is left; the marks are those of the log again. */
  discard: () => void;
  /** Sends again what was set aside; a drawing is made to what others drew meanwhile. */
  retryAside: (key: string) => Promise<void>;
  /** Gives up for good what was set aside. */
  discardAside: (key: string) => void;
  /** Says something in passing. */
  tell: (text: string) => void;
  /** Withdraws what this page recorded last. */
  undo: () => void;
  /** Looks at the present and goes along with it. */
  follow: () => void;
  /** The moment looked at was chosen by hand, so it stays. */
  stay: () => void;
  /** Whether the viewer may record into the open incident at the moment. */
  canRecord: () => boolean;
}
