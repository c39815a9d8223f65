/** An import under way at the server: what is being done, how far it is, how to stop it. */

import { h, replaceChildren } from '../../element.js';
import { isUnderWay, shareDone } from '../../imports/state.js';
import { progressBar } from './progress_bar.js';
import { importWords } from './words.js';

/** @param {import('../context').PageContext} context */
export function workingNote(context) {
  const { words: { t, has }, imports } = context;
  const say = importWords(context);
  const bar = progressBar(t('imports.working'));
  const line = h('p', { role: 'status' });
  const facts = h('p', { class: 'facts' });
  const cancel = h('button', { type: 'button', class: 'secondary-button', 'data-import-cancel': '' }, t('imports.cancel'));
  const element = h('div', { class: 'siting-progress', hidden: true, 'data-import-working': '' }, line, bar.element, facts, h('div', { class: 'field-row' }, cancel), h('p', { class: 'facts' }, t('imports.leave')));
  cancel.addEventListener('click', () => void imports.cancel());
  return {
    element,
    /** @param {import('../../imports').ImportDocument} document @returns {boolean} whether it is under way */
    show(document) {
      const going = isUnderWay(document);
      element.hidden = !going;
      if (!going) return false;
      const { progress, state } = document;
      const key = `imports.progress.${progress?.step}`;
      const text = t(has(key) ? key : `imports.state.${state}`);
      if (line.textContent !== text) replaceChildren(line, text);
      bar.set(shareDone(progress));
      const done = progress?.done ?? null;
      replaceChildren(facts, done === null ? '' : progress?.of ? t('imports.rows_of', { done: say.number(done), of: say.number(progress.of) }) : t('imports.rows_done', { done: say.number(done) }));
      return true;
    },
  };
}
