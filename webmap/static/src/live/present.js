/** The picture that came with the stream, and whether it is what the page is to show. */

import { clocked } from '../log/picture.js';
import { unionOf } from '../state/areas.js';
import { isoFromMs, msFromIso } from '../state/clock.js';
import { AHEAD_H } from '../state/logged_marks.js';
import { incidentDocument } from '../state/marks.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../live').ToldPicture} ToldPicture */

/**
 * What a document says, in whatever order, from whichever hour it is looked at: an incident of many weeks is looked at from a later one each time.
 * @param {import('../types').IncidentDocument} document
 */
function meaning({ at, horizon_hours: horizonHours, ...document }) {
  const inOrder = (/** @type {string} */ _, /** @type {unknown} */ value) =>
    (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value);
  return JSON.stringify(document, inOrder);
}

/** As the page has its times. @param {string} iso */
const toTheSecond = (iso) => isoFromMs(msFromIso(iso));

/** So long after entries without their picture, and the page asks by itself: the server may be busy. */
export const PATIENCE_MS = 4_000;
/** Pictures come each minute while the clock goes on: an older one is no present any more. */
export const LATE_MS = 90_000;
/** The server's word for that it computes as much as it can already. */
const BUSY = 'too_busy';

/**
 * @param {object} parts
 * @param {import('../state/store.js').Store<PageState>} parts.store
 * @param {Pick<import('../live').Streamed, 'shown' | 'isLogged'>} parts.streamed
 * @param {() => number} parts.now the server's present, milliseconds
 * @param {() => boolean} parts.expected whether pictures are coming
 * @param {() => void} parts.onChange called when there is another answer to `told`
 */
export function createPresent({ store, streamed, now, expected, onChange }) {
  /** @type {ToldPicture | null} */
  let latest = null;
  /** What the page waits for, and what it waits for no longer. */
  let awaited = '';
  let given = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;

  /** Whether everybody who follows the incident sees the same as this page. @param {PageState} state */
  function follows({ log, marks, present }) {
    return log.view !== null && log.known === null && log.following && !present
      && !marks.planned && marks.logged?.aheadH === AHEAD_H && streamed.isLogged(marks);
  }

  /** The picture, if it is of what the log tells now: entries that change nothing of it bring no other one. @param {PageState} state @returns {ToldPicture | null} */
  function fitting({ log: { view }, marks }) {
    if (!view || latest?.incident !== view.incident.id || latest.length > view.length) return null;
    if (clocked(view) && now() - msFromIso(latest.at) > LATE_MS) return null;
    if (latest.length === view.length) return latest;
    const present = clocked(view) || msFromIso(latest.at) === msFromIso(view.at);
    return present && meaning(incidentDocument(marks, 0, unionOf)) === meaning(latest.base_document) ? latest : null;
  }

  /** The page comes to the moment of the picture. */
  function adopt() {
    const state = store.get();
    const { view, now: moment } = state.log;
    if (!view || !follows(state)) return;
    const picture = fitting(state);
    const at = picture && toTheSecond(picture.at);
    if (at && (moment === null || toTheSecond(moment) !== at)) streamed.shown(view, at);
  }

  function stopWaiting() {
    clearTimeout(patience);
    awaited = '';
  }

  store.subscribe((state, before) => {
    const { log } = state;
    if (log.view !== before.log.view || log.following !== before.log.following || log.known !== before.log.known || state.present !== before.present || state.marks !== before.marks) adopt();
  });

  return {
    /**
     * What the page is to show: the picture that came, or nothing yet as one is on its way; null where it has to ask.
     * @returns {ToldPicture | 'awaited' | null}
     */
    told() {
      const state = store.get();
      if (!follows(state)) return null;
      const picture = fitting(state);
      if (picture) {
        stopWaiting();
        return picture;
      }
      const key = `${state.log.id} ${state.log.view?.length}`;
      if (!expected() || given === key) return null;
      if (awaited !== key) {
        stopWaiting();
        awaited = key;
        patience = setTimeout(() => {
          given = key;
          awaited = '';
          onChange();
        }, PATIENCE_MS);
      }
      return 'awaited';
    },
    /** What the server had no time for comes again. @param {ToldPicture} picture */
    take(picture) {
      if (picture.failure?.code === BUSY) return;
      latest = picture;
      adopt();
      if (!fitting(store.get())) return;
      stopWaiting();
      onChange();
    },
    /** No picture comes any more; who waits for one asks. */
    gone() {
      latest = null;
      const waited = awaited !== '';
      stopWaiting();
      given = '';
      if (waited) onChange();
    },
  };
}
