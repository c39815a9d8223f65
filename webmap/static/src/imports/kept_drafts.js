/** Corrections that were not checked yet, kept in the browser: who leaves an import finds them when coming back. */

import { samePlan } from './plan.js';

/** @typedef {import('../imports').ImportPlan} ImportPlan */
/** @typedef {{plan: ImportPlan, base: ImportPlan, at: number}} Kept `base` is the plan that was corrected */

const KEY = 'webmap.imports.drafts';
/** Imports of which corrections are kept; those left longest ago go first. */
const MOST = 20;

/** @param {Pick<Storage, 'getItem' | 'setItem'> | null} storage null where the browser keeps nothing @param {() => number} [now] milliseconds */
export function createKeptDrafts(storage, now = Date.now) {
  /** @returns {Record<string, Kept>} */
  function all() {
    try {
      const found = JSON.parse(storage?.getItem(KEY) ?? '{}');
      return found && typeof found === 'object' ? found : {};
    } catch {
      return {};
    }
  }

  /** @param {Record<string, Kept>} kept */
  function write(kept) {
    const newest = Object.entries(kept).sort(([, a], [, b]) => b.at - a.at).slice(0, MOST);
    try {
      storage?.setItem(KEY, JSON.stringify(Object.fromEntries(newest)));
    } catch {
      // A full storage keeps nothing more; the page goes on without.
    }
  }

  return {
    /** @param {string} id of the import @param {ImportPlan | null} plan null where nothing is corrected any more @param {ImportPlan | null} base */
    keep(id, plan, base) {
      const { [id]: before, ...rest } = all();
      if (plan && base) write({ ...rest, [id]: { plan, base, at: now() } });
      else if (before) write(rest);
    },
    /** What was corrected; null if nothing was, or if it was corrected from another plan than the import has now. @param {string} id @param {ImportPlan | null} base @returns {ImportPlan | null} */
    of(id, base) {
      const kept = all()[id];
      return kept?.plan && kept.base && base && samePlan(kept.base, base) && !samePlan(kept.plan, base) ? kept.plan : null;
    },
  };
}
