/** What the viewer may do about incidents, and about which plans. Pure. */

/** @typedef {import('../../log').Viewer} Viewer */

/** @param {Viewer | null} viewer @param {string} action @returns {string[]} keys of plans */
export function plansFor(viewer, action) {
  return Object.entries(viewer?.rights.plans ?? {}).filter(([, actions]) => actions.includes(action)).map(([plan]) => plan);
}

/** @param {Viewer | null} viewer */
export const maySeeLogs = (viewer) => plansFor(viewer, 'see_log').length > 0;

/** @param {Viewer | null} viewer */
export const mayOpen = (viewer) => plansFor(viewer, 'open_incident').length > 0;
