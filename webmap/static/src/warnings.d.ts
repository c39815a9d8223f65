/** Shapes of the warnings: what the server says of them, and what the page keeps. */

import type { Geometry, PageError } from './types';

/** `referred`: prepared for the superior; `withdrawn`: given up before anything was issued. */
export type WarningStatus =
  | 'draft' | 'submitted' | 'returned' | 'approved' | 'issued' | 'updated' | 'lifted' | 'expired' | 'referred' | 'withdrawn';
export type StepKind =
  | 'drafted' | 'revised' | 'submitted' | 'returned' | 'approved' | 'issued' | 'lifted' | 'referred' | 'withdrawn';
export type MessageType = 'Alert' | 'Update' | 'Cancel';

type Signed = { operation: 'plus' | 'minus' };
export type AreaPart = Signed & (
  | { kind: 'townships'; codes: string[] }
  | { kind: 'drawn'; geometry: Geometry }
  | { kind: 'strip'; element: string; distance_m: number }
  | { kind: 'outage'; until_horizon: boolean }
  | { kind: 'element'; element: string });
export interface AreaSpec { parts: AreaPart[] }

/** What a person decides of a warning. */
export interface WarningContent {
  level: string; networks: string[]; starts_at: string; expires_at: string; area: AreaSpec;
  texts: { zh: Record<string, string>; en: Record<string, string> }; channels: string[]; contact: string | null;
  /** Notices of their own to schools and homes with people who need help; a level whose plan asks for them has them anyway. */
  targeted: boolean; told: Record<string, unknown>; reason: string | null;
}

/** Who and what is inside an area. `..._unknown` counts what has no figure; people are those of the network that reaches most. */
export interface Inside {
  networks: { network: string; points: number; customers: number; people: number; people_unknown: number }[];
  people: number; people_network: string | null; vulnerable_people: number; households: number; households_estimated: boolean;
  households_unknown: number; facilities: { id: string; name: string; category: string }[]; schools: number; hospitals: number;
}
/** A warning in force where the area is; `share` of the area's ground is in it. */
export interface AlreadyWarned {
  warning: string; title: string; incident: string; office: string; issued_at: string; expires_at: string; share: number; townships: string[]; said: string;
}
/** What the parts of an area make: the ground itself and the simpler shape that is sent. */
export interface WarningArea {
  parts: { title: string; kind: AreaPart['kind']; operation: 'plus' | 'minus' }[];
  shape: Geometry; excluded: Geometry; empty: boolean; area_km2: number;
  townships: { code: string; name: string; share: number }[];
  sending: { polygons: Geometry; count: number; points: number; tolerance_m: number; added_km2: number; added_share: number };
  inside: Inside; outside: { id: string; name: string; state: string }[]; notes: string[];
  already_warned: AlreadyWarned[];
}

export interface InForce {
  version: number; entry: number; identifier: string; office: string; issued_at: string; expires_at: string;
}
export interface PendingVersion { version: number; status: 'draft' | 'submitted' | 'returned' | 'approved'; status_title: string }
export interface Reminder { code: string; text: string; at: string }
export interface WarningIncident { id: string; name: string; plan: string; drill: boolean }

export interface WarningSummary {
  id: string; incident: WarningIncident; plan: string; drill: boolean; status: WarningStatus; status_title: string;
  level: string; level_name: string; title: string; townships: string[]; starts_at: string; expires_at: string;
  expires_in_s: number; pending: PendingVersion | null; in_force: InForce | null; shape: Geometry | null; length: number;
  reminders: Reminder[];
}
export interface WarningMessage {
  identifier: string; type: MessageType; sent: string; urls: Partial<Record<'cap' | 'notice' | 'sms' | 'broadcast' | 'phone' | 'doors', string>>;
}
export interface WarningVersion {
  version: number; content: WarningContent;
  resolved: { townships: string[]; suggested: string | null; known: number; data_version: string; synthetic: boolean };
  area: WarningArea; missing: string[]; by: string; at: string;
  /** The message that made it known, and the one that lifted it; null while there is none. */
  message: WarningMessage | null; lifting: WarningMessage | null;
}
export interface WarningStep {
  number: number; kind: StepKind; at: string; by: string; office: string | null; version: number; said: string; remarks: string | null;
}
export interface StepRefusal { message: string; remedy: string; clause: string | null; quotation: string | null }
/** A step that the state of the warning has next. `mine` are the viewer's offices among those that may take it. */
export interface StepChoice { kind: StepKind; offices: string[]; mine: string[]; allowed: boolean; refusal: StepRefusal | null }
export interface Warning {
  id: string; incident: WarningIncident; plan: string; drill: boolean; status: WarningStatus; status_title: string;
  level: string; level_name: string; title: string; length: number; in_force: InForce | null; pending: PendingVersion | null;
  /** Empty for who may know no more than that it was issued. */
  versions: WarningVersion[]; steps: WarningStep[]; may: StepChoice[]; reminders: Reminder[]; synthetic: boolean;
}
/** A step as it is asked for; the session adds what was seen and the key. */
export interface WantedStep {
  kind: StepKind; office?: string; content?: WarningContent; remarks?: string; reason?: string; reason_en?: string; to?: string;
}

/** What is to be seen before a step; `length` is the number of the last one. */
export interface Briefing {
  warning: string; length: number;
  issuing: {
    version: number; already_warned: AlreadyWarned[]; recipients: import('./warnings_draft').Suggested['recipients'];
    /** `for_all`: it addresses the public alike; `why_not`: nothing leaves by it here. */
    channels: { key: string; title: string; kind: 'machine' | 'by_hand' | 'record'; recipients: number; without_address: number; for_all: boolean; why_not: string | null }[];
  } | null;
  lifting: { known: boolean; townships: string[]; networks: { network: string; customers: number; customers_unknown: number }[]; said: string } | null;
}

export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'failed' | 'unknown' | 'prepared' | 'done' | 'recorded';
/** Who has no address, or no number that takes messages, did not fail. */
export type ShownState = DeliveryState | 'no_address';
/** What a person did about a delivery, or about a group. */
export interface DeliveryAct {
  act: 'retried' | 'done' | 'told_otherwise' | 'undone' | 'decided_sent' | 'decided_failed'; by: string; at: string; note: string | null;
}
/** Whose it is and what the other side replied are null for who may not know of recipients. */
export interface DeliveryFailure {
  id: string; state: 'failed' | 'unknown' | 'no_address'; recipient: string | null; address: string | null; reason: string; reply: string | null;
  remedy: string; settings: string[]; at: string; attempts: number; can_retry: boolean; by_other_means: boolean;
  /** The first act first; nothing for who may not know of recipients. */
  history: DeliveryAct[];
}
/**
 * `superseded`: a later message has taken its place, so nothing remains to be done. `by_other_means`: some can only be told
 * otherwise. `product_query` is asked for beside the product where this audience has a text of its own.
 */
export interface DeliveryGroup {
  message: string; version: number; type: MessageType; channel: string; title: string; audience: string; audience_title: string;
  total: number; by_state: Partial<Record<ShownState, number>>; failures: DeliveryFailure[]; can_retry: boolean; by_hand: boolean;
  by_other_means: boolean; product: string | null; product_query: string | null; superseded: boolean;
  done: { by: string | null; at: string; note: string | null; by_other_means: boolean; history: DeliveryAct[] } | null;
  /** What people did before about what waits for somebody: ticks that were taken back. */
  history: DeliveryAct[];
}
/** `open`: how many things are to be done now. */
export interface Deliveries { warning: string; groups: DeliveryGroup[]; open: number }

/** What comes next of a warning, and the names of those who wrote or submitted what is in preparation. */
export interface Turn { length: number; may: StepChoice[]; writers: string[] }
/** The form that is open: for a first version (`warningId` null), or to revise or update `based`. */
export interface Drafting { warningId: string | null; based: Warning | null }
/** What the page keeps of the warnings. `now` is the server's moment of the list; null until the first answer. */
export interface WarningsState {
  list: WarningSummary[];
  /** How many past ones of other incidents are not in the list. */
  more: number;
  now: string | null; open: string | null; detail: Warning | null; drafting: Drafting | null;
  /** The version that is read of the open warning; null for the one that matters most. */
  reading: number | null;
  /** When the server answered last; `now` goes on from there. */
  asOf: string | null;
  /** Of those in preparation, as of so many steps. */
  turns: Record<string, Turn>;
  /** What became of the messages of the open warning; null while it is not known. */
  deliveries: Deliveries | null;
  /** Why the list or the open warning could not be asked for at the last try; what was known before stays. */
  failed: PageError | null;
}

/** What a person did for one audience of a message on a channel; `by_other_means` has a note. */
export interface DoneDelivery { message: string; channel: string; audience: string; by_other_means?: boolean; note?: string }

/** What panels can do with warnings (`context.warnings`). */
export interface WarningsSession {
  /** Shows a warning's card in the tab of warnings; null goes back to the list. */
  open: (id: string | null) => Promise<void>;
  /** Asks at once for the list and for the open warning. */
  refresh: () => Promise<void>;
  /** What is to be seen before a warning is issued or lifted, as it is now; null where it could not be told. */
  briefing: (id: string) => Promise<Briefing | null>;
  /** Reads a version of the open warning. */
  read: (version: number) => void;
  /** Takes what the server answered to a form or a step: the card and the list show it at once. */
  changed: (warning: Warning) => void;
  /** Opens the form: null for a new warning, else to revise or update. */
  draft: (based: Warning | null) => void;
  /** Puts the form away; what was drafted is the form's to keep. */
  endDraft: () => void;
  /** Takes a step; resolves to what refused it, null once it is stored. The same try keeps its key. */
  take: (wanted: WantedStep) => Promise<PageError | null>;
  /** Sends what failed again; these three resolve to what refused them, null once it is stored. */
  retry: (which: { message: string; channel: string; ids?: string[] }) => Promise<PageError | null>;
  /** A person did by hand what a channel needs; or told otherwise whom it cannot reach, with a note of how. */
  done: (which: DoneDelivery) => Promise<PageError | null>;
  /** Takes back what was ticked off at a moment. */
  undo: (which: { message: string; channel: string; audience: string; at: string }) => Promise<PageError | null>;
  /** What became of a message of which nobody knows. */
  decide: (what: { id: string; sent: boolean }) => Promise<PageError | null>;
  /** Lights the area of a warning. */
  hover: (id: string | null) => void;
}
