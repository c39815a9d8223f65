/** Start of the field's page: who is there, what can be reported, what waits on this phone. */

import { find, h, replaceChildren } from '../element.js';
import { createTranslator } from '../i18n.js';
import { RequestFailed } from '../request.js';
import { createFieldApi } from './api.js';
import { createForm } from './form.js';
import { createList } from './list.js';
import { createFieldOutbox } from './outbox.js';
import { openShelf } from './shelf.js';
import './field.css';

/** @typedef {{id: string, display_name: string}} Person */

/** How often what waits is tried again, and what became of the rest is asked for. */
const EVERY_MS = 30_000;
/** What could not be sent is tried again after this, then ever more seldom: browsers do not always notice that the network is back. */
const FIRST_RETRY_MS = 3_000;
const KEPT = 'webmap.field.';

const language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh';
const words = createTranslator(language, JSON.parse(find('#texts').textContent ?? '{}'));
const { t } = words;
const api = createFieldApi(language);

/** @template T @param {string} name @returns {T | null} what the page knew last */
function known(name) {
  try {
    return JSON.parse(localStorage.getItem(KEPT + name) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {string} name @param {unknown} value */
function remember(name, value) {
  try {
    localStorage.setItem(KEPT + name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: the page knows it as long as it is open.
  }
}

/** What was reported is not for the next who takes up the phone. @param {string | null} id whose reports stay */
function forgetReportsBut(id) {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(`${KEPT}mine.`) && name !== `${KEPT}mine.${id}`) localStorage.removeItem(name);
  } catch {
    // A forbidden storage holds nothing.
  }
}

/** @type {import('../field').FieldStart | null} */
let start = known(`start.${language}`);
/** @type {Person | null} */
let person = known('person');
/** null while nobody knows. @type {boolean | null} */
let signedIn = null;
/** @type {import('../field').FieldReport[]} */
let mine = known(`mine.${person?.id ?? ''}`) ?? [];
/** @type {import('../field').FieldBox} */
let box = { own: [], others: [], sending: false, stalled: null, unkept: 0 };
let lasting = true;
let retryMs = FIRST_RETRY_MS;
let retryTimer = 0;
let reached = navigator.onLine;

const list = createList(words, find('#field-list'), { again: (key) => void outbox.again(key), discard: (key) => void outbox.discard(key) });
/** @type {import('./outbox.js').FieldOutbox} */
let outbox;
/** @type {Awaited<ReturnType<typeof createForm>> | null} */
let form = null;

/** Who is there; the phone is that person's from now on. @returns {Promise<string | null>} */
async function whoIsThere() {
  const viewer = await api.viewer();
  signedIn = viewer.person !== null;
  if (viewer.person?.id !== person?.id) mine = known(`mine.${viewer.person?.id ?? ''}`) ?? [];
  forgetReportsBut(viewer.person?.id ?? null);
  if (viewer.person) {
    person = { id: viewer.person.id, display_name: viewer.person.display_name };
    remember('person', person);
    await form?.known();
  }
  return viewer.person?.id ?? null;
}

/** Above the form: who reports, and what keeps reports from going out. */
function renderState() {
  replaceChildren(find('#field-person'), person && h('span', {}, person.display_name), signedIn === false && signInLink());
  const count = box.own.filter(({ refused }) => !refused).length;
  const lines = [
    start?.synthetic && h('p', { class: 'field-synthetic' }, t('onsite.synthetic')),
    signedIn === false && h('p', { 'data-signed-out': '' }, t('onsite.signed_out', { count }), ' ', signInLink()),
    !reached && h('p', { 'data-offline': '' }, t(count ? 'onsite.offline_waiting' : 'onsite.offline', { count })),
    !lasting && h('p', {}, t('onsite.not_lasting')),
    box.unkept > 0 && h('p', { 'data-unkept': '' }, t('onsite.phone_full', { count: box.unkept })),
    !window.isSecureContext && h('p', { class: 'field-hint', 'data-plain-http': '' }, t('onsite.plain_http')),
  ];
  replaceChildren(find('#field-state'), ...lines);
}

const signInLink = () => h('a', { href: `/sign-in?next=${encodeURIComponent('/field')}` }, t('onsite.sign_in'));

const again = () => void outbox.flush().then(refreshMine);

function retryLater() {
  if (retryTimer || box.sending || !box.stalled || !box.own.some(({ refused }) => !refused)) return;
  retryTimer = window.setTimeout(() => {
    retryTimer = 0;
    again();
  }, retryMs);
  retryMs = Math.min(retryMs * 2, EVERY_MS);
}

/** @param {string} text */
function tell(text) {
  const note = h('p', { class: 'field-note', role: 'status', 'data-note': '' }, text);
  find('#field-list').before(note);
  window.setTimeout(() => note.remove(), 6_000);
}

/** @template T @param {Promise<T>} question @returns {Promise<T | null>} null without an answer */
async function asked(question) {
  try {
    const answer = await question;
    reached = true;
    return answer;
  } catch (reason) {
    if (reason instanceof RequestFailed) {
      reached = reason.error.status !== 0;
      if (reason.error.status === 401) signedIn = false;
    } else if (reason instanceof DOMException) reached = false;
    else throw reason;
    return null;
  }
}

async function refreshMine() {
  const answer = signedIn === false ? null : await asked(api.mine());
  if (answer) {
    mine = answer.reports;
    remember(`mine.${person?.id ?? ''}`, mine.slice(0, 20));
  }
  list.render(box, mine);
  renderState();
}

async function begin() {
  await asked(whoIsThere());
  renderState();
  const found = signedIn === false ? null : await asked(api.start());
  if (found) {
    start = found;
    remember(`start.${language}`, start);
    form?.arrived();
  }
  await outbox.resume(person?.id ?? null);
  await refreshMine();
  document.documentElement.dataset.usable = 'true';
}

async function open() {
  const shelf = await openShelf();
  lasting = shelf.lasting;
  outbox = createFieldOutbox({
    shelf, whoIsThere, send: api.send,
    onStored: (report) => {
      retryMs = FIRST_RETRY_MS;
      mine = [report, ...mine.filter(({ id }) => id !== report.id)];
      remember(`mine.${person?.id ?? ''}`, mine.slice(0, 20));
      tell(t('onsite.delivered'));
    },
    onChange: (next) => {
      box = next;
      reached = box.stalled ? box.stalled.status !== 0 : reached;
      list.render(box, mine);
      renderState();
      retryLater();
    },
  });
  form = await createForm({
    words, api, element: find('#field-form'), shelf, start: () => start, person: () => person,
    onKeep: (item) => outbox.add(item),
    onSend: async (item) => {
      await outbox.flushAnew();
      const waiting = box.own.find(({ key }) => key === item.key);
      if (waiting && !waiting.refused && !box.unkept) tell(t(signedIn === false ? 'onsite.kept_signed_out' : 'onsite.kept'));
      return !waiting;
    },
  });
  form.arrived();
  list.render(box, mine);
  renderState();
  window.addEventListener('beforeunload', (event) => box.unkept > 0 && event.preventDefault());
  window.addEventListener('online', again);
  window.addEventListener('offline', () => {
    reached = false;
    renderState();
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again());
  window.setInterval(() => document.visibilityState === 'visible' && again(), EVERY_MS);
  await begin();
}

void open();
if (window.isSecureContext && 'serviceWorker' in navigator) {
  // Without it the page has to be open already when the network goes; what was reported is kept all the same.
  navigator.serviceWorker.register('/field-worker.js', { scope: '/field' }).catch(() => {});
}
