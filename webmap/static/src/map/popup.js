/** The card of a place, standing at the place. */

import * as L from 'leaflet';

/** A card opened while the map is still on its way to the place is brought into view when the map has arrived. */
const ARRIVING_MS = 900;

/**
 * @param {L.Map} map @param {string} closeLabel @param {() => void} onClose
 * @param {() => {paddingTopLeft: [number, number], paddingBottomRight: [number, number]}} covered room that panels take
 */
export function createPopup(map, closeLabel, onClose, covered) {
  /** @type {L.Popup | null} */
  let popup = null;
  let openedAt = 0;
  map.on('moveend', () => {
    if (performance.now() - openedAt < ARRIVING_MS) popup?.update();
  });

  /** @param {L.LatLngExpression} at @param {HTMLElement} content */
  function open(at, content) {
    close();
    const { paddingTopLeft: [left, top], paddingBottomRight } = covered();
    const room = map.getSize().x - left - paddingBottomRight[0];
    const options = { maxWidth: Math.max(240, Math.min(380, room)), minWidth: 240, closeButton: false, offset: L.point(0, -12) };
    popup = L.popup({ ...options, autoPanPaddingTopLeft: [left, top + 60], autoPanPaddingBottomRight: paddingBottomRight })
      .setLatLng(at)
      .setContent(content)
      .openOn(map);
    openedAt = performance.now();
    const opened = popup;
    popup.on('remove', () => {
      if (popup !== opened) return;
      popup = null;
      onClose();
    });
    popup.getElement()?.setAttribute('role', 'dialog');
    popup.getElement()?.setAttribute('aria-label', closeLabel);
  }

  function close() {
    const opened = popup;
    popup = null;
    opened?.remove();
  }

  /** The card of the same place, told anew; it stays where it is. @param {HTMLElement} content */
  function refresh(content) {
    const held = popup?.getElement()?.contains(document.activeElement) ? document.activeElement : null;
    const key = held instanceof HTMLElement ? Object.keys(held.dataset)[0] : undefined;
    popup?.setContent(content);
    const again = key && content.querySelector(`[data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`);
    if (held) /** @type {HTMLElement | null} */ (again || content.querySelector('button'))?.focus();
  }

  return { open, close, refresh };
}
