/** Which incidents belong together, and which of them somebody looks for. Pure. */

/** @typedef {import('../../log').IncidentSummary} IncidentSummary */
/** @typedef {'running' | 'ended' | 'drills'} Tab */

/** @type {Tab[]} */
export const TABS = ['running', 'ended', 'drills'];

/** A drill stays among drills, also when it has ended. @param {IncidentSummary} incident @returns {Tab} */
export function tabOf({ drill, phase }) {
  if (drill) return 'drills';
  return phase === 'ended' ? 'ended' : 'running';
}

/** @param {IncidentSummary[]} incidents @returns {Record<Tab, IncidentSummary[]>} in the order given, except that drills that run come first */
export function byTab(incidents) {
  /** @type {Record<Tab, IncidentSummary[]>} */
  const tabs = { running: [], ended: [], drills: [] };
  for (const incident of incidents) tabs[tabOf(incident)].push(incident);
  tabs.drills.sort((a, b) => Number(a.phase === 'ended') - Number(b.phase === 'ended'));
  return tabs;
}

/** @param {IncidentSummary[]} incidents @param {string} text words that all have to be in the name or the opener's */
export function searched(incidents, text) {
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return incidents.filter(({ name, opened_by: by }) => wanted.every((word) => `${name} ${by}`.toLowerCase().includes(word)));
}
