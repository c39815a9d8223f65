/** What a press on the map does now, over the map, with buttons for those who have no keys. */

import { h, replaceChildren } from '../../element.js';
import { isEditing } from '../../editing/state.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context */
export function mountHint(context) {
  const { words: { t, titleOf }, catalog, editing, pointing } = context;
  const element = h('div', { id: 'edit-hint', class: 'floating', role: 'status', hidden: true });
  document.body.append(element);
  const button = (/** @type {string} */ key, /** @type {() => unknown} */ press, /** @type {string} */ name) => {
    const made = h('button', { type: 'button', class: 'text-button', [`data-edit-hint`]: name }, t(key));
    made.addEventListener('click', () => press());
    return made;
  };
  const leave = () => button('editing.hint.leave', () => editing.task({ kind: 'select' }), 'leave');

  /** @param {import('../../editing').EditingState} state @returns {(Node | string | false)[]} */
  function content({ task, layer }) {
    const kind = catalog.layers.find(({ key }) => key === layer)?.geometry;
    switch (task.kind) {
      case 'draw': {
        const count = task.corners.length;
        const least = kind === 'LineString' ? 2 : 3;
        const text = kind === 'Point' ? t('editing.hint.point') : count === 0 ? t(layer === 'network_lines' ? 'editing.hint.line_from' : 'editing.hint.first') : t(layer === 'network_lines' ? 'editing.hint.line_to' : 'editing.hint.next');
        return [h('span', {}, text), count >= least && button('editing.hint.finish', pointing.finish, 'finish'), count > 0 && button('editing.hint.back', pointing.undoCorner, 'back'), count === 0 && (kind === 'Point' || layer === 'network_lines') && button('editing.without_map', editing.fillUnplaced, 'unplaced'), leave()];
      }
      case 'split': return [h('span', {}, t('editing.hint.split')), leave()];
      case 'refer': return [h('span', {}, t('editing.hint.refer', { layer: titleOf(catalog.layers.find(({ key }) => key === task.layer)?.title) })), leave()];
      default: return [];
    }
  }

  return {
    /** @param {PageState} state @param {PageState | null} before */
    render(state, before) {
      if (before && state.editing === before.editing && state.imports === before.imports) return;
      element.hidden = !isEditing(state) || state.editing.task.kind === 'select';
      if (!element.hidden && (state.editing.task !== before?.editing.task || !element.childElementCount)) replaceChildren(element, ...content(state.editing));
    },
  };
}
