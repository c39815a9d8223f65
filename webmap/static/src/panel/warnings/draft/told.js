/** Figures that only people know, answered where they could raise the level. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';

/** @typedef {import('./section.js').Form} Form */
/** @typedef {import('../../../warnings_draft').WarningFigure} WarningFigure */

const PAUSE_MS = 500;

/** @param {Form} form */
export function toldFigures(form) {
  const { context } = form;
  const { t } = context.words;
  const element = h('div', { class: 'draft-told', hidden: true });
  const rows = h('div', { class: 'draft-questions' });
  const others = h('p', { class: 'facts', hidden: true });
  const report = h('button', { type: 'button', class: 'text-button', 'data-draft-report': '' }, t('draft.report_figures'), sign('right'));
  report.addEventListener('click', () => {
    context.warnings.endDraft();
    context.actions.showLevel('figures');
  });
  element.append(rows, others, report);
  /** @type {Map<string, {element: HTMLElement, sync: () => void}>} */
  const shown = new Map();

  /** @param {string} key @param {number | boolean | null} value @param {string} title */
  function answer(key, value, title) {
    form.decide('level', { told: { ...form.draft().decided.told, [key]: value } }, t('draft.done.told', { title }));
  }

  /** @param {WarningFigure} figure */
  function flagRow({ key, title }) {
    const choices = /** @type {[string, boolean | null][]} */ ([['yes', true], ['no', false], ['figures.not_known', null]]);
    const radios = choices.map(([, value]) => h('input', { type: 'radio', name: `told-${key}`, value: String(value) }));
    radios.forEach((radio, index) => radio.addEventListener('change', () => answer(key, choices[index][1], title)));
    const name = h('span', { id: `told-${key}-name` }, title);
    const row = h('div', { class: 'draft-question', 'data-told': key }, name,
      h('div', { class: 'draft-tri', role: 'radiogroup', 'aria-labelledby': name.id }, ...choices.map(([word], index) => h('label', {}, radios[index], h('span', {}, t(word))))));
    const sync = () => radios.forEach((radio, index) => (radio.checked = (form.draft().decided.told[key] ?? null) === choices[index][1]));
    return { element: row, sync };
  }

  /** @param {WarningFigure} figure */
  function numberRow({ key, title, kind }) {
    const input = h('input', { type: 'text', inputMode: 'decimal', id: `told-${key}`, autocomplete: 'off' });
    let timer = 0;
    const read = () => {
      const written = input.value.trim().replace(',', '.');
      const hours = Number(written);
      const wrong = written !== '' && !(hours >= 0 && hours < 10_000);
      input.setAttribute('aria-invalid', String(wrong));
      if (!wrong) answer(key, written === '' ? null : hours, title);
    };
    input.addEventListener('input', () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(read, PAUSE_MS);
    });
    const row = h('div', { class: 'draft-question', 'data-told': key }, h('label', { htmlFor: input.id }, title), h('span', { class: 'field-row' }, input, kind === 'hours' && t('hours')));
    const sync = () => {
      const value = form.draft().decided.told[key] ?? null;
      if (document.activeElement !== input) input.value = value === null ? '' : String(value);
    };
    return { element: row, sync };
  }

  /** What could still raise the level, and what was answered already. */
  function wanted() {
    const suggested = form.suggested();
    if (!suggested) return { own: [], reported: [] };
    const { figures, suggestion } = suggested;
    const open = new Set([...suggestion.could_rise_by, ...suggestion.levels.flatMap(({ missing }) => missing)].map(({ key }) => key));
    const own = figures.filter(({ key, can_be_told: tellable, source }) => tellable && (source === 'told' || open.has(key)));
    const reported = suggestion.could_rise_by.filter(({ key }) => !figures.some((figure) => figure.key === key));
    return { own, reported };
  }

  function render() {
    const { own, reported } = wanted();
    for (const figure of own) if (!shown.has(figure.key)) shown.set(figure.key, figure.kind === 'flag' ? flagRow(figure) : numberRow(figure));
    const asked = own.map(({ key }) => /** @type {HTMLElement} */ (shown.get(key)?.element));
    // Only what is new is put there, so that an answer keeps the focus.
    if (asked.length !== rows.children.length || asked.some((row, index) => rows.children[index] !== row)) {
      const focused = document.activeElement;
      replaceChildren(rows, ...asked);
      if (focused instanceof HTMLElement && rows.contains(focused)) focused.focus();
    }
    for (const { sync } of shown.values()) sync();
    others.hidden = report.hidden = !reported.length;
    replaceChildren(others, t('draft.figures_elsewhere', { names: reported.map(({ title }) => title).join(t('draft.comma')) }));
    element.hidden = !asked.length && !reported.length;
  }

  return { element, render, focus: () => rows.querySelector('input')?.focus() };
}
