/** As whom and since when: two fields of a decision. */

import { h } from '../../element.js';
import { moment } from '../../format.js';
import { isoFromLocalField, localFieldValue, msFromIso } from '../../state/clock.js';
import { decisionWords } from './words.js';

/**
 * The office that decides; a choice only for who holds several that may.
 * @param {import('../../i18n.js').Translator} words @param {string[]} offices of the viewer's, at least one
 */
export function officeField(words, offices) {
  const { t } = words;
  const say = decisionWords(words);
  if (offices.length < 2) {
    return { element: h('p', { class: 'decide-line' }, h('span', { class: 'advice-label' }, t('decide.as')), h('strong', {}, say.office(offices[0] ?? ''))), value: () => offices[0] ?? '' };
  }
  const radios = offices.map((value, index) => h('input', { type: 'radio', name: 'decide-office', value, checked: index === 0 }));
  const element = h('fieldset', { class: 'decide-choice', 'data-decide-office': '' }, h('legend', {}, t('decide.as')), ...radios.map((radio) => h('label', {}, radio, say.office(radio.value))));
  return { element, value: () => radios.find((radio) => radio.checked)?.value ?? offices[0] };
}

/**
 * When it was decided: now or earlier. A drill has its own clock.
 * @param {import('../context').PageContext} context @param {boolean} drill
 */
export function timeField({ words, log }, drill) {
  const { t, language } = words;
  if (drill) {
    const at = log.happenedAt();
    const element = h('p', { class: 'decide-line' }, h('span', { class: 'advice-label' }, t('decide.at_drill')), h('strong', {}, moment(at, language)));
    return { element, value: () => /** @type {string | null} */ (at), check: () => true };
  }
  const now = h('input', { type: 'radio', name: 'decide-when', value: 'now', checked: true });
  const earlier = h('input', { type: 'radio', name: 'decide-when', value: 'earlier' });
  const field = h('input', { type: 'datetime-local', value: localFieldValue(log.happenedAt()), 'aria-label': t('decide.earlier_at'), hidden: true, 'aria-describedby': 'decide-when-error' });
  const error = h('p', { class: 'field-error', id: 'decide-when-error', role: 'alert', hidden: true });
  const element = h('fieldset', { class: 'decide-choice', 'data-decide-when': '' }, h('legend', {}, t('decide.at')),
    h('label', {}, now, t('decide.now')), h('label', {}, earlier, t('decide.earlier')), field, error);
  for (const radio of [now, earlier]) {
    radio.addEventListener('change', () => {
      field.hidden = now.checked;
      if (earlier.checked) field.focus();
    });
  }
  const value = () => (now.checked ? log.happenedAt() : isoFromLocalField(field.value));

  /** @returns {boolean} whether it is a time that has been */
  function check() {
    const at = value();
    const wrong = !at ? t('incidents.when_missing') : earlier.checked && msFromIso(at) > Date.now() ? t('incidents.when_future') : '';
    error.hidden = !wrong;
    error.textContent = wrong;
    if (wrong) field.focus();
    return !wrong;
  }
  return { element, value, check };
}
