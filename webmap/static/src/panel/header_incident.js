/**
 * The top bar's button that says what is looked at: a calculation, which is recorded nowhere, or an incident of the log.
 * Its popover has the plan, the start and how far ahead is looked; in an incident the first two are facts.
 */

import { find, h, replaceChildren } from '../element.js';
import { moment } from '../format.js';
import { sign } from '../icons.js';
import { isoFromLocalField, localFieldValue, roundedStart } from '../state/clock.js';
import { hasIncident } from '../state/marks.js';
import { drillMark } from './drill.js';
import { planLink, shortPlanTitle, showRevision } from './plan_links.js';
import { popover } from './popover.js';

/** @typedef {import('../types').PageState} PageState */

/**
 * @param {import('./context').PageContext} context
 * @param {{openIncidents: () => void, closeIncident: () => void}} commands
 */
export function mountIncidentButton(context, { openIncidents, closeIncident }) {
  const { words, store, catalog, actions, log } = context;
  const { t, language } = words;
  const button = find('#incident-button');
  const editor = find('#incident-editor');
  const leave = find('#leave-incident');
  const { close } = popover(button, editor);
  leave.append(t('incidents.leave'));
  leave.addEventListener('click', () => {
    log.leave();
    button.focus();
  });

  const plan = h('select', { id: 'plan-field' }, ...catalog.plans.map(({ key, title }) => h('option', { value: key }, words.titleOf(title))));
  const at = h('input', { type: 'datetime-local', id: 'time-field', required: true });
  const now = h('button', { type: 'button', class: 'text-button' }, t('editor.now'));
  const horizon = h('input', { type: 'number', id: 'horizon-field', min: '1', max: '720', step: 'any', 'aria-describedby': 'horizon-wrong' });
  const wrong = h('p', { id: 'horizon-wrong', class: 'field-wrong', role: 'alert', hidden: true });
  const planPage = h('span', { class: 'field-row' });
  const revision = h('p', { class: 'revision-note', hidden: true });
  const facts = h('div', { class: 'incident-facts', 'data-incident-facts': '' });
  const calculated = [
    h('label', {}, h('span', {}, t('plan')), plan),
    h('label', {}, h('span', {}, t('editor.at')), h('span', { class: 'field-row' }, at, now)),
  ];
  const list = command('incidents.list', 'list', openIncidents, 'I');
  const after = command('aftermath', 'aftermath', context.aftermath.open, 'E');
  const toTakeOver = command('takeover', 'takeover', () => context.takeover.open());
  const toClose = command('decide.close', 'close', closeIncident);
  const toLeave = command('incidents.leave', 'leave', () => log.leave());
  editor.append(facts, calculated[0], planPage, revision, calculated[1],
    h('label', {}, h('span', {}, t('editor.horizon')), h('span', { class: 'field-row' }, horizon, t('hours'))), wrong,
    h('p', { class: 'source' }, t('editor.zone')), h('div', { class: 'editor-commands' }, list, after, toTakeOver, toClose, toLeave));
  for (const field of [plan, at, horizon]) field.addEventListener('change', apply);
  now.addEventListener('click', () => {
    at.value = localFieldValue(roundedStart(Date.now()));
    apply();
  });

  /** @param {string} key @param {string} name @param {() => void} action @param {string} [hotkey] */
  function command(key, name, action, hotkey) {
    const press = h('button', { type: 'button', class: 'menu-row', 'data-incident-command': name }, h('span', {}, t(key)), hotkey && h('kbd', { 'aria-hidden': 'true' }, hotkey));
    press.addEventListener('click', () => {
      close();
      // A dialog gives the focus back to what had it before: not to a row that is hidden by then.
      button.focus();
      action();
    });
    return press;
  }

  function apply() {
    const iso = isoFromLocalField(at.value);
    const hours = Number(horizon.value);
    const fits = horizon.value !== '' && hours > 0 && hours <= 720;
    const { marks } = store.get();
    wrong.hidden = fits;
    wrong.textContent = fits ? '' : t('editor.horizon_wrong', { hours: marks.horizonHours });
    horizon.setAttribute('aria-invalid', String(!fits));
    const horizonHours = fits ? hours : marks.horizonHours;
    // In an incident the plan and the start are what the log says.
    if (store.get().log.id !== null) actions.setHeader({ plan: marks.plan, at: marks.at, horizonHours });
    else if (iso) actions.setHeader({ plan: plan.value, at: iso, horizonHours });
  }

  /** @param {PageState} state */
  function showButton({ marks, log: { id, view } }) {
    button.classList.toggle('running', id !== null || hasIncident(marks));
    button.classList.toggle('recorded', id !== null);
    if (id === null) {
      replaceChildren(button, h('span', { class: 'calculation-mark' }, t('incidents.calculation'), h('span', {}, t('incidents.not_recorded'))), h('span', { class: 'incident-plan' }, shortPlanTitle(context, marks.plan)),
        h('strong', {}, moment(marks.at, language)), sign('down'));
      button.title = t('incidents.calculation_about');
      button.setAttribute('aria-label', t('editor'));
    } else {
      const name = view?.incident.name ?? t('incidents.loading');
      replaceChildren(button, view?.incident.drill && drillMark(words), h('strong', { class: 'incident-title' }, name), sign('down'));
      button.title = name;
      button.setAttribute('aria-label', view?.incident.drill ? `${t('incidents.drill')} ${name}` : name);
    }
  }

  /** @param {PageState} state */
  function showFacts({ log: { id, view } }) {
    for (const part of calculated) part.hidden = id !== null;
    leave.hidden = id === null;
    after.hidden = id === null;
    toLeave.hidden = id === null;
    toClose.hidden = !(view?.may.record && view.phase === 'reported');
    if (id === null || !view) {
      replaceChildren(facts, id === null && h('p', { class: 'facts' }, t('incidents.calculation_about')));
      return;
    }
    const { incident } = view;
    const rows = /** @type {[string, string][]} */ ([
      [t('incidents.kind'), t(incident.drill ? 'incidents.kind.drill' : 'incidents.kind.real')], [t('plan'), shortPlanTitle(context, incident.plan)],
      [t('incidents.began'), moment(view.began_at, language)], [t('incidents.opened_label'), `${moment(incident.opened_at, language)} ${incident.opened_by}`],
      [t('incidents.entries'), t('incidents.entries_count', { count: view.length })]]);
    replaceChildren(facts, h('p', { class: 'incident-name' }, incident.drill && drillMark(words), h('strong', {}, incident.name)),
      h('dl', {}, ...rows.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)])));
  }

  /** @param {PageState} state */
  function showFields({ marks }) {
    toTakeOver.hidden = !catalog.plans.find(({ key }) => key === marks.plan)?.takeover;
    for (const [field, value] of /** @type {[HTMLInputElement | HTMLSelectElement, string][]} */ ([[plan, marks.plan], [at, localFieldValue(marks.at)], [horizon, String(marks.horizonHours)]])) {
      // What was typed and not taken stays to be corrected.
      if (field.getAttribute('aria-invalid') !== 'true') field.value = value;
    }
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const marksChanged = !before || state.marks !== before.marks;
    const logChanged = !before || state.log.id !== before.log.id || state.log.view !== before.log.view;
    if (marksChanged || logChanged) showButton(state);
    if (logChanged) showFacts(state);
    if (marksChanged) showFields(state);
    if (!before || state.marks.plan !== before.marks.plan) {
      replaceChildren(planPage, planLink(context, state.marks.plan, t('plan.open'), {}, 'plan-link'));
      void showRevision(context, revision, state.marks.plan);
    }
  }
  return { render };
}
