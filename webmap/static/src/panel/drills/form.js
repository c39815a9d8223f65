/** The form that begins a scripted drill: which script, under which name, how fast and from when. */

import { playingHours, speeds } from '../../drills/countdown.js';
import { h, replaceChildren } from '../../element.js';
import { duration } from '../../format.js';
import { newKey } from '../../log/api.js';
import { RequestFailed } from '../../request.js';
import { isoFromLocalField } from '../../state/clock.js';
import { formField, problemText } from '../form_field.js';

/** @typedef {import('../../drills').DrillScript} DrillScript */

const LONGEST_NAME = 200;

/**
 * @param {import('../context').PageContext} context
 * @param {import('../../drills/session.js').DrillSession} session
 * @param {{onBegun: (incident: string) => void, onBack: () => void}} ways out
 */
export function drillForm({ words: { t, language } }, session, { onBegun, onBack }) {
  /** @type {DrillScript[]} */
  let scripts = [];
  /** One key for one drill: sent again after an answer that was lost, it finds the first. */
  let key = newKey();
  const cards = h('fieldset', { class: 'form-field drill-scripts', 'data-drill-scripts': '' });
  const name = h('input', { type: 'text', maxLength: LONGEST_NAME, autocomplete: 'off' });
  const speed = h('select', {}, ...speeds(1).map((value) => h('option', { value: String(value) }, t('drills.times', { speed: value }))));
  const when = h('input', { type: 'datetime-local' });
  const takes = h('p', { class: 'facts', 'aria-live': 'polite' });
  const optional = t('incidents.optional');
  const nameField = formField('drill-name', t('incidents.name'), name, { optional });
  const speedField = formField('drill-speed', t('drills.speed'), speed, { hint: t('drills.speed_hint') });
  const whenField = formField('drill-when', t('drills.begins_at'), when, { optional, hint: t('drills.begins_at_hint') });
  const refused = h('div', { class: 'form-refusal', role: 'alert', hidden: true });
  const send = h('button', { type: 'submit', class: 'primary-button', 'data-begin-drill': '' }, t('drills.begin'));
  const back = h('button', { type: 'button', class: 'text-button' }, t('incidents.back'));
  const element = h('form', { class: 'opening-form', noValidate: true, 'data-drill-form': '' }, cards, nameField.element,
    h('div', { class: 'form-pair' }, speedField.element, whenField.element), takes, refused, h('div', { class: 'form-actions' }, send, back));
  back.addEventListener('click', onBack);
  element.addEventListener('change', tellLength);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!send.disabled) void submit();
  });

  const chosen = () => scripts.find((script) => script.key === /** @type {HTMLInputElement | null} */ (cards.querySelector('input:checked'))?.value) ?? null;

  function tellLength() {
    const script = chosen();
    name.placeholder = script?.title ?? '';
    takes.textContent = script ? t('drills.takes', { time: duration(playingHours(script.length_s, Number(speed.value)), language) }) : '';
  }

  /** @param {DrillScript} script @param {number} place */
  function card(script, place) {
    const radio = h('input', { type: 'radio', name: 'drill-script', value: script.key, checked: place === 0 });
    const facts = t('drills.script_facts', { steps: script.steps, time: duration(script.length_s / 3600, language), levels: script.levels.join(' → ') });
    return h('label', { class: 'kind-card kind-drill' }, radio,
      h('span', {}, h('strong', {}, script.title), h('span', {}, script.about), h('span', { class: 'facts' }, `${script.plan_title} · ${facts}`)));
  }

  async function load() {
    refused.hidden = true;
    key = newKey();
    replaceChildren(cards, h('p', { class: 'empty', role: 'status' }, t('drills.loading')));
    send.disabled = true;
    try {
      const found = await session.scripts();
      scripts = found.scripts;
      const broken = found.broken.map(({ file, message }) => h('p', { class: 'facts', 'data-broken-script': file }, t('drills.broken', { file, message })));
      replaceChildren(cards, h('legend', {}, t('drills.script')), ...scripts.map(card), !scripts.length && h('p', { class: 'empty' }, t('drills.none')), ...broken);
      send.disabled = !scripts.length;
      tellLength();
      /** @type {HTMLElement | null} */ (cards.querySelector('input'))?.focus();
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      replaceChildren(cards);
      tell(reason.error, t('drills.not_loaded'));
    }
  }

  async function submit() {
    const script = chosen();
    if (!script) return;
    send.disabled = true;
    refused.hidden = true;
    const begins = isoFromLocalField(when.value);
    const body = { script: script.key, speed: Number(speed.value), client_key: key, ...(name.value.trim() && { name: name.value.trim() }), ...(begins && { begins_at: begins }) };
    try {
      onBegun(await session.begin(body));
      name.value = '';
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      tell(reason.error, t('drills.not_begun'));
    } finally {
      send.disabled = false;
    }
  }

  /** @param {import('../../types').PageError} error @param {string} title */
  function tell({ message, remedy, problems, status }, title) {
    const said = problems.map((problem) => `${problem.field ? `${problem.field}: ` : ''}${problemText(problem, t('sentence_gap'))}`);
    const lines = [message || t(status ? 'error.server' : 'error.unreachable', { status }), ...(said.length ? said : [remedy])].filter(Boolean);
    replaceChildren(refused, h('strong', {}, title), ...lines.map((line) => h('p', {}, line)));
    refused.hidden = false;
    refused.scrollIntoView({ block: 'nearest' });
  }

  return { element, load };
}
