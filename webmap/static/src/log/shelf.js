/** Where the browser keeps facts on their way to the log, for whichever page comes next. */

/** @typedef {import('../log').OutboxItem} OutboxItem */

const PREFIX = 'webmap.outbox.';

/** @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> | null} storage null where the browser keeps nothing */
export function createShelf(storage) {
  return {
    /** @param {OutboxItem} item */
    keep(item) {
      try {
        storage?.setItem(PREFIX + item.key, JSON.stringify(item));
      } catch {
        // A full or forbidden storage: the page itself still holds it.
      }
    },
    /** @param {string} key */
    remove: (key) => storage?.removeItem(PREFIX + key),
    /** @param {string} key */
    has: (key) => typeof storage?.getItem(PREFIX + key) === 'string',
    /** Everybody's, oldest first. @returns {OutboxItem[]} */
    all() {
      if (!storage) return [];
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(PREFIX));
      return keys.flatMap((key) => read(storage.getItem(key))).sort((a, b) => (a.keptAt ?? 0) - (b.keptAt ?? 0));
    },
  };
}

/** @param {string | null} text @returns {OutboxItem[]} none for what is no such item */
function read(text) {
  try {
    const item = JSON.parse(text ?? '');
    return item && typeof item.key === 'string' && typeof item.incident === 'string' && typeof item.person === 'string' && Array.isArray(item.facts) ? [item] : [];
  } catch {
    return [];
  }
}
