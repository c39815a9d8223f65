/** The stream of the incident that is open: what it tells goes to the log and the picture, and how it fares to the store. */

import { isoFromMs } from '../state/clock.js';
import { createConnection } from './connection.js';
import { createNudges } from './nudges.js';
import { createPresent } from './present.js';
import { NOT_LIVE } from './state.js';

/** @typedef {import('../types').PageState} PageState */
/** @typedef {import('../live').ConnectionStatus} Status */
/** @typedef {import('../live').LiveState} LiveState */

/** A page that nobody looks at gives its stream back after so long: a browser allows six connections to a server. */
const HIDDEN_MS = 60_000;
/** So often in a row without the last entry, and the server has another log, from a backup: it is read anew, once. */
const SURE = 2;

/** @param {Status} status @param {PageState} state @returns {LiveState['state']} */
function stateOf(status, { log, unreached }) {
  if (log.id === null) return 'off';
  if (unreached !== null) return 'lost';
  return status === 'live' || status === 'connecting' ? status : 'asking';
}

/**
 * @param {import('../state/store.js').Store<PageState>} store
 * @param {import('../types').Language} language
 * @param {import('../reach.js').Reach} reach
 * @param {{streamed: import('../live').Streamed, refresh: () => Promise<void>, open: (id: string) => Promise<boolean>}} log
 * @param {() => void} onPicture called when there is another answer to `told`
 */
export function createLiveSession(store, language, reach, { streamed, refresh, open }, onPicture) {
  const nudges = createNudges();
  /** @type {Status} */
  let status = 'off';
  let gone = 0;
  const expected = () => status === 'live' || status === 'connecting';
  const present = createPresent({ store, streamed, now: reach.now, expected, onChange: onPicture });
  const lastNumber = () => store.get().log.entries.at(-1)?.number ?? 0;

  const connection = createConnection({
    url: () => `/api/incidents/${encodeURIComponent(store.get().log.id ?? '')}/live?after=${lastNumber()}&lang=${language}`,
    onEvent(event, told) {
      const { id } = store.get().log;
      if (id === null) return;
      if (event === 'entries') void streamed.entries(told);
      else if (event === 'picture') present.take(told);
      else if (event === 'nudge') nudges.tell(told.what);
      else if (event === 'beat') {
        streamed.beat();
        if (told.length > lastNumber()) void refresh();
      }
    },
    onStatus(next, before) {
      status = next;
      if (next === 'live' || before === 'live') streamed.alive(next === 'live');
      if (next === 'live') {
        gone = 0;
        nudges.back();
      }
      if (!expected()) present.gone();
      show();
    },
    onWord: reach.word,
    onGone() {
      const { id } = store.get().log;
      gone += 1;
      if (gone === SURE && id !== null) void open(id);
    },
    onSilent: reach.lost,
  });

  function show() {
    const state = store.get();
    const { live } = state;
    const next = { ...live, state: stateOf(status, state), connected: status === 'live', refused: status === 'full' };
    if (state.log.id === null) Object.assign(next, NOT_LIVE);
    if (JSON.stringify(next) !== JSON.stringify(live)) store.update({ live: next });
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;
  function looked() {
    clearTimeout(leaving);
    if (store.get().log.id === null) return;
    if (document.hidden) leaving = setTimeout(connection.close, HIDDEN_MS);
    else {
      connection.open();
      connection.again();
    }
  }
  document.addEventListener('visibilitychange', looked);
  window.addEventListener('online', looked);

  reach.watchWords(() => {
    const { log, live } = store.get();
    const asOf = isoFromMs(reach.now());
    // A picture comes in many pieces.
    if (log.id !== null && asOf !== live.asOf) store.update({ live: { ...live, asOf } });
  });

  store.subscribe((state, before) => {
    if (state.log.id !== before.log.id) {
      clearTimeout(leaving);
      connection.close();
      present.gone();
      if (state.log.id !== null) store.update({ live: { ...store.get().live, asOf: isoFromMs(reach.now()) } });
      if (state.log.id !== null && !document.hidden) connection.open();
    }
    if (state.log.id !== before.log.id || state.unreached !== before.unreached) show();
  });

  return {
    onNudge: nudges.on,
    told: present.told,
    /** The server answers again: the stream need not wait any longer. */
    again: connection.again,
  };
}
