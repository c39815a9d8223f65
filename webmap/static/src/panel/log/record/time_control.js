/** When it happened: now, when the incident was reported, or a time set by hand for what is recorded afterwards. */

import { h } from '../../../element.js';
import { moment, timeOn } from '../../../format.js';
import { reportedAt } from '../../../log/said.js';
import { isoFromLocalField, localFieldValue, msFromIso } from '../../../state/clock.js';

/** Clocks differ by so much at the most; the server allows as much. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * @param {import('../../context').PageContext} context
 * @param {{id: string, given: string | null, onChange?: (iso: string | null) => void}} options `given` is a time that
 *   stands there; null for now
 */
export function timeControl({ words: { t, language }, log, store }, { id, given, onChange }) {
  const drill = store.get().log.view?.incident.drill ?? false;
  const reported = reportedAt(store.get().log.entries);
  const choice = h('select', { id, 'data-time-choice': '' }, h('option', { value: 'now' }),
    reported && h('option', { value: 'reported' }, t('record.time_reported', { at: timeOn(reported, log.happenedAt(), language) })),
    h('option', { value: 'set' }, t('record.time_set')));
  const field = h('input', { type: 'datetime-local', id: `${id}-at`, 'aria-label': t('record.time_at') });
  const element = h('span', { class: 'record-when' }, choice, field);

  /** @param {string | null} iso */
  function set(iso) {
    choice.value = iso ? (iso === reported ? 'reported' : 'set') : 'now';
    field.hidden = choice.value !== 'set';
    if (iso) field.value = localFieldValue(iso);
    tellNow();
  }

  /** In a drill the clock is that of the drill, so the words name it. */
  function tellNow() {
    const option = choice.options[0];
    option.textContent = drill ? t('record.time_drill', { at: moment(log.happenedAt(), language) }) : t('record.time_now');
  }

  choice.addEventListener('change', () => {
    const byHand = choice.value === 'set';
    if (byHand && !field.value) field.value = localFieldValue(log.happenedAt());
    field.hidden = !byHand;
    if (byHand) field.focus();
    onChange?.(read());
  });
  field.addEventListener('change', () => onChange?.(read()));

  /** @returns {string | null} null for now; a time that nobody touched stays to the second */
  function read() {
    if (choice.value === 'now') return null;
    if (choice.value === 'reported') return reported;
    if (given && localFieldValue(given) === field.value) return given;
    return isoFromLocalField(field.value);
  }

  /** Why the time cannot be; empty where it can. */
  function wrong() {
    if (choice.value !== 'set') return '';
    const at = isoFromLocalField(field.value);
    if (!at) return t('record.time_unfinished');
    return !drill && msFromIso(at) > Date.now() + TOLERANCE_MS ? t('record.time_future') : '';
  }
  set(given);
  return { element, choice, field, set, read, wrong };
}
