/** Keys that work anywhere on the page, except while somebody writes. */

import { hasIncident } from './state/marks.js';

/**
 * @param {object} commands
 * @param {import('./actions.js').Actions} commands.actions
 * @param {import('./state/store.js').Store<import('./types').PageState>} commands.store
 * @param {() => void} commands.openSearch
 * @param {() => void} commands.openHelp
 * @param {() => void} commands.openAreas
 * @param {() => void} commands.openIncidents
 * @param {() => void} commands.openRecord
 * @param {() => void} commands.openWarnings
 * @param {() => void} commands.toggleSiting
 * @param {() => void} commands.toggleAftermath
 * @param {() => unknown} commands.toggleData
 * @param {(event: KeyboardEvent, key: string) => boolean} commands.inFilm whether the film took a key
 * @param {() => void} commands.toggleFilm
 * @param {() => void} commands.play
 */
export function listenToKeys({ actions, store, openSearch, openHelp, openAreas, openIncidents, openRecord, openWarnings, toggleSiting, toggleAftermath, toggleData, toggleFilm, inFilm, play }) {
  /** @type {Record<string, () => unknown>} */
  const keys = {
    f: () => actions.setMode('fault'),
    a: openAreas,
    i: openIncidents,
    r: openRecord,
    n: openWarnings,
    s: toggleSiting,
    d: toggleData,
    e: toggleAftermath,
    p: toggleFilm,
    m: () => actions.setMode('measure'),
    w: () => (store.get().log.id !== null || hasIncident(store.get().marks)) && actions.startWhatIf(),
    l: () => actions.showLevel(store.get().levelView === 'closed' ? 'figures' : 'closed'),
    '/': openSearch,
    '?': openHelp,
    ' ': play,
    Escape: () => {
      const { mode, selected, aftermath, log } = store.get();
      // What was chosen on the map is let go first.
      if (mode === 'none' && selected === null && aftermath.open && log.id !== null) toggleAftermath();
      else store.update({ mode: 'none', selected: null });
    },
  };

  document.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if ((event.ctrlKey || event.metaKey) && !writing(event.target)) {
      if (key === 'z' && !event.shiftKey) act(event, () => actions.undo());
      else if (key === 'y' || key === 'z') act(event, () => actions.redo());
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || (writing(event.target) && key !== 'Escape')) return;
    // A space on a button presses it; only elsewhere does it play.
    if (key === ' ' && event.target instanceof HTMLElement && event.target.closest('button, a, summary, select, input')) return;
    if (!inFilm(event, key) && keys[key]) act(event, keys[key]);
  });
}

/** @param {KeyboardEvent} event @param {() => unknown} action */
function act(event, action) {
  event.preventDefault();
  action();
}

/** @param {EventTarget | null} target */
function writing(target) {
  if (!(target instanceof HTMLElement)) return false;
  // A field in a dialog just closed keeps the focus until the next frame; nobody writes there.
  if (!target.checkVisibility()) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
