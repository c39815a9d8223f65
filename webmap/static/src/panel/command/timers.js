/** The report due next as a clock that counts down, the form that says it was sent, and what was sent when by whom. */

import { countdown } from '../../command/countdown.js';
import { h, replaceChildren } from '../../element.js';
import { timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { browserStorage } from '../../log/scratch.js';
import { documentOf } from '../../reports/documents.js';
import { createReportDrafts } from '../../reports/drafts.js';
import { presentMs } from '../../reports/next_report.js';
import { addHours, msFromIso } from '../../state/clock.js';
import { sendForm } from '../aftermath/reports/send.js';
import { entryButton } from '../log/show_entry.js';
import { planLink } from '../plan_links.js';

/** @typedef {import('../../command').Command} Command */

const TICK_MS = 1_000;

/** @param {import('../context').PageContext} context */
export function reportTimers(context) {
  const { words: { t, language }, store, log, aftermath } = context;
  const drafts = createReportDrafts(browserStorage('sessionStorage'));
  const clock = h('strong', { class: 'countdown-clock', 'data-countdown': '' });
  const said = h('span', { class: 'countdown-said', 'data-countdown-said': '' });
  const bar = h('span', { class: 'countdown-bar', 'aria-hidden': 'true' });
  const title = h('h3', {}, t('command.report'));
  const clause = h('span', { class: 'countdown-clause' });
  const rule = h('p', { class: 'facts' });
  const face = h('div', { class: 'countdown', role: 'timer' }, clock, said, bar);
  const sentPress = h('button', { type: 'button', class: 'primary-button', 'data-report-was-sent': '' }, sign('check'), t('command.sent'));
  const make = h('button', { type: 'button', class: 'secondary-button', 'data-report-make': '' }, t('command.make_report'), sign('right'));
  const actions = h('div', { class: 'field-row' }, sentPress, make);
  const form = h('div', { hidden: true });
  const sent = h('div', { class: 'command-sent' });
  const element = h('section', { class: 'command-part command-reports', 'data-command-reports': '' }, h('header', {}, title, clause), face, rule, actions, form, sent);
  /** @type {Command | null} */
  let shown = null;

  make.addEventListener('click', () => {
    if (!shown?.reports.next) return;
    store.update({ report: documentOf(shown.reports.next.kind) });
    aftermath.show('reports');
    if (!store.get().aftermath.open) aftermath.open();
  });
  sentPress.addEventListener('click', openForm);

  function openForm() {
    if (!shown?.reports.next) return;
    const { next, last_to: last, receivers } = shown.reports;
    const { incident, known, at } = shown;
    const made = sendForm(context, {
      document: documentOf(next.kind), incident, gaps: 0, drafts, to: last ?? receivers ?? '', basis: () => ({ at, known }), onStored: closeForm, onCancel: closeForm,
    });
    form.hidden = false;
    actions.hidden = true;
    replaceChildren(form, made.element);
    /** @type {HTMLElement | null} */ (form.querySelector('input, textarea, select'))?.focus();
  }

  function closeForm() {
    form.hidden = true;
    actions.hidden = false;
    replaceChildren(form);
    sentPress.focus();
  }

  /** The present by which it counts: the server's; in a drill the moment looked at. */
  function nowMs() {
    const { log: { view, now }, marks, hours } = store.get();
    if (!view) return context.now();
    return presentMs({ drill: view.incident.drill, at: view.at, nowMs: now === null ? msFromIso(view.at) : context.now(), lookedAt: addHours(marks.at, hours) });
  }

  function tick() {
    if (!shown) return;
    const next = store.get().log.view?.next_report ?? shown.reports.next;
    const counted = next && countdown(next.due_at, next.interval_minutes, nowMs(), next.at_once);
    const tone = counted?.tone ?? (next?.at_once ? 'near' : 'quiet');
    face.dataset.tone = tone;
    face.hidden = !next;
    clock.hidden = !counted;
    if (counted && clock.textContent !== counted.clock) clock.textContent = counted.clock;
    bar.hidden = counted?.share === null || !counted;
    bar.style.setProperty('--share', String(counted?.share ?? 0));
    const at = next?.due_at ? timeOn(next.due_at, log.happenedAt(null), language) : '';
    const key = !next ? '' : counted ? (counted.tone === 'over' ? 'command.over' : next.at_once ? 'command.at_once_by' : 'command.left') : next.at_once ? 'command.at_once' : next.kind === 'final' ? 'command.final' : 'command.no_limit';
    const text = key && t(key, { title: next?.title ?? '', at });
    if (said.textContent !== text) said.textContent = text;
  }
  window.setInterval(() => {
    if (!document.hidden && element.offsetParent) tick();
  }, TICK_MS);

  /** @param {import('../../command').SentRow} row @param {string} day */
  function sentRow(row, day) {
    return h('li', { 'data-sent-row': String(row.entry) }, h('strong', {}, row.title), ' ', t('command.sent_row', { at: timeOn(row.at, day, language), to: row.to, by: row.by }), ' ', entryButton(context, row.entry), row.text && h('span', { class: 'facts' }, row.text));
  }

  return {
    element,
    /** @param {Command} answer */
    show(answer) {
      shown = answer;
      const { reports } = answer;
      const plan = store.get().log.view?.incident.plan ?? '';
      replaceChildren(clause, planLink(context, plan, reports.clause, { clause: reports.clause }));
      const receivers = reports.receivers && t('command.receivers', { receivers: reports.receivers });
      replaceChildren(rule, [reports.next?.rule ?? t('reports.next.none'), receivers].filter(Boolean).join(t('sentence_gap')));
      const may = log.canRecord();
      sentPress.hidden = !may || !reports.next;
      make.hidden = !reports.next;
      const list = (/** @type {import('../../command').SentRow[]} */ rows) => h('ol', {}, ...rows.map((row) => sentRow(row, answer.at)));
      replaceChildren(sent, reports.sent.length ? list(reports.sent.slice(0, 2)) : h('p', { class: 'facts' }, t('command.none_sent')),
        reports.sent.length > 2 && h('details', {}, h('summary', {}, t('reports.sent_before', { count: reports.sent.length - 2 })), list(reports.sent.slice(2))));
      tick();
    },
  };
}
