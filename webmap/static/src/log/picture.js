/** The open incident's picture in the page's state: views of the log become marks, and the moment looked at goes along. */

import { addHours, hoursBetween, isoFromMs, msFromIso } from '../state/clock.js';
import { marksOf, presentHours } from '../state/logged_marks.js';
import { rebased } from '../state/rebase.js';
import { roundHours } from '../state/timeline.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../types').IncidentMarks} IncidentMarks */
/** @typedef {import('../log').IncidentView} IncidentView */
/** @typedef {import('../log').LogState} LogState */

/** @type {LogState} */
export const NO_LOG = {
  id: null, view: null, entries: [], known: null, recordAt: null, wanted: null, begun: false, following: true, waiting: 0, stalled: false, others: [], aside: [], undoable: 0, now: null,
};

/**
 * What to ask for to see what was believed after an entry: the picture as of its writing. In a drill the clock says nothing.
 * @param {number} known the entry's number @param {import('../log').LogEntry[]} entries @param {boolean} drill
 * @returns {{known: number, at?: string}}
 */
export function momentOf(known, entries, drill) {
  const entry = entries.find(({ number }) => number === known);
  if (!entry || drill) return { known };
  return { known, at: msFromIso(entry.written_at) > msFromIso(entry.happened_at) ? entry.written_at : entry.happened_at };
}

/** Whether an incident's present is the clock. @param {IncidentView} view */
export const clocked = (view) => !view.incident.drill && view.phase !== 'ended';

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {() => number} [clock] the server's present, milliseconds
 */
export function createPicture(store, clock = Date.now) {
  /** The marks as the log has them. @type {IncidentMarks | null} */
  let logged = null;

  /** The present of an incident whose view is the newest. @param {IncidentView} view */
  const presentOf = (view) => (clocked(view) ? isoFromMs(clock()) : view.at);

  /** @param {IncidentMarks} marks @param {IncidentMarks} others */
  const same = (marks, others) => marks === others || JSON.stringify(marks) === JSON.stringify(others);

  /** @param {PageState} state @param {IncidentMarks} next its marks @param {string} now @param {boolean} following */
  function hoursIn({ hours, marks }, next, now, following) {
    if (following) return roundHours(presentHours(next, now));
    return roundHours(Math.min(Math.max(hoursBetween(next.at, addHours(marks.at, hours)), 0), next.horizonHours));
  }

  /**
   * Shows a view. Own changes that are not stored yet, and those of a what-if, are made to it.
   * @param {IncidentView} view @param {Partial<LogState>} patch what else changes of the log @param {boolean} pending whether the marks hold such changes
   * @param {string} [at] the moment that a picture is of, where the present is the clock's
   */
  function show(view, patch, pending, at) {
    const state = store.get();
    const log = { ...state.log, ...patch, view };
    const latest = log.known === null;
    const now = latest && at && clocked(view) ? at : latest ? presentOf(view) : view.at;
    const sameIncident = state.log.view?.incident.id === view.incident.id;
    const before = sameIncident ? logged : null;
    const fresh = marksOf(view, sameIncident ? state.marks : null, now);
    logged = before && same(before, fresh) ? before : fresh;
    const own = before && (state.present || pending) ? rebased(before, state.marks, logged) : logged;
    const marks = same(own, state.marks) ? state.marks : own;
    const hours = hoursIn(sameIncident ? state : { ...state, marks, hours: 0 }, logged, now, log.following || !latest || !sameIncident);
    store.update({ log: { ...log, now }, marks, present: state.present && logged, hours });
  }

  return {
    show,
    presentOf,
    /** The marks as the log has them; those shown where no incident is open. */
    logged: () => logged ?? store.get().marks,
    /** Whether marks are those that the log tells of. @param {IncidentMarks} marks */
    isLogged: (marks) => logged !== null && same(marks, logged),
    /**
     * The clock goes on, and the moment looked at with it, where it follows.
     * @param {number} [lateMs] who follows pictures that come by themselves is left at their moment, unless it is so long ago
     */
    tick(lateMs = 0) {
      const { log, marks, hours } = store.get();
      if (!log.view || log.known !== null || !clocked(log.view)) return;
      if (log.following && log.now && clock() - msFromIso(log.now) < lateMs) return;
      const now = presentOf(log.view);
      store.update({ log: { ...log, now }, hours: log.following ? roundHours(presentHours(marks, now)) : hours });
    },
    forget() {
      logged = null;
    },
  };
}

/** @typedef {ReturnType<typeof createPicture>} Picture */
