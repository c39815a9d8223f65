/**
 * First of the incident panel: the level that the plan's conditions ask for, why, and who decides. The software
 * recommends; so the card says.
 */

import { find, h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { hasIncident, reportedFigures } from '../../state/marks.js';
import { besides, inForce } from '../decide/choices.js';
import { standing } from '../decide/standing.js';
import { mountClauses } from './clauses.js';
import { mountFigures } from './figures.js';
import { nextReportNotice } from './next_report.js';
import { figureWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../types').LevelResult} LevelResult */
/** @typedef {import('../../types').LevelView} LevelView */

/**
 * @param {import('../context').PageContext} context
 * @param {{decide: (decision: import('../../log').Decision, level: LevelResult | null) => void, closeIncident: () => void}} commands
 */
export function mountLevelCard(context, commands) {
  const { words, store, actions, catalog } = context;
  const { t } = words;
  const say = figureWords(context);
  const card = find('#level-card');
  const detail = find('#level-detail');
  const clauses = mountClauses(context, say, find('#level-clauses'));
  const figures = mountFigures(context, say, find('#level-figures'));

  const numeral = h('div', { class: 'level-numeral', 'aria-hidden': 'true', 'data-level-numeral': '' });
  const heading = h('h2', { 'data-level-heading': '' });
  const why = h('p', { class: 'level-why', 'data-level-why': '' });
  const facts = h('p', { class: 'facts', 'data-level-facts': '' });
  const rise = h('button', { type: 'button', class: 'level-rise', 'data-level-rise': '' });
  const refusedNote = h('span', { class: 'refused-note', role: 'status', hidden: true });
  const toggles = { clauses: toggle('clauses'), figures: toggle('figures') };
  const inForceNow = standing(context, {
    decide: (decision) => commands.decide(decision, store.get().assessment?.level ?? null),
    close: commands.closeIncident,
  });
  const next = nextReportNotice(context);
  card.append(inForceNow.element, next.element, numeral, h('div', { class: 'level-words', 'aria-live': 'polite' }, heading, why, facts), rise,
    h('div', { class: 'level-actions' }, toggles.clauses, toggles.figures, refusedNote));
  rise.addEventListener('click', () => {
    actions.showLevel('figures');
    figures.focusFirst(store.get().assessment?.level.could_rise_by ?? []);
  });
  detail.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    const { levelView } = store.get();
    actions.showLevel('closed');
    if (levelView !== 'closed') toggles[levelView].focus();
  });

  /** @param {'clauses' | 'figures'} view */
  function toggle(view) {
    const button = h('button', { type: 'button', class: 'text-button', 'aria-controls': `level-${view}`, 'data-level-view': view });
    button.addEventListener('click', () => actions.showLevel(store.get().levelView === view ? 'closed' : view));
    return button;
  }

  /** What is recommended, seen from what is in force. @param {string | null} level @param {string | null} running */
  function recommendation(level, running) {
    if (!level) return t('level.none');
    if (!running) return t('level.recommended', { level });
    const levels = catalog.plans.find(({ key }) => key === store.get().marks.plan)?.levels.map((one) => one.level) ?? [];
    return t(`decide.advice_${besides(level, running, levels)}`, { level });
  }

  /** @param {LevelResult} level @param {import('../../log').IncidentView | null} view */
  function headline(level, view) {
    setNumeral(level.level);
    heading.hidden = false;
    card.classList.remove('quiet');
    replaceChildren(heading, recommendation(level.level, view && inForce(view)));
    const said = (level.level === null && say.nearest(level)) || level.why;
    replaceChildren(why, said);
    why.title = said;
    // In an incident it stands with what is in force who decides.
    replaceChildren(facts, factsOf(view ? { ...level, decided_by: [] } : level).join(' · '));
    facts.hidden = !facts.textContent;
    rise.hidden = level.could_rise_to === null;
    replaceChildren(rise, t('level.could_rise', { level: level.could_rise_to ?? '', names: say.named(level.plan, level.could_rise_by) }), sign('right'));
  }

  /** @param {string | null} level */
  function setNumeral(level) {
    numeral.hidden = false;
    numeral.classList.toggle('none', level === null);
    replaceChildren(numeral, level ?? '—');
  }

  /** Event grade, who decides, by when to report. @param {LevelResult} level */
  function factsOf(level) {
    const minutes = level.report_every_minutes;
    return [
      level.grade_name && t('level.grade', { grade: level.grade_name }),
      level.decided_by.length > 0 && t('level.decided_by', { who: level.decided_by.join(t('level.or')) }),
      minutes && (minutes % 60 ? t('level.report_minutes', { minutes }) : t('level.report_hours', { hours: minutes / 60 })),
      level.reports && t('level.report_limits', { first: level.reports.first_written_minutes, answer: level.reports.answer_minutes }),
    ].filter(Boolean);
  }

  /** Without an answer: still under way, not asked for yet, or refused. @param {PageState} state */
  function noAnswer({ marks, failure, log }) {
    setNumeral(null);
    const quiet = !failure && !hasIncident(marks);
    numeral.hidden = quiet;
    // In an incident the line of what is in force says what is missing.
    heading.hidden = quiet && log.view !== null;
    card.classList.toggle('quiet', heading.hidden);
    replaceChildren(heading, t(failure ? 'level.failed' : quiet ? 'level.waiting' : 'level.working'));
    for (const part of [why, facts]) replaceChildren(part);
    facts.hidden = true;
    rise.hidden = true;
  }

  /** @param {PageState} state */
  function showView({ levelView, marks, refused }) {
    detail.hidden = levelView === 'closed';
    find('#incident-panel').classList.toggle('level-open', levelView !== 'closed');
    find('#level-clauses').hidden = levelView !== 'clauses';
    find('#level-figures').hidden = levelView !== 'figures';
    const count = Object.keys(reportedFigures(marks)).length;
    for (const view of /** @type {const} */ (['clauses', 'figures'])) {
      const open = view === levelView;
      toggles[view].setAttribute('aria-expanded', String(open));
      replaceChildren(toggles[view], t(open ? 'level.back' : `level.${view}`), view === 'figures' && !open && count > 0 && h('span', { class: 'count-mark' }, String(count)));
    }
    refusedNote.hidden = refused.length === 0;
    replaceChildren(refusedNote, t('figures.refused_count', { count: refused.length }));
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    const level = state.assessment?.level;
    inForceNow.render(state, changed);
    if (changed('log', 'hours', 'marks')) next.render(state);
    card.classList.toggle('in-incident', state.log.view !== null);
    if (changed('assessment', 'failure', 'marks', 'levelView', 'log')) {
      if (level) headline(level, state.log.view);
      else noAnswer(state);
      toggles.clauses.hidden = !level;
    }
    if (changed('levelView', 'marks', 'refused')) showView(state);
    if (changed('levelView')) detail.scrollTop = 0;
    if (state.levelView === 'clauses' && changed('levelView', 'assessment')) clauses.render(level ?? null);
    if (changed('assessment', 'marks', 'refused', 'levelView')) figures.render(state);
  }
  return { render };
}
