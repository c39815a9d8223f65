/** From when until when: the district's time, with usual lengths to press. */

import { h, replaceChildren } from '../../../element.js';
import { duration, moment } from '../../../format.js';
import { addHours, hoursBetween, isoFromLocalField, isoFromMs, localFieldValue } from '../../../state/clock.js';
import { sectionShell } from './section.js';

const USUAL_HOURS = [6, 12, 24, 72];
/** A length is the usual one if it lacks no more than this, hours. */
const NEAR_H = 0.05;
/** Of a warning that began longer ago the length is counted from now, hours. */
const LONG_AGO_H = 1;

/** @param {import('./section.js').Form} form @returns {import('./section.js').Section} */
export function timeSection(form) {
  const { context } = form;
  const { t, language } = context.words;
  const from = h('input', { type: 'datetime-local', id: 'draft-from', 'data-draft-from': '' });
  const until = h('input', { type: 'datetime-local', id: 'draft-until', 'data-draft-until': '' });
  const now = h('button', { type: 'button', class: 'text-button', 'data-draft-now': '' }, t('draft.from_now'));
  const presets = USUAL_HOURS.map((hours) => h('button', { type: 'button', class: 'secondary-button', 'data-draft-hours': hours }, t('draft.hours', { hours })));
  const reads = h('p', { class: 'draft-time-reads', role: 'status' });
  const shell = sectionShell('time', t('draft.time'),
    h('div', { class: 'draft-times' }, h('label', { htmlFor: from.id }, t('draft.from')), from, now, h('label', { htmlFor: until.id }, t('draft.until')), until, h('div', { class: 'draft-presets', role: 'group', 'aria-label': t('draft.length') }, ...presets)), reads);

  const startsAt = () => form.draft().decided.startsAt ?? form.suggested()?.content.starts_at ?? null;
  const expiresAt = () => form.draft().decided.expiresAt ?? form.suggested()?.content.expires_at ?? null;

  from.addEventListener('change', () => {
    const iso = isoFromLocalField(from.value);
    if (iso) form.decide('time', { startsAt: iso }, t('draft.done.time'));
  });
  until.addEventListener('change', () => {
    const iso = isoFromLocalField(until.value);
    if (iso) form.decide('time', { expiresAt: iso }, t('draft.done.time'));
  });
  now.addEventListener('click', () => form.decide('time', { startsAt: null }, t('draft.done.time')));
  presets.forEach((button, index) => button.addEventListener('click', () => {
    const start = startsAt();
    if (start) form.decide('time', { expiresAt: addHours(countedFrom(start), USUAL_HOURS[index]) }, t('draft.done.time'));
  }));

  /** @param {string} start */
  function countedFrom(start) {
    const now = isoFromMs(Math.floor(Date.now() / 60_000) * 60_000);
    return hoursBetween(start, now) > LONG_AGO_H ? now : start;
  }

  function render() {
    const [start, end] = [startsAt(), expiresAt()];
    if (!start || !end) return;
    if (document.activeElement !== from) from.value = localFieldValue(start);
    if (document.activeElement !== until) until.value = localFieldValue(end);
    now.hidden = form.draft().decided.startsAt === null;
    const hours = hoursBetween(start, end);
    const length = hoursBetween(countedFrom(start), end);
    presets.forEach((button, index) => button.setAttribute('aria-pressed', String(Math.abs(length - USUAL_HOURS[index]) < NEAR_H)));
    const ours = form.draft().decided.expiresAt === null;
    replaceChildren(reads, hours > 0
      ? t(ours ? 'draft.time_ours' : 'draft.time_reads', { until: moment(end, language), length: duration(hours, language) })
      : t('draft.time_wrong'));
    reads.classList.toggle('field-wrong', hours <= 0);
  }

  return { key: 'time', element: shell.element, render, tell: shell.tell, focus: () => shell.focus(until) };
}
