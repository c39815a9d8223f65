/** Shapes of the form in which a warning is drafted: what the server suggests, and what a person decided so far. */

import type { AreaPart, WarningArea, WarningContent } from './warnings';

/** A figure that nobody told and that could still raise the level. */
export interface MissingFigure { key: string; title: string }
/** A figure of the warning rules; null is unknown. `told` by a person, `reckoned` from the picture, from the `log`. */
export interface WarningFigure {
  key: string; title: string; kind: 'flag' | 'hours' | 'count' | 'choice'; value: number | boolean | string | null;
  source: 'told' | 'reckoned' | 'log' | 'unknown'; can_be_told: boolean;
}
export interface LevelOutcome {
  key: string; name: string; clause: string; criteria: string; reading: string | null; outcome: 'met' | 'not_met' | 'unknown';
  observed: Record<string, unknown>; missing: MissingFigure[];
}
export interface LevelSuggestion {
  plan: string; level: string | null; level_name: string | null; why: string; could_rise_to: string | null;
  could_rise_by: MissingFigure[]; levels: LevelOutcome[];
}
/** Whose words a text is: quoted from the plan, reckoned from the data, or put by the product. */
export type Basis = 'plan' | 'data' | 'ours';
export interface DraftItem { name: string; title: string; clause: string }
export interface DraftAuthority {
  clause: string; approved_by: string[]; issued_by: string; channels: string[]; targeted_notice: string | null; procedure: string | null;
  /** What the plan's own units then do. */
  action: string | null;
  lifting_clause: string; lifting: string; remarks: string[]; issuers: string[]; approvers: string[];
  /** Whether the plan's office may issue without another's approval. */
  alone: boolean;
}
export interface DraftChannel {
  key: string; title: string; plan_words: string[]; suggested: boolean; available: boolean; why_not: string | null; setting: string | null; recipients: number | null;
  /** Who has a landline alone, on text messages; null on other channels. */
  no_mobile: number | null;
}
export interface RecipientGroup { key: string; title: string; count: number; restricted: number; without_address: number }
/** What the server suggests for a warning of an incident, from entries up to number `known`. */
export interface Suggested {
  incident: string; known: number; at: string; suggestion: LevelSuggestion; level: string | null;
  levels: { key: string; name: string; clause: string }[]; authority: DraftAuthority | null; content: WarningContent;
  basis: Record<string, Basis>; items: DraftItem[]; area: WarningArea; channels: DraftChannel[];
  recipients: { groups: RecipientGroup[]; notes: string[] }; figures: WarningFigure[];
  assumptions: { code: string; text: string; clause?: string | null }[]; synthetic: boolean;
}

/** What an area holds; `..._unknown` counts what has no figure. */
export interface NetworkInside {
  network: string; points: number; customers: number; customers_unknown: number; people: number; people_unknown: number;
  vulnerable_people: number; vulnerable_unknown: number;
}
export interface InsideFigures {
  networks: NetworkInside[]; people: number; people_network: string | null; vulnerable_people: number; households: number;
  households_estimated: boolean; households_unknown: number; schools: number; hospitals: number;
  townships: { code: string; name: string; share: number }[]; facilities: { id: string; name: string; category: string }[];
}

/** A text written by hand; `base` is what was suggested when it was, null where that is not known any more. */
export interface Written { text: string; base: string | null }
/** What a person decided; null leaves it to the suggestion. */
export interface Decided {
  level: string | null; reason: string; told: Record<string, number | boolean | null>; startsAt: string | null; expiresAt: string | null;
  parts: AreaPart[] | null; texts: { zh: Record<string, Written>; en: Record<string, Written> }; channels: string[] | null; contact: string;
  targeted: boolean;
}
/** A form: which warning it changes (null: none yet), what of it was seen, and what is stored of what was decided. */
export interface Draft {
  incident: string; warningId: string | null; expected: number | null; decided: Decided;
  /** The content as it was stored last, as JSON; null for none. */
  stored: string | null; storedAt: string | null;
  /** The key of the last try to store `tried`, so that a repeat writes nothing twice. */
  tried: { content: string; key: string } | null;
}
/** Something that keeps the warning from being submitted; `part` is where it is mended. */
export interface Lack { part: 'level' | 'reason' | 'area' | 'time' | 'text' | 'channels'; item?: DraftItem }
export type PartKey = 'level' | 'area' | 'time' | 'text' | 'channels';

/** What the map does for the form while a mode runs that the form began. */
export interface MapTask {
  mode: import('./types').Mode;
  onDrawn?: (area: import('./types').DrawnArea) => void;
  onPick?: (ref: import('./types').PlaceRef) => void;
  /** A click on the map, wherever it is: longitude, latitude. */
  onPoint?: (at: import('./types').Position) => void;
}
