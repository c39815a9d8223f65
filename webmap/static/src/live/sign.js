/** The top bar's sign of how the page is connected: live, asking every few seconds, or not at all and since when. */

import { find, h, replaceChildren } from '../element.js';
import { popover } from '../panel/popover.js';
import { ageS, ageText, clockText, everySecondWhileStale } from './age.js';

/** @typedef {import('../types').PageState} PageState */

/** @param {import('../panel/context').PageContext} context */
export function mountConnectionSign({ words, store, now }) {
  const { t, language } = words;
  const button = find('#connection-button');
  const about = find('#connection-about');
  const place = /** @type {HTMLElement} */ (button.parentElement);
  const word = h('span', { class: 'connection-word' });
  button.append(h('span', { class: 'connection-dot', 'aria-hidden': 'true' }), word);
  popover(button, about);

  /** Why it is so, and what that means for who looks. @param {PageState} state */
  function why({ live: { state, refused, asOf }, unreached }) {
    const key = state === 'asking' && refused ? 'full' : state;
    const at = unreached ?? asOf;
    return t(`live.about.${key}`, { at: at ? clockText(at, now(), language) : '' });
  }

  function show() {
    const state = store.get();
    const { live, unreached, film } = state;
    place.hidden = live.state === 'off';
    if (place.hidden) return;
    const said = film.open && live.state !== 'lost' ? t('live.film') : live.state === 'lost' && unreached ? t('live.lost', { age: ageText(words, ageS(unreached, now())) }) : t(`live.${live.state}`);
    const reason = why(state);
    place.dataset.connection = film.open && live.state === 'live' ? 'film' : live.state;
    place.dataset.refused = String(live.refused);
    if (word.textContent !== said) word.textContent = said;
    button.setAttribute('aria-label', t('live.label', { state: said }));
    button.title = reason;
    if (about.textContent !== reason) replaceChildren(about, h('p', {}, reason));
  }
  everySecondWhileStale(store, show);

  return {
    /** @param {PageState} state @param {PageState | null} before */
    render(state, before) {
      if (!before || state.live !== before.live || state.film.open !== before.film.open) show();
    },
  };
}
