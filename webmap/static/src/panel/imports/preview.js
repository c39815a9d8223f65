/** Step 3: the records as they would be, over those that are there; what the topology changed, one by one. */

import { h, replaceChildren } from '../../element.js';
import { distance } from '../../format.js';
import { sign } from '../../icons.js';
import { changeCount } from '../../imports/amounts.js';
import { isUnderWay, openImport } from '../../imports/state.js';
import { refusalNote } from './refusal.js';
import { importWords } from './words.js';
import { workingNote } from './working.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../imports').ImportReport} ImportReport */
/** @typedef {import('../../imports').ImportPreview} ImportPreview */

const WHATS = /** @type {const} */ (['added', 'changed', 'same', 'rejected', 'removed']);
/** Half a metre is seen from here. */
const CHANGE_ZOOM = 19;
/** Records listed; the map shows more. */
const MOST_LISTED = 30;

/** @param {import('../context').PageContext} context */
export function mountPreview(context) {
  const { words: { t, has, language }, imports, fitBox, goTo, showPin } = context;
  const say = importWords(context);
  const working = workingNote(context);
  const failed = refusalNote(context, 'import-failed');
  const answer = h('p', { class: 'import-answer', 'data-import-writing': '' });
  const figures = h('div', { class: 'import-figures' });
  const zoom = h('button', { type: 'button', class: 'text-button', 'data-import-zoom': '' }, sign('search'), t('imports.zoom'));
  const stale = h('p', { class: 'import-note' }, t('imports.stale'));
  const changes = h('section', { class: 'siting-section', hidden: true });
  const records = h('details', { class: 'siting-fold', 'data-fold': 'records' });
  const next = h('button', { type: 'button', class: 'primary-button', 'data-import-next': '' });
  const again = h('button', { type: 'button', class: 'secondary-button', 'data-import-check-again': '' }, t('imports.check_again'));
  const foot = h('div', { class: 'siting-foot' }, h('div', { class: 'field-row' }, next, again));
  const done = h('div', { class: 'import-checked' }, answer, stale, figures, zoom, changes, records, foot);
  const element = h('div', { class: 'import-preview', hidden: true }, working.element, failed.element, done);
  /** @type {ImportReport | null} */
  let report = null;
  zoom.addEventListener('click', () => report?.bounds && fitBox(report.bounds));
  next.addEventListener('click', () => imports.step('issues'));
  again.addEventListener('click', () => void imports.check(null));

  /** @param {ImportReport} of */
  function amounts(of) {
    const own = of.layers[of.layer] ?? { added: 0, changed: 0, same: 0, removed: 0 };
    return { added: own.added, changed: own.changed, same: own.same, rejected: of.rejected, removed: own.removed };
  }

  /** The figures are the legend of the map at the same time. @param {ImportReport} of */
  function showFigures(of) {
    const counts = amounts(of);
    replaceChildren(figures, ...WHATS.filter((what) => what !== 'removed' || counts.removed > 0).map((what) => h('div', { class: 'import-figure', 'data-figure': what, title: t(`imports.what.${what}.about`) },
      h('span', { class: `staged-swatch staged-${what}`, 'aria-hidden': 'true' }), h('span', {}, t(`imports.what.${what}`)), h('strong', {}, say.number(counts[what])))));
  }

  /** @param {ImportReport} of @param {ImportPreview | null} preview @param {number | null} at */
  function showChanges(of, preview, at) {
    const count = changeCount(of);
    changes.hidden = count === 0;
    if (!count) return;
    const list = preview?.changes ?? [];
    const part = list.length < count;
    const kinds = Object.entries(of.changes).filter(([, number]) => number > 0)
      .map(([kind, number]) => t('imports.change_count', { kind: kindTitle(kind), count: say.number(number) })).join(t('list_comma'));
    const current = at === null ? null : list[at];
    /** @param {number} step @param {'left' | 'right'} icon @param {string} label */
    const button = (step, icon, label) => {
      const one = h('button', { type: 'button', class: 'icon-button', id: `import-change-${icon}`, 'aria-label': label, title: label, disabled: !list.length }, sign(icon));
      one.addEventListener('click', () => {
        const to = at === null ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
        imports.lookAtChange(to);
        goTo(list[to].place, CHANGE_ZOOM);
      });
      return one;
    };
    const focused = document.activeElement?.id;
    replaceChildren(changes, h('h4', {}, t('imports.changes')), h('p', { class: 'facts' }, kinds),
      h('div', { class: 'change-stepper' }, button(-1, 'left', t('imports.change_before')), h('p', { role: 'status' }, current ? changeSentence(current, Number(at), list.length) : !preview ? t('siting.loading') : t(part ? 'imports.change_look_some' : 'imports.change_look', { count: say.number(list.length), of: say.number(count) })), button(1, 'right', t('imports.change_next'))));
    if (focused?.startsWith('import-change-')) document.getElementById(focused)?.focus();
  }

  /** @param {string} kind */
  const kindTitle = (kind) => (has(`imports.change.${kind}`) ? t(`imports.change.${kind}`) : kind);

  /** @param {import('../../imports').TopologyChange} change @param {number} at @param {number} of */
  function changeSentence({ kind, line, node, moved_m: moved }, at, of) {
    const what = [t('imports.change_number', { at: at + 1, of }), kindTitle(kind), line, node && t('imports.change_node', { node }), moved ? t('imports.change_moved', { distance: moved < 10 ? `${moved.toFixed(2)} m` : distance(moved, language) }) : ''];
    return what.filter(Boolean).join(' · ');
  }

  /** @param {ImportPreview | null} preview */
  function showRecords(preview) {
    const features = preview?.features ?? [];
    records.hidden = !features.length;
    if (!features.length) return;
    const shown = features.filter(({ properties }) => properties.what !== 'same').slice(0, MOST_LISTED);
    const total = preview?.total ?? features.length;
    replaceChildren(records, h('summary', {}, t('imports.records')),
      preview?.truncated ? h('p', { class: 'facts' }, t('imports.sampled', { shown: say.number(features.length), total: say.number(total) })) : null,
      h('ul', { class: 'staged-records' }, ...shown.map((feature) => {
        const { properties } = feature;
        const at = firstPosition(feature.geometry);
        const button = h('button', { type: 'button', class: 'staged-record', disabled: at === null }, h('span', { class: `staged-swatch staged-${properties.what}`, 'aria-hidden': 'true' }),
          h('span', {}, String(properties.record?.name ?? properties.id ?? t('imports.row', { row: properties.row }))), h('span', { class: 'facts' }, properties.reason ?? t(`imports.what.${properties.what}`)));
        button.addEventListener('click', () => {
          if (!at) return;
          showPin(at);
          goTo(at);
        });
        return h('li', {}, button);
      })));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render({ imports: now }, before) {
    const document = openImport(now);
    if (!document) return;
    working.show(document);
    failed.show(document.state === 'failed' ? document.failure : null);
    report = document.report ?? null;
    const ready = report !== null && !isUnderWay(document);
    done.hidden = !ready;
    if (!ready || !report) return;
    answer.textContent = say.writing(report);
    showFigures(report);
    zoom.hidden = !report.bounds;
    const over = document.state === 'committed';
    stale.hidden = over || document.fresh !== false;
    again.hidden = over || (document.fresh !== false && document.state === 'checked');
    showChanges(report, now.preview, now.change);
    const arrived = now.preview !== null && now.preview !== before?.imports.preview;
    if (!before || now.preview !== before.imports.preview || now.id !== before.imports.id) showRecords(now.preview);
    // Some stations are a dot in the picture of a whole district: what was just checked is looked at from near.
    if (arrived && document.state === 'checked' && report.bounds) fitBox(report.bounds);
    const troubled = report.issues.filter(({ severity }) => severity !== 'note').length;
    next.textContent = troubled ? t('imports.to_issues', { count: troubled }) : t('imports.to_issues_none');
  }
  return { element, render };
}

/** @param {import('../../types').Geometry | null} geometry @returns {import('../../types').Position | null} */
function firstPosition(geometry) {
  let at = geometry?.coordinates;
  while (Array.isArray(at) && Array.isArray(at[0])) at = at[Math.floor((at.length - 1) / 2)];
  return Array.isArray(at) && at.length >= 2 ? [at[0], at[1]] : null;
}
