/** What went wrong while a draft was worked on, said where it happened. */

import { h } from '../../element.js';

/** @typedef {import('../../types').PageError} PageError */

/** Words of an error; what could not be reached has none of its own. @param {import('../context').PageContext} context @param {PageError} error */
function wordsOf({ words: { t } }, { message, remedy, status }) {
  if (status === 0) return [t('editing.unreached'), t('editing.unreached_remedy')];
  return [message || t('editing.failed'), remedy];
}

/** Why the last step was not kept. @param {import('../context').PageContext} context @param {PageError} error */
export function refusedNote(context, error) {
  const [message, remedy] = wordsOf(context, error);
  const problems = error.problems.map((problem) => h('li', {}, [problem.message, problem.remedy].filter(Boolean).join(context.words.t('sentence_gap'))));
  return h('div', { class: 'import-note wrong edit-refused', role: 'alert' }, h('div', {}, h('strong', {}, message), remedy && h('p', {}, remedy), problems.length > 0 && h('ul', {}, ...problems)));
}

/** Why something could not be fetched, with a way to ask again. @param {import('../context').PageContext} context @param {PageError} error */
export function lostNote(context, error) {
  const { words: { t }, editing, store } = context;
  const [message, remedy] = wordsOf(context, error);
  const again = h('button', { type: 'button', class: 'secondary-button' }, t('editing.again'));
  again.addEventListener('click', () => {
    const { id } = store.get().editing;
    void (id === null || error.status === 404 ? editing.close() : editing.open(id));
  });
  return h('div', { class: 'import-note wrong', role: 'alert' }, h('div', {}, h('strong', {}, message), remedy && h('p', {}, remedy), again));
}
