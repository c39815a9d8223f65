/** The report due next: by when, how long that is, which clause asks for it; pressed, it is written. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { documentOf } from '../../reports/documents.js';
import { nextReportLine, presentMs } from '../../reports/next_report.js';
import { addHours, msFromIso } from '../../state/clock.js';
import { planLink } from '../plan_links.js';

/** @typedef {import('../../types').PageState} PageState */

/** How often the time left is counted anew. */
const TICK_MS = 5_000;

/** @param {import('../context').PageContext} context @param {{large?: boolean}} [options] */
export function nextReportNotice(context, { large = false } = {}) {
  const { words: { t, language }, store, aftermath } = context;
  const said = h('span', { class: 'next-report-said' });
  const press = h('button', { type: 'button', class: 'next-report-press', 'data-next-report': '' }, sign('clock'), said, sign('right'));
  const briefing = h('button', { type: 'button', class: 'text-button next-report-briefing', 'data-open-briefing': '' }, t('reports.briefing'));
  briefing.addEventListener('click', () => show('briefing'));
  const clause = h('span', { class: 'next-report-clause' });
  const rule = h('p', { class: 'facts', hidden: !large });
  const element = h('div', { class: `next-report${large ? ' large' : ''}`, hidden: true }, press, clause, !large && briefing, rule);
  press.addEventListener('click', () => {
    const next = store.get().log.view?.next_report;
    if (next) show(documentOf(next.kind));
  });

  /** @param {import('../../reports').DocumentKind} report */
  function show(report) {
    store.update({ report });
    aftermath.show('reports');
    if (!store.get().aftermath.open) aftermath.open();
  }
  let linked = '';

  /** @param {PageState} state */
  function render({ log, marks, hours }) {
    const { view } = log;
    const next = log.known === null ? view?.next_report : null;
    element.hidden = !next;
    if (!next || !view) return;
    const nowMs = log.now === null ? msFromIso(view.at) : context.now();
    const line = nextReportLine(next, presentMs({ drill: view.incident.drill, at: view.at, nowMs, lookedAt: addHours(marks.at, hours) }), language);
    const text = t(line.key, line.values);
    if (said.textContent !== text) said.textContent = text;
    element.dataset.tone = line.tone;
    press.title = next.rule;
    rule.textContent = next.rule;
    if (linked !== next.clause) replaceChildren(clause, planLink(context, view.incident.plan, next.clause, { clause: next.clause }));
    linked = next.clause;
  }
  window.setInterval(() => {
    if (!document.hidden && !element.hidden) render(store.get());
  }, TICK_MS);
  return { element, render };
}
