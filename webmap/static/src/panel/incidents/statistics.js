/** Statistics over incidents: what happened, and apart from it what was exercised. */

import { h, replaceChildren } from '../../element.js';
import { duration, exactNumber, moment } from '../../format.js';
import { countsSaid, figuresOf } from '../../reports/statistics.js';
import { RequestFailed, wasAborted } from '../../request.js';
import { requestTold } from '../../request_told.js';
import { toldBar } from '../aftermath/told.js';
import { shortPlanTitle } from '../plan_links.js';

/** @typedef {import('../../reports').Statistics} Statistics */
/** @typedef {import('../../reports').StatisticsGroup} StatisticsGroup */
/** @typedef {import('../../reports').IncidentCounted} IncidentCounted */

/** @param {import('../context').PageContext} context @param {{onOpen: (id: string) => void, onBack: () => void}} ways */
export function incidentStatistics(context, { onOpen, onBack }) {
  const { words: { t, language } } = context;
  /** @type {AbortController | null} */
  let running = null;
  const bar = toldBar(context.words, () => running?.abort());
  const content = h('div', { class: 'statistics-groups' });
  const back = h('button', { type: 'button', class: 'text-button', 'data-statistics-back': '' }, t('statistics.back'));
  const element = h('div', { class: 'statistics', 'data-statistics': '' }, back, bar.element, content);
  back.addEventListener('click', onBack);

  async function load() {
    running?.abort();
    const own = new AbortController();
    running = own;
    replaceChildren(content);
    bar.render({ stage: '', title: '', done: 0, total: 0 });
    try {
      const { answer } = await requestTold(`/api/incident-statistics?lang=${language}&progress=1`, { signal: own.signal, onStep: (told) => own === running && bar.render(told) });
      if (own === running) show(answer);
    } catch (reason) {
      if (wasAborted(reason)) {
        if (own === running) replaceChildren(content, h('p', { class: 'facts' }, t('statistics.stopped')), again());
      } else if (reason instanceof RequestFailed) fail(reason.error);
      else throw reason;
    } finally {
      if (own === running) bar.render(null);
    }
  }

  function again() {
    const button = h('button', { type: 'button', class: 'secondary-button' }, t('retry'));
    button.addEventListener('click', () => void load());
    return button;
  }

  /** @param {import('../../types').PageError} error */
  function fail({ message, remedy, status }) {
    replaceChildren(content, h('div', { class: 'record-failure', role: 'alert' }, h('strong', {}, t('statistics.failed')), h('p', {}, message || t(status ? 'error.server' : 'error.unreachable', { status })), remedy && h('p', {}, remedy), again()));
  }

  /** @param {Statistics} statistics */
  function show({ real, drills, left_out: left, assumptions }) {
    replaceChildren(content, ...(real.count + drills.count ? [group('real', real), group('drills', drills)] : [h('p', { class: 'empty' }, t('statistics.empty'))]),
      left.length > 0 && h('p', { class: 'facts' }, t('statistics.left_out', { names: left.join(t('list_comma')) })),
      assumptions.length > 0 && h('details', { class: 'review-part' }, h('summary', {}, h('h3', {}, t('assumptions'))), h('ul', { class: 'review-assumptions' }, ...assumptions.map(({ text }) => h('li', {}, text)))));
  }

  /** @param {'real' | 'drills'} key @param {StatisticsGroup} of */
  function group(key, of) {
    const heading = h('h3', {}, t(`statistics.${key}`), h('span', { class: 'tab-count' }, String(of.count)), of.incidents.some(({ synthetic }) => synthetic) && h('span', { class: 'sample-word' }, t('reports.synthetic')));
    if (!of.count) return h('section', { 'data-statistics-group': key }, heading, h('p', { class: 'facts' }, t(`statistics.${key}.empty`)));
    const figures = figuresOf(of, language).map(({ key: figure, value, note }) => h('div', { class: 'siting-figure', 'data-statistics-figure': figure }, h('span', {}, t(`statistics.${figure}`)),
      h('strong', {}, value ?? t('unknown')), note && h('span', { class: 'facts' }, t(note.key, note.values))));
    return h('section', { 'data-statistics-group': key }, heading, h('p', { class: 'review-sentence' }, of.sentence), h('div', { class: 'siting-figures' }, ...figures),
      h('dl', { class: 'statistics-counts' }, ...[['by_month', of.by_month], ['by_level', of.by_level], ['by_plan', of.by_plan]].flatMap(([name, rows]) => [h('dt', {}, t(`statistics.${String(name)}`)), h('dd', {}, countsSaid(/** @type {import('../../reports').CountRow[]} */ (rows)))])),
      incidents(of.incidents));
  }

  /** @param {IncidentCounted[]} rows the last first */
  function incidents(rows) {
    const heads = ['incident', 'began', 'level', 'to_level_short', 'reports', 'measures_short', 'customer_hours', 'people_hours'];
    return h('div', { class: 'review-scroll' }, h('table', { class: 'review-table statistics-table' }, h('caption', { class: 'visually-hidden' }, t('statistics')),
      h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, t(`statistics.${head}`))))), h('tbody', {}, ...[...rows].reverse().map(row))));
  }

  /** @param {IncidentCounted} one */
  function row(one) {
    const name = h('button', { type: 'button', class: 'cell-button' }, one.name);
    name.addEventListener('click', () => onOpen(one.id));
    const hours = (/** @type {number | null} */ value) => h('td', { class: 'number' }, value === null ? t('unknown') : exactNumber(Math.round(value)));
    return h('tr', { 'data-statistics-incident': one.id }, h('th', { scope: 'row' }, name, h('span', { class: 'facts' }, shortPlanTitle(context, one.plan))),
      h('td', {}, one.began_at ? moment(one.began_at, language) : t('unknown')), h('td', {}, one.highest_level ?? '—'),
      h('td', { class: 'number' }, one.fact_to_level_minutes === null ? '—' : duration(Math.abs(one.fact_to_level_minutes) / 60, language)),
      h('td', { class: 'number' }, one.reports_due ? `${one.reports_in_time} / ${one.reports_due}` : '—'), h('td', { class: 'number' }, one.measures_due ? `${one.measures_done} / ${one.measures_due}` : '—'),
      hours(one.customer_hours), hours(one.people_hours));
  }
  return { element, load: () => void load(), stop: () => running?.abort() };
}
