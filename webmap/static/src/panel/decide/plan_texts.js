/** How a plan starts and ends a response, in its own words. */

import { RequestFailed, getJson } from '../../request.js';

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * @param {string} plan
 * @param {Pick<import('../../log').Decision, 'kind' | 'level'>} decision
 * @returns {Promise<{clause: string, text: string} | null>} null when the server does not say; the decision does not need it
 */
export async function planText(plan, { kind, level }) {
  const request = asked.get(plan) ?? getJson(`/api/plans/${encodeURIComponent(plan)}`);
  asked.set(plan, request);
  try {
    const { levels, ending } = await request;
    if (kind === 'level_ended') return { clause: ending.clause, text: ending.text };
    const found = levels.find((/** @type {{level: string}} */ one) => one.level === level);
    return found ? { clause: found.clause, text: found.procedure } : null;
  } catch (reason) {
    asked.delete(plan);
    if (reason instanceof RequestFailed) return null;
    throw reason;
  }
}
