/** What a plan says of warnings, in its own words. */

import { RequestFailed, getJson } from '../../request.js';

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/** @param {string} plan @returns {Promise<any | null>} the plan's part on warnings; null when the server does not say */
async function warningsOf(plan) {
  const request = asked.get(plan) ?? getJson(`/api/plans/${encodeURIComponent(plan)}`);
  asked.set(plan, request);
  try {
    return (await request).warnings ?? null;
  } catch (reason) {
    asked.delete(plan);
    if (reason instanceof RequestFailed) return null;
    throw reason;
  }
}

/**
 * What the plan's own units do once a warning of a level is out: the level's words, then those that go with every level.
 * @param {string} plan @param {string} level @returns {Promise<{clause: string, text: string}[]>} none where the plan says nothing
 */
export async function actionsOf(plan, level) {
  const part = await warningsOf(plan);
  const rule = part?.levels.find((/** @type {{key: string}} */ { key }) => key === level);
  return [...(rule?.action ? [{ clause: rule.clause, text: rule.action }] : []), ...(part?.actions ?? [])];
}

/** Who lifts a warning, and when. @param {string} plan @returns {Promise<{clause: string, text: string} | null>} */
export async function liftingClause(plan) {
  const part = await warningsOf(plan);
  return part ? { clause: part.lifting_clause, text: part.lifting } : null;
}
