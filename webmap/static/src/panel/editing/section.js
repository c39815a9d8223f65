/** Editing on the map: the drafts there are, the one that is worked on, and what it changes before it is written. */

import { h, replaceChildren } from '../../element.js';
import { isEditing, showsDraft } from '../../editing/state.js';
import { lostNote } from './notes.js';
import { editingKeys } from './keys.js';
import { mountDraftList } from './drafts.js';
import { mountHint } from './hint.js';
import { mountReview } from './review.js';
import { mountWork } from './work.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context */
export function mountEditing(context) {
  const lost = h('div', {});
  const parts = { list: mountDraftList(context), work: mountWork(context), review: mountReview(context) };
  const hint = mountHint(context);
  const element = h('div', { class: 'editing', hidden: true }, lost, ...Object.values(parts).map((part) => part.element));
  window.addEventListener('keydown', (event) => editingKeys(context, event), true);

  /** @param {PageState} state @returns {keyof typeof parts} */
  function shownPart({ editing }) {
    if (!editing.draft || editing.draft.state !== 'open') return 'list';
    return editing.reviewing ? 'review' : 'work';
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    hint.render(state, before);
    document.body.classList.toggle('edit-placing', isEditing(state) && state.editing.task.kind !== 'select');
    if (!state.imports.open || state.imports.view !== 'edit') return;
    if (before && state.editing === before.editing && state.imports === before.imports) return;
    const shown = shownPart(state);
    for (const [key, part] of Object.entries(parts)) part.element.hidden = key !== shown;
    replaceChildren(lost, state.editing.lost && lostNote(context, state.editing.lost));
    parts[shown].render(state, before);
    if (before && shownPart(before) !== shown && showsDraft(state)) element.parentElement?.scrollTo({ top: 0 });
  }
  return { element, render };
}
