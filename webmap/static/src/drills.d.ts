/** Shapes of drills that play a script. */

export interface DrillScript {
  key: string; plan: string; plan_title: string; title: string; about: string; steps: number; length_s: number; levels: string[];
}
export interface DrillScripts { scripts: DrillScript[]; broken: { file: string; message: string }[] }
export type DrillRunState = 'playing' | 'paused' | 'done' | 'stopped' | 'failed';
/** What comes next; `what` and `said` are for who began the drill. `in_s` is null while the drill is held. */
export interface DrillNext { number: number; at: string; in_s: number | null; what: string | null; said: string | null }
export interface Drill {
  incident: string; script: string; title: string; plan: string; state: DrillRunState; speed: number; begins_at: string; now: string;
  drill_at: string; position: number; steps: number; next: DrillNext | null; last_said: string | null; directs: boolean;
  may_control: boolean; error: { message: string; remedy: string } | null;
}
/** A drill as the server told it at a moment of this device's clock, milliseconds. */
export interface ToldDrill { drill: Drill; atMs: number }
export type DrillChange = 'pause' | 'resume' | 'step' | 'stop';
