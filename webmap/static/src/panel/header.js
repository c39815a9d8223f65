/** Top bar: product, what is looked at, the level, search, the person and the page's own settings. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { mayEdit } from '../imports/rights.js';
import { hasIncident } from '../state/marks.js';
import { inForce } from './decide/choices.js';
import { mountDrillFrame } from './drill.js';
import { copyLink } from './exports.js';
import { mountIncidentButton } from './header_incident.js';
import { mountPerson } from './person.js';
import { popover } from './popover.js';

/** @typedef {import('../types').PageState} PageState */

/**
 * @param {import('./context').PageContext} context
 * @param {{openSearch: () => void, openHelp: () => void, setLanguage: () => void, openIncidents: () => void, closeIncident: () => void, openWall: () => void}} commands
 */
export function mountHeader(context, commands) {
  const { words, store, actions } = context;
  const { t } = words;
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
  const incidents = find('#incidents-button');
  incidents.append(sign('list'), h('span', {}, t('incidents')), h('kbd', { 'aria-hidden': 'true' }, 'I'));
  incidents.addEventListener('click', commands.openIncidents);
  popover(menuButton, menu);

  const theme = h('select', { 'data-theme-choice': '' }, ...['system', 'light', 'dark'].map((key) => h('option', { value: key }, t(`theme.${key}`))));
  theme.addEventListener('change', () => store.update({ theme: /** @type {any} */ (theme.value) }));
  const wall = h('input', { type: 'checkbox', 'data-wall': '' });
  wall.addEventListener('change', () => store.update({ wall: wall.checked }));
  menu.append(
    menuItem(t('language.other'), 'language', commands.setLanguage),
    h('label', { class: 'menu-row' }, t('theme'), theme),
    h('label', { class: 'menu-row' }, t('wall.large'), wall),
    menuItem(t('wall.open'), 'wall', commands.openWall),
    menuItem(t('protection'), 'protection', () => actions.showProtection(true)),
    menuItem(t('siting'), 'siting', context.siting.open, 'S'),
    menuItem(t('data'), 'data', context.imports.open, 'D'),
    menuItem(t('share'), 'share', () => void copyLink(context)),
    menuItem(t('incidents.list'), 'incidents', commands.openIncidents, 'I'),
    menuItem(t('help'), 'help', commands.openHelp, '?'));
  const parts = [mountIncidentButton(context, commands), mountDrillFrame(context), mountPerson(context)];

  /** @param {string} label @param {string} name @param {() => void} action @param {string} [key] */
  function menuItem(label, name, action, key) {
    const button = h('button', { type: 'button', class: 'menu-row', 'data-menu': name }, label, key && h('kbd', { 'aria-hidden': 'true' }, key));
    button.addEventListener('click', () => {
      menu.hidden = true;
      menuButton.setAttribute('aria-expanded', 'false');
      menuButton.focus();
      action();
    });
    return button;
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    for (const part of parts) part.render(state, before);
    if (!before || state.marks !== before.marks) guard(hasIncident(state.marks));
    if (!before || state.viewer !== before.viewer) /** @type {HTMLElement | null} */ (menu.querySelector('[data-menu="data"]'))?.toggleAttribute('hidden', !mayEdit(state));
    if (!before || state.assessment !== before.assessment || state.log.view !== before.log.view) showLevel(state);
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

  /**
   * The level as the top bar has it: the one in force, apart from the one that is recommended where that is another.
   * @param {PageState} state
   */
  function showLevel({ assessment, log: { view } }) {
    const recommended = assessment?.level ?? null;
    const running = view && inForce(view);
    level.hidden = !recommended && !running;
    const said = recommended && (recommended.level ? t('level.recommended', { level: recommended.level }) : t('level.none'));
    const advice = recommended && h('span', { class: 'level-advice' }, t(recommended.level ? 'level.recommended_short' : 'level.none_short'), recommended.level && h('b', {}, recommended.level));
    if (running) {
      replaceChildren(level, h('strong', { 'data-bar-in-force': '' }, running), h('span', {}, t('decide.running_short')), recommended?.level !== running && advice);
      level.setAttribute('aria-label', [t('decide.running', { level: running }), recommended?.level !== running && said].filter(Boolean).join(t('list_comma')));
    } else if (recommended) {
      replaceChildren(level, h('span', {}, t(recommended.level ? 'level.recommended_short' : 'level.none_short')), recommended.level && h('strong', {}, recommended.level));
      level.setAttribute('aria-label', said ?? '');
    }
  }
  return { render };
}
