/** The plan of dispatch: one sentence, how sure it is, who is not in time, the trips, who is kept, and what it rests on. */

import { h, replaceChildren } from '../../element.js';
import { duration, exactNumber, moment, timeOn } from '../../format.js';
import { byOutcome } from '../../state/dispatch.js';
import { markOf } from '../file_mark.js';
import { createTrips } from './trips.js';

/** @typedef {import('../../dispatch').DispatchPlan} DispatchPlan */
/** @typedef {import('../../dispatch').ServedRow} ServedRow */
/** @typedef {import('../../types').PageState} PageState */

/** Rows shown at once; more are folded. */
const OPEN_ROWS = 6;

/** @param {import('../context').PageContext} context */
export function mountDispatchAnswer(context) {
  const { words: { t, language }, store, actions, dispatcher, zoomTo, showNote } = context;
  const element = h('div', { class: 'plan-view', 'data-dispatch-view': '' });
  const trips = createTrips(context);

  /** @param {string} label @param {string} className @param {Record<string, any>} properties @param {() => void} action */
  function button(label, className, properties, action) {
    const made = h('button', { type: 'button', class: className, ...properties }, label);
    made.addEventListener('click', action);
    return made;
  }

  /** @param {string} key @param {string} title @param {...(Node | null | false)} content */
  const section = (key, title, ...content) => h('section', { class: 'plan-section', 'data-dispatch-section': key }, h('h3', {}, title), ...content);
  /** @param {string} key @param {string} title @param {...(Node | null | false)} content */
  const fold = (key, title, ...content) => h('details', { 'data-fold': key }, h('summary', {}, title), ...content);

  /** @param {string} id @param {string} name */
  function placeButton(id, name) {
    /** @type {import('../../types').PlaceRef} */
    const ref = { kind: 'facility', id };
    const made = button(name, 'cell-button', {}, () => {
      actions.select(ref);
      zoomTo(ref);
    });
    for (const type of ['mouseenter', 'focus']) made.addEventListener(type, () => actions.hover(ref));
    for (const type of ['mouseleave', 'blur']) made.addEventListener(type, () => actions.hover(null));
    return made;
  }

  /** @param {ServedRow} row @param {string} day of the plan */
  function placeRow(row, day) {
    const ends = t('dispatch.ends', { what: t(`dispatch.commodity.${row.commodity}`), at: timeOn(row.deadline_at, day, language) });
    const left = row.state === 'kept' ? null : h('span', { class: 'state-failed' }, t('dispatch.without', { hours: duration(row.hours_without, language) }));
    return h('li', { 'data-served': row.facility, 'data-state': row.state }, placeButton(row.facility, row.facility_name), h('span', { class: 'facts' }, ends), left, h('span', { class: 'reason' }, row.reason));
  }

  /** @param {string} key @param {string} title @param {Node[]} rows */
  function places(key, title, rows) {
    if (!rows.length) return null;
    const rest = rows.slice(OPEN_ROWS);
    return section(key, title, h('ul', { class: 'plan-rows' }, ...rows.slice(0, OPEN_ROWS)),
      rest.length > 0 && fold(key, t('uncovered.more', { count: rest.length }), h('ul', { class: 'plan-rows' }, ...rest)));
  }

  /** @param {DispatchPlan} plan */
  function beyond({ beyond: rows, beyond_more: more, at }) {
    if (!rows.length) return null;
    const items = rows.map((row) => h('li', { 'data-beyond': row.facility }, placeButton(row.facility, row.facility_name), h('span', { class: 'reason' }, `${timeOn(row.fails_at, at, language)} · ${row.reason}`)));
    return fold('beyond', t('dispatch.beyond', { count: rows.length + more }), h('ul', { class: 'plan-rows' }, ...items));
  }

  /** @param {string[]} heads @param {(string | number)[][]} rows */
  function table(heads, rows) {
    return h('div', { class: 'table-scroll' }, h('table', {}, h('thead', {}, h('tr', {}, ...heads.map((key) => h('th', { scope: 'col' }, t(`dispatch.table.${key}`))))),
      h('tbody', {}, ...rows.map(([first, ...rest]) => h('tr', {}, h('th', { scope: 'row' }, String(first)), ...rest.map((cell) => h('td', {}, String(cell))))))));
  }

  /** @param {DispatchPlan} plan */
  const levels = ({ levels: rows }) => fold('levels', t('dispatch.levels'), table(['level', 'places', 'without', 'least', 'hours', 'least_hours'],
    rows.map((row) => [row.title, row.places, row.places_without, row.places_without_bound, exactNumber(row.hours_without), exactNumber(row.hours_without_bound)])));

  /** @param {DispatchPlan} plan */
  const stocks = ({ stocks: rows }) => fold('stocks', t('dispatch.stocks'), table(['stock', 'taken', 'left'],
    rows.map((row) => [row.assumed ? `${row.name} · ${t('dispatch.assumed')}` : row.name, `${exactNumber(row.taken)} ${row.unit}`, row.left === null ? t('unknown') : `${exactNumber(row.left)} ${row.unit}`])));

  async function download() {
    const { log, present } = store.get();
    const file = await dispatcher.table(markOf(log.id, present !== null));
    if (!file) return;
    const address = URL.createObjectURL(file.blob);
    h('a', { href: address, download: file.name }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
    showNote(t('export.done', { name: file.name }));
  }

  /** @param {DispatchPlan} plan */
  function controls(plan) {
    const some = plan.trips.length + plan.facilities.length > 0;
    return h('div', { class: 'field-row plan-controls' }, button(t('dispatch.edit'), 'secondary-button', { 'data-edit-supply': '' }, () => dispatcher.update({ editing: true })),
      some && button(t('dispatch.csv'), 'text-button', { 'data-dispatch-csv': '' }, () => void download()));
  }

  /** @param {boolean} stale @param {PageState['dispatch']} state */
  function staleNote(stale, { working, fromHours }) {
    return stale && !working && h('div', { class: 'stale-note', 'data-dispatch-stale': '' }, h('span', {}, t('dispatch.stale')),
      button(t('restoration.again'), 'secondary-button', {}, () => void dispatcher.run(fromHours)));
  }

  /** @param {PageState} state @param {boolean} stale */
  function render(state, stale) {
    const { plan } = state.dispatch;
    if (!plan) return replaceChildren(element);
    const open = new Set([...element.querySelectorAll('details[open]')].map((one) => one.getAttribute('data-fold')));
    const { lost, kept } = byOutcome(plan);
    replaceChildren(element,
      h('p', { class: 'plan-summary', 'data-dispatch-sentence': '' }, plan.sentence),
      h('p', { class: 'plan-quality', 'data-dispatch-proof': plan.status }, plan.proof, ' ', h('span', { class: 'facts' }, t('restoration.since', { at: moment(plan.at, language) }))),
      staleNote(stale, state.dispatch), ...plan.notes.map((text) => h('p', { class: 'example-note' }, text)), controls(plan),
      places('lost', t('dispatch.lost', { count: lost.length }), lost.map((row) => placeRow(row, plan.at))),
      plan.trips.length > 0 && section('trips', t('dispatch.trips', { count: plan.trips.length }), h('p', { class: 'facts' }, t('dispatch.trips.about')), trips.chart(plan), ...trips.lists(plan).filter((one) => one !== false)),
      places('kept', t('dispatch.kept', { count: kept.length }), kept.map((row) => placeRow(row, plan.at))),
      beyond(plan), plan.levels.length > 0 && levels(plan), plan.stocks.length > 0 && stocks(plan),
      fold('assumptions', t('assumptions'), h('ul', { class: 'assumptions' }, ...plan.assumptions.map(({ text }) => h('li', {}, text)))));
    for (const one of element.querySelectorAll('details')) one.open = open.has(one.getAttribute('data-fold'));
    return undefined;
  }
  return { element, render, mark: (/** @type {PageState} */ state) => trips.mark(element, state.dispatch) };
}
