/** What the page asks of the server about imports and kept mappings. */

import { getJson, postJson, sendJson } from '../request.js';
import { upload } from './upload.js';

/** @typedef {import('../imports').ImportDocument} ImportDocument */
/** @typedef {import('../imports').ImportPlan} ImportPlan */

const LONGEST_MS = 20_000;

/** @param {import('../types').Language} language */
export function createImportsApi(language) {
  const base = '/api/imports';
  /** @param {string} id @param {string} [part] */
  const address = (id, part = '') => `${base}/${encodeURIComponent(id)}${part}?lang=${language}`;
  /** @param {string} name */
  const mapping = (name) => `/api/import-mappings/${encodeURIComponent(name)}?lang=${language}`;

  return {
    /** @param {File} file @param {string | null} layer that it is for, where that is known @param {Parameters<typeof upload>[2]} told @returns {Promise<ImportDocument>} */
    upload: (file, layer, told) => upload(`${base}?lang=${language}${layer ? `&layer=${encodeURIComponent(layer)}` : ''}`, file, told),
    /** @returns {Promise<import('../imports').ImportList>} */
    imports: () => getJson(`${base}?lang=${language}`, AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} id @returns {Promise<ImportDocument>} */
    import: (id) => getJson(address(id), AbortSignal.timeout(LONGEST_MS)),
    /** Recognises anew with these fixed. @param {string} id @param {{layer?: string, table?: string, encoding?: string}} fixed @returns {Promise<ImportDocument>} */
    inspect: (id, fixed) => postJson(address(id, '/inspect'), fixed),
    /** @param {string} id @param {ImportPlan} plan @returns {Promise<ImportDocument>} */
    check: (id, plan) => postJson(address(id, '/check'), { plan }),
    /** @param {string} id @returns {Promise<ImportDocument>} */
    cancel: (id) => postJson(address(id, '/cancel'), {}),
    /** @param {string} id @param {string} note @returns {Promise<ImportDocument>} */
    commit: (id, note) => postJson(address(id, '/commit'), note ? { note } : {}),
    /** @param {string} id @returns {Promise<ImportDocument>} */
    discard: (id) => postJson(address(id, '/discard'), {}),
    /** @param {string} id @returns {Promise<import('../imports').ImportPreview>} */
    preview: (id) => getJson(address(id, '/preview'), AbortSignal.timeout(LONGEST_MS)),
    /** Where the rows set aside are. @param {string} id @param {'csv' | 'gpkg'} format */
    rejected: (id, format) => `${address(id, '/rejected')}&format=${format}`,
    /** @param {string} layer @returns {Promise<{mappings: import('../imports').KeptMapping[]}>} */
    mappings: (layer) => getJson(`/api/import-mappings?lang=${language}&layer=${encodeURIComponent(layer)}`, AbortSignal.timeout(LONGEST_MS)),
    /** @param {string} name @param {ImportPlan} plan */
    keepMapping: (name, plan) => sendJson('PUT', mapping(name), { plan }),
    /** @param {string} name */
    dropMapping: (name) => sendJson('DELETE', mapping(name)),
  };
}

/** @typedef {ReturnType<typeof createImportsApi>} ImportsApi */
