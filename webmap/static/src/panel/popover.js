/** A button that opens and closes a small panel. */

/** @param {HTMLElement} button @param {HTMLElement} panel */
export function popover(button, panel) {
  const set = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => {
    set(panel.hidden);
    if (!panel.hidden) firstControl(panel)?.focus();
  });
  for (const part of [button, panel]) {
    part.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || panel.hidden) return;
      event.stopPropagation();
      set(false);
      button.focus();
    });
  }
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !panel.contains(event.target) && !button.contains(event.target)) set(false);
  });
  return { close: () => set(false) };
}

/** @param {HTMLElement} panel @returns {HTMLElement | undefined} the first that is shown */
function firstControl(panel) {
  const controls = /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll('select, input, button, a[href]'));
  return [...controls].find((control) => control.offsetParent !== null);
}
