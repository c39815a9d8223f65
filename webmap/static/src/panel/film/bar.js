/** The film's bar, in the place of the time bar: the whole incident with its entries and levels, and how it is played. */

import { find, h, replaceChildren } from '../../element.js';
import { bandsOf, ticksOf } from '../../film/marks.js';
import { PACES } from '../../film/pace.js';
import { MODES, isoAt } from '../../film/state.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { dragAlong } from '../dragging.js';

/** @typedef {import('../../types').PageState} PageState */

/** Room of a tick, pixels. */
const TICK_PX = 5;

/** @param {import('../context').PageContext} context */
export function mountFilmBar(context) {
  const { words, store, film } = context;
  const { t, language } = words;
  const bar = find('#filmbar');
  const icon = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => void} */ press, /** @type {string} */ mark) => {
    const button = h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, [mark]: '' }, sign(name));
    button.addEventListener('click', press);
    return button;
  };
  const play = icon('play', t('time.play'), () => void film.play(), 'data-film-play');
  play.classList.add('play');
  const back = icon('left', t('film.before'), () => film.step(-1), 'data-film-before');
  const on = icon('right', t('film.next'), () => film.step(1), 'data-film-next');
  const clock = h('strong', { class: 'film-clock', 'data-film-clock': '' });
  const modes = h('div', { class: 'film-modes', role: 'group', 'aria-label': t('film.mode') }, ...MODES.map((mode) => {
    const button = h('button', { type: 'button', class: 'preset', 'data-film-mode': mode, title: t(`film.${mode}_about`) }, t(`film.${mode}`));
    button.addEventListener('click', () => void film.setMode(mode));
    return button;
  }));
  const pace = h('select', { 'aria-label': t('film.pace'), 'data-film-pace': '' }, ...PACES.map((seconds) => h('option', { value: String(seconds) }, t('film.pace_of', { seconds }))));
  pace.addEventListener('change', () => film.setPace(Number(pace.value)));
  const skips = h('input', { type: 'checkbox', 'data-film-skips': '' });
  skips.addEventListener('change', () => film.setSkips(skips.checked));
  const compare = h('button', { type: 'button', class: 'secondary-button', 'data-film-mark': '' });
  compare.addEventListener('click', () => film.mark());
  const beside = h('button', { type: 'button', class: 'text-button', 'data-film-beside': '', title: t('film.beside_about') }, t('film.beside'));
  beside.addEventListener('click', () => void film.beside());
  const bands = h('div', { class: 'film-bands', 'aria-hidden': 'true' });
  const ticks = h('div', { class: 'ticks', 'aria-hidden': 'true' });
  const marked = h('span', { class: 'film-marked', 'aria-hidden': 'true', hidden: true }, 'A');
  const thumb = h('div', { class: 'thumb', role: 'slider', tabIndex: 0, 'aria-label': t('film.slider'), 'aria-valuemin': '0', 'data-film-slider': '' });
  const track = h('div', { class: 'track film-track' }, bands, ticks, marked, thumb);
  const wait = h('div', { class: 'film-wait', role: 'status' });
  const head = h('div', { class: 'time-head film-head' }, h('span', { class: 'film-keys' }, back, play, on), clock, modes,
    h('span', { class: 'film-options' }, pace, h('label', { class: 'film-skip' }, skips, t('film.skip'))), h('span', { class: 'film-compare-keys' }, compare, beside));
  bar.append(head, track, wait);

  /** @param {PointerEvent} event */
  function moveTo(event) {
    const box = track.getBoundingClientRect();
    film.seek(((event.clientX - box.left) / box.width) * (film.film()?.length_s ?? 0));
  }
  dragAlong(track, thumb, moveTo);
  thumb.addEventListener('keydown', (event) => {
    const length = film.film()?.length_s ?? 0;
    /** @type {Record<string, () => void>} */
    const keys = { ArrowRight: () => film.step(1), ArrowUp: () => film.step(1), ArrowLeft: () => film.step(-1), ArrowDown: () => film.step(-1), Home: () => film.seek(0), End: () => film.seek(length), PageUp: () => film.seek(film.position() + 3600), PageDown: () => film.seek(film.position() - 3600) };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });

  /** The clock alone moves with every frame. @param {number} s @param {string} begin @param {number} length */
  function showClock(s, begin, length) {
    thumb.style.left = `${(100 * s) / Math.max(length, 1)}%`;
    const at = moment(isoAt(begin, s), language);
    if (clock.textContent === at) return;
    clock.textContent = at;
    if (!store.get().film.playing) thumb.setAttribute('aria-valuetext', at);
    thumb.setAttribute('aria-valuenow', String(Math.round(s)));
  }
  film.onFrame(({ s, screen: { reel } }) => showClock(s, reel.film.begin, reel.film.length_s));

  function drawMarks() {
    const document = film.film();
    if (!document) return;
    thumb.setAttribute('aria-valuemax', String(document.length_s));
    const cells = Math.max(Math.floor(track.clientWidth / TICK_PX), 20);
    replaceChildren(ticks, ...ticksOf(document, cells).map(({ group, count, share }) => {
      const tick = h('span', { class: 'film-tick', 'data-group': group });
      tick.style.left = `${100 * share}%`;
      tick.style.setProperty('--count', String(Math.min(count, 4)));
      return tick;
    }));
    replaceChildren(bands, ...bandsOf(document).map(({ level, from, to }) => {
      const band = h('span', { class: 'film-band', 'data-level': level }, level);
      band.style.left = `${100 * from}%`;
      band.style.width = `${100 * (to - from)}%`;
      return band;
    }));
  }
  new ResizeObserver(drawMarks).observe(track);

  /** @param {PageState['film']} state */
  function showWaiting({ told, failure }) {
    const stop = h('button', { type: 'button', class: 'text-button' }, t('film.cancel'));
    stop.addEventListener('click', film.cancel);
    const again = h('button', { type: 'button', class: 'secondary-button' }, t('film.again'));
    again.addEventListener('click', () => void film.renew());
    wait.hidden = !told && !failure;
    if (told) replaceChildren(wait, h('progress', { max: told.total || 1, value: told.done, 'aria-label': told.title }), h('span', {}, told.title || t('film.loading')), stop);
    else if (failure) replaceChildren(wait, h('span', {}, [failure.message, failure.remedy].filter(Boolean).join(t('list_comma')) || t('film.failed')), again);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render({ film: state, log }, before) {
    if (before && state === before.film && log.id === before.log.id) return;
    bar.hidden = !state.open;
    if (!state.open) return;
    showWaiting(state);
    head.hidden = track.hidden = state.begin === null;
    const document = film.film();
    if (document && (!before || state.begin !== before.film.begin || state.mode !== before.film.mode || state.told !== before.film.told)) drawMarks();
    if (document) showClock(film.position(), document.begin, document.length_s);
    replaceChildren(play, sign(state.playing ? 'pause' : 'play'));
    play.setAttribute('aria-label', t(state.playing ? 'time.pause' : 'time.play'));
    for (const button of /** @type {Iterable<HTMLElement>} */ (/** @type {unknown} */ (modes.children))) button.setAttribute('aria-pressed', String(button.dataset.filmMode === state.mode));
    pace.value = String(state.pace);
    skips.checked = state.skips;
    replaceChildren(compare, t(state.compared ? 'film.compare_end' : state.marked ? 'film.compare_with' : 'film.compare'));
    compare.setAttribute('aria-pressed', String(state.marked !== null || state.compared !== null));
    beside.hidden = state.compared !== null;
    marked.hidden = !state.marked;
    if (state.marked && document) marked.style.left = `${(100 * state.marked.s) / Math.max(document.length_s, 1)}%`;
  }
  return { render };
}
