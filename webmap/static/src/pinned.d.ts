/** The version of the data that an incident is assessed on, and what changed since. */

/** `lost` is what the log says where that can be read no more, and the present data stand for it. */
export interface PinnedData { version: string; present: string; adopted_in: number | null; lost: string | null }
export interface LayerChanges { key: string; title: string; added: number; changed: number; removed: number }
export interface LaterVersion { version: string; written_at: string | null; author: string | null; kind: string | null; note: string }
/** `gone` is what the log names and the present data do not have. */
export interface PinnedChanges extends PinnedData {
  layers: LayerChanges[]; later: LaterVersion[]; gone: { id: string; name: string }[]; gone_count: number;
}
