/** Writing into the open incident's log: facts, changes of the marks as facts, and taking back what this page wrote. */

import { RequestFailed } from '../request.js';
import { addHours } from '../state/clock.js';
import { factsBetween } from '../state/facts.js';
import { presentHours } from '../state/logged_marks.js';
import { rebased } from '../state/rebase.js';
import { roundHours } from '../state/timeline.js';
import { undoing } from '../state/undoing.js';
import { newKey } from './api.js';
import { officesHeld } from './offices.js';
import { asOfReport, foundLater, reportedAt, saidOf } from './said.js';
import { createUnanswered } from './unanswered.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../types').PageError} PageError */
/** @typedef {import('../log').NewFact} NewFact */
/** @typedef {{expected?: number, onRefused?: (error: PageError) => void, undoable?: boolean, remedy?: string}} Options */

/** How often a change of the marks is made again to what others wrote meanwhile. */
const TRIES = 3;
/** With nothing logged every mark is new, and began when the calculation says: what an incident is opened with. */
const NOT_LOGGED = { incident: { drill: true }, faults: {}, area_entries: [], entries_of: {} };
/** Who may reorder the classes. */
const ORDERING = ['commander', 'deputy_commander'];

/**
 * @param {object} parts
 * @param {import('../state/store.js').Store<PageState>} parts.store
 * @param {import('../i18n.js').Translator} parts.words
 * @param {import('./api.js').LogApi} parts.api
 * @param {ReturnType<typeof import('./viewer.js').createViewerKeeper>['proven']} parts.proven
 * @param {import('./outbox.js').Outbox} parts.outbox
 * @param {import('./picture.js').Picture} parts.picture
 * @param {import('./telling.js').Telling} parts.telling
 * @param {() => Promise<void>} parts.refresh
 */
export function createRecorder({ store, words, api, proven, outbox, picture, telling, refresh }) {
  const { t } = words;
  /** @type {import('../log').Batch[]} */
  let batches = [];
  const unanswered = createUnanswered(newKey);

  /** When what is recorded now has happened: as the person said, else now; in a drill the moment looked at. @param {string | null} [said] */
  function happenedAt(said = store.get().log.recordAt) {
    const { log, marks, hours } = store.get();
    if (said) return said;
    if (!log.view || log.view.incident.drill) return addHours(marks.at, hours);
    return picture.presentOf(log.view);
  }

  /** The viewer's office that may order the classes of a plan. @param {string} plan */
  const orderingOffice = (plan) => officesHeld(store.get().viewer, plan, ORDERING)[0] ?? null;

  /** @param {IncidentMarks} before @param {IncidentMarks} after @param {boolean} [tried] until now, in a what-if @returns {NewFact[]} */
  function factsFor(before, after, tried = false) {
    const { view, entries } = store.get().log;
    const reasons = { withdrawn: t('log.reason.withdrawn'), corrected: t('log.reason.corrected') };
    if (!view) return factsBetween(before, after, { happenedAt: after.at, view: NOT_LOGGED, office: orderingOffice(after.plan), reasons });
    return factsBetween(before, after, { happenedAt: happenedAt(), view, entries, tried, office: orderingOffice(view.incident.plan), reasons });
  }

  /**
   * @param {string} incident @param {NewFact[]} facts @param {string} label @param {number} [expected]
   * @param {import('../log').OutboxItem['change']} [change] of a drawing
   */
  function post(incident, facts, label, expected, change = undefined) {
    const { id: person = '', display_name: author = '' } = store.get().viewer?.person ?? {};
    return outbox.add({ key: newKey(), person, author, incident, facts, label, expected: expected ?? null, keptAt: Date.now(), ...(change && { change }) });
  }

  /** For a form, which keeps what was written itself. @param {string} incident @param {NewFact[]} facts @param {number | undefined} expected @returns {Promise<import('../log').Outcome>} */
  async function ask(incident, facts, expected) {
    const { log } = store.get();
    const clocked = log.view && !log.view.incident.drill ? picture.presentOf(log.view) : null;
    const sent = unanswered.take(incident, facts, clocked);
    try {
      const body = { facts: sent.facts, client_key: sent.key, ...(expected === undefined ? {} : { expected_number: expected }) };
      const stored = await proven(() => api.append(incident, body));
      unanswered.ended(sent, null);
      return { stored };
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      unanswered.ended(sent, reason.error.status);
      return { refused: reason.error };
    }
  }

  /** @param {NewFact[]} facts @param {string} label @param {Options} [options] */
  async function record(facts, label, { expected, onRefused, undoable = true, remedy } = {}) {
    const { id } = store.get().log;
    if (!id || !facts.length) return false;
    const { stored, refused } = await (onRefused ? ask(id, facts, expected) : post(id, facts, label, expected));
    await refresh();
    if (refused) {
      if (onRefused) onRefused(refused);
      else telling.refused(label, facts, refused);
      return false;
    }
    done(stored, label, undoable, remedy);
    return true;
  }

  function tellUndoable() {
    store.update({ log: { ...store.get().log, undoable: batches.length } });
  }

  /** @param {import('../log').Stored} stored @param {string} label @param {boolean} undoable @param {string} [remedy] how it is taken back otherwise */
  function done(stored, label, undoable, remedy) {
    if (undoable) {
      const said = saidOf(stored.entries, label, t);
      batches.push({ numbers: stored.entries.map(({ number }) => number), label: said });
      tellUndoable();
      telling.recorded(said, telling.notesOf(stored), ofReport(stored));
    } else telling.note(label, [remedy, telling.notesOf(stored)].filter(Boolean).join(' '));
  }

  /** Damage marked without a time has happened now: said, with the way to the time of the report. @param {import('../log').Stored} stored */
  function ofReport(stored) {
    const { entries, recordAt } = store.get().log;
    const reported = reportedAt(entries);
    const found = recordAt === null ? foundLater(stored.entries, reported) : [];
    if (!reported || !found.length) return null;
    const facts = () => asOfReport(found, reported, happenedAt(), t('log.reason.of_report'));
    return { at: found[0].happened_at, reported, apply: () => void record(facts(), t('log.of_report_done')) };
  }

  /** Shown at once; the log's answer says whether it stays. @param {IncidentMarks} next @param {Partial<PageState>} also */
  function showAtOnce(next, also) {
    const { log } = store.get();
    const at = happenedAt();
    const hours = log.view && !log.view.incident.drill ? { hours: roundHours(presentHours(next, at)), log: { ...log, following: true, now: at } } : {};
    store.update({ marks: next, ...(log.recordAt ? {} : hours), ...also });
  }

  /**
   * Where somebody else drew meanwhile, the change is made to that, as a drawing replaces the one before.
   * @param {IncidentMarks} before @param {IncidentMarks} next @param {string} label @param {boolean} [tried] until now, in a what-if
   * @param {() => void} [onPosted] called once the change is kept to be sent
   * @returns {Promise<boolean>} whether it is stored
   */
  async function recordChange(before, next, label, tried = false, onPosted = undefined) {
    let [from, to] = [before, next];
    for (let tries = 1; ; tries += 1) {
      const { id, view } = store.get().log;
      const facts = factsFor(from, to, tried);
      if (!id || !view || !facts.length) return true;
      const drawn = facts.some(({ kind }) => kind === 'area_drawn');
      const posted = drawn ? post(id, facts, label, view.length, { from, to }) : post(id, facts, label);
      onPosted?.();
      const { stored, refused } = await posted;
      await refresh();
      if (stored) {
        done(stored, label, true);
        return true;
      }
      if (refused.code !== 'written_meanwhile' || tries === TRIES) {
        telling.refused(label, facts, refused);
        return false;
      }
      telling.othersWrote(refused);
      [from, to] = [picture.logged(), rebased(from, to, picture.logged())];
      if (!store.get().present) store.update({ marks: to });
    }
  }

  return {
    happenedAt, record,
    factsFor: (/** @type {IncidentMarks} */ before, /** @type {IncidentMarks} */ after) => factsFor(before, after),
    recordChange, showAtOnce,
    /**
     * Makes a drawing that was left from before to what others drew meanwhile, and records it in its place.
     * @param {import('../log').OutboxItem} item into the open incident
     * @returns {Promise<boolean>} whether it is stored; it stays where it is while it is looked back or tried out
     */
    async drawnAgain({ key, incident, change, label }) {
      await refresh();
      const { log, marks, present } = store.get();
      if (!change || log.id !== incident || log.known !== null || present) return false;
      const base = picture.logged();
      const next = rebased(change.from, change.to, base);
      if (!factsFor(base, next).length) {
        outbox.drop(key);
        return true;
      }
      store.update({ marks: rebased(base, marks, next) });
      return recordChange(base, next, label, false, () => outbox.drop(key));
    },
    /** Opens an incident. @param {Parameters<import('../log').LogSession['start']>[0]} opening @returns {Promise<import('../log').IncidentView>} */
    async begin(opening) {
      const sent = unanswered.take(JSON.stringify({ ...opening, facts: [] }), opening.facts, null);
      try {
        const view = await proven(() => api.begin({ ...opening, client_key: sent.key }));
        unanswered.ended(sent, null);
        return view;
      } catch (reason) {
        if (reason instanceof RequestFailed) unanswered.ended(sent, reason.error.status);
        throw reason;
      }
    },
    async undo() {
      const { id, entries } = store.get().log;
      if (id !== null && outbox.holds(id)) {
        telling.note(t('log.undo_waits'));
        return;
      }
      const batch = batches.pop();
      tellUndoable();
      const facts = batch ? undoing(entries, batch.numbers, happenedAt(), t('log.reason.undone')) : [];
      if (!batch || !facts.length) {
        telling.note(t('log.nothing_to_undo'));
        return;
      }
      if (!(await record(facts, t('log.undone', { label: batch.label }), { undoable: false }))) {
        batches.push(batch);
        tellUndoable();
      }
    },
    forget() {
      batches = [];
    },
  };
}
