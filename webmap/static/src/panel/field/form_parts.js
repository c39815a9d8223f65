/** What the forms that answer a report have in common. */

import { h, replaceChildren } from '../../element.js';
import { RequestFailed, getJson } from '../../request.js';
import { reportCard } from './card.js';

/** @typedef {import('../../field').FieldReport} FieldReport */

/** The value of 「new incident」 among those that run. */
export const NEW = 'new';

/**
 * @param {import('../context').PageContext} context @param {FieldReport} report
 * @param {{done: (text: string) => void, back: () => void}} ways
 * @param {{fields: (Node | false | null)[], send: () => Promise<FieldReport>, label: string, done: (report: FieldReport) => string}} parts
 */
export function answerForm(context, report, ways, { fields, send, label, done }) {
  const { t } = context.words;
  const failure = h('div', { class: 'record-failure', role: 'alert', hidden: true });
  const submit = h('button', { type: 'submit', class: 'primary-button', 'data-field-send': '' }, label);
  const form = h('form', { class: 'onsite-form' }, h('ol', {}, reportCard(context, { ...report, may: [] }, () => {})), ...fields.filter((field) => field instanceof Node), failure,
    h('div', { class: 'onsite-deeds' }, submit, h('button', { type: 'button', class: 'secondary-button', onclick: ways.back }, t('onsite.back'))));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    failure.hidden = true;
    try {
      const answered = await send();
      ways.done(done(answered));
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      const { message, remedy, problems, status } = reason.error;
      failure.hidden = false;
      replaceChildren(failure, h('p', {}, h('strong', {}, message || t(status ? 'error.server' : 'error.unreachable', { status }))),
        ...problems.map((problem) => h('p', {}, [problem.message, problem.remedy].join('：'))), remedy && h('p', { class: 'remedy' }, remedy));
    } finally {
      submit.disabled = false;
    }
  });
  return form;
}

/**
 * The incident into which it goes: the running ones of the report's plan, of the drill's kind where the report is of one, and a new one.
 * @param {import('../context').PageContext} context @param {FieldReport} report @param {(value: string) => void} onChange told what is chosen
 */
export function incidentChoice({ words: { t, language }, store }, report, onChange) {
  const select = h('select', { id: 'onsite-incident' });
  const here = store.get().log.view?.incident;
  select.addEventListener('change', () => onChange(select.value));
  const option = (/** @type {import('../../field').OpenIncident} */ { id, name, drill }) => h('option', { value: id }, drill ? t('onsite.incident.drill', { name }) : name);
  /** @param {import('../../log').IncidentSummary[]} running */
  const draw = (running) => {
    const wanted = select.value || report.incident?.id || (here?.plan === report.plan ? here.id : '');
    const fitting = running.filter(({ plan, drill, phase, id }) => plan === report.plan && (id === report.incident?.id || (phase !== 'ended' && (!report.incident || drill === report.drill))));
    replaceChildren(select, ...fitting.map(option), ...(report.incident && !fitting.some(({ id }) => id === report.incident?.id) ? [option(report.incident)] : []),
      !report.drill && h('option', { value: NEW }, t('onsite.new_incident')));
    if ([...select.options].some(({ value }) => value === wanted)) select.value = wanted;
    onChange(select.value);
  };
  draw(here ? [{ ...here, phase: store.get().log.view?.phase ?? 'reported', level: null, length: 0, began_at: '', last_written_at: '' }] : []);
  void getJson(`/api/incidents?which=all&lang=${language}`).then(({ incidents }) => draw(incidents)).catch((reason) => {
    if (!(reason instanceof RequestFailed)) throw reason;
  });
  return select;
}
