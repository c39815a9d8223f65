/** Names in the chart's bars, as far as there is room: whole, without their voltage, shortened, or none. */

/** The voltage before a name, "10 kV ": most lines of a storm share it. */
const VOLTAGE = /^\d+(?:\.\d+)?\s*kV\s*/;
/** Fewer characters name nothing. */
const FEWEST = 2;

/** @param {HTMLElement} label */
const fits = (label) => label.scrollHeight <= label.clientHeight + 1 && label.scrollWidth <= label.clientWidth + 1;

/** Writes into each label of `[data-name]` as much of its name as fits. @param {HTMLElement} panel that is shown */
export function fitLabels(panel) {
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll('[data-name]'))) fitLabel(label, label.dataset.name ?? '');
}

/** @param {HTMLElement} label @param {string} name */
function fitLabel(label, name) {
  const short = name.replace(VOLTAGE, '');
  for (const text of new Set([name, short])) {
    label.textContent = text;
    if (fits(label)) return;
  }
  for (let length = short.length - 1; length >= FEWEST; length -= 1) {
    label.textContent = `${short.slice(0, length).trimEnd()}…`;
    if (fits(label)) return;
  }
  label.textContent = '';
}
