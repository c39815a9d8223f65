/** The way from a number of a clause to the place where the plan says it, and what is to be known of a plan's age. */

import { h } from '../element.js';
import { RequestFailed, getJson } from '../request.js';

/** Anchor of the priority list on a plan's page; its clauses are those of measures, not of conditions. */
export const PRIORITY_LIST = 'priority';

/**
 * Address of a plan's page, at a clause or a section.
 * @param {import('./context').PageContext} context @param {string} plan @param {{clause?: string, section?: string}} [place]
 */
export function planAddress({ words, store }, plan, { clause, section } = {}) {
  const theme = store.get().theme === 'dark' || document.documentElement.dataset.theme === 'dark' ? '&theme=dark' : '';
  const fragment = clause ? `#c-${clause.replace(/\s/g, '')}` : section ? `#${section}` : '';
  return `/plans/${encodeURIComponent(plan)}?lang=${words.language}${theme}${fragment}`;
}

/**
 * A link that opens the plan beside the map. Its address is made when it is followed, as the colours may have changed.
 * @param {import('./context').PageContext} context @param {string} plan @param {string} text
 * @param {{clause?: string, section?: string}} [place] @param {string} [className]
 */
export function planLink(context, plan, text, place = {}, className = 'clause') {
  const link = h('a', { class: className, href: planAddress(context, plan, place), target: '_blank', rel: 'noopener', title: context.words.t('plan.open_at', { place: text }) }, text);
  link.addEventListener('pointerdown', refresh);
  link.addEventListener('focus', refresh);
  function refresh() {
    link.href = planAddress(context, plan, place);
  }
  return link;
}

/** Title of a plan, short where there is a short one. @param {import('./context').PageContext} context @param {string} key */
export function shortPlanTitle({ words, catalog }, key) {
  if (words.has(`plan.${key}.short`)) return words.t(`plan.${key}.short`);
  return words.titleOf(catalog.plans.find((plan) => plan.key === key)?.title) || key;
}

/** @type {Map<string, Promise<import('../types').PlanDates | null>>} */
const asked = new Map();

/**
 * A calm line where a plan's revision is overdue. It stays empty until that is known, and where it is not so.
 * @param {import('./context').PageContext} context @param {HTMLElement} element @param {string} plan
 */
export async function showRevision(context, element, plan) {
  element.dataset.plan = plan;
  element.hidden = true;
  const request = asked.get(plan) ?? datesOf(plan);
  asked.set(plan, request);
  const dates = await request;
  if (!dates) asked.delete(plan);
  // Another plan may have been chosen meanwhile.
  if (!dates?.revision_overdue || element.dataset.plan !== plan) return;
  element.replaceChildren(
    context.words.t('plan.overdue', { years: dates.revision.every_years, date: dates.revision_due_on }));
  element.hidden = false;
}

/** @param {string} plan @returns {Promise<import('../types').PlanDates | null>} null when the server does not say; nobody asked for it */
async function datesOf(plan) {
  try {
    return await getJson(`/api/plans/${encodeURIComponent(plan)}`);
  } catch (reason) {
    if (reason instanceof RequestFailed) return null;
    throw reason;
  }
}
