/** That the server cannot be reached, and from when the picture is: above what somebody writes meanwhile. */

import { h, replaceChildren } from '../element.js';
import { timeOn } from '../format.js';
import { isoFromMs } from '../state/clock.js';

/** A line for the head of a form, there only while it is so. @param {Pick<import('./context').PageContext, 'words' | 'store'>} context */
export function unreachedNote({ words, store }) {
  const say = (/** @type {string} */ since) => words.t('unreached.form', { at: timeOn(since, isoFromMs(Date.now()), words.language) });
  const element = h('p', { class: 'unreached-note', role: 'status', hidden: true, 'data-unreached-note': '' });

  function show() {
    const { unreached } = store.get();
    element.hidden = unreached === null;
    replaceChildren(element, unreached !== null && say(unreached));
  }
  store.subscribe((state, before) => {
    if (state.unreached !== before.unreached) show();
  });
  show();
  return element;
}
