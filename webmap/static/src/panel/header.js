/** Top bar: product, incident with its clock, search and the page's own settings. */

import { find, h, replaceChildren } from '../element.js';
import { moment } from '../format.js';
import { sign } from '../icons.js';
import { isoFromLocalField, localFieldValue, roundedStart } from '../state/clock.js';
import { hasIncident } from '../state/marks.js';
import { copyLink } from './exports.js';
import { planLink, shortPlanTitle, showRevision } from './plan_links.js';

/** @typedef {import('../types').PageState} PageState */

/**
 * @param {import('./context').PageContext} context
 * @param {{openSearch: () => void, openHelp: () => void, setLanguage: () => void}} commands
 */
export function mountHeader(context, commands) {
  const { words, store, catalog, actions } = context;
  const { t, language } = words;
  const incident = find('#incident-button');
  const editor = find('#incident-editor');
  const menu = find('#page-menu');
  const menuButton = find('#menu-button');
  find('#search-button').append(sign('search'), h('span', {}, t('search')), h('kbd', { 'aria-hidden': 'true' }, '/'));
  find('#search-button').addEventListener('click', commands.openSearch);
  find('#layers-toggle').append(sign('layers'), h('span', {}, t('layers')));
  menuButton.append(sign('more'));
  const level = find('#level-button');
  level.addEventListener('click', () => {
    actions.showLevel(store.get().levelView === 'clauses' ? 'closed' : 'clauses');
    find('#incident-panel').focus();
  });
  const planPage = h('span', { class: 'field-row' });
  const revision = h('p', { class: 'revision-note', hidden: true });
  popover(incident, editor);
  popover(menuButton, menu);
  mountEditor();

  const theme = h('select', { 'data-theme-choice': '' }, ...['system', 'light', 'dark'].map((key) => h('option', { value: key }, t(`theme.${key}`))));
  theme.addEventListener('change', () => store.update({ theme: /** @type {any} */ (theme.value) }));
  const wall = h('input', { type: 'checkbox', 'data-wall': '' });
  wall.addEventListener('change', () => store.update({ wall: wall.checked }));
  menu.append(
    menuItem(t('language.other'), 'language', commands.setLanguage),
    h('label', { class: 'menu-row' }, t('theme'), theme),
    h('label', { class: 'menu-row' }, t('wall'), wall),
    menuItem(t('protection'), 'protection', () => actions.showProtection(true)),
    menuItem(t('share'), 'share', () => void copyLink(context)),
    menuItem(t('help'), 'help', commands.openHelp, '?'));

  /** @param {string} label @param {string} name @param {() => void} action @param {string} [key] */
  function menuItem(label, name, action, key) {
    const button = h('button', { type: 'button', class: 'menu-row', 'data-menu': name }, label, key && h('kbd', { 'aria-hidden': 'true' }, key));
    button.addEventListener('click', () => {
      menu.hidden = true;
      menuButton.setAttribute('aria-expanded', 'false');
      action();
    });
    return button;
  }

  function mountEditor() {
    const plan = h('select', { id: 'plan-field' }, ...catalog.plans.map(({ key, title }) => h('option', { value: key }, words.titleOf(title))));
    const at = h('input', { type: 'datetime-local', id: 'time-field', required: true });
    const now = h('button', { type: 'button', class: 'text-button' }, t('editor.now'));
    const horizon = h('input', { type: 'number', id: 'horizon-field', min: '1', max: '720', step: 'any', 'aria-describedby': 'horizon-wrong' });
    const wrong = h('p', { id: 'horizon-wrong', class: 'field-wrong', role: 'alert', hidden: true });
    const apply = () => {
      const iso = isoFromLocalField(at.value);
      const hours = Number(horizon.value);
      const fits = horizon.value !== '' && hours > 0 && hours <= 720;
      const { horizonHours } = store.get().marks;
      wrong.hidden = fits;
      wrong.textContent = fits ? '' : t('editor.horizon_wrong', { hours: horizonHours });
      horizon.setAttribute('aria-invalid', String(!fits));
      if (iso) actions.setHeader({ plan: plan.value, at: iso, horizonHours: fits ? hours : horizonHours });
    };
    for (const field of [plan, at, horizon]) field.addEventListener('change', apply);
    now.addEventListener('click', () => {
      at.value = localFieldValue(roundedStart(Date.now()));
      apply();
    });
    editor.append(
      h('label', {}, h('span', {}, t('plan')), plan),
      planPage, revision,
      h('label', {}, h('span', {}, t('editor.at')), h('span', { class: 'field-row' }, at, now)),
      h('label', {}, h('span', {}, t('editor.horizon')), h('span', { class: 'field-row' }, horizon, t('hours'))), wrong,
      h('p', { class: 'source' }, t('editor.zone')));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    if (!before || state.marks !== before.marks) {
      const title = shortPlanTitle(context, state.marks.plan);
      replaceChildren(incident, sign('clock'), h('span', { class: 'incident-plan' }, title), h('strong', {}, moment(state.marks.at, language)), sign('down'));
      incident.classList.toggle('running', hasIncident(state.marks));
      if (state.marks.plan !== before?.marks.plan) {
        replaceChildren(planPage, planLink(context, state.marks.plan, t('plan.open'), {}, 'plan-link'));
        void showRevision(context, revision, state.marks.plan);
      }
      for (const [id, value] of /** @type {[string, string][]} */ ([['plan-field', state.marks.plan], ['time-field', localFieldValue(state.marks.at)], ['horizon-field', String(state.marks.horizonHours)]])) {
        const field = document.getElementById(id);
        // What was typed and not taken stays to be corrected.
        const kept = field?.getAttribute('aria-invalid') === 'true';
        if (!kept && (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) field.value = value;
      }
    }
    if (!before || state.marks !== before.marks) guard(hasIncident(state.marks));
    if (!before || state.assessment !== before.assessment) showLevel(state.assessment?.level ?? null);
    theme.value = state.theme;
    wall.checked = state.wall;
  }
  /** What to guard before an event is no question during one. @param {boolean} during */
  function guard(during) {
    const item = /** @type {HTMLButtonElement | null} */ (menu.querySelector('[data-menu="protection"]'));
    if (!item) return;
    item.disabled = during;
    replaceChildren(item, h('span', {}, t('protection')), during && h('span', { class: 'menu-reason' }, t('protection.during')));
  }

  /** The level as the top bar has it: the numeral, and that it is a recommendation. @param {import('../types').LevelResult | null} result */
  function showLevel(result) {
    level.hidden = !result;
    if (!result) return;
    replaceChildren(level, result.level && h('strong', {}, result.level), h('span', {}, t(result.level ? 'level.recommended_short' : 'level.none_short')));
    level.setAttribute('aria-label', result.level ? t('level.recommended', { level: result.level }) : t('level.none'));
  }
  return { render };
}

/** A button that opens and closes a small panel. @param {HTMLElement} button @param {HTMLElement} panel */
function popover(button, panel) {
  const set = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => {
    set(panel.hidden);
    if (!panel.hidden) /** @type {HTMLElement | null} */ (panel.querySelector('select, input, button'))?.focus();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    set(false);
    button.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !panel.contains(event.target) && !button.contains(event.target)) set(false);
  });
}
