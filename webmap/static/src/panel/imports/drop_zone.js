/** Where a file is put: dropped, or chosen by a button. */

import { h, replaceChildren } from '../../element.js';

/** What the browser's own dialog offers; what a file really is the server says. */
const SUFFIXES = '.zip,.shp,.gpkg,.geojson,.json,.kml,.kmz,.csv,.txt,.xlsx,.dxf';

/** @param {import('../context').PageContext} context */
export function dropZone({ words: { t }, imports, showNote }) {
  const input = h('input', { type: 'file', class: 'visually-hidden', accept: SUFFIXES, tabIndex: -1, 'aria-hidden': 'true', 'data-import-file': '' });
  const choose = h('button', { type: 'button', class: 'primary-button', 'data-import-choose': '' }, t('imports.choose'));
  const what = h('p', {});
  const facts = h('p', { class: 'facts' });
  const element = h('div', { class: 'drop-zone', 'data-drop-zone': '' }, what, choose, facts, input);
  choose.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    input.value = '';
    if (file) void imports.send(file);
  });
  for (const event of ['dragenter', 'dragover']) {
    element.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      element.classList.add('over');
    });
  }
  element.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) element.classList.remove('over');
  });
  element.addEventListener('drop', (event) => {
    event.preventDefault();
    element.classList.remove('over');
    const files = event.dataTransfer?.files ?? [];
    if (files.length > 1) showNote(t('imports.one_file'));
    else if (files.length === 1) void imports.send(files[0]);
  });
  return {
    element,
    /** @param {string} text what is to be put here @param {string} limit */
    say(text, limit) {
      replaceChildren(what, text);
      replaceChildren(facts, t('imports.formats'), limit && ` ${limit}`);
    },
  };
}
