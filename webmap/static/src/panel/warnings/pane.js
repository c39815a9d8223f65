/** Tab 「预警」: what is in force, what is in preparation and whose turn it is, what is over; or one warning. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { momentNow } from '../../warnings/on_map.js';
import { plansFor } from '../incidents/rights.js';
import { createWarningCard } from './card.js';
import { createWarningList } from './list.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @param {HTMLElement} element */
export function mountWarnings(context, element) {
  const { words, warnings } = context;
  const { t } = words;
  const say = warningWords(context);
  const list = createWarningList(context);
  const card = createWarningCard(context);
  const begin = h('button', { type: 'button', class: 'primary-button warning-begin', 'data-draft-warning': '' }, sign('pen'), h('span', {}, t('warnings.draft')));
  begin.addEventListener('click', () => warnings.draft(null));
  const unreached = h('p', { class: 'warning-unreached', role: 'status', hidden: true });
  const sections = h('div', { class: 'warning-sections' });
  const overview = h('div', {}, h('div', { class: 'log-head' }, begin), sections);
  /** The row from which a card was opened by key or pointer: the card is gone to, and the row come back to. */
  let from = '';
  let arriving = false;
  element.classList.add('warnings-pane');
  replaceChildren(element, unreached, overview, card.element);

  /** Whether the viewer drafts warnings of the open incident. @param {PageState} state */
  function mayDraft({ viewer, log: { view, known } }) {
    return view !== null && known === null && view.phase !== 'ended' && plansFor(viewer, 'draft_warning').includes(view.incident.plan);
  }

  /** What a warning is for, and how one comes about. @param {PageState} state */
  function empty(state) {
    const { view } = state.log;
    const why = mayDraft(state) ? 'warnings.empty.step' : view?.phase === 'ended' ? 'warnings.empty.ended' : 'warnings.empty.who';
    return h('div', { class: 'warning-empty' }, h('p', {}, t('warnings.empty.about')), view && h('p', { class: 'facts' }, t(why)));
  }

  /** @param {PageState} state @param {string} now */
  function showList(state, now) {
    begin.hidden = !mayDraft(state);
    const held = sections.contains(document.activeElement) ? document.activeElement?.getAttribute('data-warning') : null;
    const shown = list.sections(state, now);
    const any = sections.querySelector('details');
    const own = shown.some(({ dataset: { warningSection: key } }) => key !== undefined && key !== 'others');
    replaceChildren(sections, !own && (state.warnings.now !== null ? empty(state) : h('p', { class: 'empty' }, t('warnings.loading'))), ...shown);
    const folded = sections.querySelector('details');
    if (any && folded) folded.open = any.open;
    if (held) /** @type {HTMLElement | null} */ (sections.querySelector(`[data-warning="${held}"]`))?.focus({ preventScroll: true });
  }

  /** What is shown may be old. @param {PageState} state */
  function showUnreached({ warnings: { failed, asOf }, unreached: away }) {
    const old = failed !== null || away !== null;
    unreached.hidden = !old;
    const text = failed?.status === 404 ? failed.message || t('warnings.unknown') : asOf ? t('warnings.as_of', { at: say.moment(asOf) }) : t('warnings.not_known');
    if (old && unreached.textContent !== text) unreached.textContent = text;
  }

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    if (!changed('warnings', 'log', 'viewer', 'tab', 'unreached', 'wall')) return;
    const now = momentNow(state);
    const { open } = state.warnings;
    const one = open !== null;
    const entered = one && !overview.hidden && overview.contains(document.activeElement);
    const left = !one && overview.hidden && card.element.contains(document.activeElement);
    if (entered && open) [from, arriving] = [open, true];
    overview.hidden = one;
    card.element.hidden = !one;
    showUnreached(state);
    if (one) card.render(state, now);
    else showList(state, now);
    if (arriving && one) card.focus();
    // What is asked for meanwhile has no title yet.
    arriving = arriving && one && state.warnings.detail === null;
    const row = left && /** @type {HTMLElement | null} */ (sections.querySelector(`[data-warning="${from}"]`));
    if (left) (row || begin).focus({ preventScroll: true });
  }

  /** Lights the row whose area is pointed at. @param {PageState} state */
  function mark({ hoveredWarning }) {
    for (const row of sections.querySelectorAll('[data-warning]')) row.parentElement?.classList.toggle('hovered', row.getAttribute('data-warning') === hoveredWarning);
  }
  return { render, mark };
}
