/** Before an event: what to guard first, which pairs, what hangs on one element, which reserve is short, how the coal stands. */

import { find, h, replaceChildren } from '../../element.js';
import { exactNumber, moment } from '../../format.js';
import { sign } from '../../icons.js';
import { hasIncident } from '../../state/marks.js';
import { createProtectionRows } from './rows.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../response').ProtectionList} ProtectionList */

const LISTS = /** @type {const} */ (['guard', 'pairs', 'single_feed', 'short_reserve', 'coal']);

/** @param {import('../context').PageContext} context @param {() => void} again asks once more */
export function mountProtection(context, again) {
  const { words, store, actions } = context;
  const { t, language } = words;
  const panel = find('#protection-panel');
  const rows = createProtectionRows(context);
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close') }, sign('close'));
  close.addEventListener('click', () => actions.showProtection(false));
  const tabs = h('div', { class: 'list-tabs', role: 'tablist', 'aria-label': t('protection') });
  const body = h('div', { class: 'protection-body', role: 'tabpanel', tabIndex: 0 });
  const summary = h('div', { class: 'protection-summary', 'aria-live': 'polite' });
  panel.append(h('header', { class: 'panel-head' }, h('h2', {}, t('protection')), close), summary, tabs, body);
  /** @type {typeof LISTS[number]} */
  let shown = 'guard';

  /** @param {ProtectionList} list */
  function drawTabs(list) {
    replaceChildren(tabs, ...LISTS.map((key) => {
      const tab = h('button', { type: 'button', role: 'tab', 'aria-selected': String(key === shown), tabIndex: key === shown ? 0 : -1, 'data-protection-tab': key },
        t(`protection.${key}`), ' ', h('span', { class: 'facts' }, String(list[key].length)));
      tab.addEventListener('click', () => choose(key));
      return tab;
    }));
  }
  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    choose(LISTS[(LISTS.indexOf(shown) + step + LISTS.length) % LISTS.length]);
    /** @type {HTMLElement | null} */ (tabs.querySelector('[aria-selected="true"]'))?.focus();
  });

  /** @param {typeof LISTS[number]} key */
  function choose(key) {
    shown = key;
    actions.select(null);
    body.scrollTop = 0;
    draw(store.get());
  }

  /** @param {PageState} state */
  function draw({ protection: { list, working, failure } }) {
    tabs.hidden = !list;
    panel.setAttribute('aria-busy', String(working));
    if (working) {
      replaceChildren(summary, h('p', { role: 'status' }, t('protection.working')), h('span', { class: 'progress-bar' }));
      return replaceChildren(body);
    }
    if (failure) {
      const retry = h('button', { type: 'button', class: 'secondary-button', 'data-retry': '' }, t('retry'));
      retry.addEventListener('click', again);
      replaceChildren(summary, h('p', { role: 'alert' }, h('strong', {}, t('protection.failed')), ' ', failure.message || t('error.unreachable')), h('p', { class: 'remedy' }, failure.remedy), retry);
      return replaceChildren(body);
    }
    if (!list) return replaceChildren(body);
    replaceChildren(summary, h('p', { 'data-protection-summary': '' }, list.summary),
      h('p', { class: 'source' }, t('protection.basis', { at: moment(list.at, language), hours: list.horizon_hours, count: exactNumber(list.examined) })));
    drawTabs(list);
    const about = h('p', { class: 'note-line' }, t(`protection.${shown}.about`));
    const assumptions = h('details', {}, h('summary', {}, t('assumptions')), h('ul', { class: 'assumptions' }, ...list.assumptions.map(({ text }) => h('li', {}, text))));
    replaceChildren(body, about, list[shown].length ? rows[shown](/** @type {any} */ (list[shown])) : h('p', { class: 'empty' }, t(`protection.${shown}.none`)), assumptions);
    return undefined;
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const open = state.protection.open && !hasIncident(state.marks) && state.levelView === 'closed';
    if (panel.hidden === open) {
      panel.hidden = !open;
      if (open) panel.focus({ preventScroll: true });
    }
    document.body.classList.toggle('with-protection', open);
    if (!before || state.protection !== before.protection) draw(state);
    if (before && (state.hovered !== before.hovered || state.selected !== before.selected)) rows.mark(body, state);
  }
  return { render };
}
