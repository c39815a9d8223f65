/** Over every scene: the server is out of reach and how old the picture is, or that somebody must sign in, and where. */

import { h } from '../../element.js';
import { ageS, ageText, clockText } from '../../live/age.js';
import { changing } from './piece.js';

/** @typedef {import('../../types').PageState} PageState */

/** @param {import('../context').PageContext} context */
export function createTrouble({ words }) {
  const { t, language } = words;
  const element = h('div', { class: 'wall-trouble', role: 'alert', hidden: true });
  const put = changing(element);

  /** @param {PageState} state @param {number} nowMs @param {boolean} signedIn */
  function saidOf({ unreached }, nowMs, signedIn) {
    if (unreached !== null) return { key: 'lost', said: t('wall.lost', { at: clockText(unreached, nowMs, language), age: ageText(words, ageS(unreached, nowMs)) }), what: t('wall.lost_what') };
    if (!signedIn) return { key: 'out', said: t('wall.signed_out'), what: t('wall.signed_out_what', { address: location.origin }) };
    return null;
  }

  /** @param {PageState} state @param {number} nowMs @param {boolean} signedIn */
  function render(state, nowMs, signedIn) {
    const said = saidOf(state, nowMs, signedIn);
    element.hidden = said === null;
    element.dataset.trouble = said?.key ?? '';
    if (said) put(said, () => [h('strong', {}, said.said), h('p', {}, said.what)]);
  }
  return { element, render };
}
