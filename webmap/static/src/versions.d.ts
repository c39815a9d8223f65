/** Versions of the data as the server tells them. */

export type VersionKind = 'sample' | 'import' | 'edit' | 'undo' | 'sites' | 'load';
export interface VersionCounts { added: number; changed: number; removed: number }
/** `kept`: whether it can be read again. `changes` counts what the write changed; null where nobody counted. */
export interface DataVersion {
  version: string; sequence: number; written_at: string | null; author_name: string | null; kind: VersionKind | null; note: string;
  detail: Record<string, any> | null; layers: string[] | null; changes: Record<string, VersionCounts> | null; kept: boolean;
}
/** What leads from one version to the other. */
export interface VersionComparison { from: string; to: string; layers: Record<string, VersionCounts> }
