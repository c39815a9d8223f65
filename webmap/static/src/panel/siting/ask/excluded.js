/** Where no site may stand: inside what is affected, without supply, in zones drawn on the map. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { unionOf } from '../../../state/areas.js';
import { hasIncident } from '../../../state/marks.js';
import { choiceField } from '../../form_field.js';

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection} */
export function excludedSection(form) {
  const { context: { words: { t } } } = form;
  const affected = check('affected', 'siting.excluded.affected');
  const failed = check('failedNetwork', 'siting.excluded.failed_network');
  const modes = /** @type {const} */ (['polygon', 'circle']);
  const buttons = modes.map((mode) => {
    const button = h('button', { type: 'button', class: 'secondary-button', 'data-siting-zone': mode, 'aria-pressed': 'false' }, t(`mode.${mode}`));
    button.addEventListener('click', () => form.onMap({ mode, onDrawn: (area) => form.choose({ areas: [...form.draft().areas, unionOf([area])] }) }));
    return button;
  });
  const chips = h('div', { class: 'draft-chips' });
  const hint = h('p', { class: 'facts' });
  const field = choiceField('siting-excluded', t('siting.excluded'), [affected.element, failed.element,
    h('div', { class: 'siting-zones' }, h('span', {}, t('siting.zones')), ...buttons), chips]);
  field.element.append(hint);

  /** @param {'affected' | 'failedNetwork'} key @param {string} text */
  function check(key, text) {
    const input = h('input', { type: 'checkbox', 'data-siting-excluded': key });
    input.addEventListener('change', () => form.choose({ [key]: input.checked }));
    return { input, element: h('label', { class: 'check-row' }, input, h('span', {}, t(text))) };
  }

  /** @param {number} index */
  function chip(index) {
    const name = t('siting.zone', { number: index + 1 });
    const remove = h('button', { type: 'button', class: 'draft-remove', 'aria-label': t('siting.remove', { name }) }, sign('close'));
    remove.addEventListener('click', () => form.choose({ areas: form.draft().areas.filter((_, at) => at !== index) }));
    return h('span', { class: 'draft-chip', 'data-siting-area': index }, h('span', { class: 'chip-name' }, name), remove);
  }

  return {
    element: h('section', { class: 'siting-section' }, field.element),
    fields: { excluded: field, 'excluded.areas': field },
    render(state, draft) {
      const known = hasIncident(state.marks) || draft.incident !== null || draft.scenarios.some(({ incident }) => incident);
      for (const [box, on] of /** @type {const} */ ([[affected, draft.affected], [failed, draft.failedNetwork]])) {
        box.input.checked = on;
        box.input.disabled = !known && !on;
      }
      hint.hidden = known;
      replaceChildren(hint, t('siting.where.none'));
      modes.forEach((mode, index) => buttons[index].setAttribute('aria-pressed', String(form.picking(mode))));
      if (chips.childElementCount !== draft.areas.length) replaceChildren(chips, ...draft.areas.map((_, index) => chip(index)));
    },
  };
}
