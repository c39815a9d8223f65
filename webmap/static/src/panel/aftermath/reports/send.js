/** The form that says a document went up: to whom, as what, when. It writes the entry by which the timer begins anew. */

import { h } from '../../../element.js';
import { timeOn } from '../../../format.js';
import { likelyKind, reportSentFact, sentAs, sentReports } from '../../../reports/documents.js';
import { SEEN } from '../../../reports/drafts.js';
import { choiceControl, lineControl, textControl } from '../../log/record/controls.js';
import { timeControl } from '../../log/record/time_control.js';
import { ownShell, typedForm } from './typed_form.js';

/** @typedef {import('../../../reports').Basis} Basis */
/** @typedef {import('../../../reports').DocumentKind} DocumentKind */
/** @typedef {import('../../../reports').SentKind} SentKind */

/**
 * @param {import('../../context').PageContext} context
 * @param {{document: DocumentKind, incident: string, to?: string, basis: () => Basis, gaps: number, drafts: import('../../../reports/drafts.js').ReportDrafts, onStored: () => void, onCancel: () => void}} options
 */
export function sendForm(context, { document, incident, to: likely = '', basis, gaps, drafts, onStored, onCancel }) {
  const { words, store, log } = context;
  const { t, language } = words;
  const { entries, view } = store.get().log;
  const what = `send ${document}`;
  const kinds = sentAs(document);
  const draft = drafts.of(incident, what);
  /** The last entry when the form was opened. */
  const seen = draft?.[SEEN] ?? String(entries.at(-1)?.number ?? 0);
  const start = { report: likelyKind(document, view?.next_report), to: sentReports(entries)[0]?.to ?? likely, ...draft };
  const time = timeControl(context, { id: 'report-time', given: null });
  const to = ownShell(words, `send-${document}`, { name: 'to', label: t('record.field.to'), hint: t(ofCounty(context) ? 'reports.to_about_county' : 'reports.to_about'), required: true }, lineControl(context, { name: 'to', type: 'line', suggest: 'receivers' }, start));
  const shells = [
    to,
    ...(kinds.length > 1 ? [ownShell(words, `send-${document}`, { name: 'report', label: t('record.field.report'), required: true }, choiceControl(context, { name: 'report', type: 'choice', choices: kinds }, start, (kind) => t(`record.choice.report.${kind}`)))] : []),
    ownShell(words, `send-${document}`, { name: 'happened_at', label: t('reports.sent_at'), required: true }, { element: time.element, focusable: time.choice, read: () => ({ happened_at: 'now' }), wrong: time.wrong }),
    ownShell(words, `send-${document}`, { name: 'text', label: t('reports.remark') }, textControl(context, { name: 'text', type: 'text' }, start)),
  ];

  /** A report of the same kind that somebody told as sent since. @param {Record<string, any>} entered */
  function overtaken(entered) {
    const kind = entered.report ?? kinds[0];
    const all = store.get().log.entries;
    const other = sentReports(all).filter((report) => report.kind === kind && report.number > Number(seen)).sort((a, b) => b.number - a.number)[0];
    const entry = other && all.find(({ number }) => number === other.number);
    if (!other || !entry) return null;
    const title = t(`record.choice.report.${other.kind}`);
    const said = h('div', {}, h('p', {}, h('strong', {}, t('reports.sent_meanwhile', { author: entry.author, written: timeOn(entry.written_at, entry.written_at, language), title, number: other.number })), t('reports.sent_row', { title, at: timeOn(other.at, entry.written_at, language), to: other.to })), h('p', {}, t('reports.sent_meanwhile_ask')));
    return { key: String(other.number), said, anyway: t('reports.send_anyway') };
  }
  const form = typedForm(context, {
    shells, submit: t('reports.send'), label: t('reports.sent', { title: t(`reports.document.${document}`) }),
    fact: (entered) => reportSentFact({ to: entered.to, kind: /** @type {SentKind} */ (entered.report ?? kinds[0]), happenedAt: time.read() ?? log.happenedAt(null), text: entered.text, basis: basis() }),
    onTyped: ({ to: receiver = '', report = '', text = '' }) => drafts.keep(incident, what, { to: receiver, text, ...(report ? { report } : {}), [SEEN]: seen }),
    onStored: () => {
      drafts.drop(incident, what);
      onStored();
    },
    overtaken, onCancel, notes: gaps > 0 ? [h('p', { class: 'gap-note', 'data-gaps-told': String(gaps) }, t('reports.gaps_before_sending', { count: gaps }))] : [],
  });
  form.element.dataset.sendForm = document;
  form.element.prepend(h('h4', {}, t('reports.send_title', { title: t(`reports.document.${document}`) })), h('p', { class: 'facts' }, t('reports.send_about')));
  return form;
}

/** Whether the plan is that of a county, not of a district: whom one reports to is called otherwise. @param {import('../../context').PageContext} context */
function ofCounty({ store, catalog, words }) {
  const plan = catalog.plans.find(({ key }) => key === store.get().marks.plan);
  const name = plan?.county_name ?? '';
  return (typeof name === 'string' ? name : name.zh).endsWith('县');
}
