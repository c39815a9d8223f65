/** The card of a place, standing at the place. */

import * as L from 'leaflet';

/** A card opened while the map is still on its way to the place is brought into view when the map has arrived. */
const ARRIVING_MS = 900;

/** How far the strip of a what-if reaches below the tools, pixels. */
function stripBelowTools() {
  const strip = document.querySelector('#what-if');
  const dock = document.querySelector('#dock');
  if (!(strip instanceof HTMLElement) || strip.hidden || !dock) return 0;
  return strip.getBoundingClientRect().bottom - dock.getBoundingClientRect().top + 8;
}

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
    popup = L.popup({ ...options, autoPanPaddingTopLeft: [left, top + Math.max(60, stripBelowTools())], autoPanPaddingBottomRight: paddingBottomRight })
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

  /**
   * The card of the same place, told anew; it stays where it is. The click that caused it has to pass first: to the map,
   * a button that is gone by then would lie beside the card.
   * @param {() => HTMLElement | null} tell
   */
  function refresh(tell) {
    const shown = popup;
    window.setTimeout(() => {
      const content = shown && shown === popup ? tell() : null;
      if (!shown || !content) return;
      const held = shown.getElement()?.contains(document.activeElement) ? document.activeElement : null;
      const name = held?.getAttributeNames().find((attribute) => attribute.startsWith('data-'));
      shown.setContent(content);
      const again = name && content.querySelector(`[${name}]`);
      if (held) /** @type {HTMLElement | null} */ (again || content.querySelector('button'))?.focus();
    });
  }

  return { open, close, refresh };
}
