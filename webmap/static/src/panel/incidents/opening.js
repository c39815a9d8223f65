/** The form that opens an incident: real or a drill for ever, what was reported, and what is marked now as its first facts. */

import { h, replaceChildren } from '../../element.js';
import { isoFromLocalField, isoFromMs, localFieldValue, msFromIso } from '../../state/clock.js';
import { choiceField, formField } from '../form_field.js';
import { shortPlanTitle } from '../plan_links.js';
import { firstFacts } from './first_facts.js';
import { placeProblems } from './opening_problems.js';
import { suggestedName } from './opening_words.js';
import { plansFor } from './rights.js';

/** @typedef {import('../../log').NewFact} NewFact */

const LONGEST_NAME = 200;
const LONGEST_TEXT = 2000;

/**
 * @param {import('../context').PageContext} context
 * @param {{onOpened: () => void, onBack: () => void, onForget: () => void}} ways out
 */
export function openingForm(context, { onOpened, onBack, onForget }) {
  const { words, store, log } = context;
  const { t } = words;
  const fields = openingFields(context);
  const { plan, name, text, source, place, when, kind } = fields;
  const facts = firstFacts(context);
  const refused = h('div', { class: 'form-refusal', role: 'alert', hidden: true });
  const send = h('button', { type: 'submit', class: 'primary-button', 'data-open-incident': '' }, t('incidents.send'));
  const back = h('button', { type: 'button', class: 'text-button' }, t('incidents.back'));
  const forget = h('button', { type: 'button', class: 'text-button' }, t('incidents.forget'));
  const element = h('form', { class: 'opening-form', noValidate: true, 'data-opening': '' },
    fields.kindField.element, fields.textField.element, h('div', { class: 'form-pair' }, fields.sourceField.element, fields.placeField.element),
    fields.nameField.element, h('div', { class: 'form-pair' }, fields.planField.element, fields.whenField.element),
    facts.element, refused, h('div', { class: 'form-actions' }, send, back, forget));
  back.addEventListener('click', onBack);
  forget.addEventListener('click', onForget);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!send.disabled) void submit();
  });
  element.addEventListener('change', (event) => {
    // What is still to come is a fact in a drill alone.
    if (event.target === plan || event.target === when || fields.kindField.element.contains(/** @type {Node} */ (event.target))) showFacts();
    if (kind().length) fields.kindField.tell([]);
    send.textContent = t(kind() ? `incidents.send.${kind()}` : 'incidents.send');
  });
  text.addEventListener('input', () => text.value.trim() && fields.textField.tell([]));

  const moment = () => isoFromLocalField(when.value) ?? isoFromMs(Date.now());
  const showFacts = () => facts.show(plan.value, moment(), kind() === 'real');

  /** What the fields cannot be sent without. @returns {boolean} */
  function complete() {
    fields.kindField.tell(kind() ? [] : [t('incidents.kind_missing')]);
    fields.textField.tell(text.value.trim() ? [] : [t('incidents.text_missing')]);
    fields.nameField.tell(name.value.trim() ? [] : [t('incidents.name_missing')]);
    fields.whenField.tell(whenProblem());
    for (const field of [fields.planField, fields.sourceField, fields.placeField]) field.tell([]);
    facts.tell(new Map());
    replaceChildren(refused);
    refused.hidden = true;
    return focusFirstWrong();
  }

  /** @returns {string[]} */
  function whenProblem() {
    const at = isoFromLocalField(when.value);
    if (!at) return [t('incidents.when_missing')];
    return kind() === 'real' && msFromIso(at) > Date.now() ? [t('incidents.when_future')] : [];
  }

  /** @returns {boolean} whether nothing is wrong */
  function focusFirstWrong() {
    const wrong = fields.all.find((field) => field.wrong());
    wrong?.control.focus();
    return !wrong;
  }

  /** @returns {NewFact} */
  function reported() {
    return {
      kind: 'reported', happened_at: moment(), text: text.value.trim(),
      ...(source.value.trim() && { source: source.value.trim() }), ...(place.value.trim() && { place: place.value.trim() }),
    };
  }

  async function submit() {
    if (!complete()) return;
    send.disabled = true;
    const chosen = facts.chosen();
    const opening = { plan: plan.value, name: name.value.trim(), drill: kind() === 'drill', facts: [reported(), ...chosen] };
    const opened = await log.start(opening, { onRefused: (error) => tell(error) });
    send.disabled = false;
    if (opened) onOpened();
  }

  /** @param {import('../../types').PageError} error */
  function tell(error) {
    const left = placeProblems(words, error, fields, facts);
    const lines = [error.message || t(error.status ? 'error.server' : 'error.unreachable', { status: error.status }), error.remedy, ...left].filter(Boolean);
    replaceChildren(refused, h('strong', {}, t('incidents.not_opened')), ...lines.map((line) => h('p', {}, line)));
    refused.hidden = false;
    if (focusFirstWrong()) refused.scrollIntoView({ block: 'nearest' });
  }

  /** What is marked may have changed since the form was last seen; what was typed stays. */
  function renew() {
    if (!name.value.trim()) name.value = suggestedName(store.get(), (key) => shortPlanTitle(context, key), words.language);
    showFacts();
  }
  return { element, renew, focus: () => fields.all[0].control.focus() };
}

/** @param {import('../context').PageContext} context */
function openingFields(context) {
  const { words, store } = context;
  const { t } = words;
  const { viewer, marks, log } = store.get();
  const plans = plansFor(viewer, 'open_incident');
  const plan = h('select', {}, ...plans.map((key) => h('option', { value: key }, shortPlanTitle(context, key))));
  if (plans.includes(marks.plan)) plan.value = marks.plan;
  const name = h('input', { type: 'text', maxLength: LONGEST_NAME, autocomplete: 'off' });
  const text = h('textarea', { rows: 3, maxLength: LONGEST_TEXT });
  const source = h('input', { type: 'text', maxLength: LONGEST_NAME, autocomplete: 'off', placeholder: t('incidents.source_example') });
  const place = h('input', { type: 'text', maxLength: LONGEST_NAME, autocomplete: 'off' });
  const start = log.id === null ? Math.min(msFromIso(marks.at), Date.now()) : Date.now();
  const when = h('input', { type: 'datetime-local', value: localFieldValue(isoFromMs(start)) });
  const radios = /** @type {const} */ (['real', 'drill']).map((value) => h('input', { type: 'radio', name: 'incident-kind', value }));
  const cards = radios.map((radio) => h('label', { class: `kind-card kind-${radio.value}` }, radio,
    h('span', {}, h('strong', {}, t(`incidents.kind.${radio.value}`)), h('span', { class: 'facts' }, t(`incidents.kind.${radio.value}.about`)))));
  const kindField = choiceField('opening-kind', t('incidents.kind'), cards);
  kindField.element.append(h('p', { class: 'facts' }, t('incidents.kind.for_ever')));
  const optional = t('incidents.optional');
  const textField = formField('opening-text', t('incidents.text'), text, { hint: t('incidents.text_hint') });
  const sourceField = formField('opening-source', t('incidents.source'), source, { optional });
  const placeField = formField('opening-place', t('incidents.place'), place, { optional });
  const nameField = formField('opening-name', t('incidents.name'), name);
  const planField = formField('opening-plan', t('plan'), plan);
  const whenField = formField('opening-when', t('incidents.when'), when, { hint: t('editor.zone') });
  return {
    plan, name, text, source, place, when,
    kindField, textField, sourceField, placeField, nameField, planField, whenField,
    /** In the order in which they are read. */
    all: [kindField, textField, sourceField, placeField, nameField, planField, whenField],
    /** @returns {'real' | 'drill' | ''} */
    kind: () => /** @type {any} */ (radios.find((radio) => radio.checked)?.value ?? ''),
  };
}

/** @typedef {ReturnType<typeof openingFields>} OpeningFields */
