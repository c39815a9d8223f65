/** That the server cannot be reached, and from when the picture is: on the strip, and above what somebody writes meanwhile. */

import { h, replaceChildren } from '../element.js';
import { timeOn } from '../format.js';
import { isoFromMs } from '../state/clock.js';

/** @param {import('../i18n.js').Translator} words @returns {(since: string, key?: string) => string} */
export function unreachedWords({ t, language }) {
  return (since, key = 'unreached.strip') => t(key, { at: timeOn(since, isoFromMs(Date.now()), language) });
}

/** A line for the head of a form, there only while it is so. @param {Pick<import('./context').PageContext, 'words' | 'store'>} context */
export function unreachedNote({ words, store }) {
  const say = unreachedWords(words);
  const element = h('p', { class: 'unreached-note', role: 'status', hidden: true, 'data-unreached-note': '' });

  function show() {
    const { unreached } = store.get();
    element.hidden = unreached === null;
    replaceChildren(element, unreached !== null && say(unreached, 'unreached.form'));
  }
  store.subscribe((state, before) => {
    if (state.unreached !== before.unreached) show();
  });
  show();
  return element;
}
