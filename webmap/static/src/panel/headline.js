/** Three figures that say how bad it is. Each opens to how it was computed. */

import { find, h, replaceChildren } from '../element.js';
import { duration, exactNumber, headlineNumber, moment, percent } from '../format.js';
import { sign } from '../icons.js';
import { missingLayers } from '../imports/order.js';
import { NETWORKS } from '../state/marks.js';
import { planLink } from './plan_links.js';

/** @typedef {import('../types').Assessment} Assessment */

/** @param {Assessment} now @returns {{network: import('../types').Network | null, customers: number}} */
function worst(now) {
  let best = { network: /** @type {import('../types').Network | null} */ (null), customers: 0 };
  for (const network of NETWORKS) {
    const customers = now.outages[network]?.customers ?? 0;
    if (customers > best.customers) best = { network, customers };
  }
  return best;
}

/**
 * The three figures with what stands beside each: townships hit, customers out of the worst network, places of the list that failed.
 * @param {Pick<import('./context').PageContext, 'words' | 'titles'>} context @param {Assessment} now
 */
export function headlineFigures({ words: { t }, titles }, now) {
  const hit = now.townships.filter((township) =>
    Object.values(township.commodities).some((loss) => (loss?.customers_out ?? 0) > 0));
  // The plan's own figures are of its county alone; these are of the whole map.
  const inside = hit.filter(({ county_code: county }) => county === now.plan.county_code).length;
  const { network, customers } = worst(now);
  const listed = now.facilities.filter((facility) => facility.tier !== null);
  const failed = listed.filter((facility) => facility.state === 'failed').length;
  const reserve = listed.filter((facility) => facility.state === 'on_reserve').length;
  const unknown = now.facilities.filter((facility) => facility.tier !== null && facility.state === 'unknown').length;
  const share = network ? now.outages[network]?.customers_share ?? null : null;
  return [
    { key: 'townships', value: hit.length, label: t('figure.townships'), note: t('figure.inside', { county: now.plan.county_name, count: inside }) },
    { key: 'customers', value: customers, label: t('figure.customers'),
      note: network ? t('figure.share', { network: titles.network(network), share: percent(share, t('unknown')) }) : t('figure.none') },
    { key: 'facilities', value: failed, label: t('figure.facilities'), note: t('figure.on_reserve', { count: reserve }) + (unknown ? t('figure.states_unknown', { count: unknown }) : '') },
  ];
}

/** @param {import('./context').PageContext} context */
export function mountHeadline(context) {
  const { words, titles } = context;
  const { t, language } = words;
  const row = find('#headline');
  // Without a layer nothing is found hit in it: figures of half a map are told before they are read.
  const missing = missingLayers(context.catalog.layers).map(({ title }) => words.titleOf(title)).join(t('list_comma'));
  const incomplete = h('p', { class: 'headline-incomplete', role: 'note', 'data-incomplete': '', hidden: true }, sign('alert'), h('span', {}, t('data.incomplete.figures', { layers: missing })));
  row.before(incomplete);
  const explanation = find('#explanation');
  /** @type {string | null} */
  let open = null;
  /** @type {Assessment | null} */
  let assessment = null;

  /** @param {Assessment | null} now */
  function render(now) {
    assessment = now;
    row.hidden = !now;
    incomplete.hidden = !now || !missing;
    if (!now) {
      explanation.hidden = true;
      return;
    }
    replaceChildren(row, ...headlineFigures(context, now).map(({ key, value, label, note }) => {
      const { number, unit } = headlineNumber(value, language);
      const button = h('button', {
        type: 'button', class: 'figure', 'aria-expanded': String(open === key), 'aria-controls': 'explanation',
        'data-figure': key, title: exactNumber(value),
      },
        h('span', { class: 'figure-label' }, label),
        h('span', { class: 'figure-value' }, number, unit && h('span', { class: 'figure-unit' }, unit)),
        h('span', { class: 'figure-note' }, note));
      button.addEventListener('click', () => {
        open = open === key ? null : key;
        render(assessment);
        find(`[data-figure="${key}"]`).focus();
      });
      return button;
    }));
    explain(now);
  }

  /** @param {Assessment} now */
  function explain(now) {
    explanation.hidden = open === null;
    if (open === 'townships') replaceChildren(explanation, ...townshipBasis(now));
    else if (open === 'customers') replaceChildren(explanation, customersTable(now), ...basisNotes(now, Object.keys(now.figure_basis).filter((key) => key !== 'affected_townships')));
    else if (open === 'facilities') replaceChildren(explanation, ...facilitiesBasis(now));
  }

  /** @param {Assessment} now */
  function townshipBasis(now) {
    return [h('p', {}, t('basis.townships', { total: now.townships.length, county: now.plan.county_name })), ...basisNotes(now, ['affected_townships']), source(now)];
  }

  /** @param {Assessment} now */
  function facilitiesBasis(now) {
    const count = (/** @type {boolean} */ listed, /** @type {string} */ state) =>
      now.facilities.filter((facility) => (facility.tier !== null) === listed && facility.state === state).length;
    const next = now.facilities.filter((facility) => facility.state === 'on_reserve' && facility.hours_left !== null)
      .sort((a, b) => (a.hours_left ?? 0) - (b.hours_left ?? 0))[0];
    return [
      h('p', {}, t('basis.facilities')),
      h('p', {}, t('basis.facilities_listed', { failed: count(false, 'failed'), reserve: count(false, 'on_reserve') })),
      next && h('p', {}, t('basis.next_failure', { name: next.name, left: duration(next.hours_left ?? 0, language), at: next.fails_at ? moment(next.fails_at, language) : '' })),
      source(now),
    ];
  }

  /** @param {Assessment} now */
  function customersTable(now) {
    const rows = NETWORKS.map((network) => {
      const outage = now.outages[network];
      if (!outage) return null;
      return h('tr', {}, h('th', { scope: 'row' }, titles.network(network)),
        h('td', {}, exactNumber(outage.customers)), h('td', {}, percent(outage.customers_share, t('unknown'))),
        h('td', {}, exactNumber(outage.population)), h('td', {}, exactNumber(outage.at_horizon.customers)));
    });
    const heads = ['network', 'customers', 'share', 'population', 'at_horizon'].map((key) => h('th', { scope: 'col' }, t(`column.${key}`, { hours: now.horizon_hours })));
    return h('div', { class: 'table-scroll' }, h('table', {}, h('caption', {}, t('basis.customers')), h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows)));
  }

  /** @param {Assessment} now @param {string[]} keys */
  function basisNotes(now, keys) {
    return keys.filter((key) => key in now.figure_basis).map((key) => {
      const { title, value, unit, numerator, denominator, method, clauses } = now.figure_basis[key];
      const shown = unit === 'share' ? percent(value, t('unknown')) : value === null ? t('unknown') : exactNumber(value);
      const fraction = typeof numerator === 'number' && typeof denominator === 'number'
        ? ` = ${exactNumber(numerator)} / ${exactNumber(denominator)}` : '';
      return h('p', { class: 'basis' }, h('strong', {}, `${title} ${shown}${fraction}`), h('span', {}, method),
        clauses.length > 0 && h('span', { class: 'clause' }, t('clause', { clause: '' }), ...clauses.map((clause) => planLink(context, now.plan.key, clause, { clause }))));
    });
  }

  /** @param {Assessment} now */
  function source(now) {
    return h('p', { class: 'source' }, t('basis.source', { version: now.data_version }));
  }

  return { render };
}
