/** Reports of an incident, their review and statistics, as the page takes them from the server. */

export type SentKind = 'first_spoken' | 'first_written' | 'follow_up' | 'answer' | 'final';
export type DocumentKind = 'first' | 'follow_up' | 'final' | 'evaluation' | 'briefing';
export type FileFormat = 'html' | 'gpkg' | 'geojson' | 'csv' | 'xlsx' | 'json';

/** The report to be sent next. `due_at` null: no minutes are named; `at_once`: as soon as it can be. */
export interface NextReport {
  kind: SentKind; title: string; due_at: string | null; at_once: boolean; overdue_minutes: number; clause: string; rule: string; interval_minutes?: number | null;
}
/** `tone` says how it is shown: as a quiet fact, soon to be done, or late. */
export interface NextReportLine { key: string; values: Record<string, string>; tone: 'quiet' | 'soon' | 'late' }

/**
 * What a report must say, in the plan's words. `text` null: nothing is known. `gaps` name what is missing of it, `basis` the
 * entries that it rests on; `detail` is what somebody gives to fill it, `figures` the plan's figures that fill it.
 */
export interface ReportItem {
  key: string; title: string; clause: string; text: string | null; gaps: string[]; basis: number[];
  source: 'log' | 'impact' | 'assessment' | 'detail'; detail: string | null; figures: string[];
}
/** The items of a report, of a moment and from the entries up to `known`: with both the same document is made again. */
export interface ReportItems {
  kind: DocumentKind; at: string; known: number | null; data_version: string; synthetic: boolean; items: ReportItem[];
}
/** A moment and the last entry that a document rests on. */
export interface Basis { at: string; known: number | null }
/** A report that went up, as its entry says; `basis` null where the entry does not say which document it was. */
export interface SentReport {
  number: number; kind: SentKind; document: DocumentKind; at: string; to: string; text: string | null; basis: Basis | null;
}

export interface ReviewReport {
  kind: SentKind; title: string; due_at: string | null; sent_at: string | null; entry: number | null; late_minutes: number | null;
  state: 'in_time' | 'late' | 'missing' | 'waiting' | 'no_deadline' | 'unknown'; state_title: string; to: string | null; clause: string; rule: string;
  count: number; due_until: string | null;
}
export interface ReviewMeasure {
  clause: string | null; text: string; unit: string | null; group: string | null; level: string | null; due_from: string | null;
  done_at: string | null; hours: number | null; entry: number | null; state: 'done' | 'open' | 'ended_undone'; state_title: string; by: string | null;
}
export interface ReviewDelay {
  key: string; title: string; from_at: string | null; to_at: string | null; minutes: number | null; from_entry: number | null; to_entry: number | null;
}
export interface ReviewLevel {
  level: string | null; at: string; office: string; author: string; recommended: string | null; differs: boolean; reason: string | null; entry: number;
}
export interface ReviewHandover {
  to: string; at: string; office: string; author: string; reason: string; entry: number; back_at: string | null; back_entry: number | null;
}
export interface ReviewReserve {
  facility: string; name: string; tier: number | null; commodity: string; on_reserve_from: string; forecast_at: string | null;
  forecast_fails_at: string | null; failed_at: string | null; back_at: string | null; error_minutes: number | null; outcome: string;
  outcome_title: string; saved_by: string | null; saved_by_entry: number | null;
}
export interface RankedRow { rank: number; id: string; name: string; tier: number | null; back_at: string | null; returned: number | null }
export interface ReviewRanking { at: string | null; order: RankedRow[]; agreement: number | null; pairs: number; sentence: string }
export interface ReviewWarning {
  level: string; title: string; issued_at: string; lifted_at: string | null; expires_at: string | null; replaced_by: number | null; entry: number; scope: string;
}
export interface ReviewCorrection {
  number: number; corrects: number; happened_at: string; happened_at_after: string | null; written_at: string; said_before: string; said_after: string | null; reason: string | null;
}
export interface Review {
  plan: { key: string; title: string }; at: string; drill: boolean; ended: boolean; began_at: string | null; highest_level: string | null;
  reports: ReviewReport[]; next_report: NextReport | null; measures: ReviewMeasure[]; measures_done: number; measures_due: number;
  delays: ReviewDelay[]; levels: ReviewLevel[]; handovers?: ReviewHandover[]; reserves: ReviewReserve[]; ranking: ReviewRanking; warnings: ReviewWarning[];
  corrections: ReviewCorrection[]; late_entries: number; sentence: string; assumptions: { code: string; text: string; clause: string | null }[];
}

export interface CountRow { key: string | null; title: string; count: number }
export interface IncidentCounted {
  id: string; name: string; plan: string; plan_title: string; drill: boolean; began_at: string | null; ended: boolean; highest_level: string | null;
  fact_to_level_minutes: number | null; reports_due: number; reports_in_time: number; measures_due: number; measures_done: number;
  customer_hours: number | null; people_hours: number | null; synthetic: boolean;
}
/** Sums are over the incidents for which hours are known (`hours_known_of` of them). */
export interface StatisticsGroup {
  count: number; by_month: CountRow[]; by_plan: CountRow[]; by_level: CountRow[];
  medians: { key: string; title: string; minutes: number | null; count: number }[]; reports_due: number; reports_in_time: number;
  reports_in_time_share: number | null; measures_due: number; measures_done: number; customer_hours: number | null; people_hours: number | null;
  hours_known_of: number; incidents: IncidentCounted[]; sentence: string;
}
export interface Statistics {
  real: StatisticsGroup; drills: StatisticsGroup; left_out: string[]; assumptions: { code: string; text: string; clause: string | null }[];
}
