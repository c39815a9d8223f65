/** What the page asks of the server about incidents. */

import { getJson, postJson } from '../request.js';

/** @typedef {import('../log').NewFact} NewFact */

/** What has nothing to tell is answered at once. */
const LONGEST_MS = 20_000;

/** @param {import('../types').Language} language */
export function createLogApi(language) {
  /** @param {string} id */
  const incident = (id) => `/api/incidents/${encodeURIComponent(id)}`;

  /**
   * Entries after a number. Cheap when there are none.
   * @param {string} id @param {number} after @param {number | null} [known] the entry up to which they are read, as they were known then
   * @param {AbortSignal} [signal]
   * @returns {Promise<{incident: import('../log').IncidentHead, length: number, entries: import('../log').LogEntry[]}>}
   */
  function entries(id, after, known = null, signal = undefined) {
    const then = known === null ? '' : `&known=${known}`;
    return getJson(`${incident(id)}/entries?after=${after}${then}&lang=${language}`, signal);
  }

  return {
    entries,
    /** Entries that are new; a question that hangs is given up, so that the next one can be asked. @param {string} id @param {number} after */
    news: (id, after) => entries(id, after, null, AbortSignal.timeout(LONGEST_MS)),
    /**
     * All entries. Those up to `known` read as they were known then: a later correction is none yet.
     * @param {string} id @param {number | null} known null for what is known now
     */
    async allEntries(id, known) {
      if (known === null) return entries(id, 0);
      const [then, later] = await Promise.all([entries(id, 0, known), entries(id, known)]);
      return { ...later, entries: [...then.entries, ...later.entries] };
    },
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
