/** The divider between two moments on the map: drawn by pointer, moved by keys; each side says which moment it shows. */

import { find, h, replaceChildren } from '../../element.js';
import { isoAt } from '../../film/state.js';
import { moment } from '../../format.js';

/** How far a key moves it, share of the map's width. */
const KEY_STEP = 0.02;

/** @param {import('../context').PageContext} context @param {ReturnType<typeof import('../../map/view.js').createMapView>} view */
export function mountDivider(context, view) {
  const { words, store, film } = context;
  const { t, language } = words;
  const divider = find('#film-divider');
  const sides = [h('span', { class: 'film-side-name side-a' }), h('span', { class: 'film-side-name side-b' })];
  divider.append(h('span', { class: 'film-grip', 'aria-hidden': 'true' }, '⇔'), ...sides);

  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    divider.focus();
    event.preventDefault();
  });
  divider.addEventListener('pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const box = find('#map').getBoundingClientRect();
    film.split((event.clientX - box.left) / box.width);
  });
  divider.addEventListener('keydown', (event) => {
    const { compared } = store.get().film;
    const step = { ArrowLeft: -KEY_STEP, ArrowDown: -KEY_STEP, ArrowRight: KEY_STEP, ArrowUp: KEY_STEP, Home: -1, End: 1 }[event.key];
    if (!compared || !step) return;
    event.preventDefault();
    event.stopPropagation();
    film.split(compared.split + step);
  });

  /** @param {import('../../types').PageState} state @param {import('../../types').PageState | null} before */
  function render(state, before) {
    const { compared, begin } = state.film;
    const same = before && compared === before.film.compared;
    if (same && state.theme === before.theme && state.shading === before.shading && state.layers === before.layers) return;
    divider.hidden = compared === null;
    const [one, other] = compared ? [film.reel(compared.a.mode), film.reel(compared.b.mode)] : [null, null];
    if (!compared || !one || !other || begin === null) return view.filmSides(null);
    divider.style.left = `${100 * compared.split}%`;
    divider.setAttribute('aria-valuenow', String(Math.round(100 * compared.split)));
    const name = (/** @type {import('../../film').FilmPoint} */ { s, mode }) => `${moment(isoAt(begin, s), language)} · ${t(`film.${mode}`)}`;
    for (const [place, point] of [compared.a, compared.b].entries()) replaceChildren(sides[place], h('b', {}, 'AB'[place]), ` ${name(point)}`);
    divider.setAttribute('aria-valuetext', t('film.divider_at', { share: Math.round(100 * compared.split) }));
    const was = before?.film.compared;
    if (was && was.a === compared.a && was.b === compared.b && state.theme === before?.theme && state.shading === before?.shading && state.layers === before?.layers) return view.filmSplit(compared.split);
    return view.filmSides({ sides: [{ reel: one, s: compared.a.s }, { reel: other, s: compared.b.s }], split: compared.split });
  }
  return { render };
}
