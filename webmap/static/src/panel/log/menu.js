/** What can be done with an entry: correct it, withdraw it, look at what was believed then, see it on the map. */

import { h } from '../../element.js';
import { sign } from '../../icons.js';
import { FIELDS } from '../../state/record_kinds.js';
import { moveInMenu } from '../dock.js';
import { placeOf } from './places.js';
import { recordDialog } from './record/dialog.js';

/** @typedef {import('../../log').LogEntry} LogEntry */

/** @param {import('../context').PageContext} context */
export function createEntryMenu(context) {
  const { words: { t }, data, actions, log, zoomTo, store } = context;
  /** @type {(() => void) | null} */
  let close = null;

  /** @param {string} key @param {() => void} action */
  function item(key, action) {
    const button = h('button', { type: 'button', role: 'menuitem', 'data-entry-action': key }, h('strong', {}, t(`logpane.menu.${key}`)), h('span', {}, t(`logpane.menu.${key}.about`)));
    button.addEventListener('click', () => {
      close?.();
      action();
    });
    return button;
  }

  /** A correction is not corrected itself, but the entry that it names once more. @param {LogEntry} entry */
  function items(entry) {
    const mendable = log.canRecord() && entry.fact !== null && entry.kind !== 'correction';
    const place = placeOf(data, entry.fact);
    return [
      mendable && entry.kind in FIELDS && item('correct', () => recordDialog(context).correct(entry, false)),
      mendable && entry.number !== 1 && !entry.withdrawn && item('withdraw', () => recordDialog(context).correct(entry, true)),
      store.get().log.known !== entry.number && item('believed', () => void log.believed(entry.number)),
      place && item('map', () => {
        actions.select(place);
        zoomTo(place);
      }),
    ].filter((made) => made !== false && made !== null);
  }

  /** @param {LogEntry} entry @param {HTMLElement} anchor */
  function open(entry, anchor) {
    close?.();
    const menu = h('div', { class: 'menu entry-menu', role: 'menu', 'aria-label': t('logpane.menu', { number: entry.number }) }, ...items(entry));
    document.body.append(menu);
    const box = anchor.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
    const below = box.bottom + 4 + menu.offsetHeight < innerHeight;
    menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - menu.offsetHeight - 4)}px`;
    anchor.setAttribute('aria-expanded', 'true');
    // What is pressed instead gets the focus itself; giving it back here would move what lies under the pointer.
    const away = (/** @type {Event} */ event) => {
      if (!(event.target instanceof Node) || menu.contains(event.target)) return;
      if (document.activeElement instanceof HTMLElement && menu.contains(document.activeElement)) document.activeElement.blur();
      close?.();
    };
    close = () => {
      close = null;
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('wheel', away);
      anchor.setAttribute('aria-expanded', 'false');
      const held = menu.contains(document.activeElement);
      menu.remove();
      if (held && anchor.isConnected) anchor.focus({ preventScroll: true });
    };
    document.addEventListener('pointerdown', away);
    // It hangs on a row that scrolls away.
    document.addEventListener('wheel', away, { passive: true });
    menu.addEventListener('keydown', (event) => {
      if (event.key === 'Tab') close?.();
      else moveInMenu(event, menu, () => close?.());
    });
    menu.querySelector('button')?.focus();
  }

  /** @param {LogEntry} entry */
  function button(entry) {
    const anchor = h('button', { type: 'button', class: 'icon-button entry-more', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': t('logpane.menu', { number: entry.number }) }, sign('more'));
    anchor.addEventListener('click', () => (close && anchor.getAttribute('aria-expanded') === 'true' ? close() : open(entry, anchor)));
    return anchor;
  }
  return { button };
}
