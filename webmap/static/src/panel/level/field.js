/** One figure of the form: its entry with unit and hint, what the map computed, and what the server says of it. */

import { h, replaceChildren } from '../../element.js';
import { entryText, formHint, readEntry } from '../../state/figures.js';

/** @typedef {import('../../types').FigureValue} FigureValue */
/** @typedef {import('../../types').PlanFigure} PlanFigure */
/** @typedef {{computed: number | null, missing: boolean, problems: import('../../types').Problem[]}} Standing */

/** Time without a key after which an entry counts. */
const PAUSE_MS = 350;

/**
 * @param {import('../context').PageContext} context
 * @param {import('./words.js').FigureWords} say
 * @param {PlanFigure} figure
 */
export function figureField(context, say, figure) {
  const { words, actions } = context;
  const { t, titleOf } = words;
  const id = `figure-${figure.key}`;
  const control = entryControl(context, figure, id, changed);
  const missing = h('span', { class: 'missing-mark', hidden: true }, t('figures.could_raise'));
  const note = h('p', { class: 'figure-standing', id: `${id}-note`, hidden: true });
  const error = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert', hidden: true });
  const hint = h('p', { class: 'facts', id: `${id}-hint` }, [formHint(titleOf(figure.hint)), figure.kind === 'share' ? t('figures.share_hint') : ''].filter(Boolean).join(t('sentence_gap')));
  const name = say.title(context.store.get().marks.plan, figure.key);
  const label = figure.kind === 'flag' ? h('span', { class: 'figure-name', id: `${id}-name` }, name) : h('label', { class: 'figure-name', htmlFor: id }, name);
  const element = h('div', { class: 'figure-field', 'data-figure-field': figure.key },
    h('div', { class: 'figure-head' }, label, missing), control.element, note, error, hint);
  let timer = 0;
  let continuing = false;

  /** Whether something is written that no log has yet: what others record must not overwrite it. */
  let unfinished = false;

  /** @param {boolean} finished a choice made or a field left, as against a letter typed */
  function changed(finished) {
    window.clearTimeout(timer);
    if (finished) return tell(finished);
    // A log is told once, when the entry is finished.
    if (context.log.recording()) {
      unfinished = true;
      return undefined;
    }
    timer = window.setTimeout(() => tell(false), PAUSE_MS);
    return undefined;
  }

  /** @param {boolean} finished */
  function tell(finished) {
    timer = 0;
    unfinished = false;
    const value = readEntry(figure.kind, control.text());
    const before = context.store.get().marks;
    actions.setFigure(figure, value, continuing);
    if (context.store.get().marks !== before) continuing = true;
    if (finished) continuing = false;
  }

  /** @param {FigureValue | null} value as reported @param {Standing} standing */
  function sync(value, { computed, missing: raises, problems }) {
    if (!timer && !unfinished && readEntry(figure.kind, control.text()) !== value) control.set(entryText(figure.kind, value));
    control.placeholder(computed === null ? '' : entryText(figure.kind, Number(computed.toPrecision(4))));
    missing.hidden = !raises || value !== null;
    replaceChildren(note, standingText(value, computed));
    note.hidden = !note.textContent;
    error.hidden = !problems.length;
    replaceChildren(error, ...problems.map((problem) => refusal(problem, value)));
    element.classList.toggle('refused', problems.length > 0);
    control.invalid(problems.length > 0);
  }

  /**
   * The server's words; its remedy for a share is about fractions, which nobody writes here.
   * @param {import('../../types').Problem} problem @param {FigureValue | null} value
   */
  function refusal({ message, remedy }, value) {
    if (figure.kind !== 'share') return t('figures.refused', { message, remedy });
    const written = typeof value === 'number' ? t('figures.as_carried', { percent: entryText('share', value), fraction: value }) : String(value);
    return t('figures.refused_share', { written, message });
  }

  /** @param {FigureValue | null} value @param {number | null} computed */
  function standingText(value, computed) {
    const parts = [];
    if (computed !== null) parts.push(t(value === null ? 'figures.from_map' : 'figures.overridden', { value: say.value(figure, computed) }));
    if (typeof value === 'number' && figure.kind === 'yuan' && value >= 10_000) parts.push(t('figures.reads', { value: say.value(figure, value) }));
    if (typeof value === 'number' && figure.kind === 'share' && value > 0 && value < 0.01) parts.push(t('figures.small_share', { value: say.value(figure, value) }));
    return parts.join(t('sentence_gap'));
  }

  return {
    element,
    sync,
    focus: () => {
      element.scrollIntoView({ block: 'center' });
      control.focus();
    },
  };
}

/**
 * The entry of a figure alone, with its unit.
 * @param {import('../context').PageContext} context @param {PlanFigure} figure @param {string} id
 * @param {(finished: boolean) => void} changed
 */
export function entryControl(context, figure, id, changed) {
  if (figure.kind === 'flag') return flagControl(context, id, changed);
  if (figure.kind === 'choice') return choiceControl(context, figure, id, changed);
  return numberControl(context, figure, id, changed);
}

/** @param {string} id */
const describedBy = (id) => `${id}-error ${id}-note ${id}-hint`;

/** @param {import('../context').PageContext} context @param {PlanFigure} figure @param {string} id @param {(finished: boolean) => void} changed */
function numberControl({ words }, figure, id, changed) {
  const { t } = words;
  // A text field: a number field would throw away what it cannot read, and takes no 万.
  const input = h('input', { type: 'text', id, inputMode: 'decimal', autocomplete: 'off', 'aria-describedby': describedBy(id), 'data-figure': figure.key });
  input.addEventListener('input', () => changed(false));
  input.addEventListener('change', () => changed(true));
  const multiple = figure.kind === 'yuan' && h('button', { type: 'button', class: 'secondary-button', title: t('figures.multiple_about') }, t('figures.multiple'));
  if (multiple) {
    multiple.addEventListener('click', () => {
      if (/\d$/.test(input.value.trim())) input.value = `${input.value.trim()}${t('figures.multiple_suffix')}`;
      changed(true);
      input.focus();
    });
  }
  return {
    element: h('div', { class: 'field-row' }, input, h('span', { class: 'unit' }, t(`figures.unit.${figure.kind}`)), multiple),
    text: () => input.value,
    set: (/** @type {string} */ text) => { input.value = text; },
    placeholder: (/** @type {string} */ text) => { input.placeholder = text; },
    invalid: (/** @type {boolean} */ wrong) => input.setAttribute('aria-invalid', String(wrong)),
    focus: () => input.focus(),
  };
}

/** @param {import('../context').PageContext} context @param {PlanFigure} figure @param {string} id @param {(finished: boolean) => void} changed */
function choiceControl({ words }, figure, id, changed) {
  const select = h('select', { id, 'aria-describedby': describedBy(id), 'data-figure': figure.key },
    h('option', { value: '' }, words.t('figures.not_known')), ...figure.choices.map(({ key, title }) => h('option', { value: key }, words.titleOf(title))));
  select.addEventListener('change', () => changed(true));
  return {
    element: select,
    text: () => select.value,
    set: (/** @type {string} */ text) => { select.value = text; },
    placeholder: () => {},
    invalid: (/** @type {boolean} */ wrong) => select.setAttribute('aria-invalid', String(wrong)),
    focus: () => select.focus(),
  };
}

/** Yes, no, or not known. @param {import('../context').PageContext} context @param {string} id @param {(finished: boolean) => void} changed */
function flagControl({ words }, id, changed) {
  const choices = /** @type {[string, string][]} */ ([['true', 'yes'], ['false', 'no'], ['', 'figures.not_known']]);
  const radios = choices.map(([value]) => h('input', { type: 'radio', name: id, value }));
  radios[2].checked = true;
  for (const radio of radios) radio.addEventListener('change', () => changed(true));
  const element = h('div', { class: 'tri-state', role: 'radiogroup', 'aria-labelledby': `${id}-name`, 'aria-describedby': describedBy(id) },
    ...choices.map(([, word], index) => h('label', {}, radios[index], words.t(word))));
  return {
    element,
    text: () => radios.find((radio) => radio.checked)?.value ?? '',
    set: (/** @type {string} */ text) => { for (const radio of radios) radio.checked = radio.value === text; },
    placeholder: () => {},
    invalid: () => {},
    focus: () => (radios.find((radio) => radio.checked) ?? radios[0]).focus(),
  };
}
