/** Reliability indices by their names, heating degree hours where a temperature was told, and what all of it rests on. */

import { fixed, networksHit } from '../../../aftermath/figures.js';
import { h } from '../../../element.js';
import { duration, exactNumber } from '../../../format.js';
import { definitions, section, table } from './parts.js';
import { impactWords } from './say.js';

/** @typedef {import('../../../aftermath').Impact} Impact */

/** @param {import('../../context').PageContext} context @param {Impact} impact */
export function reliabilitySection({ words, words: { t }, titles }, impact) {
  const hit = networksHit(impact);
  if (!hit.length) return null;
  const unknown = t('aftermath.unknown');
  /** @param {number | null} value @param {number} digits */
  const figure = (value, digits) => (value === null ? unknown : fixed(value, digits));
  const rows = hit.map(([network, own]) => [titles.network(network), figure(own.saifi, 3), figure(own.saidi_minutes, 1),
    own.caidi_minutes === null && own.saifi === 0 ? '—' : figure(own.caidi_minutes, 1), exactNumber(own.interruptions), exactNumber(own.momentary_interruptions)]);
  const heads = ['network', 'saifi', 'saidi', 'caidi', 'interruptions', 'momentary'].map((key) => t(`aftermath.column.${key}`));
  return section('reliability', t('aftermath.reliability'), h('p', { class: 'facts' }, t('aftermath.reliability.about')), table(heads, rows),
    definitions(words, impact, ['saifi', 'saidi', 'caidi', 'interruptions']));
}

/** @param {import('../../context').PageContext} context @param {Impact} impact */
export function heatingSection(context, impact) {
  const { words, words: { t, language } } = context;
  const { heating } = impact;
  if (!heating) return null;
  const unknownHours = heating.hours_unknown > 0 && t('aftermath.heating.unknown', { hours: duration(heating.hours_unknown, language) });
  const people = heating.people_degree_hours === null ? null : impactWords(context).amount(heating.people_degree_hours);
  const said = heating.degree_hours === null || !people ? t('aftermath.heating.none')
    : t('aftermath.heating.known', { degrees: fixed(heating.degree_hours, 0), people, base: fixed(heating.base_c, 1), hours: duration(heating.hours_known, language) });
  return section('heating', t('aftermath.heating'), h('p', {}, said), unknownHours && heating.degree_hours !== null && h('p', { class: 'facts' }, unknownHours), definitions(words, impact, ['degree_hours']));
}

/** @param {import('../../context').PageContext} context @param {Impact} impact */
export function basisSection({ words, words: { t } }, impact) {
  return section('basis', t('aftermath.basis'),
    h('ul', { class: 'assumptions' }, ...impact.assumptions.map(({ text, clause }) => h('li', {}, text, clause && h('span', { class: 'clause' }, clause)))),
    h('p', { class: 'facts' }, t('aftermath.data_version', { version: impact.data_version })),
    definitions(words, impact, impact.definitions.map(({ key }) => key), t('aftermath.all_definitions')));
}
