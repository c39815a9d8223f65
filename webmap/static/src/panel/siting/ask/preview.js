/** What the question rests on before it is answered: demand, candidates with why some are out, what will stand in the way. */

import { h, replaceChildren } from '../../../element.js';
import { exactNumber } from '../../../format.js';
import { toggled } from '../../../siting/draft.js';
import { exclusionOf } from '../../../siting/picture.js';
import { sitingLegend } from '../legend.js';

/** @typedef {import('../../../siting').SitingCandidate} SitingCandidate */

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection & {line: HTMLElement, ahead: HTMLElement}} */
export function previewSection(form) {
  const { context: { words: { t }, siting }, say } = form;
  const notes = h('ul', { class: 'siting-notes' });
  const summary = h('summary', {});
  const rows = h('ul', { class: 'siting-candidates' });
  const list = h('details', { class: 'siting-fold inner', 'data-siting-candidates': '' }, summary, h('p', { class: 'facts' }, t('siting.candidates_hint')), rows);
  const status = h('p', { class: 'facts', role: 'status' });
  /** In short, for the foot of the form, where it is always seen. */
  const line = h('p', { class: 'siting-rests', 'data-siting-demand': '' });
  /** What will stand in the way of an answer, beside the button. */
  const ahead = h('ul', { class: 'siting-notes', role: 'status', 'data-siting-ahead': '' });
  const element = h('section', { class: 'siting-section siting-preview', 'aria-label': t('siting.preview') }, h('h3', {}, t('siting.preview')), status, sitingLegend(form.context.words, ['candidate', 'existing', 'out', 'asked']), notes, list);
  /** @type {unknown} */
  let shown = null;
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();

  /** @param {SitingCandidate} candidate @param {string[]} without */
  function row(candidate, without) {
    const out = exclusionOf(candidate, without);
    const forced = out !== null && out !== 'by_hand';
    const tick = h('input', { type: 'checkbox', checked: out === null, disabled: forced, 'aria-label': t('siting.use', { name: candidate.name }), 'data-siting-use': candidate.id });
    tick.addEventListener('change', () => form.choose({ without: toggled(form.draft().without, candidate.id) }));
    const reason = out === 'by_hand' ? t('siting.by_hand') : out ? candidate.reason : null;
    const facts = [candidate.status !== 'candidate' && t(`siting.status.${candidate.status}`), candidate.capacity !== null && t('siting.capacity', { value: say.capacity(candidate.capacity, form.draft().kind) }), candidate.cost ? say.money(candidate.cost) : null].filter(Boolean).join(' · ');
    const item = h('li', { class: out ? 'out' : '', 'data-place': candidate.id, 'data-excluded': out ?? '' }, tick,
      h('span', {}, h('span', { class: 'candidate-name' }, candidate.name), facts && h('span', { class: 'facts' }, ` ${facts}`), reason && h('span', { class: 'siting-reason' }, reason)));
    for (const type of ['mouseenter', 'focusin']) item.addEventListener(type, () => siting.light(candidate.id));
    for (const type of ['mouseleave', 'focusout']) item.addEventListener(type, () => siting.light(null));
    items.set(candidate.id, item);
    return item;
  }

  /** @param {import('../../../siting').SitingSurvey} survey @param {string[]} without */
  function show({ demand, candidates, existing, problems_ahead: problems }, without) {
    const all = [...candidates, ...existing.filter(({ id }) => !candidates.some((other) => other.id === id))];
    const forced = (/** @type {SitingCandidate} */ { excluded }) => Number(excluded !== null && excluded !== 'by_hand');
    // What is out without anybody's doing stands first, with why.
    all.sort((one, other) => forced(other) - forced(one));
    const open = all.filter((candidate) => exclusionOf(candidate, without) === null);
    const out = all.length - open.length;
    const counted = (/** @type {boolean} */ existing) => open.filter(({ status }) => (status === 'existing') === existing).length;
    replaceChildren(line, h('span', { title: exactNumber(Math.round(demand.weight)) }, t('siting.demand'), ' ', h('strong', {}, say.amount(demand.weight, demand.weight_unit))),
      h('span', {}, t('siting.open_candidates'), ' ', h('strong', {}, t('siting.count', { count: counted(false) }))), h('span', {}, t('siting.existing_count'), ' ', h('strong', {}, t('siting.count', { count: counted(true) }))));
    replaceChildren(ahead, ...[...new Set(problems)].map((text) => h('li', {}, text)));
    const unknown = demand.unknown_people_count > 0 && t('siting.unknown_people', { count: exactNumber(demand.unknown_people_count) });
    replaceChildren(notes, unknown && h('li', {}, unknown));
    replaceChildren(summary, t('siting.candidate_list', { count: all.length }), out > 0 && h('span', { class: 'facts' }, ` ${t('siting.out_count', { count: out })}`));
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.sitingUse : undefined;
    items.clear();
    replaceChildren(rows, ...all.map((candidate) => row(candidate, without)));
    if (focused) /** @type {HTMLElement | null | undefined} */ (items.get(focused)?.querySelector('input'))?.focus();
  }

  return {
    element, line, ahead,
    fields: {},
    render({ siting: { survey, surveying, refused, lit } }, draft) {
      element.setAttribute('aria-busy', String(surveying));
      line.classList.toggle('working', surveying || refused !== null);
      status.hidden = survey !== null && !surveying;
      replaceChildren(status, surveying ? t('siting.surveying') : survey ? '' : t('siting.no_survey'));
      notes.hidden = list.hidden = survey === null;
      const key = survey && JSON.stringify(draft.without);
      if (survey && (shown !== survey || key !== rows.dataset.without)) show(survey, draft.without);
      shown = survey;
      rows.dataset.without = key ?? '';
      for (const [id, item] of items) item.classList.toggle('hovered', id === lit);
    },
  };
}
