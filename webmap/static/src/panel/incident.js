/** Right panel, only when something is marked: one line, three figures, then lists by tab. On a phone a sheet from below. */

import { find, h, replaceChildren } from '../element.js';
import { hasIncident } from '../state/marks.js';
import { mountCauses } from './causes.js';
import { mountCommand } from './command/pane.js';
import { mountExports } from './exports.js';
import { mountHeadline } from './headline.js';
import { mountIsolation } from './isolation.js';
import { mountLevelCard } from './level/card.js';
import { mountLog } from './log/pane.js';
import { mountRanking } from './ranking.js';
import { mountRestoration } from './restoration/pane.js';
import { mountShading } from './shading.js';
import { mountTownshipTable } from './township_table.js';
import { mountWarnings } from './warnings/pane.js';

/** @typedef {import('../types').PageState} PageState */

const TABS = ['command', 'ranking', 'log', 'warnings', 'townships', 'isolation', 'restoration', 'causes'];
const SHEET_HEIGHTS = ['low', 'half', 'full'];

/**
 * @param {import('./context').PageContext} context
 * @param {Parameters<typeof mountLevelCard>[1]} commands
 */
export function mountIncident(context, commands) {
  const { words, store } = context;
  const { t } = words;
  const panel = find('#incident-panel');
  const situation = find('#situation');
  const tablist = find('#tabs');
  const panes = Object.fromEntries(TABS.map((key) => [key, find(`#pane-${key}`)]));
  const parts = {
    level: mountLevelCard(context, commands),
    headline: mountHeadline(context),
    shading: mountShading(context),
    command: mountCommand(context, panes.command),
    ranking: mountRanking(context, panes.ranking),
    log: mountLog(context, panes.log),
    warnings: mountWarnings(context, panes.warnings),
    townships: mountTownshipTable(context, panes.townships),
    isolation: mountIsolation(context, panes.isolation),
    restoration: mountRestoration(context, panes.restoration),
    causes: mountCauses(context, panes.causes),
  };
  const exports = mountExports(context);
  mountTabs();
  const sheet = mountSheet(panel, t);

  function mountTabs() {
    for (const key of TABS) {
      const tab = h('button', { type: 'button', role: 'tab', id: `tab-${key}`, 'aria-controls': `pane-${key}`, 'data-tab': key }, t(`tab.${key}`));
      tab.addEventListener('click', () => store.update({ tab: key }));
      tablist.append(tab);
      panes[key].setAttribute('aria-labelledby', tab.id);
    }
    tablist.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const offered = offeredTabs(store.get());
      const next = offered[(offered.indexOf(tabOf(store.get())) + step + offered.length) % offered.length];
      store.update({ tab: next });
      find(`#tab-${next}`).focus();
    });
  }

  /** @param {PageState} state */
  function showTab(state) {
    const tab = tabOf(state);
    const offered = offeredTabs(state);
    // With the log among them the tabs need the room.
    find('#tab-causes').textContent = t(state.log.id === null ? 'tab.causes' : 'tab.causes_short');
    for (const key of TABS) {
      find(`#tab-${key}`).hidden = !offered.includes(key);
      panes[key].hidden = key !== tab;
      find(`#tab-${key}`).setAttribute('aria-selected', String(key === tab));
      find(`#tab-${key}`).tabIndex = key === tab ? 0 : -1;
    }
  }

  /** @param {PageState} state */
  function showSituation({ assessment, failure, busy, log, marks }) {
    const quiet = log.id !== null && !hasIncident(marks);
    const text = assessment?.situation ?? t(failure ? 'situation.failed' : quiet ? 'logpane.nothing_marked' : 'situation.working');
    if (situation.textContent !== text) replaceChildren(situation, text);
    panel.setAttribute('aria-busy', String(busy));
    panel.classList.toggle('failed', failure !== null);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    /** @param {(keyof PageState)[]} keys */
    const changed = (...keys) => !before || keys.some((key) => state[key] !== before[key]);
    // The form for reported figures can be opened before anything is marked: coal runs short without a fault.
    const shown = hasIncident(state.marks) || state.levelView !== 'closed' || state.log.id !== null || state.warnings.open !== null;
    if (panel.hidden === shown) panel.hidden = !shown;
    document.body.classList.toggle('with-incident', shown);
    // Who may not see the incident of a warning reads the warning alone.
    panel.classList.toggle('warning-alone', shown && state.log.id === null && !hasIncident(state.marks) && state.levelView === 'closed');
    if (changed('tab', 'log', 'marks', 'warnings')) showTab(state);
    if (!shown) return;
    const restoring = state.tab === 'restoration';
    panel.classList.toggle('commanding', tabOf(state) === 'command');
    panel.classList.toggle('logging', tabOf(state) === 'log');
    panel.classList.toggle('warning', tabOf(state) === 'warnings');
    panel.classList.toggle('warning-reading', tabOf(state) === 'warnings' && state.warnings.open !== null);
    panel.classList.toggle('restoring', restoring);
    panel.classList.toggle('with-plan', restoring && hasPlan(state));
    const ordering = state.ordering && state.tab === 'ranking';
    panel.classList.toggle('ordering', ordering);
    if (changed('levelView', 'ordering')) sheet.makeRoom(state.levelView !== 'closed' || ordering);
    parts.level.render(state, changed);
    showSituation(state);
    if (changed('assessment', 'refused', 'log')) exports.render(state);
    if (changed('assessment')) {
      parts.headline.render(state.assessment);
      parts.ranking.render(state.assessment);
    }
    if (changed('assessment', 'marks')) parts.isolation.render(state);
    if (changed('assessment', 'shading')) parts.townships.render(state.assessment);
    if (changed('assessment', 'marks')) parts.causes.render(state);
    parts.command.render(state, changed);
    parts.log.render(state, changed);
    parts.warnings.render(state, changed);
    parts.restoration.render(state, changed, before);
    if (changed('shading', 'assessment')) parts.shading.render(state);
    if (changed('hoveredWarning')) parts.warnings.mark(state);
    if (changed('hovered', 'selected')) {
      parts.ranking.mark(state);
      parts.log.mark(state);
      parts.townships.mark(state);
      parts.isolation.mark(state);
    }
  }
  return { render };
}

/** Whether the tab of restoration shows a plan: of repairs, or of what is brought. @param {PageState} state */
function hasPlan({ restoration, editingCrews, dispatch }) {
  return dispatch.shown ? dispatch.plan !== null && !dispatch.editing : restoration.plan !== null && !editingCrews;
}

/** The commander's view and the log are there only with an incident; what needs damage only once something is marked. @param {PageState} state */
function offeredTabs({ log, marks, warnings }) {
  if (log.id === null) {
    if (!hasIncident(marks)) return ['warnings'];
    return TABS.filter((key) => key !== 'log' && key !== 'command' && (key !== 'warnings' || warnings.open !== null));
  }
  return hasIncident(marks) ? TABS : ['command', 'log', 'warnings', 'causes'];
}

/** The tab shown: the one chosen, else the first that there is beside the commander's view. @param {PageState} state */
function tabOf(state) {
  const offered = offeredTabs(state);
  return offered.includes(state.tab) ? state.tab : offered.find((key) => key !== 'command') ?? offered[0];
}

/** The sheet's three heights on a phone, by button or by dragging its handle. @param {HTMLElement} panel @param {(key: string) => string} t */
function mountSheet(panel, t) {
  const handle = find('#sheet-handle');
  let height = 1;
  /** @param {number} next */
  function set(next) {
    height = Math.min(Math.max(next, 0), SHEET_HEIGHTS.length - 1);
    panel.dataset.height = SHEET_HEIGHTS[height];
    handle.setAttribute('aria-label', t(height === SHEET_HEIGHTS.length - 1 ? 'sheet.lower' : 'sheet.higher'));
  }
  set(1);
  let heightBefore = height;
  /** The whole height for what has to be read, the height before once it is put away. @param {boolean} reading */
  function makeRoom(reading) {
    if (reading && height < SHEET_HEIGHTS.length - 1) {
      heightBefore = height;
      set(SHEET_HEIGHTS.length - 1);
    } else if (!reading) set(heightBefore);
  }
  let startY = 0;
  handle.addEventListener('pointerdown', (event) => {
    startY = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointerup', (event) => {
    const moved = event.clientY - startY;
    if (Math.abs(moved) > 24) set(height + (moved < 0 ? 1 : -1));
    else set(height === SHEET_HEIGHTS.length - 1 ? 0 : height + 1);
  });
  // The sheet has moved away when the browser makes a click of the touch: it would press what came to lie below.
  handle.addEventListener('touchend', (event) => event.preventDefault(), { passive: false });
  handle.addEventListener('keydown', (event) => {
    const next = { ArrowUp: height + 1, ArrowDown: height - 1, Enter: (height + 1) % 3, ' ': (height + 1) % 3 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(next);
  });
  return { makeRoom };
}
