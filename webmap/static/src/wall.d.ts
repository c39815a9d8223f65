/** Shapes of the wall view. */

export type SceneKey = 'overview' | 'townships' | 'places' | 'measures' | 'log';
/** What the link of a wall asks for: one scene for good, or all in turn, each for `every` seconds. */
export interface WallChoice {
  scene: SceneKey | null; every: number;
  /** Whether what the link names is shown whatever happens; else the newest incident that runs. */
  fixed: boolean;
}
/** How a wall stands with its server. `heardMs` is when it last answered, by its clock. */
export interface WallStanding { signedIn: boolean; heardMs: number }

export interface TownshipRow { code: string; name: string; losses: { network: string; customers: number; unknown: number; share: number | null }[]; most: number }
/** `leftS` counts down; null where the place failed, or nobody knows how long it lasts. */
export interface PlaceRow { id: string; rank: number; name: string; category: string; state: string; lasts: boolean; leftS: number | null }

/** What the wall reads of the commander's view. */
export interface CommandMeasure { clause: string | null; text: string; unit: string | null; state: string }
export interface Command { reports: { sent: { title: string; at: string; to: string }[] }; groups: { key: string; name: string; measures: CommandMeasure[]; done: number; due: number }[] }
/** A scene shows what the page knows at a moment; false: it has nothing to show. */
export interface Scene { element: HTMLElement; render: (state: import('./types').PageState, nowMs: number) => void; has: (state: import('./types').PageState) => boolean }
