/** Tab 「日志」: what stands now, then the log as prose, with filters, the form and the files. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { passes } from '../../state/log_entries.js';
import { drillMark } from '../drill.js';
import { createFieldStrip } from '../field/strip.js';
import { downloadMenu } from './download.js';
import { createEntries } from './entries.js';
import { createFilters } from './filters.js';
import { createPresent } from './present.js';
import { recordDialog } from './record/dialog.js';
import { leadToEntries } from './show_entry.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @param {HTMLElement} element */
export function mountLog(context, element) {
  const { words, store, log, actions } = context;
  const { t } = words;
  const record = h('button', { type: 'button', class: 'primary-button log-record', 'data-log-record': '' }, sign('pen'), h('span', {}, t('record.title')), h('kbd', { 'aria-hidden': 'true' }, 'R'));
  record.addEventListener('click', () => recordDialog(context).open());
  const drill = drillMark(words);
  const why = h('p', { class: 'facts', hidden: true });
  const empty = h('p', { class: 'empty', hidden: true });
  const present = createPresent(context);
  const field = createFieldStrip(context);
  const filters = createFilters(words, () => drawEntries(store.get()));
  const entries = createEntries(context, () => drawEntries(store.get()));
  let incident = '';
  leadToEntries(context, (number) => {
    filters.reset();
    drawEntries(store.get());
    entries.show(number);
  });
  element.classList.add('log-pane');
  replaceChildren(element,
    h('div', { class: 'log-head' }, record, drill, h('span', { class: 'spacer' }), downloadMenu(context)),
    why, field.element, present.element, filters.element, empty, entries.element);

  /** @param {PageState} state */
  function drawEntries(state) {
    const all = state.log.entries;
    const shown = all.filter((entry) => passes(entry, filters.filter()));
    const { known } = state.log;
    // Looking back, what was written later is read in grey and counts for nothing.
    const then = (/** @type {import('../../log').LogEntry[]} */ some) => (known === null ? some : some.filter(({ number }) => number <= known));
    filters.render(then(all), then(shown).length);
    entries.render(shown, state);
    empty.hidden = shown.length > 0 && all.length > 1;
    empty.textContent = emptyWords(all.length, shown.length);
  }

  /** What to do first, where there is little to read. @param {number} all @param {number} shown */
  function emptyWords(all, shown) {
    if (all > 0 && shown === 0) return t('logpane.none_passes');
    if (all === 0) return t('logpane.loading');
    return log.canRecord() ? t('logpane.first_step') : '';
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    if (!changed('log', 'tab', 'viewer', 'hours', 'marks', 'wall') || state.log.id === null) return;
    if (incident !== state.log.id) {
      incident = state.log.id;
      filters.reset();
    }
    const may = log.canRecord();
    record.hidden = !may;
    drill.hidden = !state.log.view?.incident.drill;
    why.hidden = may || state.log.known !== null || !state.log.view;
    why.textContent = t(state.log.view?.phase === 'ended' ? 'logpane.ended' : 'logpane.may_not');
    field.render();
    present.render(state.log.view, actions.now());
    if (changed('log', 'tab', 'viewer')) drawEntries(state);
  }
  return { render, mark: entries.mark };
}
