/** Who and what is inside the area: people first, then customers by network, vulnerable people, schools, hospitals. */

import { h, replaceChildren } from '../../../element.js';
import { countBeforeUnit, exactNumber, headlineNumber } from '../../../format.js';

/** @typedef {import('../../../warnings_draft').InsideFigures} InsideFigures */

/** @param {import('../../context').PageContext} context */
export function insideFigures({ words, titles }) {
  const { t, language } = words;
  const main = h('div', { class: 'draft-inside' });
  const networks = h('p', { class: 'draft-networks', 'data-inside': 'customers' });
  const unknown = h('p', { class: 'facts', 'data-inside': 'unknown' });
  const element = h('div', { class: 'draft-inside-all', 'aria-live': 'polite' }, main, networks, unknown);

  /** @param {string} key @param {number | null} value @param {{estimated?: boolean, atLeast?: boolean}} [how] */
  function figure(key, value, { estimated = false, atLeast = false } = {}) {
    const { number, unit } = headlineNumber(value ?? 0, language);
    const mark = estimated ? t('draft.about') : atLeast ? t('draft.at_least') : '';
    return h('div', { class: 'draft-figure', 'data-inside': key, title: value === null ? '' : exactNumber(value) },
      h('span', { class: 'figure-label' }, t(`draft.inside.${key}`)),
      value === null ? h('strong', { class: 'draft-unknown' }, t('draft.unknown')) : h('strong', {}, mark, number, unit));
  }

  /** @param {InsideFigures} inside */
  function show(inside) {
    const most = inside.networks.find(({ network }) => network === inside.people_network);
    const points = inside.networks.reduce((sum, row) => sum + row.points, 0);
    const vulnerableOpen = inside.networks.some((row) => row.vulnerable_unknown > 0);
    const whole = inside.townships.length > 0 && inside.households_unknown === inside.townships.length;
    replaceChildren(main,
      figure('people', most ? inside.people : points ? null : 0, { atLeast: Boolean(most?.people_unknown) }),
      figure('households', whole ? null : inside.households, { estimated: inside.households_estimated, atLeast: !inside.households_estimated && inside.households_unknown > 0 }),
      figure('vulnerable', inside.vulnerable_people || !vulnerableOpen ? inside.vulnerable_people : null, { atLeast: inside.vulnerable_people > 0 && vulnerableOpen }),
      figure('schools', inside.schools), figure('hospitals', inside.hospitals));
    const rows = inside.networks.filter(({ points: count }) => count > 0);
    replaceChildren(networks, ...rows.map((row) => h('span', {}, t('draft.customers', {
      network: titles.network(row.network),
      count: row.customers || !row.customers_unknown ? countBeforeUnit(row.customers, language) : t('draft.unknown'),
    }))));
    networks.hidden = !rows.length;
    const open = rows.filter((row) => row.customers_unknown || row.people_unknown);
    const said = [
      most && t('draft.people_by', { network: titles.network(most.network) }),
      inside.households_estimated && t('draft.households_estimated'),
      ...open.map((row) => t('draft.some_unknown', { network: titles.network(row.network), count: Math.max(row.customers_unknown, row.people_unknown) })),
    ].filter(Boolean);
    replaceChildren(unknown, said.join(t('sentence_gap')));
    unknown.hidden = !said.length;
  }

  return { element, show };
}
