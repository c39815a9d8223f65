/** What a report says, item by item in the plan's words: the text with the entries that it rests on, and what is missing. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { piecesOf } from '../../../reports/documents.js';
import { figureWords } from '../../level/words.js';
import { recordDialog } from '../../log/record/dialog.js';
import { entryButton } from '../../log/show_entry.js';
import { planLink } from '../../plan_links.js';
import { fillForm } from './fill.js';
import { mayReport } from './rights.js';

/** @typedef {import('../../../reports').ReportItem} ReportItem */

/** Entries named before it says how many more there are. */
const MOST_NAMED = 6;
/** Items that the entry of a report that came in holds. */
const TOLD_WITH_REPORT = ['place', 'source'];

/**
 * @param {import('../../context').PageContext} context
 * @param {{drafts: import('../../../reports/drafts.js').ReportDrafts, onChanged: () => void}} options `onChanged`: an entry was written
 */
export function reportItems(context, { drafts, onChanged }) {
  const { words: { t }, store } = context;
  const say = figureWords(context);
  const element = h('ol', { class: 'report-items', 'data-report-items': '' });
  /** Forms that are open, by item: what stands in them stays while the list is made anew. @type {Map<string, ReturnType<typeof fillForm>>} */
  let forms = new Map();
  let incident = '';
  /** Items whose form was put away by hand: what stands in it is kept, and it stays away. @type {Set<string>} */
  const away = new Set();
  /** @type {ReportItem[]} */
  let shown = [];

  /** @param {ReportItem} item @param {boolean} [focus] */
  function open(item, focus = true) {
    if (!item.detail) return;
    const key = item.detail;
    const form = forms.get(key) ?? fillForm(context, { ...item, detail: key }, {
      drafts, incident,
      onStored: () => {
        forms.delete(key);
        onChanged();
      },
      onCancel: () => {
        forms.delete(key);
        away.add(key);
        draw();
        focusOn(item.key);
      },
    });
    forms.set(key, form);
    away.delete(key);
    draw();
    if (focus) form.focus();
  }

  /** @param {string} key */
  function focusOn(key) {
    const row = element.querySelector(`[data-report-item="${CSS.escape(key)}"]`);
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector('[data-fill]'))?.focus();
  }

  /** @param {ReportItem} item @param {boolean} mayRecord */
  function doors({ key, detail, figures, text, gaps }, mayRecord) {
    if (!mayRecord || (detail && forms.has(detail))) return [];
    const missing = text === null || gaps.length > 0;
    const fill = detail && h('button', { type: 'button', class: missing ? 'secondary-button' : 'text-button', 'data-fill': detail }, sign('pen'), h('span', {}, t(missing ? 'reports.fill' : 'reports.change')));
    if (fill) fill.addEventListener('click', () => open(/** @type {ReportItem} */ (shown.find((item) => item.key === key))));
    const { plan } = store.get().marks;
    const doors_ = figures.map((figure) => {
      const button = h('button', { type: 'button', class: 'text-button', 'data-fill-figure': figure }, t('reports.fill_figure', { name: say.title(plan, figure) }));
      button.addEventListener('click', () => recordDialog(context).open({ kind: 'figure_reported', values: { figure } }));
      return button;
    });
    return [fill, ...doors_, missing && !detail && TOLD_WITH_REPORT.includes(key) && atReport()];
  }

  /** What the first report that came in tells of is written there. */
  function atReport() {
    const entry = store.get().log.entries.find(({ kind, withdrawn, fact }) => kind === 'reported' && !withdrawn && fact);
    const text = entry ? t('reports.fill_entry', { number: entry.number }) : t('reports.fill');
    const button = h('button', { type: 'button', class: 'secondary-button', 'data-fill-entry': entry?.number ?? '' }, sign('pen'), h('span', {}, text));
    button.addEventListener('click', () => (entry ? recordDialog(context).correct(entry, false) : recordDialog(context).open({ kind: 'reported' })));
    return button;
  }

  /** @param {number[]} basis */
  function basisLine(basis) {
    if (!basis.length) return null;
    const named = basis.slice(0, MOST_NAMED).map((number) => entryButton(context, number));
    return h('span', { class: 'report-basis' }, t('reports.basis'), ...named, basis.length > MOST_NAMED && h('span', {}, t('reports.basis_more', { count: basis.length - MOST_NAMED })));
  }

  /** @param {string} what @param {string} title of the item: nothing is added to the mark that says the same */
  const gapMark = (what, title) => h('span', { class: 'gap-mark' }, h('strong', {}, t('reports.gap')), what !== title && what);

  /** @param {ReportItem} item @param {boolean} mayRecord */
  function row(item, mayRecord) {
    const { key, title, clause, text, gaps, basis, source, detail } = item;
    const missing = gaps.length ? gaps : text === null ? [title] : [];
    const pieces = text === null ? [] : piecesOf(text, gaps);
    const apart = missing.filter((what) => !pieces.some((piece) => piece.gap && piece.text === what));
    const form = detail ? forms.get(detail) : undefined;
    return h('li', { class: `report-item${text === null && !form ? ' bare' : ''}`, 'data-report-item': key || title, 'data-state': missing.length ? 'gap' : 'filled' },
      h('div', { class: 'report-item-head' }, h('h4', { lang: 'zh-CN' }, title), planLink(context, store.get().marks.plan, clause, { clause })),
      h('p', { class: 'report-text', lang: 'zh-CN' }, ...pieces.map((piece) => (piece.gap ? gapMark(piece.text, title) : piece.text)), ...apart.map((what) => gapMark(what, title))),
      h('div', { class: 'report-item-facts facts' }, text !== null && h('span', {}, t(`reports.source.${source}`)), basisLine(basis), ...(missing.length ? [] : doors(item, mayRecord))),
      form ? form.element : missing.length > 0 && h('div', { class: 'report-item-doors' }, ...doors(item, mayRecord)));
  }

  function draw() {
    const mayRecord = mayReport(context);
    const held = document.activeElement instanceof HTMLElement && element.contains(document.activeElement) ? document.activeElement : null;
    replaceChildren(element, ...shown.map((item) => row(item, mayRecord)));
    // A form that is still there goes on being written in.
    if (held?.isConnected) held.focus({ preventScroll: true });
  }

  return {
    element,
    /** @param {ReportItem[]} items @param {string} id of the incident */
    show(items, id) {
      if (id !== incident) forms = new Map();
      incident = id;
      shown = items;
      // What was typed and not stored stands open again.
      for (const item of items) if (item.detail && !forms.has(item.detail) && !away.has(item.detail) && mayReport(context) && drafts.of(id, `item ${item.detail}`)) open(item, false);
      draw();
    },
    /** Whether something is being written here. */
    isOpen: () => forms.size > 0,
    /** What others wrote since stands in the forms that are open. */
    tell: () => forms.forEach((form) => form.tell()),
    /** The next thing that is missing. */
    toGap() {
      const gap = element.querySelector('[data-state="gap"]');
      gap?.scrollIntoView({ block: 'center' });
      /** @type {HTMLElement | null | undefined} */ (gap?.querySelector('[data-fill], textarea, input'))?.focus({ preventScroll: true });
    },
  };
}
