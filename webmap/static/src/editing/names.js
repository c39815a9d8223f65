/** By which names records are known while a draft is worked on. */

/**
 * @param {import('../data.js').LayerData} data @param {import('../editing').DataDraft | null} draft
 * @param {string} layer @param {string} id @returns {string} the id where nothing is known of it
 */
export function nameOf(data, draft, layer, id) {
  const change = draft?.changes.find((one) => one.layer === layer && one.id === id);
  return change?.name ?? data.features(layer).find(({ properties }) => properties.id === id)?.properties.name ?? id;
}
