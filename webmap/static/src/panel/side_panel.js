/** A panel that stands in the place of the incident's while it is open. */

/**
 * Shows or hides the panel; opened, it gets the focus.
 * @param {HTMLElement} panel @param {string} bodyClass what the page is while it is open
 * @returns {(open: boolean) => void}
 */
export function sidePanel(panel, bodyClass) {
  return (open) => {
    if (panel.hidden !== open) return;
    panel.hidden = !open;
    document.body.classList.toggle(bodyClass, open);
    if (open) panel.focus({ preventScroll: true });
  };
}
