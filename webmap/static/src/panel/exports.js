/** Files of what is seen: tables for a spreadsheet, the map as GeoJSON, at the time looked at. */

import { documentOf } from '../assess.js';
import { find, h } from '../element.js';
import { sign } from '../icons.js';
import { RequestFailed, postForFile } from '../request.js';
import { moveInMenu } from './dock.js';
import { markOf } from './file_mark.js';

const FILES = [
  { key: 'ranking', query: 'format=csv&table=ranking' },
  { key: 'facilities', query: 'format=csv&table=facilities' },
  { key: 'townships', query: 'format=csv&table=townships' },
  { key: 'map', query: 'format=geojson' },
];

/** @param {import('./context').PageContext} context */
export function mountExports(context) {
  const { words, store, showError, showNote } = context;
  const { t, language } = words;
  const place = find('#exports');
  const open = h('button', { type: 'button', class: 'text-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'data-export-menu': '' }, sign('download'), t('export'));
  const menu = h('div', { class: 'menu export-menu', role: 'menu', hidden: true, 'aria-label': t('export') });
  const share = h('button', { type: 'button', class: 'text-button', 'data-share': '' }, sign('share'), t('share'));
  const after = h('button', { type: 'button', class: 'text-button aftermath-entrance', 'data-aftermath-open': '', hidden: true }, sign('chart'), t('aftermath'));
  after.addEventListener('click', context.aftermath.open);
  place.append(h('div', { class: 'menu-anchor' }, open, menu), share, after);

  for (const { key, query } of FILES) {
    const item = h('button', { type: 'button', role: 'menuitem', 'data-export': key }, h('strong', {}, t(`export.${key}`)), h('span', {}, t(`export.${key}.about`)));
    item.addEventListener('click', () => {
      setMenu(false);
      void download(key, query);
    });
    menu.append(item);
  }
  open.addEventListener('click', () => setMenu(menu.hidden));
  menu.addEventListener('keydown', (event) => moveInMenu(event, menu, () => setMenu(false)));
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !menu.parentElement?.contains(event.target)) menu.hidden = true;
  });
  share.addEventListener('click', () => void copyLink(context));

  /** @param {boolean} shown */
  function setMenu(shown) {
    menu.hidden = !shown;
    open.setAttribute('aria-expanded', String(shown));
    if (shown) menu.querySelector('button')?.focus();
    else open.focus();
  }

  /** Files only of a result, and of one that took every figure. @param {import('../types').PageState} state */
  function render({ assessment, refused, log }) {
    // Of a calculation nothing is recorded, so there is nothing to report.
    after.hidden = log.id === null;
    open.disabled = !assessment || refused.length > 0;
    open.title = !assessment ? t('export.nothing') : refused.length ? t('export.refused') : '';
    if (open.disabled) menu.hidden = true;
  }

  /** @param {string} key @param {string} query */
  async function download(key, query) {
    const { assessment, log, present } = store.get();
    const body = assessment && documentOf(assessment);
    if (!body) return;
    try {
      const { blob, name } = await postForFile(`/api/exports/assessments?${query}&lang=${language}${markOf(log.id, present !== null)}`, body);
      const address = URL.createObjectURL(blob);
      h('a', { href: address, download: name }).click();
      window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
      showNote(t('export.done', { name }));
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      showError(t('export.failed', { name: t(`export.${key}`) }), reason.error);
    }
  }
  return { render };
}

/** Copies the page's address. Without the right to the clipboard the address stands in a field, ready to be copied. @param {import('./context').PageContext} context */
export async function copyLink({ words, link, showNote }) {
  const address = link();
  try {
    await navigator.clipboard.writeText(address);
    showNote(words.t('share.done'));
  } catch {
    window.prompt(words.t('share.copy'), address);
  }
}
