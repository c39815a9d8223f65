/** Step 1: what it is, as large buttons; and with it the incident to which it belongs. */

import { h, replaceChildren, svg } from '../element.js';
import { incidentOf, planOf } from './draft.js';

/** @typedef {import('../field').FieldDraft} FieldDraft */

/** Lines of 24 by 24. @type {Record<string, string>} */
const SIGNS = {
  outage: 'M13 3 6 13.500h5L10.500 21 18 10h-5.500z',
  gas_leak: 'M12 21a6 6 0 0 1-6-6c0-4 4-5 4-9 3 1 4 4 4 6 1-1 1-2 1-3 2 2 3 4 3 6a6 6 0 0 1-6 6z',
  burst: 'M3 15h6v5H3zM15 15h6v5h-6zM9 17.500h1M14 17.500h1M12 14V5M8.500 8 12 12l3.500-4M6 4l3 4M18 4l-3 4',
  no_heat: 'M12 3v18M4.500 7.500l15 9M19.500 7.500l-15 9M9 4.500l3 2.500 3-2.500M9 19.500l3-2.500 3 2.500',
  road: 'M8 3 4 21M16 3l4 18M12 4v3M12 10v3M12 17v3',
  other: 'M5 12h.01M12 12h.01M19 12h.01',
};

/**
 * @param {object} parts
 * @param {import('../i18n.js').Translator} parts.words
 * @param {() => FieldDraft} parts.draft @param {(change: Partial<FieldDraft>) => void} parts.change
 * @param {() => import('../field').FieldStart | null} parts.start
 */
export function createWhat({ words: { t }, draft, change, start }) {
  const buttons = h('div', { class: 'field-whats', role: 'radiogroup', 'aria-label': t('onsite.what') });
  const incident = h('select', { id: 'field-incident' });
  const label = h('label', { htmlFor: 'field-incident', class: 'field-label' }, t('onsite.incident'));
  const drill = h('p', { class: 'field-drill', hidden: true }, t('onsite.drill'));
  const element = h('section', { class: 'field-step' }, drill, h('h2', {}, t('onsite.what')), buttons);
  const belongs = h('section', { class: 'field-step' }, label, incident);
  incident.addEventListener('change', () => {
    const [plan, id] = incident.value.split('|');
    change({ plan, incident: id || null, incidentChosen: true });
  });

  function render() {
    const known = start();
    replaceChildren(buttons, ...(known?.whats ?? []).map(({ key, title }) => {
      const chosen = draft().what === key;
      const button = h('button', { type: 'button', class: 'field-what', role: 'radio', 'aria-checked': String(chosen), 'data-what': key },
        svg('svg', { viewBox: '0 0 24 24', class: 'sign', 'aria-hidden': 'true' }, svg('path', { d: SIGNS[key] ?? SIGNS.other })), h('span', {}, title));
      button.addEventListener('click', () => change({ what: key }));
      return button;
    }));
    belongs.hidden = !known?.plans.length;
    if (!known) return;
    replaceChildren(incident, ...known.plans.map(({ key, title, incidents }) =>
      h('optgroup', { label: title }, h('option', { value: `${key}|` }, t('onsite.incident.none')),
        ...incidents.map(({ id, name, drill: isDrill }) => h('option', { value: `${key}|${id}` }, isDrill ? t('onsite.incident.drill', { name }) : name)))));
    const belonging = incidentOf(draft(), known);
    incident.value = `${planOf(draft(), known)?.key ?? ''}|${belonging?.id ?? ''}`;
    drill.hidden = !belonging?.drill;
  }
  return { element, belongs, render };
}
