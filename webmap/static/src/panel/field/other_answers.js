/** Forms for a report that is not written: it is known already, or it is not taken. */

import { h } from '../../element.js';
import { timeOn } from '../../format.js';
import { answerForm } from './form_parts.js';
import { fieldSession } from './session.js';

/** @typedef {import('../../field').FieldReport} FieldReport */
/** @typedef {{done: (text: string) => void, back: () => void}} Ways */

/** Entries that may say it already: the latest. */
const MOST_ENTRIES = 60;

/** @param {import('../context').PageContext} context @param {FieldReport} report @param {Ways} ways */
export function declineForm(context, report, ways) {
  const { t } = context.words;
  const reason = h('textarea', { id: 'onsite-reason', rows: 3, maxLength: 2_000, required: true });
  return answerForm(context, report, ways, {
    fields: [h('label', { htmlFor: 'onsite-reason' }, t('onsite.reason')), reason, h('p', { class: 'facts' }, t('onsite.reason_about'))],
    send: () => fieldSession(context).decline(report.id, reason.value),
    label: t('onsite.deed.decline'), done: () => t('onsite.declined_note'),
  });
}

/** @param {import('../context').PageContext} context @param {FieldReport} report @param {Ways} ways */
export function knownForm(context, report, ways) {
  const { words: { t, language }, store } = context;
  const { view, entries } = store.get().log;
  const listed = entries.filter(({ corrects }) => corrects === null).slice(-MOST_ENTRIES).reverse();
  if (!view || view.incident.plan !== report.plan || !listed.length) {
    return h('div', { class: 'onsite-form' }, h('p', {}, t('onsite.known_open_first')), h('button', { type: 'button', class: 'secondary-button', onclick: ways.back }, t('onsite.back')));
  }
  const entry = h('select', { id: 'onsite-entry' }, ...listed.map(({ number, happened_at: at, said }) =>
    h('option', { value: String(number) }, `${timeOn(at, at, language)} ${said.slice(0, 60)}（${t('logpane.number', { number })}）`)));
  const same = listed.find(({ fact }) => fact && report.element && Object.values(fact).includes(report.element.id));
  if (same) entry.value = String(same.number);
  return answerForm(context, report, ways, {
    fields: [h('p', {}, t('onsite.known_in', { name: view.incident.name })), h('label', { htmlFor: 'onsite-entry' }, t('onsite.which_entry')), entry],
    send: () => fieldSession(context).confirm(report.id, { incident: view.incident.id, entries: [Number(entry.value)] }),
    label: t('onsite.deed.known'), done: () => t('onsite.known_note', { number: entry.value }),
  });
}

