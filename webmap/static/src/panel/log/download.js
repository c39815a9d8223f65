/** The log as a file: to read, for a spreadsheet, for machines. */

import { h } from '../../element.js';
import { sign } from '../../icons.js';
import { moveInMenu } from '../dock.js';

const FORMATS = ['txt', 'csv', 'json'];

/** @param {import('../context').PageContext} context */
export function downloadMenu({ words, store }) {
  const { t, language } = words;
  const open = h('button', { type: 'button', class: 'text-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'data-log-download': '' }, sign('download'), t('logpane.download'));
  const menu = h('div', { class: 'menu log-download', role: 'menu', hidden: true, 'aria-label': t('logpane.download') });
  for (const format of FORMATS) {
    const item = h('button', { type: 'button', role: 'menuitem', 'data-log-format': format }, h('strong', {}, t(`logpane.download.${format}`)), h('span', {}, t(`logpane.download.${format}.about`)));
    item.addEventListener('click', () => {
      setMenu(false);
      // The server names the file, and keeps what the viewer may not see out of it.
      h('a', { href: `/api/incidents/${encodeURIComponent(store.get().log.id ?? '')}/log?format=${format}&lang=${language}`, download: '' }).click();
    });
    menu.append(item);
  }
  open.addEventListener('click', () => setMenu(menu.hidden));
  menu.addEventListener('keydown', (event) => moveInMenu(event, menu, () => setMenu(false)));
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !menu.parentElement?.contains(event.target)) menu.hidden = true;
  });

  /** @param {boolean} shown */
  function setMenu(shown) {
    menu.hidden = !shown;
    open.setAttribute('aria-expanded', String(shown));
    if (shown) menu.querySelector('button')?.focus();
    else open.focus();
  }
  return h('div', { class: 'menu-anchor' }, open, menu);
}
