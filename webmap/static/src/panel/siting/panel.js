/** The workspace of siting: what is asked, the answer, the runs that are kept, two or three of them side by side. */

import { find, h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { mayStudy } from '../../siting/question.js';
import { signInLink } from '../person.js';
import { sidePanel } from '../side_panel.js';
import { mountAnswer } from './answer/answer.js';
import { mountAsk } from './ask/form.js';
import { mountCompare } from './compare.js';
import { mountRuns } from './runs.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../siting').SitingView} SitingView */

/** @type {SitingView[]} */
const TABS = ['ask', 'answer', 'runs'];
const HEIGHTS = ['half', 'full', 'low'];

/** @param {import('../context').PageContext} context */
export function mountSiting(context) {
  const { words: { t }, store, siting } = context;
  const panel = find('#siting-panel');
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), title: t('close'), 'data-siting-close': '' }, sign('close'));
  const handle = h('button', { type: 'button', class: 'siting-handle', 'aria-label': t('siting.sheet') });
  const tabs = h('div', { class: 'list-tabs siting-tabs', role: 'tablist', 'aria-label': t('siting') });
  const body = h('div', { class: 'siting-body' });
  const gate = h('div', { class: 'modal-note siting-gate', hidden: true });
  const parts = { ask: mountAsk(context), answer: mountAnswer(context), runs: mountRuns(context), compare: mountCompare(context) };
  const buttons = new Map(TABS.map((view) => [view, tabOf(view)]));
  tabs.append(...buttons.values());
  body.append(...Object.values(parts).map(({ element }) => element));
  panel.append(handle, h('header', { class: 'panel-head' }, h('h2', {}, t('siting')), close), tabs, gate, body);
  panel.dataset.height = HEIGHTS[0];
  close.addEventListener('click', () => siting.close());
  handle.addEventListener('click', () => { panel.dataset.height = HEIGHTS[(HEIGHTS.indexOf(panel.dataset.height ?? '') + 1) % HEIGHTS.length]; });
  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const offered = TABS.filter((view) => !buttons.get(view)?.disabled);
    const at = offered.indexOf(selectedTab(store.get()));
    const next = offered[(at + step + offered.length) % offered.length];
    siting.show(next);
    buttons.get(next)?.focus();
  });

  /** @param {SitingView} view */
  function tabOf(view) {
    const tab = h('button', { type: 'button', role: 'tab', id: `siting-tab-${view}`, 'data-siting-tab': view }, t(`siting.tab.${view}`));
    tab.addEventListener('click', () => siting.show(view));
    return tab;
  }

  /** @param {PageState} state */
  function showGate(state) {
    const { viewer } = state;
    const allowed = mayStudy(state);
    gate.hidden = allowed;
    body.hidden = tabs.hidden = !allowed;
    if (allowed) return;
    if (!viewer) replaceChildren(gate, h('p', { role: 'status' }, t('siting.gate.waiting')));
    else if (!viewer.person) replaceChildren(gate, h('p', {}, h('strong', {}, t('siting.gate.about'))), h('p', {}, t('siting.gate.sign_in')), signInLink(context, 'primary-button'));
    else replaceChildren(gate, h('p', {}, h('strong', {}, t('siting.gate.about'))), h('p', {}, t('siting.gate.no_right')), h('p', { class: 'facts' }, t('siting.gate.no_right_remedy')));
  }

  /** @param {PageState} state */
  function showTabs({ siting: { view, shown, runs } }) {
    const selected = view === 'compare' ? 'runs' : view;
    for (const [key, tab] of buttons) {
      tab.setAttribute('aria-selected', String(key === selected));
      tab.tabIndex = key === selected ? 0 : -1;
      tab.disabled = key === 'answer' && !shown.length;
      if (key === 'runs') replaceChildren(tab, t('siting.tab.runs'), runs && h('span', { class: 'facts' }, ` ${runs.length}`));
    }
    for (const [key, part] of Object.entries(parts)) part.element.hidden = key !== view;
  }

  const setOpen = sidePanel(panel, 'with-siting');

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const { open } = state.siting;
    // After the others have drawn what is now.
    if (open && before?.siting.open && asksElsewhere(state, before)) return queueMicrotask(siting.close);
    parts.ask.release(state);
    setOpen(open);
    document.body.classList.toggle('siting-picking', open && context.mapTask.current !== null && state.mode !== 'none');
    if (!open) return undefined;
    /** @param {(keyof PageState)[]} keys */
    const changed = (...keys) => !before || !before.siting.open || keys.some((key) => state[key] !== before[key]);
    if (changed('viewer', 'marks')) showGate(state);
    if (changed('siting')) showTabs(state);
    if (before && state.siting.view !== before.siting.view) body.scrollTop = 0;
    if (mayStudy(state)) parts[state.siting.view].render(state, changed, before);
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

/** @param {PageState} state */
const selectedTab = ({ siting: { view } }) => (view === 'compare' ? 'runs' : view);
