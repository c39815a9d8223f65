/** Shapes of notices inside the product. */

export type Urgency = 'now' | 'soon' | 'info';
export type NoticeKind = 'report_due' | 'level_to_decide' | 'warning_to_approve' | 'warning_to_issue' | 'warning_returned'
  | 'warning_ends' | 'field_reports' | 'deliveries_failed' | 'siting_done';
/** Something that needs the viewer. `at` is the incident's present when it was told; `due_at` is counted from there. */
export interface Notice {
  key: string; kind: NoticeKind; incident: string | null; incident_name: string | null; drill: boolean; title: string;
  detail: string; at: string; since: string | null; due_at: string | null; clause: string | null; urgency: Urgency; link: string;
}
/** A notice as it stands now: how urgent, and how long until it is due (below 0: over), null where it has no time. */
export interface Standing { notice: Notice; urgency: Urgency; leftMs: number | null }
