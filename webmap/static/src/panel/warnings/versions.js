/** The versions of a warning, and what one changed against another. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { changedItems, changedTexts } from '../../warnings/state.js';
import { itemTitle, squareKm } from './reading.js';

/** @typedef {import('../../warnings').WarningVersion} WarningVersion */
/** @typedef {import('../../warnings').Warning} Warning */

/** @param {import('../context').PageContext} context */
export function createVersions(context) {
  const { words } = context;
  const { t, language } = words;
  const from = h('select', { 'aria-label': t('warnings.compare_from') });
  const to = h('select', { 'aria-label': t('warnings.compare_to') });
  const differences = h('div', { class: 'differences', 'aria-live': 'polite' });
  const summary = h('summary', {});
  const element = h('details', { class: 'warning-more warning-versions', hidden: true }, summary,
    h('p', { class: 'field-row' }, from, h('span', { 'aria-hidden': 'true' }, '→'), to), differences);
  /** @type {Warning | null} */
  let warning = null;
  for (const choice of [from, to]) choice.addEventListener('change', compare);

  /** @param {string} term @param {string} before @param {string} after */
  const row = (term, before, after) => h('div', { class: 'difference' }, h('dt', {}, term), h('dd', {}, before && h('del', {}, before), ' ', after && h('ins', {}, after)));

  /** @param {WarningVersion} a @param {WarningVersion} b */
  function rowsOf(a, b) {
    const rows = [];
    /** @param {string} key @param {string} before @param {string} after */
    const plain = (key, before, after) => before !== after && rows.push(row(t(`warnings.row.${key}`), before, after));
    const level = (/** @type {WarningVersion} */ { content }) => (words.has(`warnings.level.${content.level}`) ? t(`warnings.level.${content.level}`) : content.level);
    plain('level', level(a), level(b));
    plain('starts', moment(a.content.starts_at, language), moment(b.content.starts_at, language));
    plain('ends', moment(a.content.expires_at, language), moment(b.content.expires_at, language));
    const names = (/** @type {WarningVersion} */ { area }) => area.townships.map(({ name }) => name);
    const places = changedItems(names(a), names(b));
    if (places.added.length + places.removed.length) rows.push(row(t('warnings.row.places'), places.removed.join(t('list_comma')), places.added.join(t('list_comma'))));
    plain('size', `${squareKm(a.area.area_km2)} km²`, `${squareKm(b.area.area_km2)} km²`);
    for (const { item, before, after } of changedTexts(a.content.texts.zh, b.content.texts.zh)) rows.push(row(itemTitle(context, item), before, after));
    const english = changedTexts(a.content.texts.en, b.content.texts.en);
    if (english.length) rows.push(row(t('warnings.row.english'), '', english.map(({ item }) => itemTitle(context, item)).join(t('list_comma'))));
    return rows;
  }

  function compare() {
    const find = (/** @type {HTMLSelectElement} */ choice) => warning?.versions.find(({ version }) => String(version) === choice.value);
    const [a, b] = [find(from), find(to)];
    if (!a || !b) return;
    const rows = rowsOf(a, b);
    replaceChildren(differences, rows.length ? h('dl', {}, ...rows) : h('p', { class: 'facts' }, t('warnings.no_difference')));
  }

  /** The last two are compared first; with something in force, what is prepared with that. @param {Warning} next */
  function render(next) {
    const keep = warning?.id === next.id && warning.versions.length === next.versions.length;
    warning = next;
    const { versions, in_force: inForce } = next;
    element.hidden = versions.length < 2;
    if (element.hidden) return;
    replaceChildren(summary, t('warnings.versions', { count: versions.length }));
    if (!keep) {
      const last = versions[versions.length - 1].version;
      const before = inForce && inForce.version < last ? inForce.version : versions[versions.length - 2].version;
      for (const [choice, chosen] of /** @type {const} */ ([[from, before], [to, last]])) {
        replaceChildren(choice, ...versions.map(({ version, by }) => h('option', { value: String(version), selected: version === chosen }, `${t('warnings.version', { version })} ${by}`)));
      }
    }
    compare();
  }
  return { element, render };
}
