/** Reports from the place as a duty officer has them: asked for when the server says that there are new ones, and now and then. */

import { RequestFailed, getJson, postJson } from '../../request.js';
import { plansFor } from '../incidents/rights.js';

/** @typedef {import('../../field').FieldReport} FieldReport */
/** @typedef {{incident?: string, open?: {name: string, drill: boolean}, facts?: import('../../log').NewFact[], entries?: number[]}} Confirmation */

/** Without a nudge it is asked so often. */
const EVERY_MS = 30_000;

/** @type {WeakMap<import('../context').PageContext, FieldSession>} */
const sessions = new WeakMap();

/** The one session of a page. @param {import('../context').PageContext} context @returns {FieldSession} */
export function fieldSession(context) {
  const found = sessions.get(context) ?? createSession(context);
  sessions.set(context, found);
  return found;
}

/** @param {import('../context').PageContext} context */
function createSession({ store, words: { language }, live, log }) {
  /** @type {FieldReport[]} */
  let reports = [];
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** Single reports by id, asked for once: those of entries. @type {Map<string, Promise<FieldReport | null>>} */
  const single = new Map();
  const answers = () => plansFor(store.get().viewer, 'record_fact').length > 0;
  const address = (/** @type {string} */ id) => `/api/field-reports/${encodeURIComponent(id)}`;

  const tell = () => listeners.forEach((listener) => listener());

  async function refresh() {
    if (!answers() || document.hidden) return;
    try {
      reports = (await getJson(`/api/field-reports?lang=${language}`)).reports;
      tell();
    } catch (reason) {
      // The page says by itself that the server is away; what was known stays.
      if (!(reason instanceof RequestFailed)) throw reason;
    }
  }

  /** @param {string} path @param {unknown} body @returns {Promise<FieldReport>} */
  async function answer(path, body) {
    try {
      return await postJson(`${path}?lang=${language}`, body);
    } finally {
      single.clear();
      await refresh();
      await log.refresh();
    }
  }

  live.onNudge('field_reports', () => void refresh());
  window.setInterval(() => void refresh(), EVERY_MS);
  document.addEventListener('visibilitychange', () => void refresh());
  store.subscribe(({ viewer }, before) => {
    if (viewer?.person?.id !== before.viewer?.person?.id) void refresh();
  });
  void refresh();

  return {
    /** All that the viewer may answer, the last received first. */
    all: () => (answers() ? reports : []),
    refresh,
    /** @param {() => void} listener */
    onChange: (listener) => void listeners.add(listener),
    /** @param {string} id @param {Confirmation} body */
    confirm: (id, body) => answer(`${address(id)}/confirm`, body),
    /** @param {string} id @param {string} reason */
    decline: (id, reason) => answer(`${address(id)}/decline`, { reason }),
    /** @param {string} id @returns {Promise<FieldReport | null>} null for one that the viewer may not know of */
    one(id) {
      const asked = single.get(id) ?? getJson(`${address(id)}?lang=${language}`).catch((reason) => {
        if (!(reason instanceof RequestFailed)) throw reason;
        if (reason.error.status !== 404 && reason.error.status !== 403) single.delete(id);
        return null;
      });
      single.set(id, asked);
      return asked;
    },
  };
}

/** @typedef {ReturnType<typeof createSession>} FieldSession */

/** Those that wait, of an incident and of none under its plan; without an incident all. Pure. @param {FieldReport[]} reports @param {{id: string, plan: string, drill: boolean} | null} incident */
export function waitingFor(reports, incident) {
  return reports.filter((report) => report.state === 'waiting' && (!incident || report.incident?.id === incident.id || (!report.incident && report.plan === incident.plan && !incident.drill)));
}
