/** 措施与时限: by when the next report goes up, counting down, and which measures are open. */

import { h } from '../../element.js';
import { timeOn } from '../../format.js';
import { RequestFailed, getJson } from '../../request.js';
import { isoFromMs, msFromIso } from '../../state/clock.js';
import { countdown } from '../../wall/rows.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../wall').Command} Command */

const MEASURES = 5;
/** Asked again also without an entry: what is due depends on the time. */
const AGAIN_MS = 60_000;
const SOON_S = 15 * 60;

/** @param {import('../context').PageContext} context @returns {import('../../wall').Scene} */
export function measuresScene({ words: { t, language }, store }) {
  const timer = h('div', { class: 'wall-timer' });
  const done = h('div', { class: 'wall-done' });
  const measures = h('div', { class: 'wall-measures' });
  const element = h('section', { class: 'wall-scene', 'aria-label': t('wall.scene.measures') }, h('div', { class: 'wall-body wall-two' }, h('div', { class: 'wall-left-side' }, timer, done), measures));
  const [putTimer, putDone, putMeasures] = [changing(timer), changing(done), changing(measures)];
  /** @type {Command | null} */
  let command = null;
  let askedFor = '';
  let askedAtMs = 0;

  /** @param {import('../../log').IncidentView} view */
  async function ask({ incident: { id }, length }) {
    const wanted = `${id} ${length}`;
    if (wanted === askedFor && Date.now() - askedAtMs < AGAIN_MS) return;
    if (!wanted.startsWith(`${id} `) || !askedFor.startsWith(`${id} `)) command = null;
    [askedFor, askedAtMs] = [wanted, Date.now()];
    try {
      const found = await getJson(`/api/incidents/${encodeURIComponent(id)}/command?lang=${language}`);
      if (store.get().log.id === id) command = found;
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
    }
  }

  /** @param {import('../../log').IncidentView} view @param {number} nowMs */
  function reportOf({ next_report: next, incident, at }, nowMs) {
    if (!next) return { title: t('wall.no_report'), said: '', tone: 'quiet', about: '' };
    const present = incident.drill ? msFromIso(at) : nowMs;
    const about = next.rule;
    if (next.due_at === null) return { title: next.title, said: t(next.at_once ? 'wall.at_once' : 'wall.no_limit'), tone: next.at_once ? 'late' : 'quiet', about };
    const left = Math.round((msFromIso(next.due_at) - present) / 1000);
    const { text, unit } = countdown(Math.abs(left));
    const by = t('wall.report_by', { at: timeOn(next.due_at, isoFromMs(present), language), clause: next.clause });
    return { title: t('wall.next_report', { title: next.title }), said: text, unit: t(`wall.${left < 0 ? 'over' : 'timer'}.${unit}`), tone: left < 0 ? 'late' : left < SOON_S ? 'soon' : 'quiet', about: `${by} · ${about}` };
  }

  /** Open measures; without the commander's view those that were done. @param {import('../../log').IncidentView} view */
  function told(view) {
    const groups = command?.groups ?? [];
    const open = groups.flatMap(({ name, measures: all }) => all.filter(({ state }) => state === 'open').map(({ text, unit }) => ({ text, who: unit ?? name })));
    const [done, due] = [groups.reduce((sum, group) => sum + group.done, 0), groups.reduce((sum, group) => sum + group.due, 0)];
    if (due) return { heading: t(open.length ? 'wall.measures_open' : 'wall.measures_all'), rows: open.slice(0, MEASURES), more: Math.max(0, open.length - MEASURES), done, due };
    const recorded = view.measures.slice(-MEASURES).reverse().map(({ measure, unit }) => ({ text: measure, who: unit ?? '' }));
    return { heading: t(recorded.length ? 'wall.measures_recorded' : 'wall.measures_none'), rows: recorded, more: 0, done: view.measures.length, due: 0 };
  }

  /** What went up last. */
  function lastSent() {
    const [sent] = command?.reports.sent ?? [];
    return sent ? t('wall.last_report', { title: sent.title, at: timeOn(sent.at, isoFromMs(Date.now()), language), to: sent.to }) : '';
  }

  /** @param {PageState} state @param {number} nowMs */
  function render({ log: { view } }, nowMs) {
    if (!view) return;
    void ask(view);
    const report = reportOf(view, nowMs);
    timer.dataset.tone = report.tone;
    const last = lastSent();
    putTimer([report, last], () => [h('h2', {}, report.title), report.said && h('p', { class: 'wall-countdown', 'data-wall-countdown': '' }, h('strong', {}, report.said), report.unit && h('small', {}, report.unit)), h('p', { class: 'wall-note' }, report.about), last && h('p', { class: 'wall-note' }, last)]);
    const rows = told(view);
    putDone([rows.done, rows.due], () => [h('h2', {}, t('wall.measures')), h('p', {}, h('strong', {}, String(rows.done)), rows.due > 0 && h('span', {}, t('wall.of_due', { due: rows.due })))]);
    putMeasures(rows, () => [h('h2', {}, rows.heading), h('ul', {}, ...rows.rows.map(({ text, who }) => h('li', {}, h('span', {}, text), who && h('small', {}, who)))),
      rows.more > 0 && h('p', { class: 'wall-more' }, t('wall.more_measures', { count: rows.more }))]);
  }
  return { element, render, has: ({ log: { view } }) => view !== null };
}
