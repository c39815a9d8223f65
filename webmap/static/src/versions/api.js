/** What the page asks of the server about versions of the data. */

import { getJson, postJson } from '../request.js';

const LONGEST_MS = 60_000;

/** @param {import('../types').Language} language */
export function createVersionsApi(language) {
  const base = '/api/data-versions';
  return {
    /** @param {number | null} before the sequence that the ones asked for come before @returns {Promise<{versions: import('../versions').DataVersion[], more?: boolean}>} */
    list: (before) => getJson(`${base}?lang=${language}&limit=30${before === null ? '' : `&before=${before}`}`, AbortSignal.timeout(LONGEST_MS)),
    /** What leads from one version to another. @param {string} version @param {string} other @returns {Promise<import('../versions').VersionComparison>} */
    compare: (version, other) => getJson(`${base}/${encodeURIComponent(version)}/compare?lang=${language}&with=${encodeURIComponent(other)}`, AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} version @param {string} note @param {string | null} present the version that it is to be restored over */
    restore: (version, note, present) => postJson(`${base}/${encodeURIComponent(version)}/restore?lang=${language}`, { ...(note ? { note } : {}), ...(present ? { base: present } : {}) }),
  };
}

/** @typedef {ReturnType<typeof createVersionsApi>} VersionsApi */
