/** Warnings as rows: what is in force, what is in preparation and whose turn it is, what is over. */

import { h } from '../../element.js';
import { endedAt, endsSoon, groupOf, grouped, nextStep, ofIncident, waitsFor } from '../../warnings/state.js';
import { drillMark } from '../drill.js';
import { openWarning } from './open.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../warnings').WarningSummary} WarningSummary */

/** So many that are over are shown at once. */
const PAST_OPEN = 3;

/** @param {import('../context').PageContext} context */
export function createWarningList(context) {
  const { words, warnings } = context;
  const { t } = words;
  const say = warningWords(context);

  /** Until when it counts, and what follows. @param {WarningSummary} warning @param {PageState} state @param {string} now */
  function lines(warning, state, now) {
    const group = groupOf(warning, now);
    const { in_force: inForce, pending } = warning;
    const turn = pending && say.turn(turnOf(state, warning), pending.status_title);
    if (group === 'current' && inForce) {
      return [h('span', { class: 'warning-until' }, h('strong', {}, say.left(inForce.expires_at, now)), ' ', say.until(inForce.expires_at, now)),
        turn && h('span', { class: 'warning-turn' }, t('warnings.update_pending', { turn }))];
    }
    if (group === 'planned') return [h('span', { class: 'warning-turn' }, turn), h('span', { class: 'facts' }, say.until(warning.expires_at, now))];
    const ended = endedAt(warning);
    return [h('span', { class: 'facts' }, ended ? `${warning.status_title} · ${say.at(ended, now)}` : warning.status_title)];
  }

  /** @param {WarningSummary} warning @param {PageState} state @param {string} now @param {boolean} [named] whether its incident is named */
  function row(warning, state, now, named = false) {
    const group = groupOf(warning, now);
    const mine = awaitsViewer(state, warning);
    const button = h('button', { type: 'button', class: 'warning-row', 'data-warning': warning.id, 'data-warning-group': group },
      h('span', { class: `warning-swatch warning-swatch-${group}`, 'aria-hidden': 'true' }),
      h('span', { class: 'warning-words' },
        h('span', { class: 'warning-name' }, warning.drill && drillMark(words), h('strong', {}, say.level(warning)), mine && h('span', { class: 'warning-mine', 'data-mine': mine }, t(mine === 'returned' ? 'warnings.returned_to_you' : 'warnings.your_turn'))),
        h('span', {}, say.places(warning.townships)),
        named && h('span', { class: 'facts' }, warning.incident.name),
        ...lines(warning, state, now),
        group === 'current' && endsSoon(warning, now) && h('span', { class: 'warning-soon' }, t(concerned(state, warning) ? 'warnings.ends_soon' : 'warnings.ends_soon_plain'))));
    button.addEventListener('click', () => void openWarning(context, warning.id));
    for (const type of ['mouseenter', 'focus']) button.addEventListener(type, () => warnings.hover(warning.id));
    for (const type of ['mouseleave', 'blur']) button.addEventListener(type, () => warnings.hover(null));
    return h('li', { class: state.hoveredWarning === warning.id ? 'hovered' : '' }, button);
  }

  /** @param {string} key @param {HTMLElement[]} rows */
  const section = (key, rows) => rows.length > 0 && h('section', { 'data-warning-section': key }, h('h3', {}, t(`warnings.group.${key}`)), h('ol', { class: 'warning-rows' }, ...rows));

  return {
    row,
    /** Those of the open incident by group, then what else is in force. @param {PageState} state @param {string} now */
    sections(state, now) {
      const own = grouped(ofIncident(state.warnings.list, state.log.id), now, state.log.id);
      const others = grouped(state.warnings.list.filter(({ incident }) => incident.id !== state.log.id), now, state.log.id).current;
      const past = own.past.map((warning) => row(warning, state, now));
      return [
        section('current', own.current.map((warning) => row(warning, state, now))),
        section('planned', own.planned.map((warning) => row(warning, state, now))),
        past.length > PAST_OPEN
          ? h('details', { 'data-warning-section': 'past' }, h('summary', {}, t('warnings.past_count', { count: past.length })), h('ol', { class: 'warning-rows' }, ...past))
          : section('past', past),
        state.warnings.more > 0 && h('p', { class: 'facts', 'data-warnings-more': state.warnings.more }, t('warnings.more_past', { count: state.warnings.more })),
        section('others', others.map((warning) => row(warning, state, now, true))),
      ].filter((part) => part !== false);
    },
  };
}

/** The next step of a version in preparation, as far as it is known. @param {PageState} state @param {WarningSummary} warning */
export function turnOf({ warnings: { turns } }, warning) {
  const known = turns[warning.id];
  return known && warning.pending ? nextStep(warning, known.may).next : null;
}

/** Whether the viewer has to do with warnings of a plan, not only reads them. @param {PageState} state @param {{plan: string}} warning */
export const concerned = ({ viewer }, { plan }) => ['draft_warning', 'issue_warning'].some((right) => viewer?.rights.plans[plan]?.includes(right) ?? false);

/** What waits for the viewer, null for nothing. @param {PageState} state @param {WarningSummary} warning */
export const awaitsViewer = ({ warnings: { turns }, viewer }, warning) => waitsFor(warning, turns[warning.id], viewer);

/** @typedef {ReturnType<typeof createWarningList>} WarningList */
