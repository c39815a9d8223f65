/** What the page asks of the server about warnings. */

import { getJson, postJson } from '../request.js';

/** @typedef {import('../warnings').Warning} Warning */
/** @typedef {import('../warnings').WarningSummary} WarningSummary */
/** @typedef {import('../warnings').WantedStep} WantedStep */
/** @typedef {import('../warnings').DeliveryGroup} DeliveryGroup */

/** What nobody waits for any more. */
const LONGEST_MS = 20_000;
/** Past warnings of other incidents that the map can show. */
const PAST_LISTED = 50;

/** @param {import('../types').Language} language */
export function createWarningsApi(language) {
  const base = '/api/warnings';
  /** @param {string} id @param {string} [part] */
  const address = (id, part = '') => `${base}/${encodeURIComponent(id)}${part}?lang=${language}`;

  return {
    /**
     * What is in force or in preparation, the latest past ones, and all of the open incident.
     * @param {string | null} [incident] @returns {Promise<{warnings: WarningSummary[], more: number, now: string}>}
     */
    list: (incident = null) => getJson(`${base}?which=all&past=${PAST_LISTED}${incident ? `&beside=${encodeURIComponent(incident)}` : ''}&lang=${language}`, AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} id @returns {Promise<{warning: Warning}>} */
    read: (id) => getJson(address(id), AbortSignal.timeout(LONGEST_MS)),
    /**
     * Takes a step on what was seen: `expected` is the number of the last step. The same key never takes it twice.
     * @param {string} id @param {WantedStep & {expected: number, client_key: string}} step @returns {Promise<{warning: Warning}>}
     */
    take: (id, step) => postJson(address(id, '/steps'), step),
    /** @param {string} id @returns {Promise<import('../warnings').Briefing>} */
    briefing: (id) => getJson(address(id, '/briefing'), AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} id @returns {Promise<{groups: DeliveryGroup[], open: number}>} */
    deliveries: (id) => getJson(address(id, '/deliveries'), AbortSignal.timeout(LONGEST_MS)),
    /** Sends what failed again. @param {string} id @param {{message: string, channel: string, ids?: string[]}} which */
    retry: (id, which) => postJson(address(id, '/deliveries/retry'), which),
    /** Says that a person did it. @param {string} id @param {import('../warnings').DoneDelivery} which */
    done: (id, which) => postJson(address(id, '/deliveries/done'), which),
    /** Takes back what was ticked off. @param {string} id @param {{message: string, channel: string, audience: string, at: string}} which */
    undo: (id, which) => postJson(address(id, '/deliveries/undo'), which),
    /** Says what became of a message of which nobody knew. @param {string} id @param {{id: string, sent: boolean}} what */
    decide: (id, what) => postJson(address(id, '/deliveries/decide'), what),
  };
}

/** @typedef {ReturnType<typeof createWarningsApi>} WarningsApi */

/** A product that is read on the page itself. @param {string} address @returns {Promise<string>} */
export async function productText(address) {
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}
