/**
 * The worker of the field's page, and of nothing else: keeps the page's own shell, so that it opens without a network.
 * The server puts `self.shell` before this, with the names of the files, which hold the hash of their content.
 */

/** @type {any} */
const worker = self;
/** @type {{version: string, page: string, files: string[]}} */
const shell = worker.shell;
const PREFIX = 'field-';
const CACHE = PREFIX + shell.version;
/** A network that does not answer by then is as none. */
const PATIENCE_MS = 4_000;

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(shell.files)).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name))))
    .then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== 'GET') return;
  if (request.mode === 'navigate' && pathname === shell.page) event.respondWith(page(request));
  else if (shell.files.includes(pathname)) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

/** The page as the server has it; without an answer as it was when it was opened last. @param {Request} request */
async function page(request) {
  try {
    const answer = await Promise.race([fetch(request), tooLate()]);
    if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(shell.page, answer.clone());
    return answer;
  } catch {
    return (await caches.match(shell.page)) ?? Response.error();
  }
}

/** @returns {Promise<never>} */
const tooLate = () => new Promise((_, reject) => { setTimeout(() => reject(new Error('no answer')), PATIENCE_MS); });
