/** Plans kept by name: one is taken for this file, or this one is kept for the next time. */

import { h } from '../../element.js';
import { tableOf, withKept } from '../../imports/plan.js';
import { choice } from './choice.js';

/** @typedef {import('./recognised.js').FormOf} FormOf */
/** @typedef {import('../../imports').KeptMapping} KeptMapping */

const LONGEST_NAME = 60;

/** @param {import('../context').PageContext} context */
export function keptMappings(context) {
  const { words: { t }, imports, showNote } = context;
  let taken = '';

  /** @param {FormOf} of @param {KeptMapping[]} mappings */
  function take({ document, plan, correct }, mappings, /** @type {string} */ name) {
    const kept = mappings.find((mapping) => mapping.name === name);
    const table = tableOf(document.source, plan);
    taken = name;
    if (!kept || !table) return;
    const { plan: next, lost } = withKept(kept.plan, plan, table);
    correct(next);
    showNote(lost.length ? t('imports.kept_lost', { name, columns: lost.join(t('list_comma')) }) : t('imports.kept_taken', { name }));
  }

  return {
    /** The choice among those that are kept; null where there are none. @param {FormOf} of @param {KeptMapping[]} mappings */
    draw(of, mappings) {
      const fitting = mappings.filter(({ layer }) => layer === of.plan.layer);
      if (!fitting.length) return null;
      return h('section', { class: 'siting-section' }, choice({
        id: 'import-kept', label: t('imports.kept'), value: fitting.some(({ name }) => name === taken) ? taken : '',
        options: [{ value: '', label: t('imports.kept_none') }, ...fitting.map(({ name, author }) => ({ value: name, label: `${name}（${author}）` }))],
        onChange: (name) => take(of, fitting, name),
      }));
    },
    /** @param {FormOf} of */
    saving({ plan }) {
      const input = h('input', { type: 'text', id: 'import-keep-name', maxLength: LONGEST_NAME, value: taken, placeholder: t('imports.keep_example'), 'aria-label': t('imports.keep_name'), autocomplete: 'off' });
      const keep = h('button', { type: 'button', class: 'secondary-button', id: 'import-keep' }, t('imports.keep_do'));
      const error = h('p', { class: 'field-error', role: 'alert', hidden: true });
      keep.addEventListener('click', async () => {
        const name = input.value.trim();
        error.hidden = true;
        if (!name) return input.focus();
        const refused = await imports.keepMapping(name, plan);
        if (!refused) {
          taken = name;
          return showNote(t('imports.kept_stored', { name }));
        }
        error.textContent = [refused.message || t('error.unreachable'), refused.remedy].filter(Boolean).join(t('sentence_gap'));
        error.hidden = false;
        return undefined;
      });
      return h('details', { class: 'siting-fold', 'data-fold': 'keep' }, h('summary', {}, t('imports.keep')), h('p', { class: 'facts' }, t('imports.keep_about')), h('div', { class: 'field-row import-keep' }, input, keep), error);
    },
  };
}
