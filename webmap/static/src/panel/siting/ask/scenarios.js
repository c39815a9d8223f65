/** Several cases that one choice has to stand: the normal state, what is marked on the map, incidents and drills of the log. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { RequestFailed, getJson } from '../../../request.js';
import { canBeRobust } from '../../../siting/draft.js';
import { incidentOnMap } from '../../../siting/question.js';
import { choiceField } from '../../form_field.js';
import { maySeeLogs } from '../../incidents/rights.js';

/** @param {import('./form.js').AskForm} form @returns {import('./form.js').AskSection} */
export function scenarioSection(form) {
  const { context: { words: { t, language }, store, showError } } = form;
  const rows = h('ul', { class: 'siting-points' });
  const onMap = h('button', { type: 'button', class: 'secondary-button', 'data-siting-scenario': 'map' }, t('siting.scenario.map'));
  const normal = h('button', { type: 'button', class: 'secondary-button', 'data-siting-scenario': 'normal' }, t('siting.scenario.normal'));
  const select = h('select', { 'aria-label': t('siting.scenario.logged') });
  const field = choiceField('siting-scenarios', t('siting.scenarios'), [rows, h('div', { class: 'siting-zones' }, onMap, normal, select)]);
  const hint = h('p', { class: 'facts' }, t('siting.scenarios_hint'));
  field.element.append(hint);
  let asked = false;
  /** @type {import('../../../siting').Scenario[] | null} */
  let shown = null;
  onMap.addEventListener('click', () => add(t('siting.scenario.map_name', { number: form.draft().scenarios.length + 1 }), incidentOnMap(store.get())));
  normal.addEventListener('click', () => add(t('siting.scenario.normal'), null));
  select.addEventListener('change', () => void addLogged(select.value));

  /** Names tell cases apart, so none is given twice. @param {string} name @param {import('../../../types').IncidentDocument | null} incident */
  function add(name, incident) {
    const { scenarios } = form.draft();
    const taken = scenarios.map((scenario) => scenario.name);
    const free = [name, ...Array.from({ length: 20 }, (_, index) => `${name} ${index + 2}`)].find((one) => !taken.includes(one)) ?? name;
    form.choose({ scenarios: [...scenarios, { name: free, incident }] });
  }

  /** @param {string} id of an incident */
  async function addLogged(id) {
    if (!id) return;
    try {
      const { incident, document: told } = await getJson(`/api/incidents/${encodeURIComponent(id)}?lang=${language}`);
      add(incident.name, told);
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      showError(t('siting.scenario.failed'), reason.error);
    }
    select.value = '';
  }

  async function loadLogged() {
    asked = true;
    select.hidden = true;
    if (!maySeeLogs(store.get().viewer)) return;
    try {
      const { incidents } = await getJson(`/api/incidents?which=all&lang=${language}`);
      select.hidden = !incidents.length;
      replaceChildren(select, h('option', { value: '' }, t('siting.scenario.logged')), ...incidents.map((/** @type {import('../../../log').IncidentSummary} */ { id, name, drill }) => h('option', { value: id }, drill ? `${name} · ${t('incidents.drill')}` : name)));
    } catch (reason) {
      // They are one way of several: without them the others stay.
      if (!(reason instanceof RequestFailed)) throw reason;
    }
  }

  /** @param {import('../../../siting').Scenario} scenario @param {number} index */
  function row({ name }, index) {
    const input = h('input', { type: 'text', value: name, maxLength: 100, 'aria-label': t('siting.scenario.name') });
    input.addEventListener('change', () => form.choose({ scenarios: form.draft().scenarios.map((one, at) => (at === index ? { ...one, name: input.value.trim() || name } : one)) }));
    const remove = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('siting.remove', { name }) }, sign('close'));
    remove.addEventListener('click', () => form.choose({ scenarios: form.draft().scenarios.filter((_, at) => at !== index) }));
    return h('li', { class: 'field-row' }, input, remove);
  }

  return {
    element: h('section', { class: 'siting-section' }, field.element),
    fields: { scenarios: field },
    render(state, draft) {
      if (!asked) void loadLogged();
      const open = canBeRobust(draft) || draft.scenarios.length > 0;
      for (const button of [onMap, normal, select]) button.disabled = !open;
      onMap.disabled ||= incidentOnMap(state) === null;
      if (shown !== draft.scenarios) replaceChildren(rows, ...draft.scenarios.map(row));
      shown = draft.scenarios;
    },
  };
}
