/** How a file is marked: by its incident, and that it is what was tried out. Pure. */

/** @param {string | null} incident @param {boolean} whatIf @returns {string} for the end of a query */
export const markOf = (incident, whatIf) => `${incident ? `&incident=${encodeURIComponent(incident)}` : ''}${whatIf ? '&what_if=1' : ''}`;
