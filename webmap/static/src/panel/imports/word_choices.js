/** What words of the file mean in a column that takes only some values: told one by one where the product does not know them. */

import { h } from '../../element.js';
import { withWord, wordsOf } from '../../imports/plan.js';

/** @typedef {import('./recognised.js').FormOf} FormOf */
/** @typedef {import('../../imports/plan.js').TargetRow} TargetRow */

/** @param {import('../context').PageContext} context @returns {(of: FormOf, row: TargetRow) => HTMLElement | null} */
export function wordChoices({ words: { t, titleOf } }) {
  return ({ plan, table, correct }, { field, column }) => {
    const closed = field.values.length > 0 || field.kind === 'boolean';
    const found = closed && column !== null && table ? wordsOf(plan, field.name, table.samples[column]) : [];
    if (!found.length) return null;
    const options = field.kind === 'boolean' ? [['true', t('imports.yes')], ['false', t('imports.no')]] : field.values.map((one) => [one.key, titleOf(one.title)]);
    const said = Object.keys(plan.choices[field.name] ?? {}).length;
    return h('details', { class: 'import-words', 'data-fold': `words-${field.name}` },
      h('summary', {}, said ? t('imports.words_said', { count: said }) : t('imports.words')),
      h('ul', {}, ...found.map(({ word, key }, index) => {
        const id = `import-word-${field.name}-${index}`;
        const select = h('select', { id }, h('option', { value: '' }, t('imports.words_known')), ...options.map(([value, title]) => h('option', { value, selected: value === key }, title)));
        select.addEventListener('change', () => correct(withWord(plan, field.name, word, select.value || null)));
        return h('li', {}, h('label', { htmlFor: id }, word), select);
      })));
  };
}
