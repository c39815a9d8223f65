/** Where the phone keeps reports on their way and the one that is being filled in: IndexedDB, which holds photographs. */

/** @typedef {import('../field').FieldItem} FieldItem */
/** @typedef {import('../field').FieldDraft} FieldDraft */

const NAME = 'webmap-field';
const REPORTS = 'reports';
const DRAFTS = 'drafts';
/** The draft of nobody known. */
const NOBODY = 'nobody';

/** @returns {Promise<import('../field').FieldShelf>} one that lasts as long as the page where the browser keeps nothing */
export async function openShelf() {
  try {
    return lasting(await opened());
  } catch {
    return passing();
  }
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(REPORTS, { keyPath: 'key' });
      request.result.createObjectStore(DRAFTS);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

/** @param {IDBDatabase} database @returns {import('../field').FieldShelf} */
function lasting(database) {
  /**
   * @template T @param {string} store @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} act
   * @returns {Promise<T>} once it is on the phone
   */
  const within = (store, mode, act) => new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
  return {
    lasting: true,
    all: () => within(REPORTS, 'readonly', (store) => store.getAll()),
    keep: async (item) => void (await within(REPORTS, 'readwrite', (store) => store.put(item))),
    remove: async (key) => void (await within(REPORTS, 'readwrite', (store) => store.delete(key))),
    draft: async (person) => (await within(DRAFTS, 'readonly', (store) => store.get(person ?? NOBODY))) ?? null,
    keepDraft: async (person, draft) => void (await (draft ? within(DRAFTS, 'readwrite', (store) => store.put(draft, person ?? NOBODY)) : within(DRAFTS, 'readwrite', (store) => store.delete(person ?? NOBODY)))),
  };
}

/** @returns {import('../field').FieldShelf} */
function passing() {
  /** @type {Map<string, FieldItem>} */
  const items = new Map();
  return {
    lasting: false,
    all: async () => [...items.values()],
    keep: async (item) => void items.set(item.key, item),
    remove: async (key) => void items.delete(key),
    draft: async () => null,
    keepDraft: async () => {},
  };
}
