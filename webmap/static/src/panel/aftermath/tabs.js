/** The tabs of what comes after the event, in their order. Each is made when it is opened for the first time. */

import { impactTab } from './impact/tab.js';
import { reportsTab } from './reports/tab.js';
import { reviewTab } from './review/tab.js';

/**
 * @typedef {object} AftermathPart
 * @property {(state: import('../../types').PageState, before: import('../../types').PageState | null) => void} render called for
 *   every change of the state while the tab is shown, with `before` null when it comes into sight
 */
/**
 * @typedef {object} AftermathTabModule
 * @property {import('../../aftermath').AftermathTab} key its words are `aftermath.tab.<key>`
 * @property {(context: import('../context').PageContext, pane: HTMLElement) => AftermathPart} mount
 */

/** @type {AftermathTabModule[]} */
export const AFTERMATH_TABS = [impactTab, reviewTab, reportsTab];
