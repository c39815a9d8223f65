/** Step 4: what is wrong, the worst first: in which rows, where on the map, what to do about it. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { issueKey, issuesBySeverity, rowRanges } from '../../imports/amounts.js';
import { openImport } from '../../imports/state.js';
import { boundsOfPlaces } from '../../imports/picture.js';
import { importWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../imports').Issue} Issue */

const MOST_ROWS = 8;

/** @param {import('../context').PageContext} context */
export function mountIssues(context) {
  const { words: { t }, imports, fitBox, goTo } = context;
  const say = importWords(context);
  const answer = h('p', { class: 'import-answer' });
  const files = h('div', { class: 'field-row import-rejected', hidden: true });
  const list = h('div', { class: 'issue-list' });
  const next = h('button', { type: 'button', class: 'primary-button', 'data-import-next': '' }, t('imports.to_commit'));
  const correct = h('button', { type: 'button', class: 'secondary-button', 'data-import-correct': '' }, t('imports.to_correct'));
  const foot = h('div', { class: 'siting-foot' }, h('div', { class: 'field-row' }, next, correct));
  const element = h('div', { class: 'import-issues', hidden: true }, answer, files, list, foot);
  next.addEventListener('click', () => imports.step('commit'));
  correct.addEventListener('click', () => imports.step('recognised'));

  /** A column of another layer stands with its layer: `network_lines.from_node`. @param {string | null} layer @param {string} column */
  function columnTitle(layer, column) {
    const [other, name] = column.split('.');
    if (name && say.layerOf(other)) return `${say.layer(other)} · ${say.field(other, name)}`;
    return layer ? say.field(layer, column) : column;
  }

  /** @param {Issue} issue @param {string | null} lit */
  function item(issue, lit) {
    const key = issueKey(issue);
    const ranges = rowRanges(issue.rows, Infinity);
    const where = ranges.length ? t(issue.rows.length < issue.count || ranges.length > MOST_ROWS ? 'imports.rows_some' : 'imports.rows', { rows: ranges.slice(0, MOST_ROWS).join(t('list_comma')), count: say.number(issue.count) }) : '';
    // What is found in a network as a whole stands in no row.
    const named = !issue.rows.length && issue.ids?.length && issue.severity !== 'note' ? t(issue.ids.length > MOST_ROWS ? 'imports.ids_some' : 'imports.ids', { ids: issue.ids.slice(0, MOST_ROWS).join(t('list_comma')) }) : '';
    const column = issue.column && columnTitle(issue.layer, issue.column);
    const shown = lit === key;
    const look = issue.places.length > 0 && h('button', { type: 'button', class: 'text-button', 'aria-pressed': String(shown), id: `issue-look-${key}` }, sign('pin'), t(shown ? 'imports.hide_places' : 'imports.show_places'));
    if (look) {
      look.addEventListener('click', () => {
        imports.light(shown ? null : key);
        const bounds = boundsOfPlaces(issue.places);
        if (shown || !bounds) return;
        if (issue.places.length === 1) goTo(issue.places[0]);
        else fitBox(bounds);
      });
    }
    return h('li', { class: 'issue', 'data-issue': issue.code, 'data-severity': issue.severity },
      h('strong', {}, issue.title ?? issue.message), column && h('span', { class: 'issue-column' }, column),
      issue.title ? h('p', {}, issue.message) : null, (where || named) && h('p', { class: 'facts' }, where || named),
      h('p', { class: 'issue-remedy' }, sign('right'), h('span', {}, issue.remedy)), look);
  }

  /** @param {PageState} state */
  function render({ imports: now }) {
    const document = openImport(now);
    const report = document?.report;
    if (!document || !report) return;
    const groups = issuesBySeverity(report.issues);
    const blocking = report.issues.filter(({ severity }) => severity === 'error').map(({ title, message }) => title ?? message);
    next.disabled = report.blocked === true;
    answer.textContent = report.blocked ? t('imports.issues_blocked', { reasons: blocking.join(t('siting.semicolon')) })
      : report.rejected ? t('imports.issues_rejected', { count: say.number(report.rejected), rows: say.number(report.rows) })
      : groups.length ? t('imports.issues_accepted', { rows: say.number(report.rows) }) : t('imports.issues_none');
    files.hidden = !report.rejected || document.file.kept === false;
    replaceChildren(files, h('span', {}, t('imports.rejected_file')), ...(/** @type {const} */ (['csv', 'gpkg'])).map((format) =>
      h('a', { class: 'text-button', href: imports.rejected(document.id, format), download: '', 'data-rejected': format }, sign('download'), t(`data.format.${format}`))));
    const focused = window.document.activeElement?.id;
    replaceChildren(list, ...groups.map(({ severity, issues }) => h('section', {}, h('h4', {}, t(`imports.severity.${severity}`), ' ', h('span', { class: 'facts' }, t(report.blocked && severity === 'error' ? 'imports.severity.blocking' : `imports.severity.${severity}.about`))),
      h('ul', {}, ...issues.map((issue) => item(issue, now.lit))))));
    if (focused?.startsWith('issue-look-')) window.document.getElementById(focused)?.focus();
    foot.hidden = document.state === 'committed' || document.state === 'committing';
  }
  return { element, render };
}
