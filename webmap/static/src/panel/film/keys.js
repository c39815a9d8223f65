/** Keys while the film is shown: play, to the next and the last change, away. */

/**
 * @param {import('../context').PageContext} page @param {KeyboardEvent} event @param {string} key
 * @returns {boolean} whether the film took it; what would mark or record something is taken, too
 */
export function filmKeys({ store, film }, event, key) {
  if (!store.get().film.open) return false;
  /** @type {Record<string, () => void>} */
  const keys = {
    ' ': film.play,
    ArrowRight: () => film.step(1),
    ArrowLeft: () => film.step(-1),
    c: film.mark,
    Escape: () => (store.get().film.compared || store.get().film.marked ? film.unmark() : film.close()),
  };
  // The map moves by its own arrows, the tabs by theirs.
  if (key.startsWith('Arrow') && event.target instanceof HTMLElement && event.target.closest('#map, [role="tab"], [role="slider"]')) return true;
  const away = ['f', 'a', 'r', 'w', 'm'].includes(key);
  if (!keys[key] && !away) return false;
  event.preventDefault();
  keys[key]?.();
  return true;
}
