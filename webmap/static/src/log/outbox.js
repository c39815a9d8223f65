/**
 * Facts on their way to the log. Each is kept in the browser until the server has said that it is stored, or that it
 * refuses it, and sent again as often as it takes, also after the page was closed. Its key keeps it from being written
 * twice. What one person recorded into one incident goes in its order; nothing waits for another person's, nor for
 * another incident's.
 */

import { RequestFailed } from '../request.js';
import { createShelf } from './shelf.js';

/** @typedef {import('../log').OutboxItem} OutboxItem */
/** @typedef {import('../log').Outcome} Outcome */
/** @typedef {import('../log').InBox} InBox */
/** @typedef {import('../types').PageError} PageError */
/** @typedef {{sending: boolean, retryMs: number, planned: boolean, stalled: PageError | null}} Queue */

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** Answers of a server that fails on one item, after which the others go first. */
const FAILURES = 5;
/** What an item is told that a person has given up. */
export const DISCARDED = 'discarded';

/** Whether the same request may be taken later: no answer, nobody signed in, too many requests, the server's own fault. @param {number} status */
export function isTransient(status) {
  return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
}

/** @param {OutboxItem} item */
const queueOf = ({ person, incident }) => `${person} ${incident}`;

/**
 * @param {object} options
 * @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> | null} options.storage null where the browser keeps nothing
 * @param {(item: OutboxItem) => Promise<import('../log').Stored>} options.send
 * @param {(item: OutboxItem, outcome: Outcome) => void} options.onSettled called for what nobody waits for any more: it was left from before
 * @param {(box: InBox) => void} options.onChange
 * @param {(run: () => void, milliseconds: number) => unknown} [options.later]
 */
export function createOutbox({ storage, send, onSettled, onChange, later = setTimeout }) {
  const shelf = createShelf(storage);
  /** @type {OutboxItem[]} */
  let items = [];
  /** @type {Map<string, (outcome: Outcome) => void>} */
  const waiters = new Map();
  /** @type {Map<string, Queue>} */
  const queues = new Map();
  /** Who is there: null for nobody, undefined while that is not known. @type {string | null | undefined} */
  let present;

  /** @param {OutboxItem} item */
  const isOthers = ({ person }) => present !== undefined && person !== present;
  /** @param {(item: OutboxItem) => boolean} of */
  const count = (of) => items.filter(of).reduce((sum, { facts }) => sum + facts.length, 0);

  /** @param {string} name @returns {Queue} */
  function queueNamed(name) {
    const queue = queues.get(name) ?? { sending: false, retryMs: FIRST_RETRY_MS, planned: false, stalled: null };
    queues.set(name, queue);
    return queue;
  }

  function tell() {
    const own = items.filter((item) => !isOthers(item));
    const errors = (/** @type {OutboxItem[]} */ some) => some.map((item) => queueNamed(queueOf(item)).stalled);
    const others = [...new Set(items.filter(isOthers).map(({ person }) => person))].map((person) => ({
      name: items.find((item) => item.person === person && item.author)?.author ?? '', count: count((item) => item.person === person),
    }));
    onChange({
      waiting: count((item) => !isOthers(item) && !item.aside), others, aside: own.filter(({ aside }) => aside),
      stalled: errors(own).find((error) => error !== null) ?? null,
      signedOut: errors(items.filter(({ key }) => waiters.has(key))).find((error) => error?.status === 401) ?? null,
    });
  }

  /** @param {OutboxItem} item */
  function remove(item) {
    items = items.filter(({ key }) => key !== item.key);
    shelf.remove(item.key);
  }

  /** @param {OutboxItem} item @param {Outcome} outcome */
  function settle(item, outcome) {
    remove(item);
    const waiter = waiters.get(item.key);
    waiters.delete(item.key);
    tell();
    if (waiter) waiter(outcome);
    else onSettled(item, outcome);
  }

  /** Others go first; the item stays until a person sends it again or gives it up. @param {OutboxItem} item @param {PageError} why */
  function setAside(item, why) {
    item.aside = why;
    shelf.keep(item);
    tell();
  }

  /** What waits in a queue, in the order in which it was written. @param {string} name */
  const heads = (name) => items.filter((item) => queueOf(item) === name && !item.aside);

  /** @param {string} name */
  async function flushQueue(name) {
    const queue = queueNamed(name);
    if (queue.sending) return;
    queue.sending = true;
    try {
      for (let [item] = heads(name); item; [item] = heads(name)) if (!(await deliver(item, queue))) return;
    } finally {
      queue.sending = false;
    }
  }

  /** @param {OutboxItem} item @param {Queue} queue @returns {Promise<boolean>} whether the next one may follow */
  async function deliver(item, queue) {
    if (!waiters.has(item.key) && !shelf.has(item.key)) {
      // Stored, or given up, in another window of this browser.
      remove(item);
      tell();
      return true;
    }
    try {
      const stored = await send(item);
      [queue.stalled, queue.retryMs] = [null, FIRST_RETRY_MS];
      settle(item, { stored });
      return true;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) {
        retryLater(queueOf(item), queue);
        throw reason;
      }
      return failed(item, queue, reason.error);
    }
  }

  /** @param {OutboxItem} item @param {Queue} queue @param {PageError} error @returns {boolean} whether the next one may follow */
  function failed(item, queue, error) {
    if (!isTransient(error.status)) {
      queue.stalled = null;
      // A drawing replaces the one before: with nobody waiting who could draw again, it is not thrown away.
      if (error.code === 'written_meanwhile' && !waiters.has(item.key)) {
        setAside(item, error);
        onSettled(item, { refused: error });
      } else settle(item, { refused: error });
      return true;
    }
    if (error.status >= 500) item.failures = (item.failures ?? 0) + 1;
    if ((item.failures ?? 0) >= FAILURES) {
      [queue.stalled, queue.retryMs] = [null, FIRST_RETRY_MS];
      setAside(item, error);
      return true;
    }
    queue.stalled = error;
    tell();
    retryLater(queueOf(item), queue);
    return false;
  }

  /** @param {string} name @param {Queue} queue */
  function retryLater(name, queue) {
    if (queue.planned) return;
    queue.planned = true;
    later(() => {
      queue.planned = false;
      void flushQueue(name);
    }, queue.retryMs);
    queue.retryMs = Math.min(queue.retryMs * 2, LONGEST_RETRY_MS);
  }

  /** Tries at once what is the present person's; what is another's asks now and then who is there. */
  async function flush() {
    const names = new Map(items.map((item) => [queueOf(item), item]));
    await Promise.all([...names].map(([name, item]) => {
      if (!isOthers(item)) return flushQueue(name);
      const queue = queueNamed(name);
      queue.retryMs = LONGEST_RETRY_MS;
      return retryLater(name, queue);
    }));
  }

  /** @param {string} key */
  const find = (key) => items.find((item) => item.key === key);

  return {
    /** @param {OutboxItem} item @returns {Promise<Outcome>} once it is stored or refused */
    add(item) {
      items.push(item);
      shelf.keep(item);
      tell();
      const outcome = new Promise((/** @type {(outcome: Outcome) => void} */ resolve) => waiters.set(item.key, resolve));
      void flushQueue(queueOf(item));
      return outcome;
    },
    /** Who is there now, and what pages of this browser left behind: theirs is sent. @param {string | null} person */
    resume(person) {
      present = person;
      items.push(...shelf.all().filter(({ key }) => !find(key)));
      if (!items.length) return;
      tell();
      void flush();
    },
    flush,
    /** What was set aside for the server's own failure is tried once more. */
    again() {
      for (const item of items) if (item.aside && isTransient(item.aside.status) && !isOthers(item)) this.retry(item.key, FAILURES - 1);
    },
    /** @param {string} key @param {number} [failures] that count already */
    retry(key, failures = 0) {
      const item = find(key);
      if (!item?.aside) return;
      [item.aside, item.failures] = [undefined, failures];
      shelf.keep(item);
      tell();
      void flushQueue(queueOf(item));
    },
    /** Gives an item up for good. @param {string} key */
    discard(key) {
      const item = find(key);
      if (item) settle(item, { refused: { code: DISCARDED, message: '', remedy: '', problems: [], status: 0 } });
    },
    /** Forgets what was written in another way. @param {string} key */
    drop(key) {
      const item = find(key);
      if (item) remove(item);
      tell();
    },
    /** @param {string} incident @returns {boolean} whether anything of the person who is there is on its way to it */
    holds: (incident) => items.some((item) => item.incident === incident && !item.aside && !isOthers(item)),
    /** @param {string} incident @returns {OutboxItem[]} what was set aside of the person who is there */
    aside: (incident) => items.filter((item) => item.incident === incident && item.aside && !isOthers(item)),
  };
}

/** @typedef {ReturnType<typeof createOutbox>} Outbox */
