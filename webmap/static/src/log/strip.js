/** What the page must not leave unsaid while an incident is open: what is not stored yet, and that one is looking back. */

import { find, h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { everySecondWhileStale, staleText } from '../live/age.js';
import { dataLines } from '../panel/pinned/lines.js';
import { asideLine, othersLine } from './unstored.js';

/** @typedef {import('../types').PageState} PageState */

/**
 * @param {import('../panel/context').PageContext} context
 * @param {{show: () => void, loadAnew: () => void}} data what the lines about the data offer
 */
export function mountLogStrip(context, data) {
  const { words, store, now, log: session } = context;
  const { t } = words;
  const strip = find('#log-strip');
  const stale = () => staleText(words, store.get(), now()) ?? '';
  everySecondWhileStale(store, () => {
    const shown = strip.querySelector('[data-picture-age]');
    if (shown) shown.textContent = stale();
  });

  /** @param {PageState} state */
  function waiting({ log, unreached }) {
    if (unreached !== null) {
      const also = log.waiting > 0 && h('span', { 'data-waiting': String(log.waiting) }, t('log.waiting_short', { count: log.waiting }));
      // Who hears the page is told once, not each second.
      return h('p', { class: 'strip-line', 'data-unreached': unreached, 'data-said': `${unreached} ${log.waiting}` }, sign('alert'), h('span', { 'aria-live': 'off', 'data-picture-age': '' }, stale()), also);
    }
    if (!log.waiting || !log.stalled) return null;
    return h('p', { class: 'strip-line', 'data-waiting': String(log.waiting) }, sign('clock'), h('span', {}, t('log.waiting', { count: log.waiting })));
  }

  /** @param {PageState} state */
  function lookingBack({ log }) {
    if (log.known === null) return null;
    const back = h('button', { type: 'button', class: 'secondary-button', 'data-back-to-now': '' }, t('log.back_to_now'));
    back.addEventListener('click', () => void session.believed(null));
    return h('p', { class: 'strip-line', 'data-looking-back': String(log.known) }, h('strong', {}, t('log.looking_back', { number: log.known })), back);
  }

  /** @param {PageState} state @param {PageState | null} before */
  function render(state, before) {
    const { log } = state;
    if (before && log === before.log && state.unreached === before.unreached && state.assessment === before.assessment) return;
    const { classList } = document.body;
    classList.toggle('in-incident', log.id !== null);
    classList.toggle('drill', log.view?.incident.drill ?? false);
    classList.toggle('looking-back', log.known !== null);
    const held = [...log.others.map((other) => othersLine(words, other)), ...log.aside.map((item) => asideLine(words, session, item))];
    const lines = [lookingBack(state), waiting(state), ...held, ...dataLines(context, state, data)].filter((line) => line !== null);
    strip.hidden = !lines.length;
    const said = lines.map((line) => line.dataset.said ?? line.textContent).join(' ');
    if (said !== strip.dataset.said) replaceChildren(strip, ...lines);
    strip.dataset.said = said;
  }
  return { render };
}
