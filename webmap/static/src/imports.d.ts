/** Bringing in the district's own data: an import as the server keeps it, and what the page keeps of it. */

import type { FeatureCollection, PageError, Position, Title } from './types';
import type { DataVersion, VersionComparison } from './versions';

export type ImportStatus = 'uploaded' | 'inspecting' | 'inspected' | 'checking' | 'checked' | 'committing' | 'committed' | 'failed' | 'cancelled' | 'discarded';
export type ImportMode = 'merge' | 'replace';
export type Geometries = 'Point' | 'LineString' | 'Polygon' | 'mixed' | null;

/** A table of the file. `rows` is null where counting would mean reading it all. */
export interface SourceTable {
  name: string; rows: number | null; columns: string[]; geometry: Geometries; crs: string | null; samples: Record<string, unknown[]>;
}
export interface ImportSource { format: string; encoding: string | null; encodings: string[]; tables: SourceTable[]; notes?: Issue[] }

export interface TopologyPlan { tolerance_m: number; make_nodes: boolean }
/** How the file is understood. `mapping` leads from a column of the catalogue to one of the file. */
export interface ImportPlan {
  layer: string; table: string; mapping: Record<string, string>; constants: Record<string, unknown>;
  /** Words of the file for closed columns: `{kind: {变: 'substation'}}`. */
  choices: Record<string, Record<string, string>>;
  x: string | null; y: string | null; wkt: string | null; lenient?: string[]; datum: string | null; swap_axes: boolean; encoding: string; mode: ImportMode;
  units: Record<string, string>; topology: TopologyPlan | null; id_from: 'column' | 'made';
}
/** What was recognised and why: `because` has a text for each part of the plan (`layer`, `datum`) and each column. */
export interface Guess {
  plan: ImportPlan; because: Record<string, string | Title>; alternatives?: Record<string, (string | Alternative)[]>; issues?: Issue[];
  /** The layer that the table fits clearly better than the one that somebody chose. */
  likelier?: { layer: string; because: string } | null;
}

export interface Alternative { value: string; because?: string | Title }

export type Severity = 'error' | 'warning' | 'note';
export interface Issue {
  code: string; severity: Severity; layer: string | null; column: string | null; rows: number[]; count: number;
  title?: string; message: string; remedy: string; places: Position[]; ids?: string[];
}
export interface Counts { added: number; changed: number; same: number; removed: number }
/** What the check found: rows of the file, what becomes of them, what each layer gains. */
export interface ImportReport {
  layer: string; rows: number; accepted: number; rejected: number; layers: Record<string, Counts>;
  bounds: [number, number, number, number] | null; issues: Issue[]; changes: Record<string, number>;
  /** Whether an error concerns the whole, so that none of it may be written. */
  blocked?: boolean;
}
export interface Failure { code: string; message: string; remedy: string }
export interface ImportProgress { step: string; done: number | null; of: number | null }

/** An import. The list leaves out `source`, `guess`, `plan` and `report`. */
export interface ImportDocument {
  id: string; state: ImportStatus; file: { name: string; bytes: number; sha256?: string | null; format?: string | null; kept?: boolean };
  layer: string | null; author: string; mine: boolean; created_at: string; updated_at: string;
  source?: ImportSource | null; guess?: Guess | null; plan?: ImportPlan | null; progress: ImportProgress | null;
  report?: ImportReport | null; failure: Failure | null; base_version: string | null; committed_version: string | null;
  /** false where the data changed since the check. */
  fresh?: boolean;
  may?: string[];
}
export interface ImportList { imports: ImportDocument[]; limit_bytes?: number }

export interface TopologyChange { kind: string; line: string | null; node: string | null; place: Position; moved_m: number | null }
/** `what` of each feature says what becomes of it: added, changed, same, rejected. */
export interface ImportPreview extends FeatureCollection { truncated?: boolean; total?: number; changes?: TopologyChange[] }

/** A plan kept by name for the next file of that kind. */
export interface KeptMapping { name: string; layer: string; plan: ImportPlan; author: string; updated_at: string }

export type DataView = 'layers' | 'import' | 'edit' | 'versions';
export type Step = 'file' | 'recognised' | 'preview' | 'issues' | 'commit';
export interface Uploading { name: string; sent: number; of: number }

/** What the page keeps of the panel 「数据」. */
export interface ImportsState {
  open: boolean;
  view: DataView;
  list: ImportDocument[] | null;
  limitBytes: number | null;
  /** The import that is looked at; null for the list. */
  id: string | null;
  known: Record<string, ImportDocument>;
  /** The step that is looked at; null for the one that the import has reached. */
  step: Step | null;
  /** The layer that was chosen before there is a file. */
  wanted: string | null;
  /** The plan as it is being corrected; null while it is as the server has it. */
  draft: ImportPlan | null;
  mappings: KeptMapping[];
  preview: ImportPreview | null;
  previewOf: string | null;
  uploading: Uploading | null;
  /** Something was asked of the server that has not answered yet. */
  sending: boolean;
  /** Why the last thing that was asked for was refused; why the list or the import could not be fetched. */
  refused: PageError | null;
  lost: PageError | null;
  /** The topology change that is looked at. */
  change: number | null;
  /** The issue whose places the map shows. */
  lit: string | null;
  versions: VersionsState;
}
export interface VersionsState {
  list: DataVersion[] | null;
  more: boolean;
  failure: PageError | null;
  /** The version that is compared with the present. */
  compared: string | null;
  comparison: VersionComparison | null;
  restoring: boolean;
}
