/** Top bar: how many warnings are in force and the gravest level, what ends soon, what waits for the viewer. Its popover lists them. */

import { find, h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { momentNow } from '../../warnings/on_map.js';
import { endsSoon, grouped } from '../../warnings/state.js';
import { popover } from '../popover.js';
import { awaitsViewer, concerned, createWarningList } from './list.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context */
export function mountWarningBar(context) {
  const { words, store, warnings } = context;
  const { t } = words;
  const bar = find('#warnings-bar');
  const button = find('#warnings-button');
  const menu = find('#warnings-menu');
  const say = warningWords(context);
  const list = createWarningList(context);
  const { close } = popover(button, menu);
  // With an incident open its tab has the list.
  button.addEventListener('click', () => {
    const { log } = store.get();
    if (log.id !== null) {
      close();
      void warnings.open(null);
      store.update({ tab: 'warnings' });
      find('#incident-panel').focus();
    } else showMenu(store.get());
  });
  menu.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-warning]')) close();
  });

  /** @param {PageState} state */
  function groupsOf(state) {
    const now = momentNow(state);
    const { current } = grouped(state.warnings.list, now, state.log.id);
    const mine = state.warnings.list.filter((warning) => (!warning.drill || warning.incident.id === state.log.id) && awaitsViewer(state, warning));
    return { now, current, mine };
  }

  /** In a drill its own are counted apart, each kind with its gravest level. @param {import('../../warnings').WarningSummary[]} current the gravest first */
  function inForceParts(current) {
    const drill = current.filter((warning) => warning.drill);
    const real = current.filter((warning) => !warning.drill);
    const kinds = [{ key: 'warnings.bar_drill', some: drill }, { key: drill.length ? 'warnings.bar_real' : 'warnings.bar', some: real }];
    return kinds.filter(({ some }) => some.length).map(({ key, some }) =>
      h('span', { 'data-bar-current': some.length }, t(key, { count: some.length }), ' ', h('strong', {}, say.level(some[0]))));
  }

  /** @param {PageState} state */
  function showMenu(state) {
    const { now, current, mine } = groupsOf(state);
    const rest = mine.filter((warning) => !current.includes(warning));
    replaceChildren(menu,
      h('h2', {}, t('warnings.in_force_list')),
      current.length ? h('ol', { class: 'warning-rows' }, ...current.map((warning) => list.row(warning, state, now, true))) : h('p', { class: 'facts' }, t('warnings.none_in_force')),
      rest.length > 0 && h('h3', {}, t('warnings.for_you')),
      rest.length > 0 && h('ol', { class: 'warning-rows' }, ...rest.map((warning) => list.row(warning, state, now, true))));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const keys = /** @type {(keyof PageState)[]} */ (['warnings', 'log', 'viewer']);
    if (before && keys.every((key) => state[key] === before[key])) return;
    const { now, current, mine } = groupsOf(state);
    const soon = current.filter((warning) => endsSoon(warning, now) && concerned(state, warning)).length;
    const returned = mine.filter((warning) => awaitsViewer(state, warning) === 'returned').length;
    bar.hidden = !current.length && !mine.length;
    const parts = [
      ...inForceParts(current),
      soon > 0 && h('span', { class: 'bar-urgent', 'data-bar-soon': soon }, t('warnings.bar_soon', { count: soon })),
      mine.length > 0 && h('span', { class: 'bar-urgent', 'data-bar-mine': mine.length },
        t('warnings.bar_mine', { count: mine.length }), returned > 0 && h('span', { 'data-bar-returned': returned }, t('warnings.bar_returned', { count: returned }))),
    ].filter((part) => part !== false);
    const said = parts.map((part) => part.textContent).join(t('list_comma'));
    if (button.getAttribute('aria-label') !== said) {
      replaceChildren(button, sign('alert'), ...parts);
      button.setAttribute('aria-label', said);
    }
    if (!menu.hidden && !bar.hidden) showMenu(state);
  }
  return { render };
}
