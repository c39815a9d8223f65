/** One document: what it says and what is missing, to be filled, looked at, saved, and told as sent. */

import { addressOf, askedOf } from '../../../aftermath/asked.js';
import { find, h, replaceChildren } from '../../../element.js';
import { duration, timeOn } from '../../../format.js';
import { sign } from '../../../icons.js';
import { DOCUMENT_FORMATS, gapsOf, previewOf, sentAs, sentReports } from '../../../reports/documents.js';
import { RequestFailed, wasAborted } from '../../../request.js';
import { requestTold } from '../../../request_told.js';
import { msFromIso } from '../../../state/clock.js';
import { createFileMaking, toldBar } from '../told.js';
import { reportItems } from './items.js';
import { mayReport, mayReportLater } from './rights.js';
import { sendForm } from './send.js';
import { sentList } from './sent.js';

/** Beyond this a report of the present is told to be one of before. */
const STALE_MINUTES = 10;

/** @typedef {import('../../../reports').DocumentKind} DocumentKind */
/** @typedef {import('../../../reports').ReportItems} ReportItems */

/**
 * @param {import('../../context').PageContext} context @param {import('../../../reports/drafts.js').ReportDrafts} drafts
 * @param {() => void} onBack
 */
export function reportDocument(context, drafts, onBack) {
  const { words: { t, language }, store, log } = context;
  /** @type {DocumentKind} */
  let kind = 'first';
  /** @type {ReportItems | null} */
  let answer = null;
  /** @type {AbortController | null} */
  let running = null;
  /** @type {ReturnType<typeof sendForm> | null} */
  let sending = null;
  /** Documents whose form for sending was put away by hand. @type {Set<DocumentKind>} */
  const away = new Set();
  const back = h('button', { type: 'button', class: 'text-button report-back', 'data-report-back': '' }, sign('left'), t('reports.all'));
  const heading = h('h3', { tabIndex: -1 });
  const about = h('p', { class: 'facts' });
  const basis = h('p', { class: 'facts report-made-of', 'data-report-basis': '' });
  const newer = h('p', { class: 'report-newer', role: 'status', hidden: true });
  const bar = toldBar(context.words, () => running?.abort());
  const failure = h('div', { class: 'record-failure', role: 'alert', hidden: true });
  const items = reportItems(context, { drafts, onChanged: () => void load() });
  const sent = h('section', { class: 'report-sent', 'aria-label': t('reports.already_sent'), hidden: true });
  const filled = h('p', { class: 'facts', hidden: true }, t('reports.nothing_to_fill'));
  /** Where there is nothing to fill, what it says stands here at once. */
  const shown = h('div', { class: 'report-shown', hidden: true });
  const making = createFileMaking(context);
  const gaps = h('button', { type: 'button', class: 'text-button gap-count', 'data-gap-count': '' });
  const doors = h('div', { class: 'report-doors' });
  const place = h('div', { class: 'report-send', hidden: true });
  const foot = h('footer', { class: 'report-foot' }, place, making.element, doors);
  const element = h('section', { class: 'report-document', 'data-report-document': '' }, back, h('header', {}, heading, about, basis), sent, newer, bar.element, failure, filled, shown, items.element, foot);
  back.addEventListener('click', onBack);
  gaps.addEventListener('click', items.toGap);

  const incident = () => store.get().log.id ?? '';

  /** The items as the log has them now; those shown stay until the answer is there. @param {boolean} [quiet] nobody asked for it */
  async function load(quiet = false) {
    const asked = askedOf(store.get());
    if (!asked) return;
    running?.abort();
    const own = new AbortController();
    running = own;
    failure.hidden = true;
    if (!quiet) bar.render({ stage: '', title: '', done: 0, total: 0 });
    try {
      const told = await requestTold(addressOf(asked, 'report-items', language, { kind }), { signal: own.signal, onStep: (step) => own === running && !quiet && bar.render(step) });
      if (own === running) take(told.answer);
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      if (!quiet) fail(reason.error);
    } finally {
      if (own === running) bar.render(null);
    }
  }

  /** @param {import('../../../types').PageError} error */
  function fail({ message, remedy, status }) {
    const again = h('button', { type: 'button', class: 'secondary-button' }, t('retry'));
    again.addEventListener('click', () => void load());
    failure.hidden = false;
    replaceChildren(failure, h('strong', {}, t('reports.items_failed')), h('p', {}, message || t(status ? 'error.server' : 'error.unreachable', { status })), remedy && h('p', {}, remedy), again);
  }

  /** @param {ReportItems} next */
  function take(next) {
    const first = answer === null;
    answer = next;
    items.show(next.items, incident());
    // What was begun and not sent stands open again.
    if (first && !sending && !away.has(kind) && sentAs(kind).length && mayReport(context) && drafts.of(incident(), `send ${kind}`)) startSending(false);
    show();
  }

  function show() {
    const { entries, known } = store.get().log;
    heading.textContent = t(`reports.document.${kind}`);
    about.textContent = t(`reports.document.${kind}.about`);
    const count = answer ? gapsOf(answer.items).length : 0;
    replaceChildren(basis, answer && t(answer.known === 1 ? 'reports.made_of_one' : 'reports.made_of', { at: timeOn(answer.at, log.happenedAt(null), language), known: answer.known ?? '' }), answer?.synthetic && h('strong', { class: 'sample-word' }, t('reports.synthetic')));
    showAge();
    const own = sentReports(entries, known).filter((report) => report.document === kind);
    sent.hidden = !own.length;
    if (own.length) replaceChildren(sent, sentList(context, own, incident(), (url, title) => void making.run(url, title)));
    filled.hidden = !answer || answer.items.length > 0;
    showWhole();
    showDoors(count);
  }

  /** The document itself, without anything of it that runs. */
  function showWhole() {
    shown.hidden = filled.hidden;
    if (!answer || shown.hidden) return replaceChildren(shown);
    const address = previewOf(incident(), kind, { at: answer.at, known: answer.known }, language);
    if (shown.firstElementChild?.getAttribute('src') !== address) replaceChildren(shown, h('iframe', { src: address, title: t(`reports.document.${kind}`), sandbox: '', 'data-report-shown': '' }));
    return undefined;
  }

  /** That the log grew since, or that time went by. */
  function showAge() {
    const { view, known } = store.get().log;
    const later = known === null && answer?.known && view && view.length > answer.known ? view.length - answer.known : 0;
    const runs = known === null && view !== null && !view.incident.drill && view.phase !== 'ended';
    const minutes = answer && runs && askedOf(store.get())?.at === null ? (context.now() - msFromIso(answer.at)) / 60_000 : 0;
    const text = mayReportLater(context) ? t('reports.of_before') : later ? t('reports.newer', { count: later }) : minutes >= STALE_MINUTES ? t('reports.stale', { time: duration(minutes / 60, language) }) : '';
    newer.hidden = !text;
    if (text !== newer.firstChild?.textContent) replaceChildren(newer, text && h('span', {}, text), mayReportLater(context) ? presentButton() : refreshButton());
  }

  function presentButton() {
    const button = h('button', { type: 'button', class: 'text-button', 'data-report-present': '' }, t('reports.to_present'));
    button.addEventListener('click', () => log.follow());
    return button;
  }

  function refreshButton() {
    const button = h('button', { type: 'button', class: 'text-button', 'data-report-refresh': '' }, t('reports.refresh'));
    button.addEventListener('click', () => void load());
    return button;
  }

  /** @param {number} count of gaps */
  function showDoors(count) {
    const at = answer;
    foot.hidden = !at;
    gaps.hidden = !at?.items.length;
    gaps.disabled = count === 0;
    gaps.textContent = count ? t('reports.gaps', { count }) : t('reports.no_gaps');
    gaps.classList.toggle('none', count === 0);
    if (!at) return;
    const from = { at: at.at, known: at.known };
    const preview = h('a', { class: 'secondary-button', href: previewOf(incident(), kind, from, language), target: '_blank', rel: 'noopener', 'data-report-preview': '' }, t('reports.preview'));
    const files = DOCUMENT_FORMATS.map((format) => {
      const button = h('button', { type: 'button', class: 'secondary-button', 'data-report-file': format }, sign('download'), h('span', {}, format.toUpperCase()));
      button.addEventListener('click', () => void making.run(addressOf({ id: incident(), ...from }, `reports/${kind}.${format}`, language), t(`reports.document.${kind}`)));
      return button;
    });
    const mark = sentAs(kind).length > 0 && mayReport(context) && h('button', { type: 'button', class: 'primary-button', 'data-report-send': '' }, t('reports.mark_sent'));
    if (mark) mark.addEventListener('click', () => startSending(true));
    replaceChildren(doors, gaps, preview, h('span', { class: 'report-formats', role: 'group', 'aria-label': t('reports.save_as') }, ...files), mark);
    doors.hidden = sending !== null;
  }

  /** @param {boolean} focus */
  function startSending(focus) {
    const at = answer;
    if (!at) return;
    sending = sendForm(context, {
      document: kind, incident: incident(), basis: () => ({ at: (answer ?? at).at, known: (answer ?? at).known }), gaps: gapsOf(at.items).length, drafts,
      onStored: () => {
        stopSending();
        heading.scrollIntoView({ block: 'nearest' });
        heading.focus({ preventScroll: true });
        void load();
      },
      onCancel: () => {
        away.add(kind);
        stopSending();
        /** @type {HTMLElement | null} */ (doors.querySelector('[data-report-send]'))?.focus();
      },
    });
    away.delete(kind);
    place.hidden = false;
    replaceChildren(place, sending.element);
    doors.hidden = true;
    if (focus) sending.focus();
  }

  function stopSending() {
    sending = null;
    place.hidden = true;
    replaceChildren(place);
    doors.hidden = false;
  }

  return {
    element,
    /** @param {DocumentKind} document @param {boolean} focus */
    open(document, focus) {
      kind = document;
      answer = null;
      // On a phone what has to be read gets the whole height.
      find('#aftermath-panel').dataset.height = 'full';
      stopSending();
      items.show([], incident());
      show();
      if (focus) heading.focus();
      void load();
    },
    close() {
      running?.abort();
    },
    /** The log grew: what was written goes in at once; while somebody fills a form, what others wrote is offered. */
    grown() {
      const { log: { entries }, viewer } = store.get();
      const known = answer?.known ?? Infinity;
      const news = entries.filter(({ number }) => number > known);
      const writing = items.isOpen() || sending !== null;
      if (news.length && (!writing || news.every(({ author }) => author === viewer?.person?.display_name))) void load(true);
      items.tell();
      sending?.tell();
      show();
    },
    showAge,
  };
}
