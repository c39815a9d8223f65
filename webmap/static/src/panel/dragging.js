/** A bar along which a thumb is dragged: pressed anywhere, it comes there and follows. */

/** @param {HTMLElement} track @param {HTMLElement} thumb that gets the focus @param {(event: PointerEvent) => void} moveTo */
export function dragAlong(track, thumb, moveTo) {
  track.addEventListener('pointerdown', (event) => {
    track.setPointerCapture(event.pointerId);
    thumb.focus();
    moveTo(event);
  });
  track.addEventListener('pointermove', (event) => {
    if (track.hasPointerCapture(event.pointerId)) moveTo(event);
  });
}
