/** Offices as the plans word them, by the roles of who holds them. Pure. */

/** @type {Record<string, string>} */
const OFFICES = { commander: '指挥长', deputy_commander: '副指挥长', office_director: '办公室主任' };

/**
 * @param {import('../log').Viewer | null} viewer
 * @param {string} plan
 * @param {string[]} roles that count, the highest first
 * @returns {string[]} the viewer's offices for a plan, in the order of `roles`
 */
export function officesHeld(viewer, plan, roles) {
  const held = (viewer?.roles ?? []).filter((one) => one.plan === null || one.plan === plan).map(({ role }) => role);
  return roles.filter((role) => held.includes(role)).map((role) => OFFICES[role]);
}
