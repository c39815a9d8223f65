/** What the page of the field asks of the server. */

import { getJson, postJson, setProof } from '../request.js';

/** Over a weak line an answer may take its time; after this it is as none. */
const PATIENCE_MS = 30_000;
/** Three photographs over a line of 10 kB/s. */
const SENDING_MS = 240_000;

/** @param {import('../types').Language} language */
export function createFieldApi(language) {
  return {
    /** @returns {Promise<import('../field').FieldViewer>} who is there; requests that follow prove that they come from this page */
    async viewer() {
      const viewer = await getJson(`/api/viewer?lang=${language}`, AbortSignal.timeout(PATIENCE_MS));
      setProof(viewer.csrf);
      return viewer;
    },
    /** @returns {Promise<import('../field').FieldStart>} */
    start: () => getJson(`/api/field/start?lang=${language}`, AbortSignal.timeout(PATIENCE_MS)),
    /** @param {import('../types').Position} position longitude, latitude @param {AbortSignal} signal @returns {Promise<import('../field').NearAnswer>} */
    near: ([lon, lat], signal) => getJson(`/api/field/elements?lon=${lon}&lat=${lat}&lang=${language}`, signal),
    /** @param {import('../field').FieldItem} item @returns {Promise<import('../field').FieldReport>} */
    send: ({ body, key }) => postJson(`/api/field-reports?lang=${language}`, { ...body, client_key: key }, AbortSignal.timeout(SENDING_MS)),
    /** @returns {Promise<{reports: import('../field').FieldReport[]}>} */
    mine: () => getJson(`/api/field-reports?mine=1&lang=${language}`, AbortSignal.timeout(PATIENCE_MS)),
  };
}

/** @typedef {ReturnType<typeof createFieldApi>} FieldApi */
