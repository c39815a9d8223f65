/** The plain fields of the form: words, hours, choices. Each says what it enters under the names that the server has. */

import { h } from '../../../element.js';
import { duration } from '../../../format.js';
import { NETWORKS } from '../../../state/marks.js';

/** @typedef {import('./shell.js').Control} Control */
/** @typedef {import('../../../state/record_kinds.js').Field} Field */
/** @typedef {import('../../context').PageContext} PageContext */
/** What stands in the fields at first. @typedef {Record<string, unknown>} Values */

/** @param {PageContext} _ @param {Field} field @param {Values} start @returns {Control} */
export function textControl(_, { name, required }, start) {
  const area = h('textarea', { rows: required ? 3 : 2, maxLength: 2000, value: String(start[name] ?? '') });
  return { element: area, focusable: area, read: () => ({ [name]: area.value.trim() }) };
}

/** @param {PageContext} context @param {Field} field @param {Values} start @returns {Control} */
export function lineControl(context, { name, suggest }, start) {
  const input = h('input', { type: 'text', maxLength: 200, autocomplete: 'off', value: String(start[name] ?? '') });
  const listed = suggest ? suggestions(context, suggest) : [];
  const list = listed.length > 0 && h('datalist', { id: `record-${name}-known` }, ...listed.map((value) => h('option', { value })));
  if (list) input.setAttribute('list', list.id);
  return { element: h('div', { class: 'record-line' }, input, list), focusable: input, read: () => ({ [name]: input.value.trim() }) };
}

/** What was written before, and what the page knows of. @param {PageContext} context @param {'crews' | 'sources' | 'receivers'} what */
function suggestions({ store, actions }, what) {
  const facts = store.get().log.entries.flatMap(({ fact }) => (fact ? [fact] : []));
  const field = { crews: 'crew', sources: 'source', receivers: 'to' }[what];
  const before = facts.map((fact) => fact[field]).filter((value) => typeof value === 'string');
  const crews = what === 'crews' ? actions.response().crews.map(({ name }) => name) : [];
  return [...new Set([...before, ...crews])];
}

/** @param {PageContext} context @param {Field} field @param {Values} start @returns {Control} */
export function hoursControl({ words }, { name }, start) {
  const { t, language } = words;
  // A text field: a number field would throw away what it cannot read, and nobody could say what was wrong.
  const input = h('input', { type: 'text', inputMode: 'decimal', autocomplete: 'off', value: start[name] === undefined ? '' : String(start[name]) });
  const reads = h('span', { class: 'facts', 'aria-live': 'polite' });
  const read = () => {
    const written = input.value.trim();
    const hours = Number(written.replace(',', '.'));
    return written === '' || Number.isNaN(hours) ? written : hours;
  };
  const tell = () => {
    const hours = read();
    reads.textContent = typeof hours === 'number' && hours > 0 && hours <= 8760 ? t('record.reads', { value: duration(hours, language) }) : '';
  };
  input.addEventListener('input', tell);
  tell();
  return { element: h('div', { class: 'field-row' }, input, h('span', {}, t('hours')), reads), focusable: input, read: () => ({ [name]: read() }) };
}

/** @param {PageContext} _ @param {Field} field @param {Values} start @returns {Control} */
export function celsiusControl(_, { name }, start) {
  const input = h('input', { type: 'text', inputMode: 'text', autocomplete: 'off', value: start[name] === undefined ? '' : String(start[name]) });
  const read = () => {
    const written = input.value.trim().replace(',', '.').replace(/^[−–—－负]/, '-');
    return written === '' || Number.isNaN(Number(written)) ? input.value.trim() : Number(written);
  };
  return { element: h('div', { class: 'field-row' }, input, h('span', {}, '℃')), focusable: input, read: () => ({ [name]: read() }) };
}

/** Many choices, one in sight. @param {PageContext} context @param {Field} field @param {Values} start @param {(key: string) => string} say @returns {Control} */
export function itemControl({ words: { t } }, { name, choices = [] }, start, say) {
  const options = choices.map((value) => /** @type {[string, string]} */ ([value, say(value)]));
  const select = selectOf([['', t('record.choose')], ...options], String(start[name] ?? ''));
  return { element: select, focusable: select, read: () => ({ [name]: select.value }) };
}

/** Few choices, all in sight. @param {PageContext} _ @param {Field} field @param {Values} start @param {(key: string) => string} say @returns {Control} */
export function choiceControl(_, { name, choices = [] }, start, say) {
  const first = start[name] === undefined ? null : String(start[name]);
  const radios = choices.map((value) => h('input', { type: 'radio', name: `record-${name}`, value, checked: value === first }));
  const element = h('div', { class: 'record-choices' }, ...choices.map((value, index) => h('label', {}, radios[index], h('span', {}, say(value)))));
  return { element, focusable: radios[0], group: true, read: () => ({ [name]: radios.find(({ checked }) => checked)?.value ?? '' }) };
}

/** @param {[string, string][]} options value and words @param {string} chosen */
function selectOf(options, chosen) {
  return h('select', {}, ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)));
}

/** The level that the assessment asks for stands there at first. @param {PageContext} context @param {Field} field @param {Values} start @returns {Control} */
export function levelControl({ words: { t }, store, catalog }, { name, required }, start) {
  const { marks, assessment } = store.get();
  const levels = catalog.plans.find(({ key }) => key === marks.plan)?.levels ?? [];
  const chosen = name in start ? start[name] : assessment?.level.level;
  const select = selectOf([
    ...(required ? [] : [/** @type {[string, string]} */ (['', t('record.no_level')])]),
    ...levels.map(({ level }) => /** @type {[string, string]} */ ([level, t('level.name', { level })])),
  ], String(chosen ?? ''));
  const answer = assessment?.level && t('record.assessed', { level: assessment.level.level ? t('level.name', { level: assessment.level.level }) : t('level.none') });
  return { element: h('div', { class: 'field-row' }, select, answer && h('span', { class: 'facts' }, answer)), focusable: select, read: () => ({ [name]: select.value || null }) };
}

/** Mobile units that the data or the crews' form know. @param {PageContext} context @param {Field} field @param {Values} start @returns {Control} */
export function unitControl({ words: { t }, actions, data }, { name }, start) {
  const select = h('select', {});
  const fill = () => {
    const chosen = select.value || String(start[name] ?? '');
    const units = actions.response().units.map(({ id, name: said }) => ({ id, said }));
    if (chosen && !units.some(({ id }) => id === chosen)) units.push({ id: chosen, said: chosen });
    select.replaceChildren(h('option', { value: '' }, t('record.unit_any')), ...units.map(({ id, said }) => h('option', { value: id }, said)));
    select.value = chosen;
  };
  fill();
  // Sites may not have been asked for yet; without them the list is short.
  if (!data.has('sites')) data.load('sites').then(fill, () => {});
  return { element: select, focusable: select, read: () => ({ [name]: select.value }) };
}

/** What the log knows as broken. @param {PageContext} context @param {Field} field @param {Values} start @returns {Control} */
export function brokenControl({ words: { t }, store, actions, titles }, { name }, start) {
  const view = store.get().log.view;
  /** @type {[string, string][]} */
  const options = Object.keys(view?.faults ?? {}).map((id) => [id, actions.nameOf(id)]);
  if (view?.area_entries.length) {
    const networks = view.document.networks ?? NETWORKS;
    options.push(['area', t('repair.area')], ...networks.map((network) => /** @type {[string, string]} */ ([`area/${network}`, t('record.area_network', { network: titles.network(network) })])));
  }
  const chosen = String(start[name] ?? (options.length === 1 ? options[0][0] : ''));
  if (chosen && !options.some(([value]) => value === chosen)) options.push([chosen, actions.nameOf(chosen)]);
  const select = selectOf([['', t(options.length ? 'record.choose' : 'record.nothing_broken')], ...options], chosen);
  return { element: select, focusable: select, read: () => ({ [name]: select.value }) };
}

/** @param {PageContext} context @param {Field} field @param {Values} start @returns {Control} */
export function networksControl({ words: { t }, titles }, { name }, start) {
  const chosen = Array.isArray(start[name]) ? start[name] : NETWORKS;
  const boxes = NETWORKS.map((network) => h('input', { type: 'checkbox', value: network, checked: chosen.includes(network) }));
  const element = h('div', { class: 'record-choices' }, ...NETWORKS.map((network, index) => h('label', {}, boxes[index], h('span', {}, titles.network(network)))));
  const read = () => boxes.filter(({ checked }) => checked).map(({ value }) => value);
  return { element, focusable: boxes[0], group: true, read: () => ({ [name]: read() }), wrong: () => (read().length ? '' : t('record.no_network')) };
}
