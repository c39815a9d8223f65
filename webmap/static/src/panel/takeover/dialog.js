/** The takeover of a heat supplier that stops (heating plan 4.5.3): who could heat its homes, and naming who does. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { officesHeld } from '../../log/offices.js';
import { RequestFailed, postJson, wasAborted } from '../../request.js';
import { unionOf } from '../../state/areas.js';
import { incidentDocument } from '../../state/marks.js';
import { officeField } from '../decide/fields.js';
import { refusalNote } from '../decide/refusal.js';
import { drillMark } from '../drill.js';
import { formField, problemText } from '../form_field.js';
import { modal } from '../modal.js';
import { takeoverAnswer } from './answer.js';

const LONGEST_REASON = 2000;

/** @param {import('../context').PageContext} context */
export function mountTakeover(context) {
  const { words, store, data, log } = context;
  const { t, language } = words;
  const dialog = modal('#takeover', t('close'));
  const refusal = refusalNote(context);
  const answer = h('div', { 'aria-live': 'polite' });
  /** @type {AbortController | null} */
  let asking = null;
  /** The source that was looked at last: a place on the map is looked at in between. @type {string | undefined} */
  let last;
  answer.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('.cell-button')) dialog.close();
  });

  const sources = () => data.features('network_nodes').map(({ properties }) => properties).filter(({ network, kind }) => network === 'heat' && kind === 'source')
    .map(({ id, name }) => ({ id: String(id), name: String(name) })).sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));

  /** @param {string} id */
  async function ask(id) {
    asking?.abort();
    last = id;
    const control = new AbortController();
    asking = control;
    refusal.clear();
    replaceChildren(answer, h('p', { class: 'facts' }, t('takeover.working')));
    const { marks, hours } = store.get();
    try {
      const body = { incident: incidentDocument({ ...marks, planned: null }, hours, unionOf), stopped: [id] };
      /** @type {import('../../takeover').Takeover} */
      const found = await postJson(`/api/takeovers?lang=${language}`, body, control.signal);
      replaceChildren(answer, h('p', { class: 'facts' }, t('takeover.at', { at: moment(found.at, language) })), takeoverAnswer(context, found, mayName() ? (part) => name(id, part) : null));
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      const { message, remedy, problems } = reason.error;
      const again = h('button', { type: 'button', class: 'text-button' }, t('retry'));
      again.addEventListener('click', () => void ask(id));
      replaceChildren(answer, h('div', { class: 'form-refusal', role: 'alert' }, h('p', {}, h('strong', {}, message || t('error.unreachable', { status: 0 }))),
        ...problems.map((problem) => h('p', {}, problemText(problem, t('sentence_gap')))), remedy && h('p', { class: 'remedy' }, remedy), again));
    }
  }

  /** The viewer's offices that may name who takes over, in an incident of a plan that speaks of it. */
  function offices() {
    const { log: { view }, viewer } = store.get();
    return view && log.canRecord() && view.incident.plan === store.get().marks.plan ? officesHeld(viewer, view.incident.plan, ['commander', 'deputy_commander']) : [];
  }
  const mayName = () => offices().length > 0;

  /** @param {string} stopped @param {import('../../takeover').TakeoverPart} part */
  function name(stopped, part) {
    const by = part.supplier;
    if (!by) return;
    const reason = h('textarea', { rows: 2, maxLength: LONGEST_REASON });
    const field = formField('takeover-reason', t('takeover.reason'), reason, { hint: t('takeover.reason_hint') });
    const office = officeField(words, offices());
    const send = h('button', { type: 'submit', class: 'primary-button', 'data-takeover-send': '' }, t('takeover.send'));
    const back = h('button', { type: 'button', class: 'text-button' }, t('takeover.back'));
    const form = h('form', { class: 'decide-form', noValidate: true },
      h('p', {}, h('strong', {}, t('takeover.about', { supplier: by.name }))), office.element, field.element, refusal.element, h('div', { class: 'form-actions' }, send, back));
    back.addEventListener('click', () => void ask(stopped));
    reason.addEventListener('input', () => field.tell([]));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const said = reason.value.trim();
      field.tell(said ? [] : [t('takeover.reason_missing')]);
      if (!said) reason.focus();
      else void record({ stopped, by: by.id, office: office.value(), reason: said }, send);
    });
    replaceChildren(answer, form);
    reason.focus();
  }

  /** @param {{stopped: string, by: string | null, office: string, reason: string}} said @param {HTMLButtonElement} send */
  async function record(said, send) {
    send.disabled = true;
    refusal.clear();
    const fact = { kind: 'supply_taken_over', happened_at: log.happenedAt(), ...said };
    if (await log.record([fact], t('takeover.done'), { onRefused: refusal.show })) dialog.close();
    send.disabled = false;
  }

  /** What was named and is so still, with the way to end it. */
  function standing() {
    const rows = store.get().log.view?.takeovers ?? [];
    const named = new Map(sources().map(({ id, name: called }) => [id, called]));
    return rows.map((row) => {
      const end = mayName() && h('button', { type: 'button', class: 'text-button' }, t('takeover.end'));
      if (end) end.addEventListener('click', () => void record({ stopped: row.stopped, by: null, office: offices()[0], reason: t('takeover.end_reason') }, end));
      return h('p', { class: 'takeover-standing' }, t('takeover.standing', { at: moment(row.at, language), by: named.get(row.by) ?? row.by, stopped: named.get(row.stopped) ?? row.stopped }), end);
    });
  }

  /** @param {string} [stopped] a heat source */
  function open(stopped = last) {
    const all = sources();
    const choice = h('select', { id: 'takeover-stopped' }, h('option', { value: '' }, t('takeover.choose')), ...all.map(({ id, name: called }) => h('option', { value: id, selected: id === stopped }, called)));
    choice.addEventListener('change', () => (choice.value ? void ask(choice.value) : replaceChildren(answer, empty())));
    dialog.setTitle(Boolean(store.get().log.view?.incident.drill) && drillMark(words), t('takeover.title'));
    refusal.clear();
    replaceChildren(dialog.body, ...standing(), h('div', { class: 'form-field' }, h('label', { htmlFor: 'takeover-stopped' }, t('takeover.stopped')), choice), answer);
    replaceChildren(answer, empty(all.length === 0));
    dialog.open();
    choice.focus();
    if (stopped) void ask(stopped);
  }
  const empty = (none = false) => h('p', { class: 'facts' }, t(none ? 'takeover.no_sources' : 'takeover.first'));
  return { open };
}
