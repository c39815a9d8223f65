/** Every condition of the plan as a table by level: whether it holds, on what evidence, what is missing, in which words. */

import { h, replaceChildren } from '../../element.js';
import { planLink, shortPlanTitle, showRevision } from '../plan_links.js';

/** @typedef {import('../../types').LevelResult} LevelResult */
/** @typedef {import('../../types').ClauseOutcome} ClauseOutcome */

/** Beside the word, so that neither colour nor the word alone carries the outcome. */
const SIGNS = { met: '✓', not_met: '✕', unknown: '?' };

/**
 * @param {import('../context').PageContext} context
 * @param {import('./words.js').FigureWords} say
 * @param {HTMLElement} element
 */
export function mountClauses(context, say, element) {
  const { words, catalog } = context;
  const { t } = words;

  /** @param {LevelResult | null} level */
  function render(level) {
    if (!level) return replaceChildren(element);
    const revision = h('p', { class: 'revision-note', hidden: true });
    void showRevision(context, revision, level.plan);
    return replaceChildren(element, h('h3', {}, t('level.clauses')), revision, table(level), ...rulings(level), ...duties(level),
      h('p', { class: 'source' }, planLink(context, level.plan, shortPlanTitle(context, level.plan), {}, 'plan-link')));
  }

  /** @param {LevelResult} level */
  function table(level) {
    const levels = [...new Set(level.clauses.map((row) => row.level))];
    return h('table', { class: 'clauses' }, h('caption', {}, t('clauses.caption')),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('clauses.clause')), h('th', { scope: 'col' }, t('clauses.evidence')))),
      ...levels.map((key) => h('tbody', { 'data-level-group': key },
        h('tr', {}, h('th', { scope: 'rowgroup', colSpan: 2 }, groupTitle(level.plan, key))),
        ...level.clauses.filter((row) => row.level === key).map((row) => clauseRow(level, row)))));
  }

  /** @param {string} plan @param {string} key of a level */
  function groupTitle(plan, key) {
    const decided = catalog.plans.find((entry) => entry.key === plan)?.levels.find(({ level }) => level === key)?.decided_by ?? [];
    const name = t('level.name', { level: key });
    return decided.length ? `${name} · ${t('level.decided_by', { who: decided.join(t('level.or')) })}` : name;
  }

  /** @param {LevelResult} level @param {ClauseOutcome} row */
  function clauseRow(level, row) {
    const evidence = Object.keys(row.observed).map((key) => h('li', {}, ...evidenceOf(level, key)));
    return h('tr', { 'data-clause': row.clause, 'data-outcome': row.outcome },
      h('th', { scope: 'row' }, planLink(context, level.plan, row.clause, { clause: row.clause }),
        h('span', { class: `outcome outcome-${row.outcome}` }, h('span', { class: 'outcome-sign', 'aria-hidden': 'true' }, SIGNS[row.outcome]), t(`outcome.${row.outcome}`))),
      h('td', {}, evidence.length > 0 && h('ul', { class: 'evidence' }, ...evidence),
        row.missing.length > 0 && h('p', { class: 'missing' }, t('clauses.missing', { names: row.missing.map((key) => say.title(level.plan, key)).join(t('list_comma')) })),
        h('p', { class: 'wording', lang: 'zh-CN' }, row.text)));
  }

  /** A figure with its unit and where it comes from; what was computed instead stands beside it. @param {LevelResult} level @param {string} key */
  function evidenceOf(level, key) {
    const figure = say.figureOf(level.plan, key);
    const used = level.figures.find((entry) => entry.key === key);
    const value = used?.value ?? null;
    const overridden = used?.source === 'reported' && used.computed !== null;
    return [
      h('span', {}, say.title(level.plan, key)), ' ', h('strong', {}, say.value(figure, value)), ' ',
      used && h('span', { class: `source-mark source-${used.source}` }, t(`source.${used.source}`)),
      overridden && h('span', { class: 'facts' }, ' ', t('figures.computed', { value: say.value(figure, used.computed) })),
    ];
  }

  /** @param {LevelResult} level */
  function rulings(level) {
    if (!level.rulings.length) return [];
    return [h('h3', {}, t('rulings')), h('p', { class: 'note-line' }, t('rulings.about')),
      h('ul', { class: 'rulings' }, ...level.rulings.map((ruling) => h('li', { 'data-ruling': ruling.key },
        h('p', {}, ruling.text),
        h('p', { class: 'facts' }, t('rulings.reason', { reason: ruling.reason }), ' ', planLink(context, level.plan, ruling.clause, { section: 'rulings' })))))];
  }

  /** How the plan starts the response, and how it wants reports, in its own words. @param {LevelResult} level */
  function duties(level) {
    return [
      level.procedure && h('h3', {}, t('level.procedure')), level.procedure && h('p', { class: 'wording', lang: 'zh-CN' }, level.procedure),
      level.reports && h('h3', {}, t('level.reports'), ' ', planLink(context, level.plan, level.reports.clause, { clause: level.reports.clause })),
      level.reports && h('p', { class: 'wording', lang: 'zh-CN' }, level.reports.text),
    ];
  }
  return { render };
}
