/** What the page asks of the server about siting. */

import { getJson, postJson } from '../request.js';

/** @typedef {import('../siting').SitingRun} SitingRun */
/** @typedef {import('../siting').SitingStudy} SitingStudy */

const LONGEST_MS = 20_000;

/** @param {import('../types').Language} language */
export function createSitingApi(language) {
  const base = '/api/siting';
  /** @param {string} id @param {string} [part] */
  const address = (id, part = '') => `${base}/runs/${encodeURIComponent(id)}${part}?lang=${language}`;

  return {
    /** The inputs of a question without its answer. @param {SitingStudy} study @param {AbortSignal} signal @returns {Promise<import('../siting').SitingSurvey>} */
    survey: (study, signal) => postJson(`${base}/survey?lang=${language}`, study, signal),
    /** Puts a question, which is answered in its own time. The same key never puts it twice. @param {{study: SitingStudy, client_key: string}} body @returns {Promise<SitingRun>} */
    ask: (body) => postJson(`${base}/runs?lang=${language}`, body),
    /** @param {boolean} away those that were put away @returns {Promise<{runs: SitingRun[], more: number}>} the latest, and how many older ones were left out */
    runs: (away) => getJson(`${base}/runs?lang=${language}${away ? '&put_away=1' : ''}`, AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} id @returns {Promise<SitingRun>} */
    run: (id) => getJson(address(id), AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} id @returns {Promise<SitingRun>} */
    cancel: (id) => postJson(address(id, '/cancel'), {}),
    /** @param {string} id @param {string} name @returns {Promise<SitingRun>} */
    rename: (id, name) => postJson(address(id, '/name'), { name: name || null }),
    /** @param {string} id @param {boolean} away @returns {Promise<SitingRun>} */
    putAway: (id, away) => postJson(address(id, '/put_away'), { away }),
    /** Makes sites of it. @param {string} id @param {string} key @returns {Promise<SitingRun>} */
    choose: (id, key) => postJson(address(id, '/choose'), { client_key: key }),
    /** @param {string} id @returns {Promise<SitingRun>} */
    takeBack: (id) => postJson(address(id, '/take_back'), {}),
    /** Where a file of the answer is. @param {string} id @param {'sites.geojson' | 'sites.csv' | 'assignment.csv'} file */
    file: (id, file) => address(id, `/${file}`),
  };
}

/** @typedef {ReturnType<typeof createSitingApi>} SitingApi */
