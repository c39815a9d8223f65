/** What comes next of a warning: one step stands out for who may take it; others are told whose turn it is, and why. */

import { h, replaceChildren } from '../../element.js';
import { nextStep } from '../../warnings/state.js';
import { plansFor } from '../incidents/rights.js';
import { planLink } from '../plan_links.js';
import { createStepForm } from './step_form.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../warnings').Warning} Warning */
/** @typedef {import('../../warnings').StepChoice} StepChoice */

/** Rights of those who have to do with warnings; others read. */
const RIGHTS = ['draft_warning', 'issue_warning'];

/** @param {import('../context').PageContext} context */
export function createNextStep(context) {
  const { words, warnings } = context;
  const { t } = words;
  const say = warningWords(context);
  const told = h('div', { class: 'next-told' });
  const buttons = h('div', { class: 'warning-buttons' });
  const why = h('div', {});
  const form = createStepForm(context);
  const element = h('section', { class: 'warning-next', hidden: true, 'aria-label': t('warnings.next') }, told, buttons, form.element, why);

  /** @param {StepChoice} choice @param {Warning} warning @param {boolean} primary */
  function button(choice, warning, primary) {
    const label = say.action(choice.kind, warning.in_force !== null && !warning.pending);
    const press = h('button', { type: 'button', class: primary ? 'primary-button' : 'secondary-button', 'data-step': choice.kind }, label);
    press.addEventListener('click', () => {
      if (choice.kind === 'revised') warnings.draft(warning);
      else form.open(choice, warning);
    });
    return press;
  }

  /** The plan's words for a step that the viewer may not take. @param {StepChoice} choice @param {Warning} warning */
  function refusal({ kind, refusal: refused }, warning) {
    if (!refused) return null;
    return h('li', { 'data-refused-step': kind },
      h('strong', {}, say.action(kind, warning.in_force !== null && !warning.pending)), ' ', h('span', {}, refused.message),
      refused.clause && planLink(context, warning.plan, refused.clause, { clause: refused.clause }),
      refused.remedy && h('span', { class: 'remedy' }, refused.remedy),
      refused.quotation && h('blockquote', { class: 'wording', lang: 'zh-CN' }, refused.quotation));
  }

  /** Whose turn it is, where it is not the viewer's. @param {StepChoice | null} next @param {Warning} warning */
  function turn(next, warning) {
    if (!warning.pending || !next) return null;
    const clause = next.refusal?.clause;
    const yours = next.allowed;
    return h('p', { class: 'next-turn', 'data-turn': next.kind, 'data-yours': String(yours) },
      h('strong', {}, t('warnings.version', { version: warning.pending.version }), ' · ', yours ? t(`warnings.yours.${next.kind}`) : say.turn(next, warning.pending.status_title)),
      clause && planLink(context, warning.plan, clause, { clause }));
  }

  /** @param {PageState} state @param {Warning} warning */
  function show(state, warning) {
    const rights = plansFor(state.viewer, RIGHTS[0]).includes(warning.plan) || plansFor(state.viewer, RIGHTS[1]).includes(warning.plan);
    const { next, others } = nextStep(warning.may);
    const shown = [next, ...others].filter((choice) => choice !== null);
    const may = rights ? shown.filter(({ allowed }) => allowed) : [];
    const refused = rights ? shown.filter(({ allowed, refusal: reason }) => !allowed && reason) : [];
    replaceChildren(told, turn(next, warning));
    const held = element.contains(document.activeElement) ? document.activeElement?.getAttribute('data-step') : null;
    replaceChildren(buttons, ...may.map((choice) => button(choice, warning, choice === next)));
    const open = why.querySelector('details')?.open ?? false;
    replaceChildren(why, refused.length > 0 && h('details', { class: 'warning-more', open }, h('summary', {}, t('warnings.not_yours', { count: refused.length })),
      h('ul', { class: 'refused-steps' }, ...refused.map((choice) => refusal(choice, warning)))));
    if (held) /** @type {HTMLElement | null} */ (buttons.querySelector(`[data-step="${held}"]`))?.focus({ preventScroll: true });
    element.hidden = !told.childElementCount && !may.length && !refused.length;
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
      form.render(state, warning, now);
      buttons.hidden = form.isOpen();
    },
  };
}
