/** The versions of a warning, and what one changed against another. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { changedItems, changedTexts } from '../../warnings/state.js';
import { itemTitle, squareKm } from './reading.js';

/** @typedef {import('../../warnings').WarningVersion} WarningVersion */
/** @typedef {import('../../warnings').Warning} Warning */

/** @typedef {{term: string, before: string, after: string, brief?: boolean}} Difference `brief`: both are short enough for one line */

/**
 * What a version says otherwise than another: level, times, ground, texts, channels.
 * @param {import('../context').PageContext} context @param {WarningVersion} a @param {WarningVersion} b @returns {Difference[]}
 */
export function differencesOf(context, a, b) {
  const { words: { t, language, has } } = context;
  const comma = t('list_comma');
  /** @param {string} key @param {(version: WarningVersion) => string} tell */
  const plain = (key, tell) => ({ term: t(`warnings.row.${key}`), before: tell(a), after: tell(b) });
  /** @param {string} key @param {(version: WarningVersion) => string[]} tell */
  const list = (key, tell) => {
    const { added, removed } = changedItems(tell(a), tell(b));
    return { term: t(`warnings.row.${key}`), before: removed.join(comma), after: added.join(comma) };
  };
  const named = (/** @type {string} */ prefix, /** @type {string} */ key) => (has(`${prefix}.${key}`) ? t(`${prefix}.${key}`) : key);
  const english = changedTexts(a.content.texts.en, b.content.texts.en).map(({ item }) => itemTitle(context, item)).join(comma);
  return [
    plain('level', ({ content }) => named('warnings.level', content.level)), plain('reason', ({ content }) => content.reason ?? ''),
    { ...plain('starts', ({ content }) => moment(content.starts_at, language)), brief: true }, { ...plain('ends', ({ content }) => moment(content.expires_at, language)), brief: true },
    list('places', ({ area }) => area.townships.map(({ name }) => name)), plain('size', ({ area }) => `${squareKm(area.area_km2)} km²`),
    ...changedTexts(a.content.texts.zh, b.content.texts.zh).map(({ item, before, after }) => ({ term: itemTitle(context, item), before, after })),
    { term: t('warnings.row.english'), before: '', after: english },
    list('channels', ({ content }) => content.channels.map((key) => named('warnings.channel', key))), plain('targeted', ({ content }) => t(content.targeted ? 'warnings.yes' : 'warnings.no')), plain('contact', ({ content }) => content.contact ?? ''),
  ].filter(({ before, after }) => before !== after);
}

/** @param {import('../context').PageContext} context */
export function createVersions(context) {
  const { words } = context;
  const { t } = words;
  const from = h('select', { 'aria-label': t('warnings.compare_from') });
  const to = h('select', { 'aria-label': t('warnings.compare_to') });
  const differences = h('div', { class: 'differences', 'aria-live': 'polite' });
  const summary = h('summary', {});
  const element = h('details', { class: 'warning-more warning-versions', hidden: true }, summary,
    h('p', { class: 'field-row' }, from, h('span', { 'aria-hidden': 'true' }, '→'), to), differences);
  /** @type {Warning | null} */
  let warning = null;
  for (const choice of [from, to]) choice.addEventListener('change', compare);

  function compare() {
    const find = (/** @type {HTMLSelectElement} */ choice) => warning?.versions.find(({ version }) => String(version) === choice.value);
    const [a, b] = [find(from), find(to)];
    if (!a || !b) return;
    const rows = differencesOf(context, a, b).map(({ term, before, after }) => h('div', { class: 'difference' }, h('dt', {}, term), h('dd', {}, before && h('del', {}, before), ' ', after && h('ins', {}, after))));
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
