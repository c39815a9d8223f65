/** Reports that went up, each with its entry and the very document that it was, to be made once more. */

import { addressOf } from '../../../aftermath/asked.js';
import { h } from '../../../element.js';
import { timeOn } from '../../../format.js';
import { sign } from '../../../icons.js';
import { DOCUMENT_FORMATS } from '../../../reports/documents.js';
import { recordDialog } from '../../log/record/dialog.js';
import { entryButton } from '../../log/show_entry.js';

/** @typedef {import('../../../reports').SentReport} SentReport */

/**
 * The last one stands open, those before it are folded.
 * @param {import('../../context').PageContext} context @param {SentReport[]} sent @param {string} incident
 * @param {(url: string, title: string) => void} make
 */
export function sentList(context, sent, incident, make) {
  const { words: { t, language }, store, log } = context;

  /** @param {SentReport} report */
  function row({ number, kind, document, at, to, text, basis }) {
    const title = t(`record.choice.report.${kind}`);
    const entry = store.get().log.entries.find((one) => one.number === number);
    const again = basis && DOCUMENT_FORMATS.map((format) => {
      const button = h('button', { type: 'button', class: 'secondary-button', 'data-sent-again': `${number} ${format}`, 'aria-label': t('reports.again_as', { title, format: format.toUpperCase() }) }, sign('download'), format.toUpperCase());
      button.addEventListener('click', () => make(addressOf({ id: incident, ...basis }, `reports/${document}.${format}`, language), title));
      return button;
    });
    const withdraw = log.canRecord() && entry?.fact && h('button', { type: 'button', class: 'secondary-button', 'data-sent-withdraw': String(number) }, t('reports.withdraw'));
    if (withdraw) withdraw.addEventListener('click', () => recordDialog(context).correct(entry, true));
    return h('li', { class: 'sent-row', 'data-sent': String(number) },
      h('p', {}, h('strong', {}, t('reports.sent_row', { title, at: timeOn(at, log.happenedAt(), language), to })), ' ', entryButton(context, number)),
      h('p', { class: 'facts' }, [basis ? t('reports.sent_basis', { at: timeOn(basis.at, at, language), known: basis.known ?? '' }) : t('reports.sent_no_basis'), text].filter(Boolean).join(t('sentence_gap'))),
      h('div', { class: 'field-row' }, again && h('span', { class: 'report-formats', role: 'group', 'aria-label': t('reports.save_as') }, ...again), withdraw));
  }
  const [last, ...before] = sent;
  const list = (/** @type {SentReport[]} */ some) => h('ol', {}, ...some.map(row));
  return h('div', { class: 'sent-list', 'data-sent-list': '' }, list([last]),
    before.length > 0 && h('details', {}, h('summary', {}, t('reports.sent_before', { count: before.length })), list(before)));
}
