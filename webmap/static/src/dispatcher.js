/** Asks the server for a plan of dispatch and for what the data suggest to bring; can be stopped. */

import { RequestFailed, getJson, postForFile, postJson, wasAborted } from './request.js';
import { unionOf } from './state/areas.js';
import { NO_DISPATCH, NO_SUPPLY, wholeSupply } from './state/dispatch.js';
import { keepSupply, readSupply } from './state/kept_supply.js';
import { hasIncident, incidentDocument } from './state/marks.js';

/** @typedef {import('./types').PageState} PageState */
/** @typedef {import('./dispatch').Supply} Supply */

/**
 * @param {import('./state/store.js').Store<PageState>} store
 * @param {import('./types').Language} language
 * @param {(what: 'plan' | 'supply' | 'file', error: import('./types').PageError) => void} onFailure
 * @param {Storage | null} storage keeps what people entered; null where the browser keeps nothing
 */
export function createDispatcher(store, language, onFailure, storage) {
  /** @type {AbortController | null} */
  let running = null;
  let asking = false;

  /** @param {Partial<import('./dispatch').DispatchState>} patch */
  const update = (patch) => {
    if (patch.supply !== undefined) keepSupply(storage, patch.supply);
    store.update({ dispatch: { ...store.get().dispatch, ...patch } });
  };
  update({ supply: readSupply(storage) });

  /** As entered, else as the data suggest. @param {import('./dispatch').DispatchState} state @returns {Supply} */
  const supplyOf = ({ supply, suggested }) => supply ?? suggested ?? NO_SUPPLY;

  /** What is asked: the incident as it is, without what a plan of repairs adds. @param {PageState} state @param {number} fromHours */
  function bodyOf({ marks, dispatch }, fromHours) {
    return { incident: incidentDocument({ ...marks, planned: null }, fromHours, unionOf), supply: supplyOf(dispatch) };
  }

  /** @param {unknown} reason @param {'plan' | 'supply' | 'file'} what */
  function failed(reason, what) {
    if (!(reason instanceof RequestFailed)) throw reason;
    onFailure(what, reason.error);
  }

  /** Fetches what the data suggest, once. */
  async function suggest() {
    if (asking || store.get().dispatch.suggested) return;
    asking = true;
    try {
      update({ suggested: wholeSupply(await getJson(`/api/dispatches/supply?lang=${language}`)) });
    } catch (reason) {
      failed(reason, 'supply');
    } finally {
      asking = false;
    }
  }

  /** @param {number} [fromHours] when the vehicles start, hours after the incident's start */
  async function run(fromHours = store.get().hours) {
    running?.abort();
    const control = new AbortController();
    running = control;
    const body = bodyOf(store.get(), fromHours);
    update({ working: true, startedMs: performance.now(), seconds: body.supply.seconds, editing: false });
    try {
      const plan = await postJson(`/api/dispatches?lang=${language}`, body, control.signal);
      if (!control.signal.aborted) update({ working: false, fromHours, key: JSON.stringify(body), plan, lit: null, chosen: null });
    } catch (reason) {
      if (wasAborted(reason)) return;
      update({ working: false });
      failed(reason, 'plan');
    }
  }

  function cancel() {
    running?.abort();
    update({ working: false });
  }

  /** Whether the plan shown was asked with other marks or supply than there are now. @param {PageState} state */
  function isStale(state) {
    const { plan, key, fromHours } = state.dispatch;
    return plan !== null && JSON.stringify(bodyOf(state, fromHours)) !== key;
  }

  /** The plan shown as a table, by what it was asked with. @param {string} mark how the file is marked @returns {Promise<{blob: Blob, name: string} | null>} */
  async function table(mark) {
    const { key } = store.get().dispatch;
    if (!key) return null;
    try {
      return await postForFile(`/api/exports/dispatches?format=csv&lang=${language}${mark}`, JSON.parse(key));
    } catch (reason) {
      failed(reason, 'file');
      return null;
    }
  }

  store.subscribe((state, before) => {
    if (state.marks === before.marks || hasIncident(state.marks) || state.dispatch.plan === null && !state.dispatch.working) return;
    running?.abort();
    store.update({ dispatch: { ...NO_DISPATCH, supply: state.dispatch.supply, suggested: state.dispatch.suggested } });
  });
  return { suggest, run, cancel, isStale, supplyOf, table, update };
}

/** @typedef {ReturnType<typeof createDispatcher>} Dispatcher */
