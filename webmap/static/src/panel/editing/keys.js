/** Keys while a draft is worked on: steps undone and done again, a drawing finished or left. */

import { isEditing } from '../../editing/state.js';

/** @param {EventTarget | null} target */
const isWriting = (target) => target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type));

/** @param {import('../context').PageContext} context @param {KeyboardEvent} event */
export function editingKeys({ store, editing, pointing }, event) {
  const state = store.get();
  if (!isEditing(state) || document.querySelector('dialog[open]')) return;
  const { task } = state.editing;
  const key = event.key.toLowerCase();
  const taken = () => {
    event.preventDefault();
    event.stopPropagation();
  };
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === 'z' || key === 'y')) {
    if (isWriting(event.target)) return;
    taken();
    if (key === 'y' || event.shiftKey) void editing.redo();
    else if (!pointing.undoCorner()) void editing.undo();
  } else if (key === 'escape') {
    // A list that is open is closed, a name that is written is left as it was.
    if (event.target instanceof HTMLElement && (event.target.getAttribute('aria-expanded') === 'true' || event.target.classList.contains('edit-name'))) return;
    taken();
    if (task.kind !== 'select') editing.task({ kind: 'select' });
    else editing.leave();
  } else if (task.kind === 'draw' && !isWriting(event.target) && key === 'enter' && !(event.target instanceof HTMLButtonElement)) {
    taken();
    pointing.finish();
  } else if (task.kind === 'draw' && !isWriting(event.target) && key === 'backspace') {
    taken();
    pointing.undoCorner();
  }
}
