/** Tab 「报告与文件」: the report due next, the documents that the plans ask for, and files of the whole incident. */

import { askedOf, sameAsked } from '../../../aftermath/asked.js';
import { h, replaceChildren } from '../../../element.js';
import { timeOn } from '../../../format.js';
import { sign } from '../../../icons.js';
import { browserStorage } from '../../../log/scratch.js';
import { DOCUMENTS, sentReports } from '../../../reports/documents.js';
import { createReportDrafts } from '../../../reports/drafts.js';
import { nextReportNotice } from '../../level/next_report.js';
import { createFileMaking } from '../told.js';
import { reportDocument } from './document.js';
import { fileRows } from './files.js';

/** @typedef {import('../../../types').PageState} PageState */
/** @typedef {import('../../../reports').DocumentKind} DocumentKind */

/** @param {import('../../context').PageContext} context @param {HTMLElement} pane */
function mount(context, pane) {
  const { words: { t, language }, store, log } = context;
  const drafts = createReportDrafts(browserStorage('sessionStorage'));
  const next = nextReportNotice(context, { large: true });
  const none = h('p', { class: 'facts' }, t('reports.next.none'));
  const list = h('ul', { class: 'report-list' });
  const making = createFileMaking(context);
  const due = h('section', { 'aria-label': t('reports.due_next') }, next.element, none);
  const overview = h('div', { class: 'report-overview' },
    h('section', {}, h('h3', {}, t('reports.documents')), list),
    fileRows(context, (url, title, place) => {
      place.append(making.element);
      void making.run(url, title);
    }));
  const document = reportDocument(context, drafts, () => {
    const was = store.get().report;
    store.update({ report: null });
    /** @type {HTMLElement | null} */ (list.querySelector(`[data-report="${was}"]`))?.focus();
  });
  replaceChildren(pane, due, overview, document.element);
  /** @type {DocumentKind | null} */
  let open = null;
  /** @type {import('../../../aftermath').Asked | null} */
  let asked = null;

  /** @param {DocumentKind} kind @param {import('../../../reports').SentReport[]} all */
  function row(kind, all) {
    const own = all.filter((report) => report.document === kind);
    const sent = own.length > 0 && t(own.length === 1 ? 'reports.last_sent_one' : 'reports.last_sent', { count: own.length, at: timeOn(own[0].at, log.happenedAt(), language), to: own[0].to });
    const button = h('button', { type: 'button', class: 'report-row', 'data-report': kind },
      h('span', {}, h('strong', {}, t(`reports.document.${kind}`)), h('span', { class: 'facts' }, sent || t(`reports.document.${kind}.about`))), sign('right'));
    button.addEventListener('click', () => store.update({ report: kind }));
    return h('li', {}, button);
  }

  function showList() {
    const { entries, known } = store.get().log;
    const all = sentReports(entries, known);
    const held = list.contains(window.document.activeElement) ? /** @type {HTMLElement} */ (window.document.activeElement).dataset.report : null;
    replaceChildren(list, ...DOCUMENTS.map((kind) => row(kind, all)));
    if (held) /** @type {HTMLElement | null} */ (list.querySelector(`[data-report="${held}"]`))?.focus();
  }

  /** @param {PageState} state */
  function showDocument(state) {
    const wanted = askedOf(state);
    const other = !sameAsked(wanted, asked);
    overview.hidden = state.report !== null;
    due.hidden = state.report !== null && state.report !== 'briefing';
    document.element.hidden = state.report === null;
    if (state.report !== null && (state.report !== open || other)) document.open(state.report, state.report !== open);
    if (state.report === null && open !== null) document.close();
    open = state.report;
    asked = wanted;
  }

  return {
    /** @param {PageState} state @param {PageState | null} before */
    render(state, before) {
      next.render(state);
      none.hidden = !next.element.hidden || state.log.known !== null;
      if (!before || state.log.entries !== before.log.entries || state.viewer !== before.viewer || state.log.view !== before.log.view) {
        showList();
        if (state.report !== null && open === state.report) document.grown();
      } else if (state.report !== null && state.log.now !== before.log.now) document.showAge();
      if (!before || state.report !== before.report || state.log.id !== before.log.id || state.log.known !== before.log.known || state.hours !== before.hours || state.log.following !== before.log.following) showDocument(state);
    },
  };
}

/** @type {import('../tabs.js').AftermathTabModule} */
export const reportsTab = { key: 'reports', mount };
