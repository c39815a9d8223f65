/** Always in sight: what is missing, what stands in the way, saving and the one next step. */

import { h, replaceChildren } from '../../../element.js';
import { moment, timeOn } from '../../../format.js';
import { isoFromMs } from '../../../state/clock.js';
import { plansFor } from '../../incidents/rights.js';
import { refusalNote } from '../../decide/refusal.js';
import { decisionWords } from '../../decide/words.js';
import { unreachedNote } from '../../unreached.js';
import { warningWords } from '../words.js';
import { contentOf, lacking, needsReason } from './decided.js';

/** @typedef {import('../../../warnings_draft').Lack} Lack */
/** @typedef {'submit' | 'issue'} Onward */
/** @typedef {{steps: import('../../../warnings').WarningStep[], taken: string[], clashing: string[]}} Meanwhile what others did, and what became of both their changes */

const MOST_LACKS = 4;

/**
 * @param {import('./section.js').Form} form
 * @param {{save: () => void, onward: (kind: Onward) => void, goTo: (lack: Lack) => void, takeTheirs: () => void}} commands
 */
export function formFoot(form, commands) {
  const { context } = form;
  const { t, language } = context.words;
  const say = decisionWords(context.words);
  const said = warningWords(context);
  const refusal = refusalNote(context);
  const lacks = h('div', { class: 'draft-lacks', role: 'status', 'data-draft-lacks': '' });
  const conflict = h('div', { class: 'draft-conflict', role: 'alert', hidden: true, 'data-draft-conflict': '' });
  const kept = h('span', { class: 'facts', role: 'status', 'data-draft-kept': '' });
  const save = h('button', { type: 'button', class: 'secondary-button', 'data-draft-save': '' }, t('draft.save'));
  const next = h('button', { type: 'button', class: 'primary-button', 'data-draft-next': '' });
  const element = h('footer', { class: 'draft-foot' }, unreachedNote(context), refusal.element, conflict, lacks, h('div', { class: 'draft-buttons' }, kept, save, next));
  save.addEventListener('click', commands.save);
  next.addEventListener('click', () => {
    const [first] = missing();
    if (first) commands.goTo(first);
    else commands.onward(onward());
  });

  /** The plan's office may issue alone, where the viewer holds it; else it goes to who approves. @returns {Onward} */
  function onward() {
    const { viewer, log } = context.store.get();
    const plan = log.view?.incident.plan ?? '';
    const held = (viewer?.roles ?? []).filter((role) => role.plan === null || role.plan === plan).map(({ title }) => title);
    const authority = form.suggested()?.authority;
    if (!authority?.alone || !plansFor(viewer, 'issue_warning').includes(plan)) return 'submit';
    return authority.issuers.some((office) => held.includes(say.office(office))) ? 'issue' : 'submit';
  }

  /** @returns {Lack[]} */
  function missing() {
    const suggested = form.suggested();
    return suggested ? lacking(form.draft().decided, suggested, form.working().area ? null : form.area(), Date.now()) : [];
  }

  /** @param {Lack} lack */
  function lackButton(lack) {
    const button = h('button', { type: 'button', class: 'draft-lack', 'data-lack': lack.part }, lack.item ? t('draft.lack.text', { name: lack.item.title || lack.item.name, clause: lack.item.clause }) : t(`draft.lack.${lack.part}`));
    button.addEventListener('click', () => commands.goTo(lack));
    return button;
  }

  function showLacks() {
    const suggested = form.suggested();
    const open = missing();
    lacks.classList.toggle('complete', suggested !== null && !open.length);
    if (!suggested) return replaceChildren(lacks);
    if (open.length) return replaceChildren(lacks, h('span', {}, t('draft.lacks')), ...open.slice(0, MOST_LACKS).map(lackButton), open.length > MOST_LACKS && h('span', {}, t('draft.lacks_more', { count: open.length })));
    const content = contentOf(form.draft().decided, suggested);
    const other = needsReason(form.draft().decided, suggested);
    const already = form.area()?.already_warned.length ?? 0;
    return replaceChildren(lacks, h('span', {}, t(other ? 'draft.complete_other' : 'draft.complete', { until: moment(content.expires_at, language) })),
      already > 0 && h('strong', { 'data-draft-already': already }, t('draft.already', { count: already })));
  }

  /** @param {{busy: boolean, offline: boolean}} how */
  function render({ busy }) {
    const suggested = form.suggested();
    showLacks();
    const kind = onward();
    const approved = !suggested?.authority || suggested.authority.approved_by.length > 0;
    replaceChildren(next, t(kind === 'issue' ? 'draft.issue' : approved ? 'draft.submit' : 'draft.submit_issue'));
    next.disabled = busy || !suggested;
    save.disabled = busy || !suggested;
    element.setAttribute('aria-busy', String(busy));
    const { stored, storedAt } = form.draft();
    const same = suggested && stored === JSON.stringify(contentOf(form.draft().decided, suggested));
    replaceChildren(kept, busy ? t('draft.saving') : same && storedAt ? t('draft.stored', { at: timeOn(storedAt, isoFromMs(Date.now()), language) }) : t(storedAt ? 'draft.changed' : 'draft.kept_here'));
  }

  /**
   * What somebody else did while this was written: returned, changed, issued, and who it was.
   * @param {Meanwhile} meanwhile
   */
  function tellConflict({ steps, taken, clashing }) {
    const theirs = h('button', { type: 'button', class: 'text-button', 'data-draft-theirs': '' }, t('draft.take_theirs'));
    theirs.addEventListener('click', commands.takeTheirs);
    conflict.hidden = false;
    replaceChildren(conflict, h('p', {}, h('strong', {}, t('draft.conflict'))), ...steps.map((step) => h('p', { 'data-meanwhile': step.kind }, said.step(step, isoFromMs(Date.now())))), taken.length > 0 && h('p', {}, t('draft.conflict_taken', { changes: taken.join(t('draft.comma')) })),
      clashing.length > 0 && h('p', {}, t('draft.conflict_clashing', { changes: clashing.join(t('draft.comma')) })),
      h('p', { class: 'facts' }, t('draft.conflict_kept')), theirs);
  }

  return {
    element, render, onward, missing, tellConflict,
    /** @param {import('../../../types').PageError} error */
    refuse: (error) => refusal.show(error),
    clear() {
      refusal.clear();
      conflict.hidden = true;
    },
  };
}
