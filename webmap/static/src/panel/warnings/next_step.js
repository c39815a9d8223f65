/** What comes next of a warning: one step stands out for who may take it; others are told whose turn it is, and why. */

import { h, replaceChildren } from '../../element.js';
import { needsApproval, nextStep } from '../../warnings/state.js';
import { planLink } from '../plan_links.js';
import { actionsOf } from './plan_words.js';
import { concerned } from './list.js';
import { createStepForm } from './step_form.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../warnings').Warning} Warning */
/** @typedef {import('../../warnings').StepChoice} StepChoice */

/** Reminders about the version in preparation; the others are about what is in force. */
export const OF_PENDING = ['log_went_on', 'place_unnamed', 'data_changed', 'waiting_submitted', 'waiting_approved', 'waits_submitted', 'waits_approved', 'returned'];
/** Said already by whose turn it is. */
const KNOWN = ['waits_submitted', 'waits_approved', 'returned'];

/** @param {import('../context').PageContext} context */
export function createNextStep(context) {
  const { words: { t }, warnings } = context;
  const say = warningWords(context);
  const told = h('div', { class: 'next-told' });
  const buttons = h('div', { class: 'warning-buttons' });
  const why = h('div', {});
  const action = h('div', {});
  const form = createStepForm(context);
  const element = h('section', { class: 'warning-next', hidden: true, 'aria-label': t('warnings.next') }, told, buttons, form.element, action, why);

  /** What a step is called here. @param {StepChoice} choice @param {Warning} warning */
  const called = ({ kind }, { may, in_force: inForce, pending }) =>
    (kind === 'submitted' && !needsApproval(may) ? t('warnings.do.submitted_plain') : say.action(kind, inForce !== null && !pending));

  /** @param {StepChoice} choice @param {Warning} warning @param {boolean} primary */
  function button(choice, warning, primary) {
    const label = called(choice, warning);
    const press = h('button', { type: 'button', class: primary ? 'primary-button' : 'secondary-button', 'data-step': choice.kind }, label);
    press.addEventListener('click', () => {
      if (choice.kind === 'revised') warnings.draft(warning);
      else form.open(choice, warning, label);
    });
    return press;
  }

  /** The plan's words for a step that the viewer may not take; said once where two rest on the same. @param {StepChoice} choice @param {Warning} warning @param {boolean} quoted */
  function refusal(choice, warning, quoted) {
    const { kind, refusal: refused } = choice;
    if (!refused) return null;
    return h('li', { 'data-refused-step': kind },
      h('strong', {}, called(choice, warning)), ' ', h('span', {}, refused.message), refused.remedy && h('span', { class: 'remedy' }, refused.remedy),
      quoted && refused.quotation && h('blockquote', { class: 'wording', lang: 'zh-CN' }, refused.clause && planLink(context, warning.plan, refused.clause, { clause: refused.clause }, 'clause-before'), refused.quotation));
  }

  /** Whose turn it is; why not the viewer's stands below. @param {StepChoice | null} next @param {Warning} warning @param {boolean} rights */
  function turn(next, warning, rights) {
    if (!warning.pending || !next) return null;
    const clause = next.refusal?.clause;
    const yours = next.allowed && rights;
    // What keeps a draft from going on is said at once.
    const stuck = rights && next.refusal && ['draft', 'returned'].includes(warning.pending.status);
    return h('div', { class: 'next-turn', 'data-turn': next.kind, 'data-yours': String(yours) },
      h('p', {}, h('strong', {}, t('warnings.version', { version: warning.pending.version }), ' · ', yours ? t(`warnings.yours.${next.kind}`) : say.turn(next, warning.pending.status_title)),
        clause && planLink(context, warning.plan, clause, { clause })),
      stuck && h('p', {}, next.refusal?.message, ' ', h('span', { class: 'remedy' }, next.refusal?.remedy ?? '')));
  }

  /** @param {PageState} state @param {Warning} warning */
  function show(state, warning) {
    const rights = concerned(state, warning);
    const { next, others } = nextStep(warning, warning.may);
    const shown = [next, ...others].filter((choice) => choice !== null);
    const may = rights ? shown.filter(({ allowed }) => allowed) : [];
    const refused = rights ? shown.filter(({ allowed, refusal: reason }) => !allowed && reason) : [];
    const returned = warning.pending?.status === 'returned' ? warning.steps.findLast(({ kind }) => kind === 'returned') : null;
    const notes = warning.reminders.filter(({ code }) => OF_PENDING.includes(code) && !KNOWN.includes(code)).map(({ code, text }) => h('p', { class: 'essentials-since', 'data-reminder': code }, text));
    replaceChildren(told, turn(next, warning, rights), returned?.remarks && h('blockquote', { 'data-returned': '' }, returned.remarks, ' ', h('span', { class: 'facts' }, returned.by)), ...(rights ? notes : []));
    const held = element.contains(document.activeElement) ? document.activeElement?.getAttribute('data-step') : null;
    // What keeps a draft from going on is mended by changing it.
    const leading = next?.allowed ? next : warning.pending?.status === 'draft' ? may.find(({ kind }) => kind === 'revised') : null;
    replaceChildren(buttons, ...may.map((choice) => button(choice, warning, choice === leading)));
    const open = why.querySelector('details')?.open ?? false;
    replaceChildren(why, refused.length > 0 && h('details', { class: 'warning-more', open }, h('summary', {}, t('warnings.not_yours', { count: refused.length })),
      h('ul', { class: 'refused-steps' }, ...refused.map((choice, index) => refusal(choice, warning, !refused.slice(0, index).some((other) => other.refusal?.quotation === choice.refusal?.quotation))))));
    if (held) /** @type {HTMLElement | null} */ (buttons.querySelector(`[data-step="${held}"]`))?.focus({ preventScroll: true });
    void quoteAction(warning, may.some(({ kind }) => ['approved', 'issued'].includes(kind)));
    element.hidden = !told.childElementCount && !may.length && !refused.length;
  }

  /** Who approves or issues reads what the plan's units then do. @param {Warning} warning @param {boolean} decides */
  async function quoteAction({ id, plan, pending, versions }, decides) {
    const level = versions.find(({ version }) => version === pending?.version)?.content.level;
    const of = decides && level ? `${id} ${level}` : '';
    if (action.dataset.of === of) return;
    action.dataset.of = of;
    replaceChildren(action);
    const said = of && level ? await actionsOf(plan, level) : [];
    if (!said.length || action.dataset.of !== of) return;
    replaceChildren(action, h('details', { class: 'warning-more', 'data-warning-action': '' }, h('summary', {}, t('warnings.action')),
      ...said.map(({ clause, text }) => h('blockquote', { class: 'wording', lang: 'zh-CN' }, planLink(context, plan, clause, { clause }, 'clause-before'), text))));
  }

  /** @type {unknown[]} */
  let drawn = [];
  return {
    element,
    close: form.close,
    /** @param {PageState} state @param {Warning} warning @param {string} now */
    render(state, warning, now) {
      const seen = [warning, state.viewer, state.log.known];
      if (seen.some((part, index) => part !== drawn[index])) show(state, warning);
      drawn = seen;
      form.render(warning, now);
      for (const part of [told, buttons]) part.hidden = form.isOpen();
    },
  };
}
