/** While the film moves: level, headline figures, the last entry and the first places to protect. Written only where a text changes. */

import { badge } from '../../badge.js';
import { find, h, replaceChildren } from '../../element.js';
import { hoursLeft, toldAt } from '../../film/reel.js';
import { clockDuration, headlineNumber, percent } from '../../format.js';
import { knownShare } from '../../film/reel.js';

/** @typedef {import('../../film/session.js').Frame} Frame */

/** Rows of the ranking that are shown. */
const ROWS = 10;

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {import('../context').PageContext} context */
export function mountFilmFigures(context) {
  const { words, titles, film } = context;
  const { t, language } = words;
  const box = find('#film-figures');
  const numeral = h('div', { class: 'level-numeral', 'aria-hidden': 'true', 'data-film-level': '' });
  const level = h('h2', {});
  const next = h('p', { class: 'facts' });
  const sentence = h('p', { class: 'film-sentence', 'data-film-sentence': '' });
  const figures = ['townships', 'customers', 'facilities'].map((key) => {
    const [value, unit, note] = [h('span', { 'data-film-figure': key }), h('span', { class: 'figure-unit' }), h('span', { class: 'figure-note' })];
    return { key, value, unit, note, element: h('div', { class: 'figure' }, h('span', { class: 'figure-label' }, t(`figure.${key}`)), h('span', { class: 'figure-value' }, value, unit), note) };
  });
  const rows = Array.from({ length: ROWS }, (_, place) => {
    const [sign, name, state] = [h('span', {}), h('strong', {}), h('span', { class: 'rank-state' })];
    const element = h('li', { hidden: true }, h('div', { class: 'rank-row' }, h('span', { class: 'rank-number' }, String(place + 1)), sign, h('span', { class: 'rank-text' }, name), state));
    return { sign, name, state, element, look: '' };
  });
  const list = h('ol', { class: 'ranking', 'data-film-ranking': '' }, ...rows.map(({ element }) => element));
  box.append(h('div', { class: 'film-level' }, numeral, h('div', {}, level, next)), sentence, h('div', { class: 'film-headline' }, ...figures.map(({ element }) => element)), list);

  /** @param {'townships' | 'customers' | 'facilities'} key @param {number} count @param {string} note */
  function showFigure(key, count, note) {
    const row = figures.find((figure) => figure.key === key);
    if (!row) return;
    const { number, unit } = headlineNumber(count, language);
    write(row.value, number);
    write(row.unit, unit);
    write(row.note, note);
  }

  /** @param {Frame} frame */
  function showFigures({ screen }) {
    const { film: document } = screen.reel;
    const { figures: now } = screen;
    const worst = now.customers.indexOf(Math.max(...now.customers));
    const customers = now.customers[worst] ?? 0;
    const total = (/** @type {'customers' | 'customers_unknown'} */ key) => document.townships.reduce((sum, township) => sum + township[key][worst], 0);
    const share = knownShare(customers, total('customers'), now.customers_unknown[worst], total('customers_unknown'));
    showFigure('townships', now.townships, t('figure.inside', { county: document.plan.county_name, count: now.inside }));
    showFigure('customers', customers, customers ? t('figure.share', { network: titles.network(document.networks[worst]), share: percent(share, t('unknown')) }) : t('figure.none'));
    showFigure('facilities', now.failed, t('figure.on_reserve', { count: now.on_reserve }) + (now.unknown ? t('figure.states_unknown', { count: now.unknown }) : ''));
  }

  /** @param {Frame} frame */
  function showRanking({ s, screen }) {
    const { ranking } = screen;
    rows.forEach((row, place) => {
      const number = ranking[place];
      row.element.hidden = number === undefined;
      if (number === undefined) return;
      const facility = screen.reel.film.facilities[number];
      const stand = screen.stand(number);
      const left = hoursLeft(stand, s);
      const look = `${facility.id} ${stand.state} ${left === null ? '' : Math.floor(left * 2)}`;
      if (look !== row.look) replaceChildren(row.sign, badge(titles.categoryIcon(facility.category), stand.state, left));
      row.look = look;
      write(row.name, facility.name);
      write(row.state, shortState(stand, left));
      row.state.className = `rank-state state-${stand.state}`;
    });
  }

  /** @param {import('../../film').FilmStand} stand @param {number | null} left */
  function shortState({ state, reserveUnknown }, left) {
    if (state === 'failed') return t('state.failed_short');
    if (left === null) return t(state === 'on_reserve' && !reserveUnknown ? 'state.lasts_short' : 'state.reserve_unknown_short');
    return clockDuration(left);
  }

  /** @param {Frame} frame */
  function showLog({ s, screen: { reel } }) {
    const told = toldAt(reel.film, s);
    write(numeral, told.level ?? '—');
    numeral.classList.toggle('none', told.level === null);
    write(level, told.level ? t('film.level', { level: told.level }) : t(told.phase === 'ended' ? 'film.level_ended' : 'film.level_none'));
    write(next, told.report ? t('film.report', { title: told.report.title, at: told.report.due_at?.slice(11, 16) ?? t('film.at_once') }) : '');
    write(sentence, told.entry?.said ?? t('film.nothing_told'));
  }

  film.onFrame((frame) => {
    showLog(frame);
    if (frame.changes.figures) showFigures(frame);
    showRanking(frame);
  });

  /** @param {import('../../types').PageState} state */
  function render({ film: { open, moving, compared } }) {
    box.hidden = !open || !moving || compared !== null;
  }
  return { render };
}
