/**
 * Facts on their way to the log. Each is kept in the browser until the server has said that it is stored, or that it
 * refuses it, and sent again as often as it takes, also after the page was closed. Its key keeps it from being written twice.
 */

import { RequestFailed } from '../request.js';

/** @typedef {import('../log').OutboxItem} OutboxItem */
/** @typedef {import('../log').Outcome} Outcome */

const PREFIX = 'webmap.outbox.';
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/** Whether the same request may be taken later: no answer, nobody signed in, too many requests, the server's own fault. @param {number} status */
export function isTransient(status) {
  return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
}

/**
 * @param {object} options
 * @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> | null} options.storage null where the browser keeps nothing
 * @param {(item: OutboxItem) => Promise<import('../log').Stored>} options.send
 * @param {(item: OutboxItem, outcome: Outcome) => void} options.onSettled called for what nobody waits for any more: it was left from before
 * @param {(waiting: number, stalled: import('../types').PageError | null) => void} options.onChange
 * @param {(run: () => void, milliseconds: number) => unknown} [options.later]
 */
export function createOutbox({ storage, send, onSettled, onChange, later = setTimeout }) {
  /** @type {OutboxItem[]} */
  let items = [];
  /** @type {Map<string, (outcome: Outcome) => void>} */
  const waiters = new Map();
  /** @type {import('../types').PageError | null} */
  let stalled = null;
  let sending = false;
  let retryMs = FIRST_RETRY_MS;
  let retries = 0;

  const count = () => items.reduce((sum, { facts }) => sum + facts.length, 0);
  const tell = () => onChange(count(), stalled);

  /** @param {OutboxItem} item */
  function keep(item) {
    try {
      storage?.setItem(PREFIX + item.key, JSON.stringify(item));
    } catch {
      // A full or forbidden storage: the page itself still holds it.
    }
  }

  /** @param {OutboxItem} item @param {Outcome} outcome */
  function settle(item, outcome) {
    items = items.filter(({ key }) => key !== item.key);
    storage?.removeItem(PREFIX + item.key);
    const waiter = waiters.get(item.key);
    waiters.delete(item.key);
    tell();
    if (waiter) waiter(outcome);
    else onSettled(item, outcome);
  }

  /** In the order in which they were written; what waits holds up what follows. */
  async function flush() {
    if (sending) return;
    sending = true;
    retries += 1;
    try {
      for (let item = items[0]; item; item = items[0]) if (!(await deliver(item))) return;
    } finally {
      sending = false;
    }
  }

  /** @param {OutboxItem} item @returns {Promise<boolean>} whether the next one may follow */
  async function deliver(item) {
    try {
      const stored = await send(item);
      [stalled, retryMs] = [null, FIRST_RETRY_MS];
      settle(item, { stored });
      return true;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      if (!isTransient(reason.error.status)) {
        stalled = null;
        settle(item, { refused: reason.error });
        return true;
      }
      stalled = reason.error;
      tell();
      retryLater();
      return false;
    }
  }

  function retryLater() {
    const round = retries;
    later(() => {
      if (round === retries) void flush();
    }, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  }

  return {
    /** @param {OutboxItem} item @returns {Promise<Outcome>} once it is stored or refused */
    add(item) {
      items.push(item);
      keep(item);
      tell();
      const outcome = new Promise((/** @type {(outcome: Outcome) => void} */ resolve) => waiters.set(item.key, resolve));
      void flush();
      return outcome;
    },
    /** Takes up what a person's pages left behind. @param {string} person */
    resume(person) {
      items.push(...keptItems(storage, person).filter(({ key }) => !items.some((item) => item.key === key)));
      if (!items.length) return;
      tell();
      void flush();
    },
    /** Tries at once. */
    flush,
    /** @param {string} incident @returns {boolean} whether anything for it is not stored yet */
    holds: (incident) => items.some((item) => item.incident === incident),
  };
}

/** @typedef {ReturnType<typeof createOutbox>} Outbox */

/** @param {Pick<Storage, 'getItem' | 'key' | 'length'> | null} storage @param {string} person @returns {OutboxItem[]} oldest first */
function keptItems(storage, person) {
  if (!storage) return [];
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(PREFIX));
  return keys.flatMap((key) => readItem(storage.getItem(key))).filter((item) => item.person === person)
    .sort((a, b) => (a.keptAt ?? 0) - (b.keptAt ?? 0));
}

/** @param {string | null} text @returns {OutboxItem[]} none for what is no such item */
function readItem(text) {
  try {
    const item = JSON.parse(text ?? '');
    return item && typeof item.key === 'string' && typeof item.incident === 'string' && Array.isArray(item.facts) ? [item] : [];
  } catch {
    return [];
  }
}
