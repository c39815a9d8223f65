/** Maps to print or show: made by the server as they are chosen here, told how far they are. */

import { addressOf, askedOf } from '../../../aftermath/asked.js';
import { h } from '../../../element.js';
import { sign } from '../../../icons.js';
import { createFileMaking } from '../told.js';
import { fitting } from './map_choice.js';

const MAPS = /** @type {const} */ ([['choropleth', ['pdf', 'png']], ['bivariate', ['pdf', 'png']], ['multiples', ['pdf', 'png']], ['animation', ['gif']]]);

/** @param {import('../../context').PageContext} context */
export function mapDownloads(context) {
  const { words: { t, language }, store } = context;
  const making = createFileMaking(context);
  const paper = h('select', { 'data-impact-paper': '' }, h('option', { value: 'a4' }, 'A4'), h('option', { value: 'a3' }, 'A3'));

  /** @param {typeof MAPS[number][0]} kind @param {string} ending */
  async function make(kind, ending) {
    const state = store.get();
    const asked = askedOf(state);
    if (!asked) return;
    const { measure, network, scheme, count } = fitting(state.aftermath.map, kind === 'bivariate' ? { style: 'bivariate' } : {});
    const url = addressOf(asked, `maps/${kind}.${ending}`, language, { measure, network, scheme, count, paper: paper.value });
    await making.run(url, t(`aftermath.files.${kind}`));
  }

  const rows = MAPS.map(([kind, endings]) => h('li', {}, h('span', {}, t(`aftermath.files.${kind}`)), ...endings.map((ending) => {
    const button = h('button', { type: 'button', class: 'text-button', 'aria-label': `${t(`aftermath.files.${kind}`)} ${ending.toUpperCase()}`, 'data-impact-file': `${kind}.${ending}` }, sign('download'), ending.toUpperCase());
    button.addEventListener('click', () => void make(kind, ending));
    return button;
  })));
  return h('div', { class: 'impact-files' }, h('label', { class: 'field-row' }, t('aftermath.files.paper'), paper), h('ul', {}, ...rows), making.element);
}
