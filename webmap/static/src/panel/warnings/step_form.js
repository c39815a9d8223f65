/** The form of a step: what exactly is approved, issued or lifted, as whom, and why. What was typed stays until the step is taken or left. */

import { h, replaceChildren } from '../../element.js';
import { officeField } from '../decide/fields.js';
import { refusalNote } from '../decide/refusal.js';
import { formField } from '../form_field.js';
import { unreachedNote } from '../unreached.js';
import { essentials } from './essentials.js';
import { liftingClause } from './plan_words.js';
import { warningWords } from './words.js';

/** @typedef {import('../../warnings').StepChoice} StepChoice */
/** @typedef {import('../../warnings').Warning} Warning */
/** @typedef {import('../../warnings').WantedStep} WantedStep */
/** @typedef {'remarks' | 'reason' | 'reason_en' | 'to'} TextField */

const LONGEST = 2000;
/** What is asked of each step; `true` must be filled in. @type {Partial<Record<import('../../warnings').StepKind, Partial<Record<TextField, boolean>>>>} */
const FIELDS = {
  approved: { remarks: false }, returned: { remarks: true }, lifted: { reason: true, reason_en: false },
  referred: { to: true, reason: true }, withdrawn: { reason: true },
};
/** Steps of which is shown what they are about. */
const WEIGHTY = ['submitted', 'approved', 'issued'];
/** Steps before which it is asked how things are now. */
const BRIEFED = [...WEIGHTY, 'lifted'];

/** @param {import('../context').PageContext} context */
export function createStepForm(context) {
  const { words, store, warnings, showNote } = context;
  const { t } = words;
  const say = warningWords(context);
  const refusal = refusalNote(context);
  const element = h('div', { class: 'step-form-place', hidden: true });
  /** @type {ReturnType<typeof begun> | null} */
  let current = null;

  /** @param {StepChoice} choice @param {Warning} warning @param {string} action what the step is called */
  function begun(choice, warning, action) {
    const asked = /** @type {[TextField, boolean][]} */ (Object.entries(FIELDS[choice.kind] ?? {}));
    const fields = asked.map(([name, needed]) => {
      const control = name === 'to' ? h('input', { type: 'text', maxLength: 200 }) : h('textarea', { rows: 2, maxLength: LONGEST });
      return { name, needed, control, field: formField(`warning-${choice.kind}-${name}`, t(`warnings.field.${choice.kind}.${name}`), control, needed ? {} : { optional: t('incidents.optional') }) };
    });
    return {
      choice, action, warning: warning.id, seen: warning.length, fields,
      /** @type {import('../../warnings').Briefing | null | undefined} */
      briefing: undefined,
      quoted: /** @type {Node | null} */ (null),
      office: officeField(words, choice.mine), about: h('div', {}), blocked: h('p', { class: 'essentials-since', role: 'status', hidden: true, 'data-step-blocked': '' }), meanwhile: h('div', { class: 'decide-meanwhile', role: 'status', hidden: true }),
      send: h('button', { type: 'submit', class: 'primary-button', 'data-step-confirm': choice.kind }),
    };
  }

  /** @param {StepChoice} choice @param {Warning} warning @param {string} action what the step is called */
  function open(choice, warning, action) {
    const now = begun(choice, warning, action);
    current = now;
    refusal.clear();
    const leave = h('button', { type: 'button', class: 'text-button' }, t('warnings.leave_step'));
    leave.addEventListener('click', () => {
      close();
      store.update({ warnings: { ...store.get().warnings } });
    });
    const head = h('h4', { tabIndex: -1 }, action);
    const form = h('form', { class: 'step-form', noValidate: true, 'data-step-form': choice.kind },
      head, unreachedNote(context), now.about, now.meanwhile,
      choice.mine.length > 0 && now.office.element, ...now.fields.map(({ field }) => field.element),
      h('p', { class: 'facts' }, t(warning.drill && choice.kind === 'issued' ? 'warnings.then.issued_drill' : `warnings.then.${choice.kind}`)),
      refusal.element, now.blocked, h('div', { class: 'step-actions' }, now.send, leave));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!now.send.disabled) void submit(now);
    });
    form.addEventListener('change', () => label(now));
    replaceChildren(element, form);
    element.hidden = false;
    label(now);
    store.update({ warnings: { ...store.get().warnings } });
    if (choice.kind === 'lifted') void quoteLifting(now, warning.plan);
    if (BRIEFED.includes(choice.kind)) void brief(now);
    (now.fields.find(({ needed }) => needed)?.control ?? head).focus({ preventScroll: true });
    element.scrollIntoView({ block: form.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' });
  }

  /** @param {ReturnType<typeof begun>} now */
  function label(now) {
    const office = now.choice.mine.length ? say.office(now.office.value()) : '';
    replaceChildren(now.send, office ? t('decide.confirm', { office, action: now.action }) : now.action);
  }

  /** Who lifts reads what the plan says of it. @param {ReturnType<typeof begun>} now @param {string} plan */
  async function quoteLifting(now, plan) {
    const quoted = await liftingClause(plan);
    if (!quoted || current !== now) return;
    now.quoted = h('blockquote', { class: 'wording', lang: 'zh-CN' }, quoted.text, ' ', h('span', { class: 'facts' }, t('clause', { clause: quoted.clause })));
    tellLifting(now);
  }

  /** To how many it goes, what holds there already, who is still out: as it is now. @param {ReturnType<typeof begun>} now */
  async function brief(now) {
    const briefing = await warnings.briefing(now.warning);
    if (current !== now) return;
    now.briefing = briefing;
    const { detail } = store.get().warnings;
    if (now.choice.kind === 'lifted') tellLifting(now);
    else if (detail?.id === now.warning) replaceChildren(now.about, essentials(context, detail, briefing));
  }

  /** Nothing keeps a warning from being lifted; that somebody is still out is seen before. @param {ReturnType<typeof begun>} now */
  function tellLifting(now) {
    const out = now.briefing === undefined ? null : now.briefing?.lifting;
    const said = now.briefing === undefined ? t('warnings.still_out.asking') : out?.said ?? t('warnings.still_out.unknown');
    const open = now.briefing !== undefined && (!out?.known || out.networks.length > 0);
    replaceChildren(now.about, now.quoted, h('p', { class: open ? 'essentials-since' : 'facts', role: 'status', 'data-still-out': out ? String(out.networks.length) : 'unknown' }, said));
  }

  function close() {
    current = null;
    element.hidden = true;
    replaceChildren(element);
  }

  /** @param {ReturnType<typeof begun>} now @returns {WantedStep | null} null where something is missing, which is said */
  function wanted(now) {
    /** @type {WantedStep} */
    const step = { kind: now.choice.kind };
    if (now.choice.mine.length) step.office = now.office.value();
    let missing = null;
    for (const { name, needed, control, field } of now.fields) {
      const text = control.value.trim();
      field.tell(needed && !text ? [t('warnings.field_missing')] : []);
      if (needed && !text) missing ??= control;
      if (text) step[name] = text;
    }
    missing?.focus();
    return missing ? null : step;
  }

  /** @param {ReturnType<typeof begun>} now */
  async function submit(now) {
    refusal.clear();
    const step = wanted(now);
    if (!step) return;
    now.send.disabled = true;
    const error = await warnings.take(step);
    now.send.disabled = false;
    if (current !== now) return;
    if (error) {
      refusal.show(error);
      return;
    }
    close();
    store.update({ warnings: { ...store.get().warnings } });
    showNote(t(`warnings.done.${now.choice.kind}`));
  }

  /** What others did since the form was opened stands in it: nobody decides on an old picture. @param {Warning} warning @param {string} at */
  function render(warning, at) {
    if (!current) return;
    if (current.warning !== warning.id) {
      close();
      return;
    }
    if (warning.length > current.seen) {
      const since = warning.steps.filter(({ number }) => number > (current?.seen ?? 0));
      current.meanwhile.hidden = false;
      current.meanwhile.append(...(current.meanwhile.childElementCount ? [] : [h('strong', {}, t('warnings.meanwhile'))]), ...since.map((step) => h('p', {}, say.step(step, at))));
      current.seen = warning.length;
      if (BRIEFED.includes(current.choice.kind)) void brief(current);
    }
    const possible = warning.may.find(({ kind }) => kind === current?.choice.kind);
    current.send.disabled = !possible?.allowed;
    current.blocked.hidden = possible?.allowed ?? false;
    replaceChildren(current.blocked, [possible?.refusal?.message, possible?.refusal?.remedy].filter(Boolean).join(t('sentence_gap')));
    if (WEIGHTY.includes(current.choice.kind)) replaceChildren(current.about, essentials(context, warning, current.briefing));
  }

  return { element, open, close, render, isOpen: () => current !== null };
}
