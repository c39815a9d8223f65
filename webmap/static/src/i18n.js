/** Words of the page in its language. The server embeds them; nothing here knows where they are kept. */

/** @typedef {import('./types').Language} Language */
/** @typedef {import('./types').Title} Title */

/**
 * @param {Language} language
 * @param {Record<string, string>} texts
 */
export function createTranslator(language, texts) {
  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values] for the places written {name}
   */
  function t(key, values = {}) {
    const text = texts[key];
    if (text === undefined) throw new Error(`no text for ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }
  /** @param {string | Title | null | undefined} title in both languages, or in the server's */
  function titleOf(title) {
    if (!title) return '';
    return typeof title === 'string' ? title : title[language];
  }
  /** @param {string} key */
  const has = (key) => key in texts;
  return { language, t, titleOf, has };
}

/** @typedef {ReturnType<typeof createTranslator>} Translator */
