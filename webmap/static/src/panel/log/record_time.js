/** 「记入日志 · 发生时间」: while marks go into a log, when they have happened; it stays in sight as long as it is not now. */

import { find, h, replaceChildren } from '../../element.js';
import { timeControl } from './record/time_control.js';

/** Modes in which a click on the map writes into the log. */
const MARKING = ['fault', 'polygon', 'circle', 'corridor', 'township'];

/** @param {import('../context').PageContext} context */
export function mountRecordTime(context) {
  const { words: { t }, store, log } = context;
  const element = find('#record-time');
  let shown = '';

  /** @param {import('../../types').PageState} state */
  function render(state) {
    const { id, recordAt } = state.log;
    const wanted = id !== null && state.present === null && log.canRecord() && (MARKING.includes(state.mode) || recordAt !== null);
    element.hidden = !wanted;
    const key = wanted ? `${id} ${recordAt} ${state.hours}` : '';
    if (key === shown) return;
    shown = key;
    if (wanted && !element.contains(document.activeElement)) draw(recordAt);
  }

  /** @param {string | null} recordAt */
  function draw(recordAt) {
    const time = timeControl(context, { id: 'record-time-at', given: recordAt, onChange: (iso) => {
      if (!time.wrong()) store.update({ log: { ...store.get().log, recordAt: iso } });
      time.field.setAttribute('aria-invalid', String(time.wrong() !== ''));
      time.field.title = time.wrong();
    } });
    element.classList.toggle('set', recordAt !== null);
    replaceChildren(element, h('label', { htmlFor: 'record-time-at' }, t('record.time_line')), time.element);
  }
  return { render };
}
