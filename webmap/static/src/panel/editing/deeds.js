/** What can be done with the chosen record beside its form: a line is split, a record removed. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';

const NAMED = 5;

/** @param {import('../context').PageContext} context */
export function mountDeeds({ words: { t }, catalog, editing, store }) {
  const hint = h('p', { class: 'facts' });
  const split = h('button', { type: 'button', class: 'secondary-button', 'data-edit-split': '' }, t('editing.split'));
  const remove = h('button', { type: 'button', class: 'secondary-button', 'data-edit-remove': '' }, t('editing.remove'));
  const asked = h('div', { class: 'import-note', role: 'status', hidden: true });
  const element = h('div', { class: 'edit-deeds' }, hint, h('div', { class: 'field-row' }, split, remove), asked);
  let of = '';
  split.addEventListener('click', () => editing.task({ kind: 'split' }));
  remove.addEventListener('click', () => {
    const { record } = store.get().editing;
    if (!record) return;
    if (record.users.length) ask(record);
    else void take(record, false);
  });

  /** @param {import('../../editing').RecordNow} record @param {boolean} together */
  async function take({ layer, id }, together) {
    asked.hidden = true;
    if (await editing.apply({ op: 'remove', layer, id, together })) editing.leave();
  }

  /** Names those that need it before they go with it. @param {import('../../editing').RecordNow} record */
  function ask(record) {
    const { users, users_more: more } = record;
    const together = h('button', { type: 'button', class: 'secondary-button', 'data-edit-together': '' }, t('editing.remove_together'));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('editing.leave'));
    together.addEventListener('click', () => void take(record, true));
    leave.addEventListener('click', () => {
      asked.hidden = true;
      remove.focus();
    });
    // Pieces of one line often have one name.
    const known = users.map(({ name }) => name);
    const names = users.slice(0, NAMED).map(({ name, id }) => (known.indexOf(name) === known.lastIndexOf(name) ? name : `${name} ${id}`)).join(t('list_comma'));
    replaceChildren(asked, h('div', {}, h('p', {}, t('editing.used', { count: users.length + more, names, more: users.length + more > NAMED ? '…' : '' })), h('div', { class: 'field-row' }, together, leave)));
    asked.hidden = false;
    together.focus();
  }

  return {
    element,
    /** @param {import('../../editing').EditingState} state */
    render({ record, task, saving }) {
      element.hidden = !record;
      if (!record) return;
      const key = `${record.layer} ${record.id}`;
      if (key !== of) asked.hidden = true;
      of = key;
      const kind = catalog.layers.find((layer) => layer.key === record.layer)?.geometry;
      split.hidden = kind !== 'LineString';
      split.setAttribute('aria-pressed', String(task.kind === 'split'));
      split.disabled = remove.disabled = saving;
      hint.textContent = kind === 'Point' ? t(record.layer === 'network_nodes' ? 'editing.drag_node' : 'editing.drag_point') : record.layer === 'network_lines' ? t('editing.drag_main') : kind ? t('editing.drag_shape') : '';
    },
  };
}
