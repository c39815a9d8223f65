/** The commander's view as the page takes it from the server. */

import type { HandedOver } from './log';
import type { NextReport, SentKind } from './reports';

export interface SentRow { entry: number; kind: SentKind; title: string; at: string; to: string; by: string; text: string | null }
export interface Timers {
  next: NextReport | null; interval_minutes: number | null; clause: string; receivers: string | null; last_to: string | null; sent: SentRow[];
}
/** `grouped_by` "duty": the group is our reading of its duty; the plan names neither group nor unit. */
export interface MeasureItem {
  clause: string | null; text: string; unit: string | null; grouped_by: 'plan' | 'unit' | 'duty' | 'none'; units: string[]; state: 'done' | 'open' | 'ended_undone';
  due_from: string | null; done_at: string | null; by: string | null; author: string | null; entry: number | null; at_level: string | null; done_clause: string | null;
}
export interface MeasureGroup {
  key: string; name: string; lead: string | null; members: string[]; duty: string | null; clause: string | null; measures: MeasureItem[]; done: number; due: number;
}
export interface CauseGroup { key: string; clause: string; cause: string; why: string | null; measures: MeasureItem[] }
export type CallSection = 'named' | 'duty' | 'suppliers' | 'townships' | 'places' | 'members' | 'upward';
export interface Call {
  key: string; section: CallSection; unit: string; person: string | null; role: string | null; numbers: string[]; numbers_clause: string | null;
  why: string; clause: string | null; note: string; called: { entry: number; at: string; by: string }[];
}
export interface Handover {
  offered: boolean; why_not: string | null; clause: string | null; text: string | null; level_clause: string | null; level_text: string | null; to: string | null;
  offices: string[]; may: string[]; refusal: { message: string; clause: string | null; quotation: string | null } | null; standing: HandedOver | null;
}
export interface Command {
  incident: string; drill: boolean; at: string; known: number; level: string | null; level_clause: string | null; reports: Timers; groups: MeasureGroup[];
  causes: CauseGroup[]; measures_done: number; measures_due: number; calls: Call[]; calls_note: string | null; handover: Handover;
}
/** A countdown at a moment: what is left or how long it is over, and how urgent that is. */
export interface Countdown { tone: 'quiet' | 'near' | 'over'; left_ms: number; share: number | null; clock: string }
