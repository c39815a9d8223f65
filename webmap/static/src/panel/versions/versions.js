/** The tab of versions: what was written when, by whom and from which file; compared with now, and brought back. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { EMPTY_VERSION, isEmpty } from '../../imports/order.js';
import { countsOf, totals } from '../../versions/amounts.js';
import { refusalNote } from '../imports/refusal.js';
import { importWords } from '../imports/words.js';
import { comparisonOf } from './comparison.js';
import { mountRestore } from './restore.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../versions').DataVersion} DataVersion */

/** Kinds whose note people wrote. */
const NOTED = ['import', 'edit', 'undo'];

/** @param {import('../context').PageContext} context */
export function mountVersions(context) {
  const { words: { t, has, language }, versions, imports, store, catalog } = context;
  const say = importWords(context);
  const restore = mountRestore(context);
  const refusal = refusalNote(context, 'versions-refused');
  const list = h('ol', { class: 'version-list', 'data-versions': '' });
  const note = h('p', { class: 'empty', role: 'status' });
  const more = h('button', { type: 'button', class: 'text-button', hidden: true, 'data-versions-more': '' }, t('versions.more'));
  const element = h('div', { class: 'data-versions', hidden: true }, h('p', { class: 'siting-about' }, t('versions.about')), refusal.element, note, list, more);
  const empty = h('button', { type: 'button', class: 'text-button', 'data-restore': EMPTY_VERSION }, sign('undo'), t('versions.empty_restore'));
  const beginning = h('p', { class: 'version-beginning', hidden: true }, h('span', { class: 'facts' }, t('versions.empty')), empty);
  element.append(beginning);
  empty.addEventListener('click', () => restore.ask({ version: EMPTY_VERSION, written_at: null }));
  more.addEventListener('click', () => void versions.list(true));

  /** What was written, in a few words. @param {DataVersion} version */
  function what(version) {
    const rows = countsOf(version);
    if (!rows.length) return '';
    return rows.slice(0, 3).map(({ layer, counts }) => t('versions.layer', { layer: say.layer(layer), counts: countsText(counts) })).join(t('siting.semicolon')) + (rows.length > 3 ? t('versions.and_more', { count: rows.length - 3 }) : '');
  }

  /** @param {import('../../versions').VersionCounts | null} counts */
  function countsText(counts) {
    if (!counts) return '';
    const { added, changed, removed } = totals([counts]);
    return (/** @type {const} */ ([['added', added], ['changed', changed], ['removed', removed]])).filter(([, count]) => count > 0).map(([name, count]) => t(`versions.${name}`, { count: say.number(count) })).join(' ');
  }

  /** @param {DataVersion} version @param {boolean} present @param {PageState} state */
  function row(version, present, { imports: { versions: now } }) {
    const kind = version.kind ?? 'load';
    const file = version.detail?.file ?? version.detail?.file_name;
    const compared = now.compared === version.version;
    const compare = !present && h('button', { type: 'button', class: 'text-button', id: `version-compare-${version.sequence}`, 'aria-expanded': String(compared), disabled: !version.kept }, t('versions.compare'));
    const back = !present && h('button', { type: 'button', class: 'text-button', id: `version-restore-${version.sequence}`, 'data-restore': version.version, disabled: !version.kept || now.restoring, 'aria-describedby': version.kept ? null : `version-why-${version.sequence}` }, sign('undo'), t('versions.restore'));
    if (compare) compare.addEventListener('click', () => void versions.compare(compared ? null : version.version));
    if (back) back.addEventListener('click', () => restore.ask(version));
    const source = version.detail?.import && h('button', { type: 'button', class: 'text-button', id: `version-import-${version.sequence}` }, t('versions.to_import'));
    if (source) source.addEventListener('click', () => imports.look(String(version.detail?.import)));
    return h('li', { 'data-version': version.version, 'data-kind': kind, class: present ? 'present' : '' },
      h('div', { class: 'version-head' }, h('strong', {}, t(has(`versions.kind.${kind}`) ? `versions.kind.${kind}` : 'versions.kind.load')), present && h('span', { class: 'run-tag' }, t('versions.present')),
        h('span', { class: 'facts' }, version.written_at ? moment(version.written_at, language) : t('versions.no_time'))),
      h('p', {}, [file, what(version)].filter(Boolean).join(' · ')),
      version.note && version.note !== file && NOTED.includes(kind) ? h('p', { class: 'version-note' }, version.note) : null,
      h('p', { class: 'facts' }, [version.author_name, t('versions.number', { version: version.version })].filter(Boolean).join(' · ')),
      !version.kept && h('p', { class: 'facts', id: `version-why-${version.sequence}` }, t('versions.not_kept')),
      compare || back ? h('div', { class: 'version-tools' }, compare, back, source) : null,
      compared ? comparisonOf(context, now.comparison) : null);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const now = state.imports.versions;
    if (before?.imports.open && before.imports.view === 'versions' && now === before.imports.versions) return;
    refusal.show(now.failure);
    note.hidden = (Boolean(now.list?.length) && !now.restoring) || now.failure !== null;
    note.textContent = t(now.restoring ? 'versions.restoring' : now.list ? 'versions.none' : 'siting.loading');
    const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement.id : '';
    replaceChildren(list, ...(now.list ?? []).map((version, index) => row(version, index === 0, store.get())));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    more.hidden = !now.more;
    // Before the first version there was nothing, and that can be had again.
    beginning.hidden = now.more || !now.list?.length || isEmpty(catalog.layers);
    empty.disabled = now.restoring;
  }
  return { element, render };
}
