/** The small menu of a step: do this first, give it to another crew, release it, set its hours. */

import { h } from '../../element.js';
import { canRepair } from '../../state/gantt.js';
import { moveInMenu } from '../dock.js';

/** @typedef {import('../../response').RepairStep} RepairStep */

/** @param {import('../context').PageContext} context */
export function createStepMenu({ words: { t }, store, actions }) {
  /** @type {(() => void) | null} */
  let close = null;

  /** @param {string} label @param {string} key @param {() => void} action */
  function item(label, key, action) {
    const button = h('button', { type: 'button', role: 'menuitem', 'data-step-action': key }, label);
    button.addEventListener('click', () => {
      close?.();
      action();
    });
    return button;
  }

  /** @param {RepairStep} step */
  function items(step) {
    const crews = store.get().restoration.plan?.crews ?? [];
    const own = crews.find(({ id }) => id === step.crew)?.name ?? step.crew;
    return [
      item(t('step.first'), 'first', () => actions.fixStep({ fault: step.fault, crew: step.crew, position: 1 }, own)),
      ...crews.filter((crew) => crew.id !== step.crew && canRepair(crew, step)).map((crew) =>
        item(t('step.give', { crew: crew.name }), `give ${crew.id}`, () => actions.fixStep({ fault: step.fault, crew: crew.id }, crew.name))),
      ...(step.fixed ? [item(t('step.release'), 'release', () => actions.releaseStep(step.fault))] : []),
    ];
  }

  /** @param {RepairStep} step */
  function hoursField(step) {
    const field = h('input', { type: 'number', min: '0', max: '720', step: '0.5', value: step.hours_assumed ? '' : String(step.work_hours), placeholder: String(step.work_hours), 'data-step-hours': '' });
    field.addEventListener('change', () => {
      const hours = field.value === '' ? null : Number(field.value);
      if (hours !== null && !(hours >= 0 && hours <= 720)) return;
      close?.();
      actions.setRepairHours(step.fault, hours);
    });
    return h('label', { class: 'menu-hours' }, t('step.hours'), h('span', { class: 'size-field' }, field, t('hours')));
  }

  /** @param {RepairStep} step @param {HTMLElement} anchor */
  function open(step, anchor) {
    close?.();
    const list = h('div', { role: 'menu', 'aria-label': step.name }, ...items(step));
    const menu = h('div', { class: 'menu step-menu', 'data-step-menu': step.fault }, list, hoursField(step));
    document.body.append(menu);
    const box = anchor.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
    const below = box.bottom + 6 + menu.offsetHeight < innerHeight;
    menu.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - menu.offsetHeight - 6)}px`;
    const away = (/** @type {PointerEvent} */ event) => event.target instanceof Node && !menu.contains(event.target) && close?.();
    close = () => {
      close = null;
      document.removeEventListener('pointerdown', away);
      const held = menu.contains(document.activeElement);
      menu.remove();
      if (held && anchor.isConnected) anchor.focus();
    };
    document.addEventListener('pointerdown', away);
    list.addEventListener('keydown', (event) => moveInMenu(event, list, () => close?.()));
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close?.();
    });
    list.querySelector('button')?.focus();
  }
  return { open };
}
