/** What the page asks of the server about incidents. */

import { getJson, postJson } from '../request.js';

/** @typedef {import('../log').NewFact} NewFact */

/** @param {import('../types').Language} language */
export function createLogApi(language) {
  /** @param {string} id */
  const incident = (id) => `/api/incidents/${encodeURIComponent(id)}`;

  return {
    /**
     * An incident at its present, or as it was believed after an entry.
     * @param {string} id @param {{at?: string, known?: number}} [moment] @param {AbortSignal} [signal]
     * @returns {Promise<import('../log').IncidentView>}
     */
    view(id, { at, known } = {}, signal = undefined) {
      const query = new URLSearchParams({ lang: language });
      if (at) query.set('at', at);
      if (known) query.set('known', String(known));
      return getJson(`${incident(id)}?${query}`, signal);
    },
    /**
     * Entries after a number. Cheap when there are none.
     * @param {string} id @param {number} after @param {AbortSignal} [signal]
     * @returns {Promise<{incident: import('../log').IncidentHead, length: number, entries: import('../log').LogEntry[]}>}
     */
    entries: (id, after, signal) => getJson(`${incident(id)}/entries?after=${after}&lang=${language}`, signal),
    /**
     * Appends facts, all or none. The same key never writes twice.
     * @param {string} id @param {{facts: NewFact[], client_key: string, expected_number?: number}} body
     * @returns {Promise<import('../log').Stored>}
     */
    append: (id, body) => postJson(`${incident(id)}/entries?lang=${language}`, body),
    /**
     * @param {{plan: string, name: string, drill: boolean, facts: NewFact[], client_key: string}} body
     * @returns {Promise<import('../log').IncidentView>}
     */
    begin: (body) => postJson(`/api/incidents?lang=${language}`, body),
    /** @returns {Promise<import('../log').Viewer>} */
    viewer: () => getJson(`/api/viewer?lang=${language}`),
  };
}

/** @typedef {ReturnType<typeof createLogApi>} LogApi */

/** A key that no other writing has. `crypto.randomUUID` is missing where the page comes over plain HTTP from another machine. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
