/** Files of the whole incident, each in a line that says what it is for. */

import { addressOf, askedOf } from '../../../aftermath/asked.js';
import { h } from '../../../element.js';
import { sign } from '../../../icons.js';
import { FILES } from '../../../reports/documents.js';

/** @param {import('../../context').PageContext} context @param {(url: string, title: string, place: HTMLElement) => void} make */
export function fileRows({ words: { t, language }, store }, make) {
  /** @param {import('../../../reports').FileFormat} format */
  function row(format) {
    const title = t(`reports.file.${format}`);
    const place = h('div', {});
    const button = h('button', { type: 'button', class: 'file-row', 'data-file': format }, sign('download'), h('span', {}, h('strong', {}, title), h('span', { class: 'facts' }, t(`reports.file.${format}.about`))));
    button.addEventListener('click', () => {
      const asked = askedOf(store.get());
      if (asked) make(addressOf(asked, `files/incident.${format}`, language), title, place);
    });
    return h('li', {}, button, place);
  }
  return h('section', { class: 'report-files', 'aria-label': t('reports.files') }, h('h3', {}, t('reports.files')), h('p', { class: 'facts' }, t('reports.files_about')), h('ul', {}, ...FILES.map(row)));
}
