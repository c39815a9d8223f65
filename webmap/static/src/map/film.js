/** The moving picture on the map: of a frame only what became other is drawn. */

import { hoursLeft } from '../film/reel.js';
import { isoAt } from '../film/state.js';

/** How often the hours left of a reserve are drawn anew while time passes, hours of the film. */
const STEP_H = 0.5;

/** @param {any} parts of the map view @param {import('./view.js').MapWords} words */
export function createFilmPicture({ network, townships, facilities }, words) {
  /** What is drawn of each facility's reserve: the step it stands on. @type {Map<number, number>} */
  let steps = new Map();
  /** @type {import('../film/reel.js').Screen | null} */
  let shown = null;

  /** @param {import('../film/session.js').Frame} frame @param {import('../types').PageState} state */
  function show({ s, screen, changes }, state) {
    if (screen !== shown) [shown, steps] = [screen, new Map()];
    if (changes.network) network.show({ deadLines: screen.deadLines, deadNodes: screen.deadNodes });
    if (changes.townships) townships.shade(screen.townships(), state.shading, words.township);
    const changed = new Set(changes.facilities);
    for (const number of changed) steps.delete(number);
    screen.reel.film.facilities.forEach((_, number) => {
      const stand = screen.stand(number);
      if (stand.state !== 'on_reserve' || stand.failsS === null) return;
      const step = Math.floor((stand.failsS - s) / (3600 * STEP_H));
      if (steps.get(number) === step) return;
      steps.set(number, step);
      changed.add(number);
    });
    if (changed.size) facilities.restate([...changed].map((number) => statusOf(screen, number, s)), words.iconOf, words.facility);
  }
  return { show };
}

/**
 * A facility as an assessment would tell of it, as far as the map shows it.
 * @param {import('../film/reel.js').Screen} screen @param {number} number @param {number} s @returns {import('../types').FacilityStatus}
 */
export function statusOf(screen, number, s) {
  const { film } = screen.reel;
  const stand = screen.stand(number);
  return {
    ...film.facilities[number], township: '', township_name: '', state: stand.state, hours_left: hoursLeft(stand, s), reserve_unknown: stand.reserveUnknown,
    fails_at: stand.failsS === null ? null : isoAt(film.begin, stand.failsS), lost: [], causes: [],
  };
}
