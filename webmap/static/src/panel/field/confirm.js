/** The form that confirms a report: what it is written as, where, when, in which words and into which incident. */

import { h, replaceChildren } from '../../element.js';
import { isoFromLocalField, localFieldValue } from '../../state/clock.js';
import { placeControl } from '../log/record/combobox.js';
import { NEW, answerForm, incidentChoice } from './form_parts.js';
import { fieldSession } from './session.js';

/** @typedef {import('../../field').FieldReport} FieldReport */
/** @typedef {import('../../log').NewFact} NewFact */
/** @typedef {'fault_located' | 'road_closed' | 'note'} As */

/** @type {As[]} */
const AS = ['fault_located', 'road_closed', 'note'];

/** @param {import('../context').PageContext} context @param {FieldReport} report @param {{done: (text: string) => void, back: () => void}} ways */
export function confirmForm(context, report, ways) {
  const { t } = context.words;
  const suggested = report.suggested ?? [];
  const main = suggested[0] ?? { kind: 'note', happened_at: report.happened_at, text: report.words };
  const places = {
    fault_located: placeControl(context, { name: 'element', of: 'element', type: 'place', required: true }, { element: report.element?.id ?? '' }, t('onsite.as_element')),
    road_closed: placeControl(context, { name: 'road', of: 'road', type: 'place', required: true }, { road: report.element?.id ?? '' }, t('onsite.as_road')),
  };
  const as = h('fieldset', { class: 'onsite-as' }, h('legend', {}, t('onsite.as')), ...AS.map((kind) => h('label', {},
    h('input', { type: 'radio', name: 'onsite-as', value: kind, checked: main.kind === kind, onchange: () => show() }), ` ${t(`onsite.as.${kind}`)}`)));
  const place = h('div', { class: 'onsite-place' });
  const at = h('input', { id: 'onsite-at', type: 'datetime-local', value: localFieldValue(report.happened_at), required: true });
  /** Everybody reads a note; the place of a restricted element stands in what names it. @param {As} kind */
  const wordsFor = (kind) => (kind === 'fault_located' ? report.words : report.words_for_all);
  let proposed = wordsFor(/** @type {As} */ (main.kind));
  const text = h('textarea', { id: 'onsite-words', rows: 4, maxLength: 2_000, required: true }, proposed);
  const name = h('input', { id: 'onsite-name', maxLength: 200, value: report.suggested_name ?? '' });
  const nameRow = h('div', { hidden: true }, h('label', { htmlFor: 'onsite-name' }, t('onsite.new_name')), name);
  const incident = incidentChoice(context, report, (value) => { nameRow.hidden = value !== NEW; });

  const chosen = () => /** @type {As} */ (as.querySelector('input:checked')?.getAttribute('value') ?? 'note');
  function show() {
    const kind = chosen();
    if (text.value === proposed) text.value = proposed = wordsFor(kind);
    replaceChildren(place, kind !== 'note' && h('p', { class: 'onsite-label' }, t(kind === 'road_closed' ? 'onsite.as_road' : 'onsite.as_element')), kind !== 'note' && places[kind].element);
  }
  show();

  /** As it was told, to the second, unless it was changed: then the district's time, whatever clock the browser has. */
  const happenedAt = () => (at.value === localFieldValue(report.happened_at) ? report.happened_at : isoFromLocalField(at.value) ?? report.happened_at);

  /** @returns {NewFact[]} */
  function facts() {
    const common = { happened_at: happenedAt() };
    const kind = chosen();
    if (kind === 'fault_located') return [{ kind, ...common, ...places[kind].read(), text: text.value }];
    const note = { kind: 'note', ...common, text: text.value };
    return kind === 'road_closed' ? [{ kind, ...common, ...places[kind].read(), closed: true }, note] : [note];
  }

  return answerForm(context, report, ways, {
    fields: [
      h('label', { htmlFor: 'onsite-incident' }, t('onsite.into')), incident, nameRow, as, place,
      h('label', { htmlFor: 'onsite-at' }, t('onsite.at_district')), at, h('label', { htmlFor: 'onsite-words' }, t('onsite.words')), text,
    ],
    send: () => fieldSession(context).confirm(report.id, {
      ...(incident.value === NEW ? { open: { name: name.value, drill: false } } : { incident: incident.value }), facts: facts(),
    }),
    label: t('onsite.confirm_write'),
    done: (answered) => {
      const [answer] = answered.answers.slice(-1);
      return t('onsite.confirmed_note', { name: answered.incident?.name ?? '', numbers: (answer?.entries ?? []).join('、') });
    },
  });
}
