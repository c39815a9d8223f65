/** Editing the data on the map: a draft as the server keeps it, and what the page keeps of it. */

import type { Geometry, PageError, Position } from './types';

export type DraftStatus = 'open' | 'committed' | 'discarded';
export type Value = string | number | boolean | null;
export type Values = Record<string, Value>;
export interface Named { layer: string; id: string; name: string }
/** An operation as the server reads it. */
export interface EditOperation { op: 'add' | 'move' | 'reshape' | 'split' | 'attributes' | 'remove' | 'join'; layer?: string; [part: string]: unknown }
export interface ListedDraft {
  id: string; name: string; state: DraftStatus; state_title: string; author: string; created_at: string; updated_at: string;
  length: number; total: number; revision: number; base_version: string; committed_version: string | null;
}
export interface DraftChange {
  layer: string; id: string; name: string; kind: 'added' | 'changed' | 'removed'; fields: { field: string; before: Value; after: Value }[];
  moved: boolean; before: Geometry | null; after: Geometry | null;
}
export interface EditProblem {
  code: string; severity: 'error' | 'warning' | 'note'; layer: string; id: string; field: string | null; message: string; remedy: string;
  names: string[]; place: Position | null; operation: number | null;
}
export interface DataDraft extends ListedDraft {
  data_version: string; steps: { operation: EditOperation; title: string }[]; last: Named[];
  counts: { added: number; changed: number; removed: number }; changes: DraftChange[]; more: number; problems: EditProblem[]; clashes: Named[];
  /** Whether the networks were asked about as well. */
  reviewed: boolean;
  may: ('edit' | 'review' | 'commit' | 'rebase' | 'discard' | 'take_back' | 'undo')[];
}
/** A record as it stands in a draft, and who refers to it. */
export interface RecordNow extends Named { values: Values; geometry: Geometry | null; users: Named[]; users_more: number }

export type GeometryKind = 'Point' | 'LineString' | 'Polygon';
/** A node near which a press counts as one on it. */
export interface Snap { id: string; name: string; at: Position; network: string }
export interface Corner { at: Position; node: Snap | null }
/** What the map is used for: choosing a record, drawing a new one, splitting the chosen line, choosing a record for a field. */
export type EditTask =
  | { kind: 'select' }
  | { kind: 'draw'; corners: Corner[] }
  | { kind: 'split' }
  | { kind: 'refer'; field: string; layer: string };
/** A new record that is not in the draft yet; `corners` are those that were drawn. */
export interface NewRecord { layer: string; geometry: Geometry | null; corners: Corner[]; values: Values }

/** What the page keeps of editing. */
export interface EditingState {
  /** The draft that is open; null for the list. */
  id: string | null;
  drafts: ListedDraft[] | null;
  draft: DataDraft | null;
  layer: string;
  task: EditTask;
  record: RecordNow | null;
  adding: NewRecord | null;
  /** A value that was chosen on the map for a field of the form. */
  referred: { field: string; id: string } | null;
  reviewing: boolean;
  /** The change that is looked at in the review. */
  lit: string | null;
  saving: boolean;
  /** Why the last step was refused; why the draft could not be fetched. */
  refused: PageError | null;
  lost: PageError | null;
}
