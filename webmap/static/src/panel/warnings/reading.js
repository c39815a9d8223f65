/** What a version says as it will be read: who is inside, the required content, the ground and the shape that is sent. */

import { h } from '../../element.js';
import { exactNumber, moment, percent, shortNumber } from '../../format.js';
import { placeButton } from '../place_button.js';

/** @typedef {import('../../warnings').WarningVersion} WarningVersion */
/** @typedef {import('../context').PageContext} PageContext */

/** Places that are named before the rest is counted. */
const NAMED = 12;
const DIGITS = 1;

/** The order in which the plans ask for the items; others follow. */
const ITEMS = ['预警类别', '预警级别', '预警区域或场所', '预警起始时间', '预警期起始时间', '可能影响范围', '警示事项', '应采取的措施', '发布机关'];

/** @param {Record<string, string>} texts @returns {[string, string][]} those that say something */
function inOrder(texts) {
  const place = (/** @type {string} */ item) => (ITEMS.indexOf(item) + ITEMS.length + 1) % (ITEMS.length + 1);
  return Object.entries(texts).filter(([, text]) => text.trim()).sort(([a], [b]) => place(a) - place(b));
}

/** The name of a required item in the page's language. @param {PageContext} context @param {string} item as the plan calls it */
export function itemTitle({ words: { t, has } }, item) {
  return has(`warnings.item.${item}`) ? t(`warnings.item.${item}`) : item;
}

/** @param {number} value square kilometres */
export const squareKm = (value) => (value > 0 && value < 0.05 ? '< 0.1' : exactNumber(Number(value.toFixed(DIGITS))));

/** Five figures; what nobody knows is said, never zero: without any network that reaches people their number is not known. @param {PageContext} context @param {WarningVersion} version */
export function insideSection(context, { area: { inside } }) {
  const { words: { t, language } } = context;
  /** @param {string} key @param {number | null | undefined} value @param {boolean} [about] */
  const figure = (key, value, about = false) => h('li', { 'data-inside': key },
    h('span', { class: 'figure-label' }, t(`warnings.inside.${key}`)),
    h('strong', { title: value == null ? null : exactNumber(value) }, value == null ? t('warnings.unknown_figure') : `${about && value ? t('warnings.about') : ''}${shortNumber(value, language)}`));
  const unknown = (inside.networks ?? []).find(({ network }) => network === inside.people_network)?.people_unknown ?? 0;
  return h('section', { 'data-warning-inside': '' }, h('h4', {}, t('warnings.inside')),
    h('ul', { class: 'inside-figures' },
      figure('people', inside.people_network ? inside.people : null), figure('households', inside.households, inside.households_estimated),
      figure('vulnerable', inside.people_network ? inside.vulnerable_people : null), figure('schools', inside.schools), figure('hospitals', inside.hospitals)),
    unknown > 0 && h('p', { class: 'facts' }, t('warnings.inside.people_unknown', { count: exactNumber(unknown) })),
    inside.households_unknown > 0 && h('p', { class: 'facts' }, t('warnings.inside.households_unknown', { count: inside.households_unknown })),
    facilities(context, inside.facilities ?? []));
}

/** @param {PageContext} context @param {{id: string, name: string}[]} places */
function facilities(context, places) {
  const { t } = context.words;
  if (!places.length) return null;
  const rest = places.length - NAMED;
  return h('details', { class: 'warning-more', 'data-part': 'facilities' }, h('summary', {}, t('warnings.inside.facilities', { count: places.length })),
    h('p', { class: 'name-list' }, ...places.slice(0, NAMED).map(({ id, name }) => placeButton(context, { kind: 'facility', id }, name)), rest > 0 && h('span', { class: 'facts' }, t('warnings.and_more', { count: rest }))));
}

/** The required content in the page's language; the other language below. @param {PageContext} context @param {WarningVersion} version */
export function contentSection(context, version) {
  const { words: { t, language } } = context;
  const { content, missing } = version;
  const other = language === 'zh' ? 'en' : 'zh';
  const own = Object.keys(content.texts[language]).length ? language : other;
  /** @param {'zh' | 'en'} lang */
  const list = (lang) => h('dl', { class: 'warning-content', lang: lang === 'zh' ? 'zh-CN' : 'en' },
    ...inOrder(content.texts[lang]).flatMap(([item, text]) => [h('dt', {}, lang === 'zh' ? item : itemTitle(context, item)), h('dd', {}, text)]));
  const second = own === language && Object.keys(content.texts[other]).length > 0;
  return h('section', { 'data-warning-content': version.version }, h('h4', {}, t('warnings.content')),
    h('p', { class: 'facts' }, t('warnings.from_until', { from: moment(content.starts_at, language), until: moment(content.expires_at, language) })),
    content.reason && h('p', { class: 'warning-reason' }, h('span', { class: 'facts' }, t('warnings.level_reason')), ' ', content.reason),
    own !== language && h('p', { class: 'facts' }, t('warnings.only_other_language')),
    list(own),
    missing.length > 0 && h('div', { class: 'warning-missing', 'data-missing': missing.length }, h('strong', {}, t('warnings.missing')), h('ul', {}, ...missing.map((text) => h('li', {}, text)))),
    second && h('details', { class: 'warning-more' }, h('summary', {}, t(`warnings.in_${other}`)), list(other)),
    content.contact && h('p', { class: 'facts' }, t('warnings.contact', { contact: content.contact })));
}

/** @param {PageContext} context @param {WarningVersion} version @param {boolean} open */
export function areaSection(context, { area }, open) {
  const { words: { t, language } } = context;
  const { sending, outside } = area;
  return h('section', { 'data-warning-area': '' }, h('h4', {}, t('warnings.area')),
    h('p', {}, t('warnings.area_size', { km2: squareKm(area.area_km2), count: area.townships.length })),
    h('p', { class: 'facts', 'data-sending': '' }, t(sending.added_km2 <= 0 ? 'warnings.sending_same' : 'warnings.sending_shape',
      { count: sending.count, points: sending.points, km2: squareKm(sending.added_km2), share: percent(sending.added_share, '') })),
    ...area.notes.map((note) => h('p', { class: 'facts' }, note)),
    outside.length > 0 && h('div', { class: 'warning-outside' }, h('strong', {}, t('warnings.outside', { count: outside.length })),
      h('p', { class: 'name-list' }, ...outside.slice(0, NAMED).map(({ id, name }) => placeButton(context, { kind: 'facility', id }, name)), outside.length > NAMED && h('span', { class: 'facts' }, t('warnings.and_more', { count: outside.length - NAMED })))),
    h('details', { class: 'warning-more', 'data-part': 'area', open }, h('summary', {}, t('warnings.parts', { count: area.parts.length })),
      h('ul', { class: 'area-parts' }, ...area.parts.map(({ title, operation }) => h('li', {}, h('span', { 'aria-label': t(`warnings.${operation}`) }, operation === 'plus' ? '＋' : '－'), ' ', title))),
      h('p', { class: 'facts' }, area.townships.map(({ name, share }) => (share < 1 ? `${name} ${percent(share, '')}` : name)).join(language === 'zh' ? '、' : ', '))));
}
