/** Words of the catalogue in the page's language. */

/**
 * @param {import('./types').Catalog} catalog
 * @param {import('./i18n.js').Translator} words
 * @returns {import('./panel/context').Titles}
 */
export function createTitles(catalog, words) {
  /** @param {string} layer @param {string} field */
  function fieldOf(layer, field) {
    return catalog.layers.find(({ key }) => key === layer)?.fields.find(({ name }) => name === field);
  }
  /** @param {string} layer @param {string} field @param {unknown} key */
  function choice(layer, field, key) {
    return fieldOf(layer, field)?.values.find((value) => value.key === key);
  }
  /** @param {string} layer @param {string} field @param {unknown} key */
  function value(layer, field, key) {
    return words.titleOf(choice(layer, field, key)?.title) || String(key ?? '');
  }
  return {
    value,
    network: (key) => (key === 'coal' ? value('supplies', 'commodity', key) : value('network_nodes', 'network', key)),
    category: (key) => value('facilities', 'category', key),
    categoryIcon: (key) => choice('facilities', 'category', key)?.icon ?? null,
    field: (layer, field) => words.titleOf(fieldOf(layer, field)?.title),
    unit: (layer, field) => fieldOf(layer, field)?.unit ?? null,
  };
}
