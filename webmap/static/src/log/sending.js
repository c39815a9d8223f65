/** What is on its way to the log: whose it is, what the page says of it, and how what was set aside goes on. */

import { createOutbox } from './outbox.js';
import { browserStorage } from './scratch.js';

/** @typedef {import('../log').OutboxItem} OutboxItem */

/**
 * @param {object} parts
 * @param {import('../state/store.js').Store<import('../types').PageState>} parts.store
 * @param {import('../i18n.js').Translator} parts.words
 * @param {import('./api.js').LogApi} parts.api
 * @param {ReturnType<typeof import('./viewer.js').createViewerKeeper>} parts.viewers
 * @param {import('./telling.js').Telling} parts.telling
 * @param {() => Promise<void>} parts.refresh
 * @param {(incident: string) => Promise<boolean>} parts.open
 * @param {(item: OutboxItem) => Promise<boolean>} parts.drawnAgain makes a drawing to what others drew, and records it
 * @param {() => void} parts.settleMarks
 */
export function createSending({ store, words: { t }, api, viewers, telling, refresh, open, drawnAgain, settleMarks }) {
  const outbox = createOutbox({
    storage: browserStorage('localStorage'),
    send: ({ incident, facts, key, expected, person }) =>
      viewers.proven(() => api.append(incident, { facts, client_key: key, ...(expected === null ? {} : { expected_number: expected }) }), person),
    onSettled: (item, { stored, refused }) => {
      if (refused && item.aside) void drawnBefore(item.incident);
      else if (refused) telling.refused(item.label, item.facts, refused);
      else telling.note(t('log.stored_late', { label: item.label }), telling.notesOf(stored));
      void refresh();
    },
    onChange: ({ waiting, stalled, others, aside, signedOut }) => {
      store.update({ log: { ...store.get().log, waiting, stalled: waiting > 0 && stalled !== null, others, aside } });
      if (signedOut) telling.signedOut(signedOut);
    },
  });

  store.subscribe(({ viewer }, before) => {
    // Another person at the same page: what waits for them goes out, what the one before recorded waits.
    if (viewer && (!before.viewer || viewer.person?.id !== before.viewer.person?.id)) outbox.resume(viewer.person?.id ?? null);
  });

  /** @param {OutboxItem} item */
  const isDrawing = ({ aside, change }) => aside?.code === 'written_meanwhile' && change !== undefined;

  /** Drawings left from before the page was loaded, made to what others drew meanwhile. @param {string} incident */
  async function drawnBefore(incident) {
    if (store.get().log.id !== incident) return;
    for (const item of outbox.aside(incident).filter(isDrawing)) await drawnAgain(item);
    settleMarks();
  }

  /** @param {string} key */
  async function retryAside(key) {
    const isIt = (/** @type {OutboxItem} */ one) => one.key === key;
    const item = store.get().log.aside.find(isIt);
    if (!item) return;
    if (!isDrawing(item)) {
      outbox.retry(key);
      return;
    }
    if (store.get().log.id !== item.incident && !(await open(item.incident))) return;
    if (!(await drawnAgain(item)) && store.get().log.aside.some(isIt)) telling.note(t('log.aside.not_now'));
    settleMarks();
  }

  return { outbox, drawnBefore, retryAside };
}
