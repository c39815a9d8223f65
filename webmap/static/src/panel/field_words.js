/** Names of the incident document's fields in the words of the page. Pure. */

/**
 * @param {import('../i18n.js').Translator} words
 * @param {string} written as the server names it: `faults[1].element`
 * @returns {string} the field itself where the page has no word for it
 */
export function fieldInWords({ t, has }, written) {
  // A request for a plan of restoration holds the incident and the crews.
  const field = written.replace(/^(incident|crews)\./, '');
  const [, index, part] = /^faults\[(\d+)\](?:\.(\w+))?/.exec(field) ?? [];
  if (index !== undefined) return t(part === 'at' ? 'field.fault_time' : 'field.fault', { number: Number(index) + 1 });
  const [root] = field.split(/[.[]/);
  return has(`field.${root}`) ? t(`field.${root}`) : field;
}
