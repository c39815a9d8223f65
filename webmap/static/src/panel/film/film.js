/** Everything that stands on the page while the film of an incident is shown. */

import { find, h, replaceChildren } from '../../element.js';
import { isoAt } from '../../film/state.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { mountFilmBar } from './bar.js';
import { mountComparison } from './comparison.js';
import { mountDivider } from './divider.js';
import { mountFilmFigures } from './figures.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context @param {ReturnType<typeof import('../../map/view.js').createMapView>} view */
export function mountFilm(context, view) {
  const { words, film, store } = context;
  const { t, language } = words;
  const parts = [mountFilmBar(context), mountFilmFigures(context), mountComparison(context), mountDivider(context, view)];
  const strip = find('#film-strip');
  const said = h('strong', { 'data-film-said': '' });
  const back = h('button', { type: 'button', class: 'secondary-button', 'data-film-back': '' }, t('log.back_to_now'), h('kbd', { 'aria-hidden': 'true' }, 'Esc'));
  back.addEventListener('click', film.close);
  const news = h('button', { type: 'button', class: 'text-button', 'data-film-news': '' });
  news.addEventListener('click', () => void film.renew());
  strip.append(h('p', { class: 'strip-line' }, sign('clock'), said, back), news);

  /** @param {number} s @param {PageState['film']} state */
  function say(s, { begin, mode }) {
    const at = begin && moment(isoAt(begin, s), language);
    const text = at ? t('film.strip', { at, mode: t(`film.${mode}`) }) : t('film.loading');
    if (said.textContent !== text) said.textContent = text;
  }
  film.onFrame(({ s }) => say(s, store.get().film));

  /** How many entries came since the film was made. @param {PageState} state */
  function newer({ log, film: { mode } }) {
    const made = film.reel(mode)?.film.known;
    return made === undefined ? 0 : log.entries.filter(({ number }) => number > made).length;
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    for (const part of parts) part.render(state, before);
    // What floats above the time bar floats above this one.
    if (state.film.open) document.body.classList.add('with-timebar');
    if (before && state.film === before.film && state.log === before.log) return;
    const { open, moving, compared } = state.film;
    const { classList } = document.body;
    classList.toggle('film', open);
    classList.toggle('film-moving', open && moving && !compared);
    classList.toggle('film-compared', compared !== null);
    strip.hidden = !open;
    if (!open) return;
    say(film.position(), state.film);
    const count = newer(state);
    news.hidden = !count;
    replaceChildren(news, t('film.news', { count }));
  }
  return { render };
}
