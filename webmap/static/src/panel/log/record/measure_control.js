/** A measure of the plan's checklist, with its clause; what the plan does not list is written in words. */

import { h, replaceChildren } from '../../../element.js';
import { RequestFailed, getJson } from '../../../request.js';

/** @typedef {{clause: string, text: string, unit?: string, group?: string}} Measure */
/** @typedef {{levels: {level: string, measures: Measure[]}[], causes?: {cause: string, steps: Measure[]}[]}} Checklist */

/** @type {Map<string, Promise<Checklist>>} */
const asked = new Map();

/** @param {string} plan @returns {Promise<Checklist>} */
function checklistOf(plan) {
  const request = asked.get(plan) ?? getJson(`/api/plans/${encodeURIComponent(plan)}`);
  asked.set(plan, request);
  request.catch(() => asked.delete(plan));
  return request;
}

/**
 * @param {import('../../context').PageContext} context @param {import('../../../state/record_kinds.js').Field} _
 * @param {Record<string, unknown>} start @param {string} label
 * @returns {import('./shell.js').Control}
 */
export function measureControl({ words: { t }, store }, _, start, label) {
  const { marks, log } = store.get();
  const running = log.view?.level?.level ?? null;
  const done = new Set(log.view?.measures.map(({ measure }) => measure));
  const own = h('textarea', { rows: 2, maxLength: 2000, value: String(start.measure ?? ''), 'aria-label': t('record.measure_own'), hidden: !start.measure });
  const list = h('div', { class: 'measure-list', role: 'radiogroup', 'aria-label': label }, h('p', { class: 'facts' }, t('record.measure_wait')));
  const other = h('input', { type: 'radio', name: 'record-measure', checked: Boolean(start.measure) });
  const element = h('div', { class: 'measure-field' }, list, h('label', { class: 'measure-option' }, other, h('span', {}, t('record.measure_own'))), own);
  /** @type {Measure | null} */
  let chosen = null;

  /** @param {Measure} measure */
  function option(measure) {
    const radio = h('input', { type: 'radio', name: 'record-measure' });
    if (measure.text === start.measure) choose(measure, radio);
    radio.addEventListener('change', () => choose(measure, radio));
    return h('label', { class: 'measure-option' }, radio,
      h('span', {}, measure.text, h('span', { class: 'facts' }, ` ${measure.clause}`, done.has(measure.text) && ` · ${t('record.measure_done')}`)));
  }

  /** @param {Measure} measure @param {HTMLInputElement} radio */
  function choose(measure, radio) {
    radio.checked = true;
    chosen = measure;
    own.hidden = true;
    // Who is to do it is named by the plan; what was written there already stays.
    const unit = element.closest('form')?.querySelector('#record-unit');
    if (unit instanceof HTMLInputElement && !unit.value && measure.unit) unit.value = measure.unit;
  }
  other.addEventListener('change', () => {
    chosen = null;
    own.hidden = false;
    own.focus();
  });

  /** @param {string} title @param {Measure[]} measures @param {boolean} open */
  const section = (title, measures, open) =>
    h('details', { open }, h('summary', {}, title), ...measures.map(option));

  async function fill() {
    try {
      const { levels, causes = [] } = await checklistOf(marks.plan);
      const first = running ?? store.get().assessment?.level.level ?? levels[0]?.level;
      const ordered = [...levels].sort((a, b) => Number(b.level === first) - Number(a.level === first));
      replaceChildren(list,
        ...ordered.map(({ level, measures }) => section(t('record.measures_of', { level }), measures, level === first)),
        ...causes.map(({ cause, steps }) => section(cause, steps, false)));
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      replaceChildren(list, h('p', { class: 'facts' }, t('record.measures_failed')));
    }
  }
  void fill();
  return {
    element, focusable: other, group: true, also: ['clause'],
    read: () => (chosen ? { measure: chosen.text, clause: chosen.clause } : { measure: other.checked ? own.value.trim() : '' }),
  };
}
