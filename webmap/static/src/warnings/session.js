/** The warnings as the page knows them: asked for again and again, shown, and moved on step by step. */

import { newKey } from '../log/api.js';
import { createPolling } from '../log/polling.js';
import { RequestFailed, wasAborted } from '../request.js';
import { isoFromMs } from '../state/clock.js';
import { turnOfWarning, underWay } from './state.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').PageError} PageError */
/** @typedef {import('../warnings').WarningsState} WarningsState */
/** @typedef {import('../warnings').Warning} Warning */

const SEEN_MS = 15_000;
/** While messages are on their way. */
const SENDING_MS = 3_000;

/** Who may not read the log is told of a warning without its versions and steps. @param {Partial<Warning>} told @returns {Warning} */
const whole = (told) => /** @type {Warning} */ ({ versions: [], steps: [], may: [], reminders: [], synthetic: false, ...told });

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('./api.js').WarningsApi} api
 * @param {ReturnType<typeof import('../log/viewer.js').createViewerKeeper>} viewers
 * @param {() => number} clock the server's present, milliseconds
 * @param {() => void} onChanged called when a step was taken, which may have written an entry of the incident's log
 * @returns {import('../warnings').WarningsSession & {start: () => void}}
 */
export function createWarningsSession(store, api, viewers, clock, onChanged) {
  /** @param {Partial<WarningsState>} change */
  function patch(change) {
    store.update({ warnings: { ...store.get().warnings, ...change } });
  }

  /** Who may not see warnings has none; what was known before an answer failed to come stays. @param {PageError} error */
  function lost(error) {
    if (error.status === 401 || error.status === 403) patch({ list: [], more: 0, now: null, asOf: null, turns: {}, failed: null });
    else patch({ failed: error });
  }

  async function fetchList() {
    const { warnings, more, now } = await api.list(store.get().log.id);
    const before = store.get().warnings.list;
    patch({ list: JSON.stringify(before) === JSON.stringify(warnings) ? before : warnings, more, now, asOf: now, failed: null });
    await fetchTurns(warnings.filter(({ pending }) => pending));
    const { open, detail } = store.get().warnings;
    const told = warnings.find(({ id }) => id === open);
    const other = told && detail && (told.length !== detail.length || told.status !== detail.status || told.reminders.length !== detail.reminders.length);
    if (open && (!detail || other)) await fetchDetail(open);
    if (open) await fetchDeliveries(open);
  }

  /** What comes next of those in preparation: the list does not say whose turn it is. @param {import('../warnings').WarningSummary[]} pending */
  async function fetchTurns(pending) {
    const known = store.get().warnings.turns;
    const asked = pending.filter(({ id, length, incident }) => known[id]?.length !== length && mayRead(incident.plan));
    if (!asked.length && Object.keys(known).length === pending.length) return;
    const read = await Promise.all(asked.map(({ id }) => api.read(id)));
    const kept = Object.entries(known).filter(([key]) => pending.some(({ id }) => id === key));
    patch({ turns: { ...Object.fromEntries(kept), ...Object.fromEntries(read.map(({ warning }) => [warning.id, turnOfWarning(warning)])) } });
  }

  /** @param {string} plan */
  const mayRead = (plan) => store.get().viewer?.rights.plans[plan]?.includes('see_log') ?? false;

  /** @param {string} id */
  async function fetchDetail(id) {
    const warning = whole((await api.read(id)).warning);
    const { open: opened, turns } = store.get().warnings;
    if (opened === id) patch({ detail: warning, ...(id in turns ? { turns: { ...turns, [id]: turnOfWarning(warning) } } : {}) });
  }

  let soon = 0;
  /** Nothing was sent of what was never issued. @param {string} id */
  async function fetchDeliveries(id) {
    const { detail } = store.get().warnings;
    if (detail?.id !== id || !detail.versions.some(({ message }) => message)) return;
    const { groups, open } = await api.deliveries(id);
    const { warnings } = store.get();
    if (warnings.open !== id) return;
    const next = { warning: id, groups, open };
    if (JSON.stringify(warnings.deliveries) !== JSON.stringify(next)) patch({ deliveries: next });
    window.clearTimeout(soon);
    if (underWay(groups)) soon = window.setTimeout(() => void quietly(() => fetchDeliveries(id)), SENDING_MS);
  }

  /** What could not be asked is asked again in time. @param {() => Promise<void>} ask */
  async function quietly(ask) {
    try {
      await ask();
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      lost(reason.error);
    }
  }

  function tick() {
    if (store.get().warnings.asOf !== null) patch({ now: isoFromMs(clock()) });
  }

  const polling = createPolling({ ask: fetchList, tick, onUnreached: () => {}, onLost: lost, onBack: () => {}, seenMs: SEEN_MS });

  /** @param {string | null} id */
  async function open(id) {
    const { warnings } = store.get();
    if (id === warnings.open && (id === null || warnings.detail?.id === id)) {
      if (id) store.update({ tab: 'warnings' });
      return;
    }
    store.update({ tab: id ? 'warnings' : store.get().tab, warnings: { ...warnings, open: id, detail: null, deliveries: null, reading: null, failed: null }, hoveredWarning: null });
    if (!id) return;
    await quietly(async () => {
      await fetchDetail(id);
      await fetchDeliveries(id);
    });
  }

  /** The list says at once what a step said. @param {Warning} warning */
  function changed(warning) {
    const { open: opened } = store.get().warnings;
    if (opened === warning.id || opened === null) patch({ open: warning.id, detail: warning, reading: null });
    void quietly(fetchList);
    onChanged();
  }

  /** A try that was not answered keeps its key, so that the same step is never taken twice. @type {{form: string, key: string} | null} */
  let tried = null;
  /** @param {import('../warnings').WantedStep} wanted @returns {Promise<PageError | null>} */
  async function take(wanted) {
    const { detail } = store.get().warnings;
    if (!detail) return null;
    const step = { ...wanted, expected: detail.length };
    const form = JSON.stringify([detail.id, step]);
    if (tried?.form !== form) tried = { form, key: newKey() };
    const { key } = tried;
    try {
      const { warning } = await viewers.proven(() => api.take(detail.id, { ...step, client_key: key }));
      tried = null;
      changed(warning);
      return null;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      if (reason.error.status === 409) await quietly(() => fetchDetail(detail.id));
      return reason.error;
    }
  }

  // A warning belongs to its incident: another one that is opened has its own.
  store.subscribe(({ log, warnings, viewer }, before) => {
    if (viewer !== before.viewer && viewer?.person?.id !== before.viewer?.person?.id) polling.now();
    if (log.id === before.log.id) return;
    const incident = warnings.detail?.incident.id ?? warnings.list.find(({ id }) => id === warnings.open)?.incident.id;
    // A form that is open again by now, after the page was loaded anew, is this incident's.
    if (before.log.id === null && (!incident || incident === log.id) && !before.warnings.drafting) return;
    patch({ drafting: null, ...(incident === log.id ? {} : { open: null, detail: null, deliveries: null }) });
  });

  return {
    open,
    refresh: () => quietly(fetchList),
    changed,
    async briefing(id) {
      try {
        return await api.briefing(id);
      } catch (reason) {
        if (!(reason instanceof RequestFailed) && !wasAborted(reason)) throw reason;
        return null;
      }
    },
    read: (version) => patch({ reading: version }),
    draft: (based) => patch({ drafting: { warningId: based?.id ?? null, based } }),
    endDraft: () => patch({ drafting: null }),
    take,
    retry: (which) => deliver((id) => api.retry(id, which)),
    done: (which) => deliver((id) => api.done(id, which)),
    undo: (which) => deliver((id) => api.undo(id, which)),
    decide: (what) => deliver((id) => api.decide(id, what)),
    hover: (id) => {
      if (store.get().hoveredWarning !== id) store.update({ hoveredWarning: id });
    },
    start() {
      polling.start();
      polling.now();
    },
  };

  /** Something is said of the messages of the open warning. @param {(id: string) => Promise<unknown>} ask @returns {Promise<PageError | null>} */
  async function deliver(ask) {
    const { open: id } = store.get().warnings;
    if (!id) return null;
    try {
      await viewers.proven(() => ask(id));
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      return reason.error;
    } finally {
      await quietly(() => fetchDeliveries(id));
    }
    return null;
  }
}
