/** 「现在」: warnings that stand, open faults, switches that are stuck, reserves as reported, crews under way, measures done. Nothing where there is none. */

import { h, replaceChildren } from '../../element.js';
import { duration, timeOn } from '../../format.js';
import { addHours, hoursBetween } from '../../state/clock.js';
import { placeButton } from '../place_button.js';

/** @typedef {import('../../log').IncidentView} IncidentView */
/** @typedef {import('../../types').PlaceRef} PlaceRef */

/** From this height on the block leaves room for the log below it; the wall view's type is larger. */
const ROOMY_REM = 60;
const COUNTED = /** @type {const} */ (['warnings', 'faults', 'stuck', 'reserves', 'crews', 'measures']);

/** @param {import('../context').PageContext} context */
export function createPresent(context) {
  const { words, data, actions, store } = context;
  const { t, language } = words;
  const said = h('span', {});
  const body = h('div', {});
  const element = h('details', { class: 'log-now', hidden: true }, h('summary', {}, t('logpane.now'), said), body);
  /** Opened at first where there is room, or a warning stands; then as it was left. */
  let opened = '';

  /** A name that leads to its place. @param {string} id */
  function place(id) {
    const ref = data.elementRef(id);
    return ref ? placeButton(context, ref, actions.nameOf(id)) : h('span', {}, actions.nameOf(id));
  }

  /** How long it lasts is counted from when it was told. @param {IncidentView['reserves'][number]} reserve @param {string} now */
  function reserveRow({ facility, commodity, hours, at, number }, now) {
    const left = hoursBetween(now, addHours(at, hours));
    const lasts = t('logpane.now.reserve', { what: t(`record.choice.commodity.${commodity}`), hours: duration(hours, language), at: timeOn(at, now, language) });
    return h('li', { 'data-now-reserve': facility }, place(facility), ' · ', lasts, ' ',
      h('span', { class: 'facts' }, left > 0 ? t('logpane.now.until', { at: timeOn(addHours(at, hours), now, language) }) : t('logpane.now.over')), ' ', ref(number));
  }

  /** @param {number} number */
  const ref = (number) => h('span', { class: 'entry-number' }, t('logpane.number', { number }));

  /** @param {string} key @param {(Node | string)[]} rows */
  const part = (key, rows) => rows.length > 0 && h('div', { class: `now-part now-${key}` }, h('h4', {}, t(`logpane.now.${key}`)), h('ul', {}, ...rows));

  /** Devices that do not move, each with the entry that says so. @param {IncidentView} view @returns {[string, number][]} */
  const stuckOf = ({ entries_of: of }) => Object.entries(of).filter(([key]) => key.startsWith('stuck ')).map(([key, number]) => [key.slice('stuck '.length), number]);

  /** What broke and was not repaired since. @param {IncidentView} view @returns {[string, number][]} */
  const openFaults = ({ faults, entries_of: of }) => Object.entries(faults).filter(([id]) => !(`repaired ${id}` in of));

  /** @param {IncidentView} view @returns {Record<typeof COUNTED[number], number>} */
  const countsOf = (view) => ({
    warnings: view.warnings.length, faults: openFaults(view).length, stuck: stuckOf(view).length,
    reserves: view.reserves.length, crews: view.crews.length, measures: view.measures.length,
  });

  /** @param {IncidentView | null} view @param {string} now */
  function render(view, now) {
    const counts = view ? countsOf(view) : null;
    const any = counts !== null && COUNTED.some((key) => counts[key] > 0);
    element.hidden = !any;
    if (!view || !counts || !any) return;
    const shownAs = `${view.incident.id} ${store.get().wall}`;
    if (opened !== shownAs) {
      opened = shownAs;
      element.open = view.warnings.length > 0 || innerHeight >= ROOMY_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    }
    said.textContent = COUNTED.filter((key) => counts[key]).map((key) => t(`logpane.count.${key}`, { count: counts[key] })).join(' · ');
    replaceChildren(body,
      part('warnings', view.warnings.map(({ level, scope, text, number, at }) => h('li', {}, h('strong', {}, `${warningName(level)} · ${scope}`), ' ', text, ' ', h('span', { class: 'facts' }, timeOn(at, now, language)), ' ', ref(number)))),
      part('faults', openFaults(view).map(([id, number]) => h('li', { 'data-now-fault': id }, place(id), ' ', ref(number)))),
      part('stuck', stuckOf(view).map(([id, number]) => h('li', { 'data-now-stuck': id }, place(id), ' ', ref(number)))),
      part('reserves', view.reserves.map((reserve) => reserveRow(reserve, now))),
      part('crews', view.crews.map(({ crew, element: id, task, at, number }) => h('li', {}, h('strong', {}, crew), id && ' → ', id && place(id), task && ` ${task}`, ' ', h('span', { class: 'facts' }, t('logpane.now.since', { at: timeOn(at, now, language) })), ' ', ref(number)))),
      measures(view, now));
  }

  /** Levels of warnings by the plan's words, where the page knows them. @param {string} key */
  const warningName = (key) => (words.has(`warning.${key}`) ? t(`warning.${key}`) : key);

  /** Many; so only their number stands there until they are asked for. @param {IncidentView} view @param {string} now */
  function measures(view, now) {
    if (!view.measures.length) return null;
    const open = body.querySelector('details')?.open ?? false;
    return h('details', { class: 'now-part', open }, h('summary', {}, t('logpane.now.measures', { count: view.measures.length })),
      h('ul', {}, ...view.measures.map(({ measure, unit, at, number }) => h('li', {}, measure, unit && `（${unit}）`, ' ', h('span', { class: 'facts' }, timeOn(at, now, language)), ' ', ref(number)))));
  }
  return { element, render };
}
