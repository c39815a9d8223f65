/** The drafts there are: one is begun, taken up again, or what was written is taken out again. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { refusedNote } from './notes.js';

/** @typedef {import('../../editing').ListedDraft} ListedDraft */

/** @param {import('../context').PageContext} context */
export function mountDraftList(context) {
  const { words: { t, language }, editing } = context;
  const begin = h('button', { type: 'button', class: 'primary-button', 'data-edit-begin': '' }, t('editing.begin'));
  const refused = h('div', {});
  const done = h('div', {});
  const lists = h('div', {});
  const element = h('div', { class: 'edit-drafts' }, done, h('p', { class: 'siting-about' }, t('editing.about')), begin, refused, lists);
  begin.addEventListener('click', () => void editing.begin());

  /** @param {ListedDraft} draft */
  function row(draft) {
    const about = h('span', { class: 'facts' }, t('editing.row', { steps: draft.length, at: moment(draft.updated_at, language) }));
    const head = [h('strong', {}, draft.name), h('span', { class: 'import-row-state' }, draft.state_title)];
    if (draft.state === 'open') {
      const open = h('button', { type: 'button', class: 'import-row', 'data-edit-open': draft.id }, ...head, about);
      open.addEventListener('click', () => void editing.open(draft.id));
      return h('li', {}, open);
    }
    const back = h('button', { type: 'button', class: 'text-button' }, sign('undo'), t(draft.state === 'committed' ? 'editing.take_out' : 'editing.take_back'));
    back.addEventListener('click', () => void (draft.state === 'committed' ? editing.takeOut(draft) : editing.takeBack(draft.id)));
    return h('li', { class: 'edit-settled' }, h('div', { class: 'import-row' }, ...head, about), back);
  }

  /** What was written last into the data that are shown, and the way back in one press. @param {ListedDraft} draft */
  function doneNote(draft) {
    const back = h('button', { type: 'button', class: 'secondary-button', 'data-edit-take-out': '' }, sign('undo'), t('editing.take_out'));
    back.addEventListener('click', () => void editing.takeOut(draft));
    return h('div', { class: 'import-done', 'data-edit-done': draft.id }, h('p', { class: 'import-answer', role: 'status' }, sign('check'), t('editing.done', { name: draft.name, version: draft.committed_version ?? '' })), h('div', { class: 'field-row' }, back));
  }

  /** @param {import('../../types').PageState} state */
  function render({ editing: { drafts, saving, refused: error } }) {
    begin.disabled = saving;
    replaceChildren(refused, error && refusedNote(context, error));
    if (!drafts) return replaceChildren(lists);
    const latest = drafts.find(({ committed_version: version }) => version !== null && version === context.catalog.data_version);
    replaceChildren(done, latest && doneNote(latest));
    const [open, settled] = [drafts.filter(({ state }) => state === 'open'), drafts.filter((draft) => draft.state !== 'open' && draft !== latest)];
    replaceChildren(lists,
      open.length > 0 && h('h3', {}, t('editing.drafts')), open.length > 0 && h('ul', { class: 'import-rows' }, ...open.map(row)),
      settled.length > 0 && h('details', { class: 'siting-fold', 'data-fold': 'settled' }, h('summary', {}, t('editing.settled', { count: settled.length })), h('ul', { class: 'import-rows' }, ...settled.map(row))));
    return undefined;
  }
  return { element, render };
}
