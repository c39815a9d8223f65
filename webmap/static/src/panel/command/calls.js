/** Whom to call: large numbers, why, by which clause; that somebody was called is noted in one press. */

import { h, replaceChildren } from '../../element.js';
import { timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { entryButton } from '../log/show_entry.js';
import { planLink } from '../plan_links.js';

/** @typedef {import('../../command').Command} Command */
/** @typedef {import('../../command').Call} Call */
/** @typedef {import('../../command').CallSection} CallSection */

/** @type {CallSection[]} */
const SECTIONS = ['named', 'duty', 'suppliers', 'townships', 'places', 'upward', 'members'];
/** Long lists of those who need not be called one by one. */
const FOLDED = new Set(['members']);

/** @param {import('../context').PageContext} context */
export function callList(context) {
  const { words: { t, language }, store, log, showNote } = context;
  const note = h('p', { class: 'facts' });
  const lists = h('div', { class: 'call-lists' });
  const element = h('section', { class: 'command-part command-calls', 'data-command-calls': '' }, h('header', {}, h('h3', {}, t('command.calls'))), note, lists);

  /** @param {string} number */
  function numberOf(number) {
    const copy = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('command.copy', { number }), 'data-copy-number': number }, sign('copy'));
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(number);
        showNote(t('command.copied', { number }));
      } catch {
        // Without a secure connection browsers keep the clipboard to themselves: the number is marked to be copied by hand.
        window.getSelection()?.selectAllChildren(link);
      }
    });
    const link = h('a', { class: 'call-number', href: `tel:${number.replace(/[^\d+*#,]/g, '')}` }, number);
    return h('span', { class: 'call-number-row' }, link, copy);
  }

  /** @param {Call} call */
  async function called(call) {
    await log.record([{ kind: 'note', happened_at: log.happenedAt(null), text: call.note }], call.note);
  }

  /** @param {Call} call @param {string} plan @param {string} day */
  function row(call, plan, day) {
    const press = log.canRecord() && h('button', { type: 'button', class: 'secondary-button', 'data-called': call.key }, t('command.called'));
    if (press) press.addEventListener('click', () => void called(call));
    const [last] = call.called;
    const person = [call.person, call.role].filter(Boolean).join(' · ');
    const clauses = [call.clause, call.numbers.length ? call.numbers_clause : null].filter((clause) => clause !== null);
    return h('li', { class: 'call-row', 'data-call': call.key },
      h('div', { class: 'call-who' }, h('strong', {}, call.unit), person && h('span', {}, ` ${person}`),
        h('p', { class: 'facts' }, call.why, ' ', ...clauses.map((clause) => planLink(context, plan, clause, { clause }))),
        last && h('p', { class: 'facts call-done', 'data-call-done': '' }, sign('check'), t('command.called_at', { at: timeOn(last.at, day, language), by: last.by }), ' ', entryButton(context, last.entry))),
      h('div', { class: 'call-how' }, ...(call.numbers.length ? call.numbers.map(numberOf) : [h('span', { class: 'call-unknown' }, t('command.no_number'))]), press));
  }

  /** Which folded lists the person opened. */
  const opened = new Set();

  return {
    element,
    /** @param {Command} answer */
    show(answer) {
      const plan = store.get().log.view?.incident.plan ?? '';
      note.hidden = answer.calls_note === null;
      replaceChildren(note, answer.calls_note);
      replaceChildren(lists, ...SECTIONS.map((section) => {
        const calls = answer.calls.filter((call) => call.section === section);
        if (!calls.length) return null;
        const list = h('ul', { class: 'call-rows' }, ...calls.map((call) => row(call, plan, answer.at)));
        const title = t(`command.section.${section}`);
        if (!FOLDED.has(section)) return h('section', { 'data-call-section': section }, h('h4', {}, title), list);
        return h('details', { 'data-call-section': section, open: opened.has(section), ontoggle: (/** @type {Event} */ event) => (/** @type {HTMLDetailsElement} */ (event.target).open ? opened.add(section) : opened.delete(section)) }, h('summary', {}, `${title} (${calls.length})`), list);
      }));
    },
  };
}
