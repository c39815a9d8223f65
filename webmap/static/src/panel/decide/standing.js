/** What is in force, apart from what is recommended: the level, who set it and why, and the decisions open to the viewer. */

import { h, replaceChildren } from '../../element.js';
import { moment, timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { hasIncident } from '../../state/marks.js';
import { moveInMenu } from '../dock.js';
import { plansFor } from '../incidents/rights.js';
import { arranged, besides, endOf, inForce, toldOf } from './choices.js';
import { decisionWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../log').Decision} Decision */
/** @typedef {import('../../log').IncidentView} IncidentView */

/**
 * @param {import('../context').PageContext} context
 * @param {{decide: (decision: Decision) => void, close: () => void}} commands
 */
export function standing(context, { decide, close }) {
  const { words } = context;
  const { t, language } = words;
  const say = decisionWords(words);
  const element = h('section', { class: 'standing', 'aria-label': t('decide.in_force'), hidden: true, 'data-standing': '' });
  const numeral = h('div', { class: 'level-numeral', 'aria-hidden': 'true', 'data-level-in-force': '' });
  const heading = h('h2', { 'data-standing-heading': '' });
  const by = h('p', { class: 'facts', 'data-standing-by': '' });
  const reason = h('p', { class: 'standing-reason' });
  const above = h('p', { class: 'handover-told', hidden: true, 'data-standing-above': '' });
  const actions = h('div', { class: 'decide-actions' });
  const moreAt = h('div', { class: 'decide-more' });
  const notes = h('div', { class: 'decide-notes', 'data-decide-notes': '' });
  // On a phone one line of each stands there until it is pressed.
  notes.addEventListener('click', () => notes.classList.toggle('unfolded'));
  element.append(numeral, h('div', { class: 'level-words', 'aria-live': 'polite' }, heading, by, above, reason), moreAt, actions, notes);

  /** @param {IncidentView} view @param {import('../../log').LogEntry[]} entries @param {boolean} quiet whether nothing is broken or reported */
  function showLevel(view, entries, quiet) {
    const running = inForce(view);
    const end = endOf(view, entries);
    element.dataset.standing = view.phase;
    numeral.hidden = running === null;
    replaceChildren(numeral, running);
    const ended = end?.kind === 'closed' ? 'decide.closed' : 'decide.ended';
    const waiting = quiet ? 'decide.nothing_yet' : 'decide.not_started';
    replaceChildren(heading, running ? t('decide.running', { level: running }) : t(view.phase === 'ended' ? ended : waiting));
    replaceChildren(by, end ? endWords(view, end) : stepWords(view));
    by.title = view.level ? moment(view.level.at, language) : '';
    by.hidden = !by.textContent;
    const { handover } = view;
    above.hidden = !handover;
    replaceChildren(above, handover && t('command.above', { to: handover.to, at: timeOn(handover.at, view.at, language) }));
    const said = end ? end.fact?.reason : view.level?.reason;
    reason.hidden = !said;
    replaceChildren(reason, typeof said === 'string' && t('decide.reason_said', { reason: said }));
  }

  /** Who set it and when; of a changed level also since when the response runs. @param {IncidentView} view */
  function stepWords({ level, started, at }) {
    if (!level) return '';
    const did = started?.number === level.number ? 'started' : 'changed';
    const step = t(`decide.step.${did}`, { at: timeOn(level.at, at, language), office: say.office(level.office), author: level.author });
    const since = did === 'changed' && started?.level ? t('decide.step.since', { at: timeOn(started.at, at, language), level: started.level }) : '';
    return [step, since].filter(Boolean).join(' · ');
  }

  /** @param {IncidentView} view @param {import('../../log').LogEntry} end */
  function endWords(view, { kind, happened_at: when, author, fact }) {
    const at = timeOn(when, view.at, language);
    const office = typeof fact?.office === 'string' ? say.office(fact.office) : '';
    return t(kind === 'closed' ? 'decide.step.closed' : 'decide.step.ended', { at, author, office });
  }

  /** @param {Decision} decision @param {string} className */
  function button(decision, className) {
    const press = h('button', { type: 'button', class: className, 'data-decision': decision.kind, 'data-decision-level': decision.level ?? '' }, say.action(decision));
    press.addEventListener('click', () => decide(decision));
    return press;
  }

  /** @param {Decision[]} others @param {boolean} closing whether the incident can be closed without a response */
  function more(others, closing) {
    if (!others.length && !closing) return null;
    const open = h('button', { type: 'button', class: 'text-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'data-decide-more': '' }, t('decide.others'), sign('down'));
    const items = others.map((decision) => (decision.mine.length
      ? h('button', { type: 'button', role: 'menuitem', 'data-decision': decision.kind, 'data-decision-level': decision.level ?? '', onclick: () => choose(() => decide(decision)) }, h('strong', {}, say.action(decision)))
      : h('p', { class: 'menu-note' }, say.action(decision), h('span', {}, why(decision)))));
    const close_ = closing && h('button', { type: 'button', role: 'menuitem', 'data-close-incident': '', onclick: () => choose(close) }, h('strong', {}, t('decide.close')), h('span', {}, t('decide.close_about')));
    const menu = h('div', { class: 'menu decide-menu', role: 'menu', 'aria-label': t('decide.others'), hidden: true }, ...items, close_);
    const set = (/** @type {boolean} */ shown) => {
      menu.hidden = !shown;
      open.setAttribute('aria-expanded', String(shown));
      if (shown) menu.querySelector('button')?.focus();
    };
    /** The dialog gives the focus back to what had it: the button that stays, not the item that goes. @param {() => void} action */
    const choose = (action) => {
      set(false);
      open.focus();
      action();
    };
    open.addEventListener('click', () => set(menu.hidden));
    open.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || menu.hidden) return;
      event.stopPropagation();
      set(false);
    });
    menu.addEventListener('keydown', (event) => moveInMenu(event, menu, () => {
      set(false);
      open.focus();
    }));
    return h('div', { class: 'menu-anchor', onfocusout: (/** @type {FocusEvent} */ event) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) set(false);
    } }, open, menu);
  }

  /** The gravest first. @param {string} plan @returns {string[]} */
  const levelsOf = (plan) => context.catalog.plans.find(({ key }) => key === plan)?.levels.map(({ level }) => level) ?? [];

  /** Whose decision it is, or why it is not the viewer's. @param {Decision} decision */
  const why = (decision) => decision.refusal?.message ?? '';

  /** @param {PageState} state @param {IncidentView} view */
  function showDecisions({ assessment, failure, present, viewer }, view) {
    const { first, end, others } = arranged(view, failure ? undefined : assessment?.level.level ?? null);
    const offered = [first, end].filter((decision) => decision !== null);
    const mine = offered.filter((decision) => decision.mine.length > 0);
    const decides = plansFor(viewer, 'decide_level').includes(view.incident.plan);
    const waiting = present ? t('decide.in_what_if') : !view.may.decide && decides ? t('decide.looking_back') : '';
    const closing = view.may.record && view.phase === 'reported';
    // Who has raised a level with a reason is not pressed to lower it again.
    const lower = view.level?.level && first?.level && besides(first.level, view.level.level, levelsOf(view.incident.plan)) === 'lower';
    replaceChildren(actions, ...(waiting ? [] : mine).map((decision) => button(decision, decision === first && !lower ? 'primary-button' : 'secondary-button')));
    replaceChildren(moreAt, !waiting && more(decides ? others : [], closing));
    actions.hidden = !actions.childElementCount;
    replaceChildren(notes, waiting && h('p', { class: 'facts' }, waiting),
      ...(waiting ? [] : toldOf(offered).map((decision) => decision && h('p', { class: 'facts', 'data-not-mine': decision.kind }, why(decision)))));
    notes.hidden = !notes.childElementCount;
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    if (!changed('log', 'viewer', 'assessment', 'failure', 'present', 'marks')) return;
    const { view } = state.log;
    element.hidden = !view;
    if (!view) return;
    const quiet = !hasIncident(state.marks);
    if (shown !== view || wasQuiet !== quiet) showLevel(view, state.log.entries, quiet);
    // A menu or a button under the finger is not made anew while nothing of it changes.
    const key = JSON.stringify([view.decisions, view.may, view.phase, state.assessment?.level.level, state.failure !== null, state.present !== null, state.viewer?.rights]);
    if (key !== decided) showDecisions(state, view);
    shown = view;
    wasQuiet = quiet;
    decided = key;
  }
  /** @type {IncidentView | null} */
  let shown = null;
  let decided = '';
  let wasQuiet = false;
  return { element, render };
}
