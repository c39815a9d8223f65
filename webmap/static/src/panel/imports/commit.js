/** Step 5: what will be written, the writing, and what was written with the way back. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { writesSomething } from '../../imports/amounts.js';
import { EMPTY_VERSION, missingLayers } from '../../imports/order.js';
import { isUnderWay, openImport } from '../../imports/state.js';
import { refusalNote } from './refusal.js';
import { importWords } from './words.js';
import { workingNote } from './working.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../imports').ImportDocument} ImportDocument */

const LONGEST_NOTE = 200;

/** @param {import('../context').PageContext} context */
export function mountCommit(context) {
  const { words: { t }, imports, versions, catalog } = context;
  const say = importWords(context);
  const working = workingNote(context);
  const failed = refusalNote(context, 'import-failed');
  const sentence = h('p', { class: 'import-answer', 'data-import-writing': '' });
  const stale = h('div', { class: 'import-note', hidden: true });
  const demo = h('p', { class: 'import-note', hidden: true }, t('imports.demo'));
  const noteField = h('input', { type: 'text', id: 'import-note', maxLength: LONGEST_NOTE, autocomplete: 'off' });
  const commit = h('button', { type: 'button', class: 'primary-button', 'data-import-commit': '' }, t('imports.commit'));
  const why = h('p', { class: 'facts', hidden: true });
  const asking = h('div', { class: 'import-asking' }, sentence, h('p', { class: 'facts' }, t('imports.commit_about')), stale, demo,
    h('div', { class: 'form-field' }, h('label', { htmlFor: 'import-note' }, t('imports.note'), h('span', { class: 'optional-mark' }, t('imports.optional'))), noteField),
    h('div', { class: 'siting-foot' }, why, h('div', { class: 'field-row' }, commit)));
  const done = h('div', { class: 'import-done', hidden: true, 'data-import-done': '' });
  const element = h('div', { class: 'import-commit', hidden: true }, working.element, failed.element, asking, done);
  let shown = '';
  commit.addEventListener('click', () => void imports.commit(noteField.value.trim()));

  /** @param {ImportDocument} document @param {PageState} state */
  function showDone({ id, report, base_version: base, committed_version: version }, { imports: { versions: { list, restoring } } }) {
    const present = list?.[0]?.version;
    const key = JSON.stringify([id, present, restoring]);
    if (key === shown) return;
    shown = key;
    const undo = h('button', { type: 'button', class: 'secondary-button', 'data-import-undo': '', disabled: restoring }, sign('undo'), t(restoring ? 'imports.undoing' : 'imports.undo'));
    // On the way through an empty start the next layer is what comes next.
    const [following] = missingLayers(catalog.layers).filter((layer) => layer.key !== report?.layer);
    const next = h('button', { type: 'button', class: 'primary-button', 'data-import-another': following?.key ?? '' }, following ? t('imports.next_layer', { layer: say.layer(following.key) }) : t('imports.another'));
    const another = h('button', { type: 'button', class: 'secondary-button' }, t('imports.another'));
    another.addEventListener('click', () => imports.begin(null));
    const look = h('button', { type: 'button', class: 'text-button', 'data-import-versions': '' }, t('imports.to_versions'));
    // Of the first import of all, what was before is the empty beginning.
    undo.addEventListener('click', () => void versions.restore(base || EMPTY_VERSION, ''));
    next.addEventListener('click', () => imports.begin(following?.key ?? null));
    look.addEventListener('click', () => imports.show('versions'));
    const undoable = present === version;
    const later = present !== undefined && present !== version;
    replaceChildren(done, h('p', { class: 'import-answer' }, sign('check'), h('span', {}, t('imports.done', { version: version ?? '' }))), report ? h('p', {}, say.wrote(report)) : null,
      later ? h('p', { class: 'facts' }, t('imports.done_later')) : null, !base ? h('p', { class: 'facts' }, t('imports.done_first')) : null,
      h('div', { class: 'field-row' }, next, following && another, undoable && undo, look));
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const { imports: now, viewer } = state;
    const document = openImport(now);
    if (!document?.report && document?.state !== 'committed') return;
    const { report } = document;
    const going = working.show(document) || isUnderWay(document);
    const over = document.state === 'committed';
    failed.show(document.state === 'failed' ? document.failure : null);
    asking.hidden = going || over;
    done.hidden = !over;
    if (over) {
      if (!now.versions.list && (!before || before.imports.id !== now.id || openImport(before.imports)?.state !== 'committed')) void versions.list();
      return showDone(document, state);
    }
    if (!report) return undefined;
    sentence.textContent = report.blocked ? t('imports.issues_blocked', { reasons: report.issues.filter(({ severity }) => severity === 'error').map(({ title, message }) => title ?? message).join(t('siting.semicolon')) })
      : t('imports.will_write', { writing: say.writing(report) });
    const removed = Object.values(report.layers).reduce((sum, counts) => sum + counts.removed, 0);
    commit.textContent = removed ? t('imports.commit_removing', { count: say.number(removed) }) : t('imports.commit');
    stale.hidden = document.fresh !== false;
    const again = h('button', { type: 'button', class: 'secondary-button', 'data-import-check-again': '' }, t('imports.check_again'));
    again.addEventListener('click', () => void imports.check(null));
    if (!stale.hidden) replaceChildren(stale, h('p', {}, t('imports.stale')), again);
    demo.hidden = !viewer?.person?.demo;
    const nothing = !writesSomething(report);
    why.hidden = !nothing && !report.blocked;
    why.textContent = report.blocked ? t('imports.blocked') : report.accepted ? t('imports.nothing_to_write') : t('imports.nothing_accepted');
    commit.disabled = nothing || report.blocked === true || now.sending || document.state !== 'checked' || document.fresh === false;
    return undefined;
  }
  return { element, render };
}
