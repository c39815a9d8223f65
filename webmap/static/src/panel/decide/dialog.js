/** A decision before it is taken: what is recommended, as whom, since when, why, and what the plan says of it. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { RequestFailed, wasAborted } from '../../request.js';
import { drillMark } from '../drill.js';
import { formField, problemText } from '../form_field.js';
import { modal } from '../modal.js';
import { planLink } from '../plan_links.js';
import { unreachedNote } from '../unreached.js';
import { needsReason } from './choices.js';
import { officeField, timeField } from './fields.js';
import { planText } from './plan_texts.js';
import { afterFailure, knownThen, recommendedAt } from './recommendation.js';
import { refusalNote } from './refusal.js';
import { decisionWords } from './words.js';

/** @typedef {import('../../log').Decision} Decision */
/** @typedef {import('../../types').LevelResult} LevelResult */

const LONGEST_REASON = 2000;

/** @param {import('../context').PageContext} context */
export function mountDecisionDialog(context) {
  const { words, store, log } = context;
  const { t, language } = words;
  const say = decisionWords(words);
  const dialog = modal('#decide', t('close'));
  const refusal = refusalNote(context);
  const unreached = unreachedNote(context);
  /** What is being decided: null while the dialog is closed. @type {Deciding | null} */
  let current = null;

  /** @param {Decision} decision @param {LevelResult | null} level */
  function open(decision, level) {
    const { view } = store.get().log;
    if (!view) return;
    const now = begun(context, decision, level);
    current = now;
    refusal.clear();
    dialog.setTitle(now.drill && drillMark(words), say.action(decision));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('decide.leave'));
    leave.addEventListener('click', () => dialog.close());
    const form = h('form', { class: 'decide-form', noValidate: true, 'data-deciding': decision.kind },
      now.advice, now.meanwhile, now.office.element, now.time.element, now.reasonWhy, now.reasonField.element, now.plan, refusal.element,
      h('div', { class: 'form-actions' }, now.send, leave));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!now.send.disabled) void submit(now);
    });
    form.addEventListener('change', (event) => {
      if (event.target instanceof Node && now.time.element.contains(event.target)) void askAgain(now);
      show(now);
    });
    now.reason.addEventListener('input', () => now.reason.value.trim() && now.reasonField.tell([]));
    replaceChildren(dialog.body, unreached, form);
    show(now);
    void showPlan(now, view.incident.plan);
    void askAgain(now);
    dialog.open();
    (level && needsReason(decision, level.level) ? now.reason : now.send).focus();
  }
  dialog.element.addEventListener('close', () => {
    current?.control.abort();
    current = null;
  });

  /** @param {Deciding} now */
  function show(now) {
    const { decision, recommended } = now;
    const level = recommended?.level ?? null;
    const unknown = isUnknown(now);
    const other = needsReason(decision, advised(now)) && (now.asked || !unknown);
    const name = level ? t('level.name', { level }) : t(!unknown ? 'decide.recommended_none' : now.asked ? 'decide.recommended_unknown' : 'decide.recommended_asked');
    replaceChildren(now.advice,
      h('p', {}, h('span', { class: 'advice-label' }, t('decide.recommended')), h('strong', { 'data-advised': level ?? '', 'data-advice-unknown': unknown ? '' : null }, name), !now.asked && h('span', { class: 'facts' }, t('decide.asking'))),
      recommended && level && h('p', { class: 'facts' }, recommended.why),
      now.failed && h('p', { class: 'facts', 'data-advice-failed': now.failed.code }, t(unknown ? 'decide.unknown_because' : 'decide.not_asked_anew', { reason: failureWords(now.failed) })));
    now.reasonWhy.hidden = !other;
    replaceChildren(now.reasonWhy, t(unknown ? 'decide.why_unknown' : decision.kind === 'level_ended' ? 'decide.why_ended' : level ? 'decide.why_other' : 'decide.why_none', { level: level ?? '' }));
    now.reason.placeholder = other ? '' : t('decide.reason_optional');
    const office = say.office(now.office.value());
    replaceChildren(now.send, t('decide.confirm', { office, action: say.action(decision) }));
  }

  /** @param {Deciding} now @param {string} plan */
  async function showPlan(now, plan) {
    const text = await planText(plan, now.decision);
    if (!text) return;
    now.plan.open = true;
    replaceChildren(now.plan, h('summary', {}, t(now.decision.kind === 'level_ended' ? 'decide.plan_ending' : 'level.procedure'), ' ', planLink(context, plan, text.clause, { clause: text.clause })),
      h('p', { class: 'wording', lang: 'zh-CN' }, text.text));
  }

  /** What is recommended at the time chosen, from what is recorded by now. @param {Deciding} now */
  async function askAgain(now) {
    const { id } = store.get().log;
    const at = now.time.value();
    if (!id || !at) return;
    now.control.abort();
    now.control = new AbortController();
    now.asked = false;
    try {
      [now.recommended, now.failed] = [await recommendedAt(id, at, language, now.control.signal, knownThen(store.get().log, at)), null];
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      Object.assign(now, afterFailure(now.recommended, reason.error));
    }
    now.asked = true;
    if (current === now) show(now);
  }

  /** What the server says of a failure, in one line. @param {import('../../types').PageError} error */
  const failureWords = ({ message, problems, status }) =>
    [message || t(status ? 'error.server' : 'error.unreachable', { status }), ...problems.map((problem) => problemText(problem, t('sentence_gap')))].join(t('sentence_gap'));

  /** A recommendation that nobody knows of is left to the server. @param {Deciding} now @returns {import('../../log').NewFact} */
  function fact(now) {
    const { decision, recommended, reason, office, time } = now;
    const said = reason.value.trim();
    return {
      kind: decision.kind, happened_at: time.value() ?? log.happenedAt(), office: office.value(),
      ...(decision.kind !== 'level_ended' && { level: decision.level, ...(!isUnknown(now) && { recommended: recommended?.level ?? null }) }), ...(said && { reason: said }),
    };
  }

  /** @param {Deciding} now */
  async function submit(now) {
    refusal.clear();
    const needed = needsReason(now.decision, advised(now)) && !now.reason.value.trim();
    now.reasonField.tell(needed ? [t('decide.reason_missing')] : []);
    if (!now.time.check() || needed) {
      if (needed) now.reason.focus();
      return;
    }
    now.send.disabled = true;
    const label = t(`decide.done.${now.decision.kind}`, { level: now.decision.level ?? '' });
    const remedy = t('decide.taken_back', { office: say.office(now.office.value()) });
    const stored = await log.record([fact(now)], label, { expected: now.seen, undoable: false, remedy, onRefused: (error) => void refused(now, error) });
    now.send.disabled = false;
    if (stored && current === now) dialog.close();
  }

  /** What stands in the way is said here, what was typed stays. @param {Deciding} now @param {import('../../types').PageError} error */
  async function refused(now, error) {
    if (current !== now) return;
    refusal.show(error);
    if (error.code === 'written_meanwhile') now.seen = error.length ?? now.seen;
    // Whatever it was, the picture may be another than the one decided on.
    if (error.status) await askAgain(now);
  }

  /** What others write while somebody decides is shown, so that nobody decides on an old picture. @param {import('../../types').PageState} state */
  function render({ log: { entries, view } }) {
    if (!current || !view || view.length <= current.seen) return;
    const since = current.seen;
    current.seen = view.length;
    const written = entries.filter(({ number }) => number > since);
    current.meanwhile.hidden = false;
    current.meanwhile.append(...(current.meanwhile.childElementCount ? [] : [h('strong', {}, t('decide.meanwhile'))]),
      ...written.map(({ said, happened_at: at, author }) => h('p', {}, `${moment(at, language)} ${author} ${said}`)));
    void askAgain(current);
  }

  return { open, render };
}

/**
 * A decision being made: what is shown of it and what was seen of the log by then.
 * @param {import('../context').PageContext} context @param {Decision} decision
 * @param {LevelResult | null} level as the page shows it, until the server has been asked
 */
function begun(context, decision, level) {
  const { words, store } = context;
  const { t } = words;
  const { view } = store.get().log;
  const reason = h('textarea', { rows: 2, maxLength: LONGEST_REASON });
  return {
    decision, recommended: level, failed: /** @type {import('../../types').PageError | null} */ (null), asked: false, seen: view?.length ?? 0, drill: view?.incident.drill ?? false,
    office: officeField(words, decision.mine), time: timeField(context, view?.incident.drill ?? false), reason,
    reasonField: formField('decide-reason', t('decide.reason'), reason),
    advice: h('div', { class: 'decide-advice', role: 'status' }), meanwhile: h('div', { class: 'decide-meanwhile', role: 'status', hidden: true }),
    reasonWhy: h('p', { class: 'decide-why' }), plan: h('details', { class: 'decide-plan' }),
    send: h('button', { type: 'submit', class: 'primary-button', 'data-decide-confirm': '' }),
    control: new AbortController(),
  };
}

/** @typedef {ReturnType<typeof begun>} Deciding */

/** Whether nobody knows what is recommended: that is another thing than that nothing is. @param {Deciding} now */
const isUnknown = ({ recommended }) => recommended === null;

/** The level recommended, null for none, undefined where nobody knows. @param {Deciding} now */
const advised = ({ recommended }) => (recommended === null ? undefined : recommended.level);
