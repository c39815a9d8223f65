/** Files of an answer, for other programs. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';

/** @type {('sites.geojson' | 'sites.csv' | 'assignment.csv')[]} */
const FILES = ['sites.geojson', 'sites.csv', 'assignment.csv'];

/** @param {import('../../context').PageContext} context */
export function downloadPart({ words: { t }, siting }) {
  const element = h('section', { class: 'siting-part siting-files' });
  return {
    element,
    /** @param {import('../../../siting').SitingRun} run */
    render(run) {
      replaceChildren(element, h('h3', {}, t('siting.files')), h('div', { class: 'field-row' }, ...FILES.map((file) =>
        h('a', { class: 'text-button', href: siting.file(run.id, file), download: '', 'data-siting-file': file, title: t(`siting.file.${file}.about`) }, sign('download'), t(`siting.file.${file}`)))));
    },
  };
}
