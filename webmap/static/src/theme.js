/** Light, dark and wall: attributes of the document that the style sheet and the canvas read. */

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** @param {import('./types').ThemeChoice} choice */
export function isDark(choice) {
  return choice === 'dark' || (choice === 'system' && DARK.matches);
}

/** @param {import('./types').PageState} state @returns {boolean} whether the page is dark now */
export function applyTheme({ theme, wall, scenes }) {
  const dark = isDark(theme);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.toggleAttribute('data-wall-view', wall);
  document.documentElement.toggleAttribute('data-wall-scenes', scenes !== null);
  return dark;
}

/** @param {() => void} listener */
export function onSystemTheme(listener) {
  DARK.addEventListener('change', listener);
}
