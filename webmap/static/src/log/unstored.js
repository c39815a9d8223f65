/** Lines for what is not in the log and does not get there by itself: another person's, and what was set aside. */

import { h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { writtenIn } from './telling.js';

/** @typedef {import('../i18n.js').Translator} Translator */

/** @param {Translator} words @param {import('../log').InBox['others'][number]} other */
export function othersLine({ t }, { name, count }) {
  return h('p', { class: 'strip-line', 'data-waiting-for': name }, sign('clock'), h('span', {}, t(name ? 'log.others_wait' : 'log.others_wait_unnamed', { name, count })));
}

/**
 * What was to be written, and the two ways on. Giving up is asked about once.
 * @param {Translator} words
 * @param {Pick<import('../log').LogSession, 'retryAside' | 'discardAside'>} session
 * @param {import('../log').OutboxItem} item
 */
export function asideLine({ t }, session, { key, label, facts, aside }) {
  const line = h('p', { class: 'strip-line', 'data-set-aside': key });
  const written = writtenIn(facts);
  const drawn = aside?.code === 'written_meanwhile';

  /** @param {string} name @param {string} text @param {() => void} action @param {string} [className] */
  function button(name, text, action, className = 'text-button') {
    return h('button', { type: 'button', class: className, [`data-${name}`]: '', onclick: action }, text);
  }

  function offer() {
    replaceChildren(line, sign('alert'),
      h('span', {}, t(drawn ? 'log.aside.why_meanwhile' : 'log.aside.why_server', { label }), written && h('span', { class: 'facts' }, ' ', t('log.was_written'), ' ', written)),
      button('aside-retry', t('log.aside.retry'), () => void session.retryAside(key), 'secondary-button'), button('aside-discard', t('log.aside.discard'), ask));
  }

  function ask() {
    const keep = button('aside-keep', t('log.aside.keep'), offer);
    replaceChildren(line, sign('alert'), h('span', {}, t('log.aside.discard_ask', { label }), written && h('span', { class: 'facts' }, ' ', written)),
      button('aside-sure', t('log.aside.discard_sure'), () => session.discardAside(key), 'secondary-button'), keep);
    keep.focus();
  }

  offer();
  return line;
}
