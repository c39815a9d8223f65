/** The plan of operations: what to do in which order, then what each fault loses and which devices do not help. */

import { h, replaceChildren } from '../element.js';
import { partsOfPlan } from '../state/operations.js';
import { createFaultBlocks } from './isolation_faults.js';
import { createStepRows, readingPlace } from './switching_steps.js';

/** More steps than this are folded by network. */
const STEPS_OPEN = 30;

/** @param {import('./context').PageContext} context @param {HTMLElement} element */
export function mountIsolation(context, element) {
  const { words: { t } } = context;
  const steps = createStepRows(context);
  const faults = createFaultBlocks(context);

  /** @param {string} key @param {import('../types').SwitchingStep[]} part @param {boolean} folded */
  function sequence(key, part, folded) {
    if (!part.length) return null;
    const list = folded ? steps.folded(part) : [steps.list(part)];
    return h('section', { class: 'plan-part', 'data-plan-part': key },
      h('h3', {}, t(`operations.${key}`), ' ', h('span', { class: 'facts' }, t('operations.count', { count: part.length }))), ...list);
  }

  /** @param {import('../types').Assessment} assessment */
  function note({ isolation, switching }) {
    if (!isolation.length) return t('isolation.empty');
    if (!switching.length) return t(isolation.some((entry) => entry.active) ? 'isolation.none' : 'isolation.later');
    return t(switching.length > STEPS_OPEN ? 'isolation.note_many' : 'isolation.note');
  }

  /** @param {import('../types').PageState} state */
  function render({ assessment, marks }) {
    if (!assessment) return replaceChildren(element);
    const goBack = readingPlace(element);
    const { isolate, restore, unadvised } = partsOfPlan(assessment.switching);
    const folded = isolate.length + restore.length > STEPS_OPEN;
    const closing = restore.length > 0 || unadvised.length > 0;
    replaceChildren(element,
      h('p', { class: 'note-line' }, note(assessment)),
      steps.inoperable(marks.inoperable),
      sequence('isolate', isolate, folded), sequence('restore', restore, folded),
      !closing && isolate.length > 0 && h('p', { class: 'facts', 'data-no-ties': '' }, t('operations.no_ties')),
      steps.unadvised(unadvised), ...faults(assessment));
    goBack();
    return undefined;
  }

  /** Lights the step of the hovered and the selected device. @param {import('../types').PageState} state */
  function mark({ hovered, selected }) {
    for (const item of element.querySelectorAll('[data-step]')) {
      const id = item.getAttribute('data-step');
      item.classList.toggle('hovered', hovered?.kind === 'node' && hovered.id === id);
      item.classList.toggle('selected', selected?.kind === 'node' && selected.id === id);
    }
  }
  return { render, mark };
}
