/** The form that fills one item of a report: words, or a person with unit and telephone. It writes an entry of the log. */

import { h } from '../../../element.js';
import { timeOn } from '../../../format.js';
import { detailFact, detailSaid, lastDetail, lastGiven } from '../../../reports/details.js';
import { SEEN } from '../../../reports/drafts.js';
import { lineControl, textControl } from '../../log/record/controls.js';
import { ownShell, typedForm } from './typed_form.js';

/** @typedef {import('../../../reports').ReportItem} ReportItem */

/**
 * @param {import('../../context').PageContext} context
 * @param {ReportItem & {detail: string}} item
 * @param {{drafts: import('../../../reports/drafts.js').ReportDrafts, incident: string, onStored: () => void, onCancel: () => void}} ways
 */
export function fillForm(context, item, { drafts, incident, onStored, onCancel }) {
  const { words, store, log } = context;
  const { t, language } = words;
  const what = `item ${item.detail}`;
  const draft = drafts.of(incident, what);
  const start = draft ?? lastDetail(store.get().log.entries, item.detail);
  const counting = () => lastGiven(store.get().log.entries, item.detail);
  /** The entry that the form was filled from. */
  const seen = draft?.[SEEN] ?? String(counting()?.entry.number ?? 0);

  /** What somebody wrote of this item since. */
  function overtaken() {
    const now = counting();
    if (String(now?.entry.number ?? 0) === seen) return null;
    if (!now) return { key: 'none', said: h('p', {}, t('reports.withdrawn_meanwhile')), anyway: t('reports.write_anyway') };
    const { entry: { author, written_at: at, number }, fact } = now;
    const theirs = h('button', { type: 'button', class: 'text-button', 'data-take-theirs': '' }, t('reports.take_theirs'));
    theirs.addEventListener('click', () => {
      drafts.drop(incident, what);
      onStored();
    });
    const said = h('div', {}, h('p', {}, h('strong', {}, t('reports.written_meanwhile', { author, at: timeOn(at, at, language), number })), h('q', { lang: 'zh-CN' }, detailSaid(fact))), h('p', {}, t('reports.written_meanwhile_ask'), ' ', theirs));
    return { key: String(number), said, anyway: t('reports.write_anyway') };
  }
  const isPerson = PERSONS.includes(item.detail);
  const shells = (isPerson ? ['name', 'unit', 'telephone'] : ['text']).map((name, index) => {
    const label = isPerson ? t(`reports.field.${name}`) : t(`record.choice.item.${item.detail}`);
    const control = isPerson ? lineControl(context, { name, type: 'line' }, start) : textControl(context, { name, type: 'text', required: true }, start);
    return ownShell(words, `report-${item.detail}`, { name, label, required: index === 0 }, control);
  });
  return typedForm(context, {
    shells, submit: t('reports.write_down'), label: t('reports.given', { title: t(`record.choice.item.${item.detail}`) }),
    fact: (entered) => detailFact(item.detail, log.happenedAt(null), entered),
    onTyped: (typed) => drafts.keep(incident, what, { ...typed, [SEEN]: seen }),
    onStored: () => {
      drafts.drop(incident, what);
      onStored();
    },
    overtaken, onCancel, notes: [h('p', { class: 'facts' }, t('reports.fill_about'))],
  });
}

/** Items that name a person, as the server has them. */
const PERSONS = ['person_in_charge', 'reporter'];
