/**
 * Reports on their way. Each is kept on the phone until the server has said that it is stored, and sent again as often as
 * it takes, also after the page was closed; its key keeps it from being stored twice. What one person reported goes out in
 * that person's name alone; what the server refuses waits for the person, with the reason. What a full phone cannot keep
 * is sent all the same, and waits as long as the page is open.
 */

import { RequestFailed, wasAborted } from '../request.js';
import { isTransient } from '../log/outbox.js';

/** @typedef {import('../field').FieldItem} FieldItem */
/** @typedef {import('../types').PageError} PageError */

/** @type {PageError} */
const UNREACHABLE = { code: 'unreachable', message: '', remedy: '', problems: [], status: 0 };
/** @type {PageError} */
const SIGNED_OUT = { code: 'unauthorized', message: '', remedy: '', problems: [], status: 401 };

/** How much there is to send: few words must not wait behind photographs. @param {FieldItem} item */
const weight = ({ body }) => body.photos.reduce((sum, photo) => sum + photo.length, 0);

/**
 * @param {object} options
 * @param {Pick<import('../field').FieldShelf, 'all' | 'keep' | 'remove'>} options.shelf
 * @param {() => Promise<string | null>} options.whoIsThere the present person's id, asked of the server; null for nobody
 * @param {(item: FieldItem) => Promise<import('../field').FieldReport>} options.send
 * @param {(report: import('../field').FieldReport) => void} options.onStored
 * @param {(box: import('../field').FieldBox) => void} options.onChange
 */
export function createFieldOutbox({ shelf, whoIsThere, send, onStored, onChange }) {
  /** @type {FieldItem[]} */
  let items = [];
  /** What is in this page alone. @type {Set<string>} */
  const unkept = new Set();
  /** Whose phone it is as far as is known. @type {string | null} */
  let present = null;
  /** @type {PageError | null} */
  let stalled = null;
  /** @type {Promise<void> | null} */
  let flushing = null;

  /** @param {FieldItem} item */
  const isOwn = ({ person }) => person === present;

  function tell() {
    const others = items.filter((item) => !isOwn(item));
    const names = [...new Set(others.map(({ person }) => person))];
    onChange({
      own: items.filter(isOwn), sending: flushing !== null, stalled, unkept: unkept.size,
      others: names.map((person) => ({ name: others.find((item) => item.person === person)?.author ?? '', count: others.filter((item) => item.person === person).length })),
    });
  }

  /** @param {string} key */
  async function remove(key) {
    items = items.filter((item) => item.key !== key);
    unkept.delete(key);
    await shelf.remove(key);
  }

  /** @param {FieldItem} item @returns {Promise<boolean>} whether the phone keeps it: there may be no room left */
  async function keep(item) {
    try {
      await shelf.keep(item);
      unkept.delete(item.key);
    } catch {
      unkept.add(item.key);
    }
    return !unkept.has(item.key);
  }

  /** @param {unknown} reason @returns {PageError} anything that is no answer is as none: the report stays */
  const errorOf = (reason) => {
    if (reason instanceof RequestFailed) return reason.error;
    if (wasAborted(reason) || (reason instanceof DOMException && reason.name === 'TimeoutError')) return UNREACHABLE;
    throw reason;
  };

  async function sendAll() {
    const waiting = items.filter(({ refused }) => !refused);
    if (!waiting.length) {
      stalled = null;
      return;
    }
    const person = await whoIsThere();
    if (person === null) {
      stalled = SIGNED_OUT;
      return;
    }
    present = person;
    /** @type {PageError | null} */
    let late = null;
    for (const item of waiting.filter(isOwn).sort((a, b) => weight(a) - weight(b))) {
      tell();
      try {
        const report = await send(item);
        await remove(item.key);
        onStored(report);
      } catch (reason) {
        const error = errorOf(reason);
        // Too much for a weak line, and no hindrance to the others while the server answers.
        if (error.status === 0 && weight(item) > 0 && (await whoIsThere()) === person) {
          late = error;
          continue;
        }
        if (isTransient(error.status)) throw reason;
        item.refused = error;
        await keep(item);
      }
    }
    stalled = late;
  }

  /** Sends what can be sent now; what is under way is not begun twice. */
  async function flush() {
    flushing ??= sendAll().catch((reason) => {
      stalled = errorOf(reason);
    }).finally(() => {
      flushing = null;
      tell();
    });
    return flushing;
  }

  /** What is under way looked at the list before. */
  async function flushAnew() {
    if (flushing) await flushing;
    return flush();
  }

  return {
    /** Takes up what was kept before. @param {string | null} person whose phone it is, as far as is known */
    async resume(person) {
      present = person;
      const kept = await shelf.all();
      items = [...kept, ...items.filter(({ key }) => !kept.some((item) => item.key === key))].sort((a, b) => a.keptAt - b.keptAt);
      tell();
      return flushAnew();
    },
    /** Takes a report that `flushAnew` sends. @param {FieldItem} item @returns {Promise<boolean>} whether the phone keeps it */
    async add(item) {
      items.push(item);
      const isKept = await keep(item);
      tell();
      return isKept;
    },
    flush,
    flushAnew,
    /** @param {string} key */
    async again(key) {
      const item = items.find((one) => one.key === key);
      if (!item) return;
      item.refused = undefined;
      await keep(item);
      await flush();
    },
    /** Gives a report up for good. @param {string} key */
    async discard(key) {
      await remove(key);
      tell();
    },
  };
}

/** @typedef {ReturnType<typeof createFieldOutbox>} FieldOutbox */
