/** Writing into the open incident's log: facts, changes of the marks as facts, and taking back what this page wrote. */

import { RequestFailed } from '../request.js';
import { addHours } from '../state/clock.js';
import { factsBetween } from '../state/facts.js';
import { presentHours } from '../state/logged_marks.js';
import { rebased } from '../state/rebase.js';
import { roundHours } from '../state/timeline.js';
import { undoing } from '../state/undoing.js';
import { newKey } from './api.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../types').PageError} PageError */
/** @typedef {import('../log').NewFact} NewFact */
/** @typedef {{expected?: number, onRefused?: (error: PageError) => void, undoable?: boolean}} Options */

/** How often a change of the marks is made again to what others wrote meanwhile. */
const TRIES = 3;
/** With nothing logged every mark is new, and began when the calculation says: what an incident is opened with. */
const NOT_LOGGED = { incident: { drill: true }, faults: {}, area_entries: [], entries_of: {} };
/** Who may reorder the classes, as the plans word the offices. @type {Record<string, string>} */
const ORDERING_OFFICES = { commander: '指挥长', deputy_commander: '副指挥长' };

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
  /** The last form that got no answer: sent again unchanged, it must not be written twice. @type {{text: string, key: string} | null} */
  let unanswered = null;

  /** When what is recorded now has happened: as the person said, else now; in a drill the moment looked at. */
  function happenedAt() {
    const { log, marks, hours } = store.get();
    if (log.recordAt) return log.recordAt;
    if (!log.view || log.view.incident.drill) return addHours(marks.at, hours);
    return picture.presentOf(log.view);
  }

  /** The viewer's office that may order the classes of a plan. @param {string} plan */
  function orderingOffice(plan) {
    const roles = (store.get().viewer?.roles ?? []).filter((held) => held.role in ORDERING_OFFICES && (held.plan === null || held.plan === plan));
    return roles.length ? ORDERING_OFFICES[roles[roles.length - 1].role] : null;
  }

  /** @param {IncidentMarks} before @param {IncidentMarks} after @param {boolean} [tried] until now, in a what-if @returns {NewFact[]} */
  function factsFor(before, after, tried = false) {
    const { view, entries } = store.get().log;
    const reasons = { withdrawn: t('log.reason.withdrawn'), corrected: t('log.reason.corrected') };
    if (!view) return factsBetween(before, after, { happenedAt: after.at, view: NOT_LOGGED, office: orderingOffice(after.plan), reasons });
    return factsBetween(before, after, { happenedAt: happenedAt(), view, entries, tried, office: orderingOffice(view.incident.plan), reasons });
  }

  /** @param {string} incident @param {NewFact[]} facts @param {string} label @param {number} [expected] */
  function post(incident, facts, label, expected) {
    const person = store.get().viewer?.person?.id ?? '';
    return outbox.add({ key: newKey(), person, incident, facts, label, expected: expected ?? null, keptAt: Date.now() });
  }

  /** For a form, which keeps what was written itself. @param {string} incident @param {NewFact[]} facts @param {number | undefined} expected @returns {Promise<import('../log').Outcome>} */
  async function ask(incident, facts, expected) {
    const text = JSON.stringify([incident, facts]);
    const key = unanswered?.text === text ? unanswered.key : newKey();
    try {
      const stored = await proven(() => api.append(incident, { facts, client_key: key, ...(expected === undefined ? {} : { expected_number: expected }) }));
      unanswered = null;
      return { stored };
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      unanswered = reason.error.status === 0 ? { text, key } : null;
      return { refused: reason.error };
    }
  }

  /** @param {NewFact[]} facts @param {string} label @param {Options} [options] */
  async function record(facts, label, { expected, onRefused, undoable = true } = {}) {
    const { id } = store.get().log;
    if (!id || !facts.length) return false;
    const { stored, refused } = await (onRefused ? ask(id, facts, expected) : post(id, facts, label, expected));
    await refresh();
    if (refused) {
      if (onRefused) onRefused(refused);
      else telling.refused(label, facts, refused);
      return false;
    }
    done(stored, label, undoable);
    return true;
  }

  function tellUndoable() {
    store.update({ log: { ...store.get().log, undoable: batches.length } });
  }

  /** @param {import('../log').Stored} stored @param {string} label @param {boolean} undoable */
  function done(stored, label, undoable) {
    if (undoable) {
      batches.push({ numbers: stored.entries.map(({ number }) => number), label });
      tellUndoable();
      telling.recorded(label);
    } else telling.note(label);
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
   * @returns {Promise<boolean>} whether it is stored
   */
  async function recordChange(before, next, label, tried = false) {
    let [from, to] = [before, next];
    for (let tries = 1; ; tries += 1) {
      const { id, view } = store.get().log;
      const facts = factsFor(from, to, tried);
      if (!id || !view || !facts.length) return true;
      const expected = facts.some(({ kind }) => kind === 'area_drawn') ? view.length : undefined;
      const { stored, refused } = await post(id, facts, label, expected);
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
    /** Opens an incident. @param {Parameters<import('../log').LogSession['start']>[0]} opening @returns {Promise<import('../log').IncidentView>} */
    begin(opening) {
      const text = JSON.stringify(opening);
      const key = unanswered?.text === text ? unanswered.key : newKey();
      unanswered = { text, key };
      return proven(() => api.begin({ ...opening, client_key: key }));
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
