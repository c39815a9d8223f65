/** The open incident: shown, kept up to date, written to, and left again for the calculation of before. */

import { LATE_MS } from '../live/present.js';
import { RequestFailed, wasAborted } from '../request.js';
import { roundedStart } from '../state/clock.js';
import { emptyMarks } from '../state/marks.js';
import { createLogApi } from './api.js';
import { askData } from './ask_data.js';
import { createLookAt } from './look_at.js';
import { isTransient } from './outbox.js';
import { NO_LOG, createPicture, momentOf } from './picture.js';
import { createNews } from './news.js';
import { createPast } from './past.js';
import { createPolling } from './polling.js';
import { createRecorder } from './recorder.js';
import { browserStorage, createScratch } from './scratch.js';
import { createSending } from './sending.js';
import { createTelling } from './telling.js';
import { createViewerKeeper } from './viewer.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../log').LogSession} LogSession */
/** @typedef {import('../log').LogState} LogState */

/** What belongs to the marks before and not to those that come now. @returns {Partial<PageState>} */
const fresh = () => ({ present: null, selected: null, hovered: null, mode: 'none', playing: false, ordering: false });

/** What is not stored yet, whichever incident is open. @param {PageState} state */
const unstored = ({ log: { waiting, stalled, others, aside } }) => ({ waiting, stalled, others, aside });

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('../i18n.js').Translator} words
 * @param {ReturnType<typeof import('../panel/alerts.js').createAlerts>} alerts
 * @param {import('../reach.js').Reach} reach
 * @param {() => void} onBack called when the server answers questions of the log again
 * @returns {LogSession & {documentAt: ReturnType<typeof createPast>, back: () => void, streamed: import('../live').Streamed, arrive: (arrival: {incident: string | null, known: number | null, hours: number}) => Promise<void>}}
 */
export function createLogSession(store, words, alerts, reach, onBack) {
  const { t, language } = words;
  const api = createLogApi(language);
  const picture = createPicture(store, reach.now);
  const scratch = createScratch(browserStorage('sessionStorage'));
  const telling = createTelling(words, alerts);
  const viewers = createViewerKeeper(store, api);
  /** @type {import('./polling.js').Polling} */
  let polling;
  const { outbox, drawnBefore, retryAside } = createSending({
    store, words, api, viewers, telling, refresh, settleMarks,
    open: (id) => open(id),
    drawnAgain: (item) => recorder.drawnAgain(item),
  });
  const recorder = createRecorder({ store, words, api, proven: viewers.proven, outbox, picture, telling, refresh });

  /** @param {Partial<LogState>} change */
  function patch(change) {
    store.update({ log: { ...store.get().log, ...change } });
  }

  /** Who is there, and what they left to be stored. */
  async function arrived() {
    const viewer = await viewers.tryLoad();
    if (viewer) outbox.resume(viewer.person?.id ?? null);
  }

  /** All entries and the picture. @param {string} id @param {number | null} known */
  async function fetchAll(id, known) {
    if (known === null) {
      const [listed, view] = await Promise.all([api.allEntries(id, null), api.view(id)]);
      return { entries: listed.entries, view };
    }
    const { entries, incident } = await api.allEntries(id, known);
    return { entries, view: await api.view(id, momentOf(known, entries, incident.drill)) };
  }

  /** @param {string} id @param {number | null} [known] @returns {Promise<boolean>} */
  async function open(id, known = null) {
    try {
      const { entries, view } = await fetchAll(id, known);
      enter(view, entries, known);
      return true;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      if (store.get().log.id === null && isTransient(reason.error.status)) wait(id);
      telling.notOpened(reason.error, () => void open(id, known));
      return false;
    }
  }

  /** The address goes on naming an incident that may open later, until something is marked without it. @param {string} id */
  function wait(id) {
    patch({ wanted: id });
    const stop = store.subscribe(({ log, marks }, before) => {
      if (log.id === null && log.wanted === id && marks === before.marks) return;
      stop();
      if (log.wanted === id) patch({ wanted: null });
    });
  }

  /** @param {import('../log').IncidentView} view @param {import('../log').LogEntry[]} entries @param {number | null} known @param {boolean} [begun] on this page */
  function enter(view, entries, known, begun = false) {
    const state = store.get();
    if (state.log.id === null) scratch.keep(state);
    recorder.forget();
    picture.forget();
    store.forget();
    store.update({ ...fresh(), log: { ...NO_LOG, ...unstored(state), begun } });
    picture.show(view, { id: view.incident.id, entries, known, following: known === null }, false);
    polling.start();
    void drawnBefore(view.incident.id);
  }

  function leave() {
    const { log, marks } = store.get();
    if (log.id === null) return;
    polling.stop();
    recorder.forget();
    picture.forget();
    store.forget();
    const before = scratch.take() ?? { marks: emptyMarks(marks.plan, roundedStart(Date.now())), present: null, hours: 0 };
    store.update({ ...fresh(), ...before, log: { ...NO_LOG, ...unstored(store.get()) } });
  }

  const news = createNews({ store, api, reach, picture, pending: (id) => outbox.holds(id) });

  /** A server out of reach is no reason to stop: the next question finds it. @param {() => Promise<void>} work */
  async function goingOn(work) {
    try {
      await work();
      settleMarks();
    } catch (reason) {
      if (!wasAborted(reason) && !(reason instanceof RequestFailed)) throw reason;
    }
  }

  /** @returns {Promise<void>} */
  async function refresh() {
    await goingOn(news.ask);
  }

  let streaming = false;
  const tick = () => picture.tick(streaming ? LATE_MS : 0);

  /** What was shown at once and is not in the log goes again, unless it is still on its way. */
  function settleMarks() {
    const { log, present, marks } = store.get();
    if (!log.view || log.known !== null || present || outbox.holds(log.view.incident.id)) return;
    if (marks !== picture.logged()) picture.show(log.view, {}, false);
  }

  polling = createPolling({
    ask: async () => {
      await news.ask();
      settleMarks();
      void outbox.flush();
      reach.word();
    },
    tick,
    onBack: () => {
      telling.signedIn();
      void arrived();
      outbox.again();
      alerts.clearUnreachable();
      tick();
      onBack();
    },
    onUnreached: reach.lost,
    onLost: (error) => {
      if (error.status === 401) telling.signedOut(error);
      else if (error.status === 403 || error.status === 404) telling.notOpened(error, () => void refresh());
    },
  });

  const canRecord = () => {
    const { log } = store.get();
    return Boolean(log.view?.may.record) && log.known === null;
  };
  const recording = () => store.get().log.id !== null && store.get().present === null;

  /** Why nothing is recorded at the moment, and what then. */
  function tellWhyNot() {
    const { log, viewer } = store.get();
    if (log.known !== null) telling.note(t('log.may_not.looking_back'));
    else telling.note(t(viewer?.person ? 'log.may_not.no_right' : 'log.may_not.not_signed_in'));
  }

  return {
    documentAt: createPast(store, api),
    back() {
      tick();
      polling.now();
    },
    streamed: {
      entries: (told) => goingOn(() => news.take(told)),
      shown: (view, at) => picture.show(view, {}, false, at),
      beat: () => void outbox.flush(),
      alive(is) {
        streaming = is;
        polling.rest(is);
      },
      isLogged: picture.isLogged,
    },
    open: (id) => open(id),
    leave,
    refresh,
    askData: () => goingOn(() => askData(store, api)),
    record: recorder.record,
    factsFor: recorder.factsFor,
    happenedAt: recorder.happenedAt,
    canRecord,
    recording,
    tell: telling.note,
    retryAside,
    discardAside: outbox.discard,
    undo: () => void recorder.undo(),
    async start(opening, { onRefused } = {}) {
      try {
        const view = await recorder.begin(opening);
        const { entries } = await api.entries(view.incident.id, 0);
        enter(view, entries, null, true);
        return true;
      } catch (reason) {
        if (!(reason instanceof RequestFailed)) throw reason;
        if (onRefused) onRefused(reason.error);
        else telling.failed(t('log.not_started', { name: opening.name }), reason.error);
        return false;
      }
    },
    withdraw(number, reason) {
      const { entries } = store.get().log;
      const office = entries.find((entry) => entry.number === number)?.fact?.office;
      const fact = { kind: 'correction', happened_at: recorder.happenedAt(), corrects: number, replacement: null, reason, ...(typeof office === 'string' ? { office } : {}) };
      return recorder.record([fact], t('log.withdrawn', { number }));
    },
    lookAt: createLookAt(store, api, picture, (error) => telling.failed(t('log.believed_failed'), error)),
    async believed(number) {
      const { id, entries } = store.get().log;
      if (id === null) return;
      try {
        const moment = number === null ? {} : momentOf(number, entries, store.get().log.view?.incident.drill ?? false);
        const [listed, view] = await Promise.all([api.allEntries(id, number), api.view(id, moment)]);
        if (store.get().log.id === id) {
          store.update({ present: null, mode: 'none' });
          picture.show(view, { entries: listed.entries, known: number, following: number === null }, false);
        }
      } catch (reason) {
        if (!(reason instanceof RequestFailed)) throw reason;
        telling.failed(t('log.believed_failed'), reason.error);
      }
    },
    commitMarks(label, next, also = {}) {
      const { marks } = store.get();
      if (!recorder.factsFor(marks, next).length) {
        store.update({ marks: next, ...also });
        settleMarks();
        // Crews and the like are the page's own; a mark whose entry is not known stays as the log has it.
        telling.note(JSON.stringify(store.get().marks) === JSON.stringify(next) ? label : t('log.not_from_map'));
        return;
      }
      if (!canRecord()) {
        store.update({ ...also });
        tellWhyNot();
        return;
      }
      recorder.showAtOnce(next, also);
      void recorder.recordChange(marks, next, label).then(settleMarks);
    },
    async takeOver(label) {
      const { present, marks, log } = store.get();
      if (!present || log.id === null) return;
      if (!canRecord()) {
        tellWhyNot();
        return;
      }
      if (await recorder.recordChange(present, marks, label, true)) {
        store.update({ present: null });
        settleMarks();
      }
    },
    discard() {
      store.update({ present: null, marks: picture.logged() });
    },
    follow() {
      patch({ following: true });
      const { log } = store.get();
      if (log.view) picture.show(log.view, {}, outbox.holds(log.view.incident.id));
    },
    stay() {
      const { log } = store.get();
      if (log.id !== null && log.following) patch({ following: false });
    },
    async arrive({ incident, known, hours }) {
      await arrived();
      if (incident === null || !(await open(incident, known)) || !hours || known !== null) return;
      store.update({ hours: Math.min(hours, store.get().marks.horizonHours), log: { ...store.get().log, following: false } });
    },
  };
}
