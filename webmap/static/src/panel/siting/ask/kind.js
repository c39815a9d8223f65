/** What is supplied: one of six kinds, with a line of what that means. */

import { h, replaceChildren } from '../../../element.js';
import { KINDS, withKind } from '../../../siting/draft.js';
import { choiceField } from '../../form_field.js';

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection} */
export function kindSection(form) {
  const { context: { words: { t } }, say } = form;
  const radios = KINDS.map((kind) => h('input', { type: 'radio', name: 'siting-kind', value: kind }));
  const about = h('p', { class: 'siting-about' });
  const field = choiceField('siting-kind', t('siting.kind'), [h('div', { class: 'siting-kinds' }, ...KINDS.map((kind, index) => h('label', {}, radios[index], h('span', {}, say.kind(kind)))))]);
  field.element.append(about);
  for (const radio of radios) radio.addEventListener('change', () => form.replace(withKind(form.draft(), /** @type {any} */ (radio.value))));

  return {
    element: h('section', { class: 'siting-section' }, field.element),
    fields: { kind: field },
    render(_, draft) {
      for (const radio of radios) radio.checked = radio.value === draft.kind;
      replaceChildren(about, t(`siting.kind.${draft.kind}`));
    },
  };
}
