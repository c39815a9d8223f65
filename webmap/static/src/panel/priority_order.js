/** The order of the plan's classes for this incident: moved by drag or by button, applied with a reason, taken back. */

import { h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { moved } from '../state/figures.js';
import { priorityOrder } from '../state/marks.js';

/** @param {import('./context').PageContext} context */
export function mountPriorityOrder(context) {
  const { words, catalog, store, actions, titles } = context;
  const { t, titleOf } = words;
  const element = h('div', { class: 'priority-order', 'data-priority-order': '' });
  /** @type {string[] | null} classes as they are being moved; null while nobody does */
  let draft = null;
  let plan = '';

  /** @param {import('../types').IncidentMarks} marks */
  const planOrder = (marks) => (catalog.plans.find(({ key }) => key === marks.plan)?.priority_list ?? []).map(({ category }) => category);

  /** The order in force: what the commander named, then the rest as in the plan. @param {import('../types').IncidentMarks} marks */
  function orderInForce(marks) {
    const own = priorityOrder(marks)?.categories ?? [];
    return [...own, ...planOrder(marks).filter((category) => !own.includes(category))];
  }

  /** @param {string} category */
  function nameOf(category) {
    const entry = catalog.plans.find(({ key }) => key === plan)?.priority_list.find((listed) => listed.category === category);
    return titleOf(entry?.name) || titles.category(category);
  }

  /** @param {import('../types').IncidentMarks} marks */
  function render(marks) {
    if (plan !== marks.plan) close();
    plan = marks.plan;
    // What is being moved stays as it is until it is applied or left.
    if (draft) return;
    const order = priorityOrder(marks);
    const open = h('button', { type: 'button', class: 'text-button', 'data-reorder': '' }, t(order ? 'order.change_again' : 'order.change'));
    open.addEventListener('click', () => {
      draft = orderInForce(store.get().marks);
      edit();
    });
    if (!order) return replaceChildren(element, h('p', { class: 'note-line' }, t('ranking.note')), open);
    const restore = h('button', { type: 'button', class: 'text-button', 'data-restore-order': '' }, t('order.restore'));
    restore.addEventListener('click', () => actions.setPriorityOrder(null));
    return replaceChildren(element, h('p', { class: 'order-changed' }, t('order.changed', { reason: order.reason })), open, restore);
  }

  function edit() {
    store.update({ ordering: true });
    const list = h('ol', { class: 'order-list' }, ...(draft ?? []).map(classRow));
    const reason = h('textarea', { id: 'order-reason', rows: 2, maxLength: 2000, value: priorityOrder(store.get().marks)?.reason ?? '', 'aria-describedby': 'order-error' });
    const error = h('p', { class: 'field-error', id: 'order-error', role: 'alert', hidden: true }, t('order.reason_needed'));
    const apply = h('button', { type: 'button', class: 'primary-button' }, t('order.apply'));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('order.leave'));
    apply.addEventListener('click', () => {
      const text = reason.value.trim();
      error.hidden = text !== '';
      if (!text) return reason.focus();
      const categories = draft ?? [];
      close();
      return actions.setPriorityOrder({ categories, reason: text });
    });
    leave.addEventListener('click', () => {
      close();
      render(store.get().marks);
      /** @type {HTMLElement | null} */ (element.querySelector('[data-reorder]'))?.focus();
    });
    replaceChildren(element, h('h3', {}, t('order.title')), h('p', { class: 'note-line' }, t('order.about')), list,
      h('p', { class: 'visually-hidden', role: 'status' }),
      h('label', { class: 'order-reason', htmlFor: 'order-reason' }, t('order.reason')), reason, error, h('div', { class: 'field-row' }, apply, leave));
    /** @type {HTMLElement | null} */ (list.querySelector('button:not([disabled])'))?.focus();
  }

  function close() {
    draft = null;
    store.update({ ordering: false });
  }

  /** @param {string} category @param {number} index */
  function classRow(category, index) {
    const name = nameOf(category);
    const handle = h('span', { class: 'drag-handle', 'aria-hidden': 'true', title: t('order.drag') }, sign('grip'));
    const row = h('li', { 'data-class': category }, handle, h('span', {}, name), mover('up', -1), mover('down', 1));
    handle.addEventListener('pointerdown', (event) => drag(event, row, handle));
    return row;

    /** @param {'up' | 'down'} direction @param {-1 | 1} step */
    function mover(direction, step) {
      const last = (draft?.length ?? 1) - 1;
      const button = h('button', { type: 'button', class: 'icon-button', 'aria-label': t(`order.${direction}`, { name }), 'data-move': direction, disabled: index + step < 0 || index + step > last }, sign(direction));
      button.addEventListener('click', () => move(category, index + step, direction));
      return button;
    }
  }

  /** Only the list is made anew, so that the reason stays as written. @param {string} category @param {number} to @param {string} [focus] */
  function move(category, to, focus) {
    if (!draft) return;
    draft = moved(draft, draft.indexOf(category), to);
    const list = element.querySelector('.order-list');
    if (!list) return;
    replaceChildren(list, ...draft.map(classRow));
    const status = element.querySelector('[role="status"]');
    if (status) status.textContent = t('order.moved', { name: nameOf(category), place: draft.indexOf(category) + 1 });
    const row = list.querySelector(`[data-class="${CSS.escape(category)}"]`);
    const buttons = /** @type {HTMLButtonElement[]} */ ([...(row?.querySelectorAll('button') ?? [])]);
    if (focus) (buttons.find((button) => button.dataset.move === focus && !button.disabled) ?? buttons.find((button) => !button.disabled))?.focus();
  }

  /** By pointer, so that mouse, pen and finger do the same. @param {PointerEvent} event @param {HTMLElement} row @param {HTMLElement} handle */
  function drag(event, row, handle) {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    row.classList.add('dragged');
    const middleOf = (/** @type {Element} */ other) => other.getBoundingClientRect().top + other.clientHeight / 2;
    /** The neighbours step aside: an element taken out of the document would lose the pointer. @param {PointerEvent} moving */
    const follow = ({ clientY }) => {
      const { previousElementSibling: above, nextElementSibling: below } = row;
      if (above && clientY < middleOf(above)) row.after(above);
      else if (below && clientY > middleOf(below)) row.before(below);
    };
    handle.addEventListener('pointermove', follow);
    handle.addEventListener('lostpointercapture', () => {
      handle.removeEventListener('pointermove', follow);
      row.classList.remove('dragged');
      move(row.dataset.class ?? '', [...(row.parentElement?.children ?? [])].indexOf(row));
    }, { once: true });
  }
  return { element, render };
}
