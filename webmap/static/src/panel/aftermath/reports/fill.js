/** The form that fills one item of a report: words, or a person with unit and telephone. It writes an entry of the log. */

import { h } from '../../../element.js';
import { detailFact, lastDetail } from '../../../reports/details.js';
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
  const { t } = words;
  const what = `item ${item.detail}`;
  const start = drafts.of(incident, what) ?? lastDetail(store.get().log.entries, item.detail);
  const isPerson = PERSONS.includes(item.detail);
  const shells = (isPerson ? ['name', 'unit', 'telephone'] : ['text']).map((name, index) => {
    const label = isPerson ? t(`reports.field.${name}`) : t(`record.choice.item.${item.detail}`);
    const control = isPerson ? lineControl(context, { name, type: 'line' }, start) : textControl(context, { name, type: 'text', required: true }, start);
    return ownShell(words, `report-${item.detail}`, { name, label, required: index === 0 }, control);
  });
  return typedForm(context, {
    shells, submit: t('reports.write_down'), label: t('reports.given', { title: t(`record.choice.item.${item.detail}`) }),
    fact: (entered) => detailFact(item.detail, log.happenedAt(null), entered),
    onTyped: (typed) => drafts.keep(incident, what, typed),
    onStored: () => {
      drafts.drop(incident, what);
      onStored();
    },
    onCancel, notes: [h('p', { class: 'facts' }, t('reports.fill_about'))],
  });
}

/** Items that name a person, as the server has them. */
const PERSONS = ['person_in_charge', 'reporter'];
