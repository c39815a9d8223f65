/** The log as prose: a row for each entry, by day, the newest first. Nothing that was written is hidden. */

import { h, replaceChildren } from '../../element.js';
import { moment, timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { byDay, countingTime, newestFirst, saidWithoutClause } from '../../state/log_entries.js';
import { planLink } from '../plan_links.js';
import { entryPhotos } from '../field/entry_photos.js';
import { createEntryMenu } from './menu.js';
import { placeOf } from './places.js';

/** @typedef {import('../../log').LogEntry} LogEntry */
/** @typedef {import('../../types').PageState} PageState */

/** Rows built at first; the rest on demand, as thousands of rows would delay the first sight. */
const ROWS_AT_FIRST = 150;
/** So long what was just written is marked. */
const MARKED_MS = 5_000;

/** @param {import('../context').PageContext} context @param {() => void} renderAgain with more rows */
export function createEntries(context, renderAgain) {
  const { words, store, data, actions } = context;
  const { t, language } = words;
  const menu = createEntryMenu(context);
  const element = h('div', { class: 'log-days', 'data-log': '' });
  const more = h('button', { type: 'button', class: 'text-button', hidden: true });
  let rows = ROWS_AT_FIRST;
  /** Entries up to this number were there before; what comes after is marked as new for a while. */
  let seen = Infinity;
  /** Up to this number the viewer was led to what they wrote. */
  let led = Infinity;
  /** @type {number | null} */
  let justWritten = null;
  let timer = 0;
  let incident = '';
  more.addEventListener('click', () => {
    rows = Infinity;
    renderAgain();
  });

  /** @param {number} number leads to that entry, also from the entry that corrects it */
  function jump(number) {
    const target = element.querySelector(`[data-entry="${number}"]`);
    target?.scrollIntoView({ block: 'center' });
    /** @type {HTMLElement | null | undefined} */ (target?.querySelector('.entry-more'))?.focus({ preventScroll: true });
  }

  /** @param {number} number @param {string} text */
  function reference(number, text) {
    const button = h('button', { type: 'button', class: 'cell-button' }, text);
    button.addEventListener('click', () => jump(number));
    return button;
  }

  /** @param {LogEntry} entry */
  function said(entry) {
    const text = saidWithoutClause(entry);
    if (entry.redacted) return [h('p', { class: 'entry-said' }, text), h('p', { class: 'facts' }, t('logpane.redacted'))];
    if (entry.corrected_by === null) return [h('p', { class: 'entry-said' }, text)];
    const by = h('span', { class: 'entry-corrected' }, reference(entry.corrected_by, t(entry.withdrawn ? 'logpane.withdrawn' : 'logpane.corrected', { number: entry.corrected_by })));
    const struck = h('del', {}, text);
    if (!entry.counts) return [h('p', { class: 'entry-said' }, struck), h('p', {}, by)];
    const at = timeOn(entry.happened_at, entry.counts.happened_at, language);
    return [h('p', { class: 'entry-said' }, saidWithoutClause(entry.counts)), h('p', { class: 'entry-original' }, t('logpane.original', { at }), ' ', struck, ' ', by)];
  }

  /** @param {LogEntry} entry @param {boolean} unknownThen at the moment looked back at */
  function facts(entry, unknownThen) {
    const { marks: { plan }, log } = store.get();
    // In a drill the clock is that of the story; it says nothing of who wrote late.
    const drill = log.view?.incident.drill ?? false;
    return h('p', { class: 'entry-facts' },
      h('span', {}, entry.author), h('span', { class: 'entry-number' }, t('logpane.number', { number: entry.number })),
      entry.late && !drill && h('span', { class: 'entry-late' }, t('logpane.late', { at: timeOn(entry.written_at, entry.happened_at, language) })),
      unknownThen && h('span', {}, t('logpane.later_known')),
      entry.clause && planLink(context, plan, entry.clause, { clause: entry.clause }),
      entry.corrects !== null && reference(entry.corrects, t('logpane.see', { number: entry.corrects })));
  }

  /** @param {LogEntry} entry */
  const isOwn = ({ author }) => author === store.get().viewer?.person?.display_name;
  /** What others wrote since. @param {LogEntry} entry */
  const isNews = (entry) => entry.number > seen && !isOwn(entry);

  /** What the viewer just wrote: with an earlier time it stands further down, so that it is gone to. @param {LogEntry[]} all @param {number} last */
  function findJustWritten(all, last) {
    const own = all.filter((entry) => entry.number > led && isOwn(entry)).at(-1);
    led = Math.max(last, led === Infinity ? 0 : led);
    if (!own) return false;
    justWritten = own.corrects ?? own.number;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      element.querySelector('.just-written')?.classList.remove('just-written');
      justWritten = null;
    }, MARKED_MS);
    return true;
  }

  /** @param {LogEntry} entry @param {number | null} known */
  function row(entry, known) {
    const ref = placeOf(data, entry.fact);
    const unknownThen = known !== null && entry.number > known;
    const item = h('li', {
      class: ['log-entry', `group-${entry.group}`, entry.corrected_by !== null && (entry.counts ? 'amended' : 'superseded'), unknownThen && 'not-yet-known',
        justWritten === entry.number ? 'just-written' : isNews(entry) && 'fresh'].filter(Boolean).join(' '),
      'data-entry': entry.number, 'data-group': entry.group, 'data-kind': entry.kind,
    },
    h('time', { class: 'entry-time', dateTime: countingTime(entry) }, timeOn(countingTime(entry), countingTime(entry), language)),
    h('div', { class: 'entry-text' }, entry.group === 'warning' && sign('alert'), ...said(entry), entryPhotos(context, entry), facts(entry, unknownThen)),
    menu.button(entry));
    if (ref) {
      for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => actions.hover(ref));
      for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => actions.hover(null));
      item.dataset.place = `${ref.kind} ${ref.id}`;
    }
    return item;
  }

  /** @param {LogEntry[]} entries those that pass the filter @param {PageState} state */
  function render(entries, { log }) {
    const last = log.entries.reduce((number, entry) => Math.max(number, entry.number), 0);
    if (incident !== log.id) {
      incident = log.id ?? '';
      rows = ROWS_AT_FIRST;
      seen = Infinity;
      justWritten = null;
    }
    if (seen === Infinity && last > 0) seen = led = last;
    const written = last > 0 && findJustWritten(log.entries, last);
    const held = element.contains(document.activeElement) ? document.activeElement?.closest('[data-entry]')?.getAttribute('data-entry') : null;
    const sorted = newestFirst(entries);
    replaceChildren(element, ...byDay(sorted.slice(0, rows)).map(({ day, entries: ofDay }) =>
      h('section', {}, h('h4', {}, moment(day, language).replace(/[ ,]+\d\d:\d\d$/, '')), h('ol', {}, ...ofDay.map((entry) => row(entry, log.known))))), more);
    more.hidden = sorted.length <= rows;
    more.textContent = t('logpane.more', { count: sorted.length });
    if (held) /** @type {HTMLElement | null} */ (element.querySelector(`[data-entry="${held}"] .entry-more`))?.focus({ preventScroll: true });
    else if (written && element.offsetParent) element.querySelector('.just-written')?.scrollIntoView({ block: 'nearest' });
  }

  /** Lights the rows of the hovered place. @param {PageState} state */
  function mark({ hovered }) {
    const wanted = hovered ? `${hovered.kind} ${hovered.id}` : '';
    for (const item of element.querySelectorAll('[data-place]')) item.classList.toggle('hovered', item instanceof HTMLElement && item.dataset.place === wanted);
  }
  /** Leads to an entry from elsewhere, and marks it for a while. @param {number} number */
  function show(number) {
    if (!element.querySelector(`[data-entry="${number}"]`)) {
      rows = Infinity;
      renderAgain();
    }
    jump(number);
    const target = element.querySelector(`[data-entry="${number}"]`);
    target?.classList.add('just-written');
    window.setTimeout(() => target?.classList.remove('just-written'), MARKED_MS);
  }
  return { element, render, mark, show };
}
