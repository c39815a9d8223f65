/** After the event: what an incident cost, how the response kept to the plan, its reports and files. Stands in the incident's place. */

import { find, h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { askedOf } from '../../aftermath/asked.js';
import { afterShown } from '../../aftermath/state.js';
import { drillMark } from '../drill.js';
import { sidePanel } from '../side_panel.js';
import { AFTERMATH_TABS } from './tabs.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../aftermath').AftermathTab} AftermathTab */

const HEIGHTS = ['half', 'full', 'low'];

/** @param {import('../context').PageContext} context */
export function mountAftermath(context) {
  const { words: { t, language }, words, store, aftermath } = context;
  const panel = find('#aftermath-panel');
  const back = h('button', { type: 'button', class: 'text-button aftermath-back', 'data-aftermath-back': '', 'aria-label': t('aftermath.back') }, sign('left'), h('span', {}, t('aftermath.back')));
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), title: t('close'), 'data-aftermath-close': '' }, sign('close'));
  const handle = h('button', { type: 'button', class: 'siting-handle', 'aria-label': t('siting.sheet') });
  const name = h('p', { class: 'aftermath-incident' });
  const tabs = h('div', { class: 'list-tabs aftermath-tabs', role: 'tablist', 'aria-label': t('aftermath') });
  const body = h('div', { class: 'aftermath-body' });
  const entries = AFTERMATH_TABS.map((module) => entryOf(module));
  tabs.append(...entries.map(({ tab }) => tab));
  body.append(...entries.map(({ pane }) => pane));
  panel.append(handle, h('header', { class: 'panel-head' }, back, h('h2', {}, t('aftermath')), close), name, tabs, body);
  panel.dataset.height = HEIGHTS[0];
  for (const button of [back, close]) button.addEventListener('click', () => leave());
  handle.addEventListener('click', () => { panel.dataset.height = HEIGHTS[(HEIGHTS.indexOf(panel.dataset.height ?? '') + 1) % HEIGHTS.length]; });
  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = entries.findIndex(({ key }) => key === tabOf(store.get()));
    const next = entries[(at + step + entries.length) % entries.length];
    aftermath.show(next.key);
    next.tab.focus();
  });

  /** @param {import('./tabs.js').AftermathTabModule} module */
  function entryOf({ key, mount }) {
    const tab = h('button', { type: 'button', role: 'tab', id: `aftermath-tab-${key}`, 'aria-controls': `aftermath-pane-${key}`, 'data-aftermath-tab': key }, t(`aftermath.tab.${key}`));
    const pane = h('div', { role: 'tabpanel', id: `aftermath-pane-${key}`, 'aria-labelledby': tab.id, class: `aftermath-pane aftermath-${key}`, hidden: true });
    tab.addEventListener('click', () => aftermath.show(key));
    /** @type {import('./tabs.js').AftermathPart | null} */
    let part = null;
    return {
      key, tab, pane,
      part() {
        part ??= mount(context, pane);
        return part;
      },
    };
  }

  /** Tabs of a link that are not there are the first. @param {PageState} state @returns {AftermathTab} */
  function tabOf(state) {
    return (entries.find(({ key }) => key === state.aftermath.tab) ?? entries[0]).key;
  }

  function leave() {
    aftermath.close();
    find('#incident-panel').focus({ preventScroll: true });
  }

  /** Which incident it is, whether a drill, and from when it is looked back at it. @param {PageState} state */
  function showName(state) {
    const incident = state.log.view?.incident;
    const asked = askedOf(state);
    const at = asked?.at && t(asked.known === null ? 'aftermath.as_of' : 'aftermath.as_known', { at: moment(asked.at, language), number: asked.known ?? '' });
    replaceChildren(name, incident?.drill && drillMark(words), h('strong', {}, incident?.name ?? t('incidents.loading')), at && h('span', { class: 'facts' }, at));
  }

  const setOpen = sidePanel(panel, 'with-aftermath');

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const open = afterShown(state);
    // After the others have drawn what is now.
    if (open && before && afterShown(before) && asksElsewhere(state, before)) return queueMicrotask(aftermath.close);
    const wasOpen = !panel.hidden;
    setOpen(open);
    if (!open) return undefined;
    if (!before || !wasOpen || state.log !== before.log || state.hours !== before.hours) showName(state);
    const selected = tabOf(state);
    for (const { key, tab, pane, part } of entries) {
      const shown = key === selected;
      const came = shown && (pane.hidden || !wasOpen);
      tab.setAttribute('aria-selected', String(shown));
      tab.tabIndex = shown ? 0 : -1;
      pane.hidden = !shown;
      if (came) body.scrollTop = 0;
      if (shown) part().render(state, came ? null : before);
    }
    return undefined;
  }
  return { render };
}

/** Whether something was asked for that stands in the panel which this one covers. @param {PageState} state @param {PageState} before */
function asksElsewhere(state, before) {
  const { levelView, ordering, tab, warnings, protection } = state;
  return levelView !== before.levelView || ordering !== before.ordering || (tab !== before.tab && tab === 'warnings')
    || (warnings.open !== null && warnings.open !== before.warnings.open) || (protection.open && !before.protection.open);
}
