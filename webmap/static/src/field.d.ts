/** Shapes of reports from the place: what the phone keeps and sends, and what the server says of it. */

import type { NewFact, Viewer } from './log';
import type { PageError, Position } from './types';

export interface FieldGeometry { type: string; coordinates: any }
export interface OpenIncident { id: string; name: string; drill: boolean }
/** What a phone needs to report; kept for when there is no network. */
export interface FieldStart {
  now: string;
  plans: { key: string; title: string; county_code: string; incidents: OpenIncident[] }[];
  whats: { key: string; title: string }[];
  townships: { code: string; name: string; geometry: FieldGeometry }[];
  synthetic: boolean;
}
export interface NearElement {
  id: string; layer: string; name: string; title: string; network: string | null; network_title: string | null;
  distance_m: number; geometry: FieldGeometry;
}
export interface NearAnswer {
  within_m: number; elements: NearElement[]; more: number; township: string | null;
  lines: { network: string | null; geometry: FieldGeometry }[];
}
/** What is sent. `photos` are JPEG files as base64. */
export interface FieldBody {
  plan: string; incident: string | null; what: string; happened_at: string; text: string | null; element: string | null;
  position: Position | null; accuracy_m: number | null; township: string | null; photos: string[];
}
/** What is being filled in; kept, since a phone that opens its camera may throw the page away. */
export interface FieldDraft {
  what: string | null; position: Position | null; accuracyM: number | null; township: string | null;
  element: { id: string; name: string } | null; unsure: boolean; text: string; photos: string[];
  /** null for now; ISO with offset. */
  at: string | null;
  plan: string | null; incident: string | null; incidentChosen: boolean;
}
/** A report on its way. */
export interface FieldItem {
  key: string; person: string; author: string; keptAt: number; title: string; body: FieldBody;
  /** Why the server did not take it; then it waits for the person. */
  refused?: PageError;
}
export interface FieldBox {
  own: FieldItem[]; others: { name: string; count: number }[]; sending: boolean;
  /** Why nothing goes out at the moment. */
  stalled: PageError | null;
  /** How many reports the phone has no room for: they are in the open page alone. */
  unkept: number;
}
export interface FieldShelf {
  all: () => Promise<FieldItem[]>; keep: (item: FieldItem) => Promise<void>; remove: (key: string) => Promise<void>;
  /** By the person's id; null: of nobody known. */
  draft: (person: string | null) => Promise<FieldDraft | null>; keepDraft: (person: string | null, draft: FieldDraft | null) => Promise<void>;
  /** Whether what is kept outlives the page. */
  lasting: boolean;
}
export interface FieldAnswer {
  state: 'confirmed' | 'declined'; at: string; by: string; reason: string | null; incident: string | null;
  entries: number[]; known_before: boolean;
}
export interface FieldReport {
  id: string; plan: string; incident: OpenIncident | null; drill: boolean; what: string; what_title: string;
  happened_at: string; received_at: string; author: string; mine: boolean; client_key: string | null; text: string | null;
  element: { id: string; name: string | null; layer: string | null; distance_m: number | null } | null;
  position: Position | null; accuracy_m: number | null; township: { code: string; name: string | null } | null;
  place: string | null; words: string; words_for_all: string;
  photos: { number: number; url: string; width_px: number; height_px: number }[];
  state: 'waiting' | 'confirmed' | 'declined'; answers: FieldAnswer[]; suggested: NewFact[] | null;
  suggested_name: string | null; may: ('confirm' | 'decline')[];
}
export type FieldViewer = Viewer;
