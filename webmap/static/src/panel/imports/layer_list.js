/** The layers there are, in the order in which they are loaded; on an empty database the start. */

import { h } from '../../element.js';
import { exactNumber } from '../../format.js';
import { sign } from '../../icons.js';
import { isEmpty, loadRows, progressOf } from '../../imports/order.js';
import { popover } from '../popover.js';

/** @typedef {import('../../imports/order.js').LoadRow} LoadRow */

/** Layers of persons' addresses, which are given out in no file. */
const PERSONAL = ['contacts'];
/** Formats in which a layer is given out. */
const FORMATS = ['gpkg', 'geojson', 'shp', 'csv', 'xlsx'];

/** @param {import('../context').PageContext} context */
export function mountLayerList(context) {
  const { words: { t, titleOf }, catalog, imports } = context;
  const rows = loadRows(catalog.layers);
  const element = h('div', { class: 'data-layers' });
  const needed = rows.filter((row) => row.needed);
  const more = rows.filter((row) => !row.needed);
  const { done, of } = progressOf(rows);
  const empty = isEmpty(catalog.layers);
  const title = titleOf;

  /** Once it is looked at, and not again: counts change with a new version of the data, for which the page starts anew. */
  function render() {
    if (element.childElementCount) return;
    element.append(
      ...(done < of ? start() : [h('p', { class: 'siting-about' }, t('data.layers.about'))]),
      h('ol', { class: 'load-list', 'aria-label': t('data.tab.layers') }, ...needed.map((row, index) => item(row, index + 1))),
      h('h3', { class: 'load-more' }, t('data.start.more')),
      h('ul', { class: 'load-list' }, ...more.map((row) => item(row, null))),
      h('p', { class: 'facts load-formats' }, t('imports.formats')),
      h('p', { class: 'facts load-formats', hidden: !empty }, t('data.start.sample')));
  }

  /** What to do first, while something that is needed is missing. */
  function start() {
    return [h('section', { class: 'load-start', 'data-load-start': '' },
      h('h3', {}, t(empty ? 'data.start.title' : 'data.start.title_going')),
      h('p', {}, t(empty ? 'data.start.about' : 'data.start.about_going')),
      h('div', { class: 'plan-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': String(of), 'aria-valuenow': String(done), 'aria-label': t('data.start.progress', { done, of }) }, h('span', { style: `width: ${(100 * done) / of}%` })),
      h('p', { class: 'facts' }, t('data.start.progress', { done, of })))];
  }

  /** @param {LoadRow} row @param {number | null} number */
  function item({ layer, state, after }, number) {
    const name = title(layer.title);
    const there = layer.count > 0;
    const about = there ? t('data.layer.count', { count: exactNumber(layer.count) })
      : after.length && state !== 'next' ? t('data.layer.after', { layers: after.map((key) => title(rows.find((row) => row.layer.key === key)?.layer.title)).join(t('list_comma')) })
        : t(`data.layer.${layer.key}`);
    const bring = h('button', { type: 'button', class: state === 'next' ? 'primary-button' : 'text-button', 'data-load-layer': layer.key, 'aria-label': t('data.layer.import', { layer: name }) }, t('data.import'));
    bring.addEventListener('click', () => imports.begin(layer.key));
    return h('li', { 'data-load-state': state, 'data-layer': layer.key },
      h('span', { class: 'load-mark', 'aria-hidden': 'true' }, there ? sign('check') : number === null ? sign('plus') : String(number)),
      h('div', {}, h('strong', {}, name), h('p', { class: 'facts' }, about)),
      h('span', { class: 'load-tools' }, there && !PERSONAL.includes(layer.key) && download(layer.key, name), bring));
  }

  /** @param {string} key @param {string} name */
  function download(key, name) {
    const button = h('button', { type: 'button', class: 'icon-button', 'aria-expanded': 'false', 'aria-label': t('data.layer.download', { layer: name }), title: t('data.layer.download', { layer: name }) }, sign('download'));
    const menu = h('div', { class: 'menu popover load-menu', hidden: true, role: 'group', 'aria-label': t('data.layer.download', { layer: name }) },
      ...FORMATS.map((format) => h('a', { class: 'menu-row', href: `/api/layers/${key}/export?format=${format}`, download: '' }, t(`data.format.${format}`))));
    popover(button, menu);
    return h('span', { class: 'menu-anchor' }, button, menu);
  }

  return { element, render };
}
