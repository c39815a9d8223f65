/** The panel 「数据」: the layers there are, bringing in files, editing on the map, versions of the data. */

import { find, h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { mayEdit } from '../../imports/rights.js';
import { signInLink } from '../person.js';
import { sidePanel } from '../side_panel.js';
import { mountVersions } from '../versions/versions.js';
import { mountImport } from './import.js';
import { mountLayerList } from './layer_list.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../imports').DataView} DataView */
/** @typedef {{element: HTMLElement, render: (state: PageState, before: PageState | null) => void}} Part */

/** @type {DataView[]} */
const TABS = ['layers', 'import', 'edit', 'versions'];
const HEIGHTS = ['half', 'full', 'low'];

/** @param {import('../context').PageContext} context @param {Part | null} editing the section of drafts */
export function mountData(context, editing) {
  const { words: { t }, store, imports } = context;
  const panel = find('#data-panel');
  const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), title: t('close'), 'data-data-close': '' }, sign('close'));
  const handle = h('button', { type: 'button', class: 'siting-handle', 'aria-label': t('imports.sheet') });
  const tabs = h('div', { class: 'list-tabs siting-tabs', role: 'tablist', 'aria-label': t('data') });
  const body = h('div', { class: 'siting-body data-body' });
  const gate = h('div', { class: 'modal-note siting-gate', hidden: true });
  /** @type {Partial<Record<DataView, Part>>} */
  const parts = { layers: mountLayerList(context), import: mountImport(context), ...(editing ? { edit: editing } : {}), versions: mountVersions(context) };
  const offered = TABS.filter((view) => parts[view]);
  const buttons = new Map(offered.map((view) => [view, tabOf(view)]));
  tabs.append(...buttons.values());
  body.append(...offered.map((view) => /** @type {Part} */ (parts[view]).element));
  panel.append(handle, h('header', { class: 'panel-head' }, h('h2', {}, t('data')), close), tabs, gate, body);
  panel.dataset.height = HEIGHTS[0];
  close.addEventListener('click', () => imports.close());
  handle.addEventListener('click', () => { panel.dataset.height = HEIGHTS[(HEIGHTS.indexOf(panel.dataset.height ?? '') + 1) % HEIGHTS.length]; });
  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = offered[(offered.indexOf(viewOf(store.get())) + step + offered.length) % offered.length];
    imports.show(next);
    buttons.get(next)?.focus();
  });

  /** @param {DataView} view */
  function tabOf(view) {
    const tab = h('button', { type: 'button', role: 'tab', id: `data-tab-${view}`, 'data-data-tab': view }, t(`data.tab.${view}`));
    tab.addEventListener('click', () => imports.show(view));
    return tab;
  }

  /** @param {PageState} state */
  const viewOf = ({ imports: { view } }) => (offered.includes(view) ? view : 'layers');

  /** @param {PageState} state */
  function showGate(state) {
    const allowed = mayEdit(state);
    gate.hidden = allowed;
    body.hidden = tabs.hidden = !allowed;
    if (allowed) return;
    if (!state.viewer) replaceChildren(gate, h('p', { role: 'status' }, t('siting.gate.waiting')));
    else if (!state.viewer.person) replaceChildren(gate, h('p', {}, h('strong', {}, t('data.gate.about'))), h('p', {}, t('data.gate.sign_in')), signInLink(context, 'primary-button'));
    else replaceChildren(gate, h('p', {}, h('strong', {}, t('data.gate.about'))), h('p', {}, t('data.gate.no_right')), h('p', { class: 'facts' }, t('data.gate.no_right_remedy')));
  }

  /** @param {PageState} state */
  function showTabs(state) {
    const shown = viewOf(state);
    for (const [key, tab] of buttons) {
      tab.setAttribute('aria-selected', String(key === shown));
      tab.tabIndex = key === shown ? 0 : -1;
    }
    for (const key of offered) /** @type {Part} */ (parts[key]).element.hidden = key !== shown;
  }

  const setOpen = sidePanel(panel, 'with-data');

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const { open } = state.imports;
    // After the others have drawn what is now.
    if (open && before?.imports.open && asksElsewhere(state, before)) return queueMicrotask(imports.close);
    setOpen(open);
    if (!open) {
      // Editing may have to let go of the map.
      if (before?.imports.open) parts.edit?.render(state, before);
      return undefined;
    }
    if (!before?.imports.open || state.viewer !== before.viewer) showGate(state);
    if (!before?.imports.open || state.imports.view !== before.imports.view) {
      showTabs(state);
      body.scrollTop = 0;
    }
    if (mayEdit(state)) for (const key of offered) if (key === viewOf(state) || key === 'edit') /** @type {Part} */ (parts[key]).render(state, before);
    return undefined;
  }
  return { render };
}

/** Whether something was asked for that stands in the panel which this one covers. @param {PageState} state @param {PageState} before */
function asksElsewhere(state, before) {
  const { levelView, ordering, tab, warnings, protection, siting, aftermath, film } = state;
  return levelView !== before.levelView || ordering !== before.ordering || (tab !== before.tab && tab === 'warnings')
    || (warnings.open !== null && warnings.open !== before.warnings.open) || (protection.open && !before.protection.open)
    || (siting.open && !before.siting.open) || (aftermath.open && !before.aftermath.open) || (film.open && !before.film.open);
}
