/** What a draft changes, before it is written: the answer first, then what is wrong, then every record before and after. */

import { h, replaceChildren } from '../../element.js';
import { exactNumber } from '../../format.js';
import { sign } from '../../icons.js';
import { nameOf } from '../../editing/names.js';
import { boxOf, problemGroups } from '../../editing/state.js';
import { refusedNote } from './notes.js';

/** @typedef {import('../../editing').DraftChange} DraftChange */
/** @typedef {import('../../editing').DataDraft} DataDraft */
/** @typedef {import('../../editing').Value} Value */

const MOST_SHOWN = 200;
const LONGEST_NOTE = 200;
const MOST_NAMED = 12;

/** @param {import('../context').PageContext} context */
export function mountReview(context) {
  const { words: { t }, titles, editing, store, fitBox, catalog, data } = context;
  const back = h('button', { type: 'button', class: 'text-button import-back' }, sign('left'), t('editing.go_on'));
  const answer = h('p', { class: 'import-answer', role: 'status' });
  const refused = h('div', {});
  const problems = h('div', {});
  const list = h('div', { class: 'edit-changes' });
  const note = h('input', { type: 'text', id: 'edit-note', maxLength: LONGEST_NOTE, autocomplete: 'off' });
  const commit = h('button', { type: 'button', class: 'primary-button', 'data-edit-commit': '' }, t('editing.commit'));
  const discard = h('button', { type: 'button', class: 'text-button', 'data-edit-discard': '' }, t('editing.discard'));
  const element = h('div', { class: 'edit-review', hidden: true }, h('div', { class: 'import-head' }, back), answer, refused, problems, list,
    h('div', { class: 'form-field' }, h('label', { htmlFor: note.id }, t('imports.note'), h('span', { class: 'optional-mark' }, t('imports.optional'))), note),
    h('div', { class: 'siting-foot' }, h('div', { class: 'field-row' }, commit, discard)));
  back.addEventListener('click', () => editing.goOn());
  commit.addEventListener('click', () => void editing.commit(note.value.trim()));
  discard.addEventListener('click', () => void editing.discard());

  /** @param {string} layer @param {string} field @param {Value} value */
  function told(layer, field, value) {
    if (value === null) return t('editing.unknown');
    if (value === true || value === false) return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return [exactNumber(value), titles.unit(layer, field)].filter(Boolean).join(' ');
    const target = catalog.layers.find(({ key }) => key === layer)?.fields.find(({ name }) => name === field)?.references;
    return target ? nameOf(data, store.get().editing.draft, target, value) : titles.value(layer, field, value);
  }

  /** @param {DraftChange} change */
  function row(change) {
    const { layer, id, name, kind, fields, moved } = change;
    const key = `${layer} ${id}`;
    const what = h('span', { class: `edit-what edit-what-${kind}` }, t(`editing.kind.${kind}`));
    const head = h('button', { type: 'button', class: 'staged-record edit-change', 'data-edit-change': key, 'aria-pressed': String(store.get().editing.lit === key) }, what, h('span', {}, h('strong', {}, name), h('span', { class: 'facts' }, ` ${titleOf(layer)} · ${id}`)), h('span', { class: 'facts' }, moved && kind === 'changed' ? t('editing.moved') : ''));
    head.addEventListener('click', () => {
      editing.light(key);
      const box = boxOf([change]);
      if (box) fitBox(box);
    });
    const rows = kind === 'removed' ? [] : fields.filter(({ field }) => kind === 'changed' || !['id', 'name'].includes(field));
    return h('li', {}, head, rows.length > 0 && h('dl', { class: 'import-facts edit-values' }, ...rows.flatMap(({ field, before, after }) => [h('dt', {}, titles.field(layer, field)),
      h('dd', {}, kind === 'changed' && h('del', {}, told(layer, field, before)), kind === 'changed' && ' → ', h('ins', {}, told(layer, field, after)))])));
  }

  /** @param {string} layer */
  const titleOf = (layer) => context.words.titleOf(catalog.layers.find(({ key }) => key === layer)?.title);

  /** Problems of one kind: said once, with every record that has it. @param {import('../../editing').EditProblem[]} problems_ */
  function group(problems_) {
    const [{ code, severity, message, remedy }] = problems_;
    const names = problems_.slice(0, MOST_NAMED).map(({ names: [name], id, place }) => {
      if (!place) return h('li', {}, name ?? id);
      const look = h('button', { type: 'button', class: 'text-button', title: t('editing.look') }, name ?? id);
      look.addEventListener('click', () => fitBox([...place, ...place]));
      return h('li', {}, look);
    });
    const more = problems_.length - names.length;
    return h('li', { class: `issue ${severity}`, 'data-problem': code }, h('strong', {}, message), h('span', { class: 'facts' }, remedy),
      h('ul', { class: 'edit-problem-names' }, ...names, more > 0 && h('li', { class: 'facts' }, t('editing.more', { count: exactNumber(more) }))));
  }

  /** @param {DataDraft} draft */
  function drawProblems({ problems: found, clashes, reviewed }) {
    const parts = [];
    if (clashes.length) {
      const rebase = h('button', { type: 'button', class: 'secondary-button', 'data-edit-rebase': '' }, t('editing.rebase'));
      rebase.addEventListener('click', () => void editing.rebase());
      parts.push(h('div', { class: 'import-note wrong', role: 'alert' }, h('div', {}, h('strong', {}, t('editing.clashes', { count: clashes.length })), h('p', {}, clashes.slice(0, 8).map(({ name }) => name).join(t('list_comma'))), h('p', {}, t('editing.clashes_remedy')), rebase)));
    }
    if (found.length) {
      parts.push(h('h3', {}, t('editing.problems', { count: exactNumber(found.length) })), h('ul', { class: 'issue-list edit-problems' }, ...problemGroups(found).map(group)));
    } else if (reviewed && !clashes.length) parts.push(h('p', { class: 'facts edit-sound' }, sign('check'), t('editing.no_problems')));
    replaceChildren(problems, ...parts);
  }

  /** @param {import('../../types').PageState} state @param {import('../../types').PageState | null} before */
  function render({ editing: now }, before) {
    const { draft, saving, lit } = now;
    if (!draft) return;
    const { counts } = draft;
    replaceChildren(answer, saving && !draft.reviewed ? t('editing.reviewing') : t('editing.answer', { total: exactNumber(counts.added + counts.changed + counts.removed), added: exactNumber(counts.added), changed: exactNumber(counts.changed), removed: exactNumber(counts.removed) }));
    replaceChildren(refused, now.refused && refusedNote(context, now.refused));
    commit.disabled = saving || !draft.may.includes('commit') || !draft.reviewed;
    if (draft === before?.editing.draft && lit === before.editing.lit && list.childElementCount) return;
    drawProblems(draft);
    const more = draft.changes.length + draft.more - MOST_SHOWN;
    replaceChildren(list, h('h3', {}, t('editing.changes')), h('ul', { class: 'edit-change-list' }, ...draft.changes.slice(0, MOST_SHOWN).map(row)), more > 0 && h('p', { class: 'facts' }, t('editing.more', { count: exactNumber(more) })));
  }
  return { element, render };
}
