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
  event.waitUntil(install());
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
  else if (shell.files.includes(pathname)) event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(shell.files);
  // The page that brought the worker was there before it: it is asked for once more.
  await keep(cache, await fetch(shell.page));
  await worker.skipWaiting();
}

/** Not the sign-in page, to which who is signed out is led. @param {Cache} cache @param {Response} answer */
const keep = (cache, answer) => answer.ok && !answer.redirected && cache.put(shell.page, answer.clone());

/** The page as the server has it; without an answer as it was when it was opened last. @param {Request} request */
async function page(request) {
  try {
    const answer = await Promise.race([fetch(request), tooLate()]);
    await keep(await caches.open(CACHE), answer);
    return answer;
  } catch {
    return (await caches.match(shell.page, { ignoreVary: true })) ?? Response.error();
  }
}

/** @returns {Promise<never>} */
const tooLate = () => new Promise((_, reject) => { setTimeout(() => reject(new Error('no answer')), PATIENCE_MS); });
