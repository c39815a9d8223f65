/** What was not delivered: each that something can be done about by itself, the rest by reason; who has no number, quietly. */

import { h } from '../../element.js';
import { moment } from '../../format.js';
import { actsOf } from './acts.js';
import { forAdministrators } from './for_administrators.js';

/** @typedef {import('../../warnings').DeliveryGroup} DeliveryGroup */
/** @typedef {import('../../warnings').DeliveryFailure} DeliveryFailure */
/** @typedef {(label: string, name: string, act: () => Promise<import('../../types').PageError | null>) => HTMLElement} Press */

/** More failures than these are folded. */
const MOST_OPEN = 4;

/** @param {import('../context').PageContext} context @param {Press} press */
export function deliveryFailures({ words, warnings }, press) {
  const { t, language } = words;

  /** Something can be done about each of these by itself. @param {DeliveryGroup} group @param {DeliveryFailure} failure @param {boolean} may */
  function single({ message, channel }, { id, state, recipient, address, reason, reply, remedy, settings, at, attempts, can_retry: again, history }, may) {
    return h('li', { 'data-delivery': id },
      recipient && h('strong', {}, recipient), address && h('span', { class: 'facts' }, ` ${address}`), h('p', {}, reason), h('p', { class: 'remedy' }, remedy),
      h('p', { class: 'facts' }, [moment(at, language), attempts > 1 && t('warnings.attempts', { count: attempts })].filter(Boolean).join(' · ')),
      forAdministrators(words, reply, settings),
      actsOf(words, history),
      may && state === 'unknown' && h('p', { class: 'field-row' }, press(t('warnings.was_sent'), 'was-sent', () => warnings.decide({ id, sent: true })), press(t('warnings.was_not_sent'), 'was-not-sent', () => warnings.decide({ id, sent: false }))),
      may && again && press(t('retry'), 'retry', () => warnings.retry({ message, channel, ids: [id] })));
  }

  /** @param {DeliveryFailure[]} some */
  const namesOf = (some) => some.map(({ recipient }) => recipient).filter((name) => name !== null);

  /** Told once for each reason. @param {DeliveryFailure[]} failed @returns {[string, DeliveryFailure[]][]} */
  const byReason = (failed) => [...new Set(failed.map(({ reason }) => reason))].map((reason) => [reason, failed.filter((failure) => failure.reason === reason)]);

  /** What no further try can mend. @param {DeliveryFailure[]} failed */
  function alike(failed) {
    return byReason(failed).map(([reason, some]) => {
      const names = namesOf(some);
      const named = names.length > MOST_OPEN ? t('warnings.names_more', { named: names.slice(0, MOST_OPEN).join(t('list_comma')), count: names.length }) : names.join(t('list_comma'));
      return h('li', { title: names.join(t('list_comma')) }, h('strong', {}, reason), named && h('p', {}, named), h('p', { class: 'remedy' }, some[0].remedy), forAdministrators(words, some[0].reply, some[0].settings), actsOf(words, some.flatMap(({ history }) => history)));
    });
  }

  /** Nothing went wrong: they are to be told otherwise. @param {DeliveryFailure[]} without */
  function withoutAddress(without) {
    const reasons = byReason(without);
    return reasons.map(([reason, some]) => {
      const names = namesOf(some);
      // How many there are is said above; with several reasons each has its own number.
      const said = reason.replace(/[。.]$/, '');
      return h('details', { class: 'warning-more', 'data-no-address': some.length }, h('summary', {}, reasons.length > 1 ? t('warnings.without_address', { reason: said, count: some.length }) : said),
        h('p', { class: 'facts' }, some[0].remedy), names.length > 0 && h('p', { class: 'facts' }, names.join(t('list_comma'))), actsOf(words, some.flatMap(({ history }) => history)));
    });
  }

  /** @param {DeliveryGroup} group @param {boolean} may */
  return (group, may) => {
    const { failures, message, channel, can_retry: canRetry } = group;
    if (!failures.length) return null;
    const without = failures.filter(({ state }) => state === 'no_address');
    const failed = failures.filter(({ state }) => state !== 'no_address');
    const own = failed.filter(({ state, can_retry: again }) => state === 'unknown' || again);
    const all = may && canRetry && own.filter(({ can_retry: again }) => again).length > 1;
    const list = h('ul', {}, ...own.map((failure) => single(group, failure, may)));
    return h('div', { class: 'delivery-failures' }, all && press(t('warnings.retry_all'), 'retry-all', () => warnings.retry({ message, channel })),
      own.length > MOST_OPEN ? h('details', { class: 'warning-more' }, h('summary', {}, t('warnings.failures', { count: own.length })), list) : own.length > 0 && list,
      own.length < failed.length && h('ul', {}, ...alike(failed.filter((failure) => !own.includes(failure)))),
      ...withoutAddress(without));
  };
}
