/** The card of a place, standing at the place. */

import * as L from 'leaflet';

/** @param {L.Map} map @param {string} closeLabel @param {() => void} onClose */
export function createPopup(map, closeLabel, onClose) {
  /** @type {L.Popup | null} */
  let popup = null;

  /** @param {L.LatLngExpression} at @param {HTMLElement} content */
  function open(at, content) {
    close();
    popup = L.popup({ maxWidth: 380, minWidth: 240, closeButton: false, autoPanPadding: [60, 90], offset: [0, -12] })
      .setLatLng(at)
      .setContent(content)
      .openOn(map);
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

  return { open, close };
}
