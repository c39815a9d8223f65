/** Incidents as rows: running, ended, drills. Up and down walk through them, a click or Enter opens one. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { drillMark } from '../drill.js';
import { shortPlanTitle } from '../plan_links.js';
import { TABS, byTab, searched } from './tabs.js';

/** @typedef {import('../../log').IncidentSummary} IncidentSummary */
/** @typedef {import('./tabs.js').Tab} Tab */

/** Incidents from which on one searches rather than reads. */
const MANY = 8;

/**
 * @param {import('../context').PageContext} context
 * @param {(incident: IncidentSummary) => void} onOpen
 */
export function incidentList(context, onOpen) {
  const { words, store } = context;
  const { t, language } = words;
  /** @type {IncidentSummary[]} */
  let incidents = [];
  /** @type {Tab} */
  let shown = 'running';
  const tabs = new Map(TABS.map((key) => [key, tabButton(key)]));
  const tablist = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('incidents') }, ...tabs.values());
  const search = h('input', { type: 'search', placeholder: t('incidents.search'), 'aria-label': t('incidents.search'), hidden: true, 'data-incident-search': '' });
  const pane = h('div', { role: 'tabpanel', id: 'incidents-pane' });
  const element = h('div', { class: 'incident-list' }, tablist, search, pane);

  /** @param {Tab} key */
  function tabButton(key) {
    const button = h('button', { type: 'button', role: 'tab', id: `incidents-${key}`, 'aria-controls': 'incidents-pane', 'data-incidents-tab': key });
    button.addEventListener('click', () => choose(key));
    return button;
  }
  tablist.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    choose(TABS[(TABS.indexOf(shown) + step + TABS.length) % TABS.length]);
    tabs.get(shown)?.focus();
  });
  search.addEventListener('input', showRows);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const rows = /** @type {HTMLElement[]} */ ([...pane.querySelectorAll('.incident-row')]);
    const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0 && event.key === 'ArrowUp') return;
    event.preventDefault();
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (next < 0) (search.hidden ? tabs.get(shown) : search)?.focus();
    else rows[next]?.focus();
  });

  /** @param {Tab} key */
  function choose(key) {
    shown = key;
    search.value = '';
    render();
  }

  function render() {
    const sorted = byTab(incidents);
    for (const [key, button] of tabs) {
      replaceChildren(button, t(`incidents.${key}`), h('span', { class: 'tab-count' }, String(sorted[key].length)));
      button.setAttribute('aria-selected', String(key === shown));
      button.tabIndex = key === shown ? 0 : -1;
    }
    pane.setAttribute('aria-labelledby', `incidents-${shown}`);
    search.hidden = sorted[shown].length <= MANY;
    showRows();
  }

  function showRows() {
    const all = byTab(incidents)[shown];
    const found = search.hidden ? all : searched(all, search.value);
    if (found.length) replaceChildren(pane, h('ul', {}, ...found.map((incident) => h('li', {}, row(incident)))));
    else replaceChildren(pane, h('p', { class: 'empty' }, all.length ? t('incidents.found_none', { text: search.value.trim() }) : t(`incidents.${shown}.empty`)));
  }

  /** @param {IncidentSummary} incident */
  function row(incident) {
    const open = store.get().log.id === incident.id;
    const button = h('button', { type: 'button', class: 'incident-row', 'data-incident': incident.id, 'aria-current': open ? 'true' : null },
      h('span', { class: `level-numeral${incident.level ? '' : ' none'}`, 'aria-hidden': 'true' }, incident.level ?? '—'),
      h('span', { class: 'incident-words' },
        h('span', { class: 'incident-name' }, incident.drill && drillMark(words), h('strong', {}, incident.name)),
        h('span', { class: 'incident-phase' }, phase(incident), ' · ', shortPlanTitle(context, incident.plan), open && h('span', { class: 'open-mark' }, t('incidents.open_now'))),
        h('span', { class: 'facts' }, t('incidents.opened', { at: moment(incident.opened_at, language), by: incident.opened_by }), ' · ',
          t('incidents.written', { at: moment(incident.last_written_at, language), count: incident.length }))));
    button.addEventListener('click', () => onOpen(incident));
    return button;
  }

  /** @param {IncidentSummary} incident */
  function phase({ phase: now, level }) {
    return now === 'responding' && level ? t('decide.running', { level }) : t(`incidents.phase.${now}`);
  }

  return {
    element,
    /** @param {IncidentSummary[]} arrived @param {Tab} [first] the tab to show, where somebody has just written there */
    show(arrived, first) {
      incidents = arrived;
      if (first) shown = first;
      else if (!byTab(incidents)[shown].length) shown = TABS.find((key) => byTab(incidents)[key].length) ?? shown;
      render();
    },
    focus: () => /** @type {HTMLElement | null} */ (pane.querySelector('.incident-row') ?? tabs.get(shown))?.focus(),
  };
}
