/** What became of the messages: by channel and audience; what failed with why and what then; what people do by hand. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { drillMark } from '../drill.js';
import { concerned } from './list.js';
import { createProducts } from './products.js';

/** @typedef {import('../../warnings').DeliveryGroup} DeliveryGroup */
/** @typedef {import('../../warnings').Warning} Warning */
/** @typedef {import('../../warnings').DeliveryState} DeliveryState */
/** @typedef {import('../../types').PageError} PageError */

/** More failures than these are folded. */
const MOST_OPEN = 4;
/** In the order in which they are told: what needs somebody first. @type {DeliveryState[]} */
const STATES = ['failed', 'unknown', 'prepared', 'waiting', 'sending', 'sent', 'done', 'recorded'];

/** @param {import('../context').PageContext} context */
export function createDeliveries(context) {
  const { words, store, warnings, showError } = context;
  const { t, language } = words;
  const products = createProducts(context);
  const element = h('section', { class: 'deliveries', hidden: true, 'data-deliveries': '' });

  /** @param {Promise<PageError | null>} answer */
  async function told(answer) {
    const error = await answer;
    if (error) showError(t('warnings.deliveries.failed'), error);
  }

  /** @param {string} label @param {string} name @param {() => Promise<PageError | null>} act */
  function press(label, name, act) {
    const button = h('button', { type: 'button', class: 'secondary-button small-button', 'data-delivery-action': name }, label);
    button.addEventListener('click', () => {
      button.disabled = true;
      void told(act()).finally(() => { button.disabled = false; });
    });
    return button;
  }

  /** @param {DeliveryGroup} group */
  function counts({ by_state: of }) {
    const said = STATES.filter((state) => of[state]);
    return h('p', { class: 'delivery-counts' }, ...said.map((state) => h('span', { class: `delivery-${state}`, 'data-delivery-state': state }, t(`warnings.state.${state}`, { count: of[state] ?? 0 }))));
  }

  /** Something can be done about each of these by itself. @param {DeliveryGroup} group @param {DeliveryGroup['failures'][number]} failure @param {boolean} may */
  function single({ message, channel }, { id, state, recipient, address, reason, reply, remedy, at, attempts, can_retry: again }, may) {
    return h('li', { 'data-delivery': id },
      recipient && h('strong', {}, recipient), address && h('span', { class: 'facts' }, ` ${address}`), h('p', {}, reason), h('p', { class: 'remedy' }, remedy),
      h('p', { class: 'facts' }, [moment(at, language), attempts > 1 && t('warnings.attempts', { count: attempts }), reply].filter(Boolean).join(' · ')),
      may && state === 'unknown' && h('p', { class: 'field-row' }, press(t('warnings.was_sent'), 'was-sent', () => warnings.decide({ id, sent: true })), press(t('warnings.was_not_sent'), 'was-not-sent', () => warnings.decide({ id, sent: false }))),
      may && again && press(t('retry'), 'retry', () => warnings.retry({ message, channel, ids: [id] })));
  }

  /** What no further try can mend, told once for each reason. @param {DeliveryGroup['failures']} failed */
  function alike(failed) {
    return [...new Set(failed.map(({ reason }) => reason))].map((reason) => {
      const some = failed.filter((failure) => failure.reason === reason);
      const names = some.map(({ recipient }) => recipient).filter((name) => name !== null);
      const named = names.length > MOST_OPEN ? t('warnings.names_more', { named: names.slice(0, MOST_OPEN).join(t('list_comma')), count: names.length }) : names.join(t('list_comma'));
      return h('li', { title: names.join(t('list_comma')) }, h('strong', {}, reason), named && h('p', {}, named), h('p', { class: 'remedy' }, some[0].remedy));
    });
  }

  /** @param {DeliveryGroup} group @param {boolean} may */
  function failures(group, may) {
    const { failures: failed, message, channel, can_retry: canRetry } = group;
    if (!failed.length) return null;
    const own = failed.filter(({ state, can_retry: again }) => state === 'unknown' || again);
    const all = may && canRetry && own.filter(({ can_retry: again }) => again).length > 1;
    const list = h('ul', {}, ...own.map((failure) => single(group, failure, may)));
    return h('div', { class: 'delivery-failures' }, all && press(t('warnings.retry_all'), 'retry-all', () => warnings.retry({ message, channel })),
      own.length > MOST_OPEN ? h('details', { class: 'warning-more' }, h('summary', {}, t('warnings.failures', { count: own.length })), list) : own.length > 0 && list,
      own.length < failed.length && h('ul', {}, ...alike(failed.filter((failure) => !own.includes(failure)))));
  }

  /** Who has no address is told by other means, which a person ticks off too. @param {DeliveryGroup} group @param {boolean} may */
  function row(group, may) {
    const { message, channel, audience, by_hand: byHand, by_state: of, superseded, done, can_retry: canRetry } = group;
    const needsSomebody = !superseded && Boolean((byHand && of.prepared) || of.failed || of.unknown);
    const tick = may && !superseded && ((of.prepared ?? 0) > 0 || (Boolean(of.failed) && !canRetry));
    return h('li', { class: needsSomebody ? 'delivery open' : 'delivery', 'data-audience': audience },
      h('div', { class: 'delivery-head' }, h('span', {}, group.audience_title), counts(group), tick && press(t('warnings.mark_done'), 'done', () => warnings.done({ message, channel, audience }))),
      done && h('p', { class: 'facts', 'data-done': '' }, t('warnings.done_by', { by: done.by ?? '', at: moment(done.at, language) }), done.note && ` · ${done.note}`),
      !superseded && failures(group, may));
  }

  /** A channel with what it needs, then whom it reaches. @param {DeliveryGroup[]} groups of one message and channel @param {Warning} warning @param {boolean} may */
  function channel(groups, warning, may) {
    return h('li', { class: 'delivery-channel', 'data-channel': groups[0].channel },
      h('div', { class: 'delivery-title' }, h('strong', {}, groups[0].title), products.of(warning, groups[0])),
      h('ul', {}, ...groups.map((group) => row(group, may))));
  }

  /** Groups that share a message or a channel, in their order. @param {DeliveryGroup[]} groups @param {'message' | 'channel'} key */
  const together = (groups, key) => [...new Set(groups.map((group) => group[key]))].map((value) => groups.filter((group) => group[key] === value));

  /** Messages, the latest first. @param {DeliveryGroup[]} groups */
  const byMessage = (groups) => together(groups, 'message').reverse();

  /** @type {unknown[]} */
  let drawn = [];
  /** @param {Warning} warning @param {import('../../warnings').Deliveries | null} deliveries */
  function render(warning, deliveries) {
    const issued = warning.versions.some(({ message }) => message);
    element.hidden = !issued;
    const seen = [warning, deliveries, store.get().viewer];
    if (!issued || seen.every((part, index) => part === drawn[index])) return;
    drawn = seen;
    const known = deliveries?.warning === warning.id ? deliveries : null;
    const may = concerned(store.get(), warning);
    const folded = [...element.querySelectorAll('details')].filter((part) => part.open).map((part) => part.dataset.message);
    replaceChildren(element, h('h4', {}, t('warnings.deliveries'), known && known.open > 0 && h('span', { class: 'count-mark' }, t('warnings.deliveries.open', { count: known.open }))),
      warning.drill && h('p', { class: 'delivery-drill' }, drillMark(words), t('warnings.deliveries.drill')),
      !known && h('p', { class: 'facts', role: 'status' }, t('warnings.loading')),
      ...byMessage(known?.groups ?? []).map((groups, index) => {
        const [{ message, version, type }] = groups;
        return h('details', { open: index === 0 || folded.includes(message), 'data-message': message },
          h('summary', {}, t(`warnings.message.${type}`, { version })), h('ul', { class: 'delivery-rows' }, ...together(groups, 'channel').map((some) => channel(some, warning, may))));
      }),
      capLines(warning));
  }

  /** @param {Warning} warning */
  function capLines({ versions }) {
    const messages = versions.flatMap(({ version, message, lifting }) => [{ label: t('warnings.cap', { version }), message }, { label: t('warnings.cap_lifting'), message: lifting }]);
    const links = messages.filter(({ message }) => message?.urls.cap).map(({ label, message }) =>
      h('a', { class: 'text-button', href: message?.urls.cap ?? '', download: '', 'data-cap': message?.identifier }, sign('download'), label));
    return links.length > 0 && h('p', { class: 'cap-line' }, ...links, h('span', { class: 'facts' }, t('warnings.cap_about')));
  }

  return { element, render };
}
