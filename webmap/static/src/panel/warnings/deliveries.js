/** What became of the messages: by channel and audience; what failed with why and what then; what people do by hand. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { groupTasks } from '../../warnings/state.js';
import { drillMark } from '../drill.js';
import { actsOf } from './acts.js';
import { deliveryFailures } from './delivery_failures.js';
import { concerned } from './list.js';
import { otherMeans } from './other_means.js';
import { createProducts } from './products.js';

/** @typedef {import('../../warnings').DeliveryGroup} DeliveryGroup */
/** @typedef {import('../../warnings').Warning} Warning */
/** @typedef {import('../../warnings').ShownState} ShownState */
/** @typedef {import('../../types').PageError} PageError */

/** In the order in which they are told: what needs somebody first. @type {ShownState[]} */
const STATES = ['failed', 'unknown', 'prepared', 'waiting', 'sending', 'no_address', 'sent', 'done', 'recorded'];

/** @param {import('../context').PageContext} context */
export function createDeliveries(context) {
  const { words, store, warnings, showChoice, showError } = context;
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

  /** Of a group: the tick that was made last. @param {Pick<DeliveryGroup, 'message' | 'channel' | 'audience'>} group */
  const tickOf = ({ message, channel, audience }) => store.get().warnings.deliveries?.groups.find((one) => one.message === message && one.channel === channel && one.audience === audience)?.done ?? null;

  /** @param {DeliveryGroup} group @param {string} at when it was ticked off */
  const takeBack = ({ message, channel, audience }, at) => warnings.undo({ message, channel, audience, at });

  /** A whole group is ticked off with one press: the way back is offered at once, and stays beside the tick. @param {DeliveryGroup} group */
  async function tick(group) {
    const { message, channel, audience, title, audience_title: whom } = group;
    const count = group.by_state.prepared ?? 0;
    const error = await warnings.done({ message, channel, audience });
    const done = tickOf(group);
    if (!error && done) showChoice(t('warnings.ticked', { title, whom, count }), t('undo'), () => void told(takeBack(group, done.at)));
    return error;
  }

  /** @param {ShownState} state @param {string} channel */
  const stateKey = (state, channel) => (words.has(`warnings.state.${state}.${channel}`) ? `warnings.state.${state}.${channel}` : `warnings.state.${state}`);

  /** @param {DeliveryGroup} group */
  function counts({ by_state: of, channel }) {
    const said = STATES.filter((state) => of[state]);
    return h('p', { class: 'delivery-counts' }, ...said.map((state) => h('span', { class: `delivery-${state}`, 'data-delivery-state': state }, t(stateKey(state, channel), { count: of[state] ?? 0 }))));
  }

  const failures = deliveryFailures(context, press);
  /** The fields in which it is noted how somebody was told: what is typed stays when other news arrive. @type {Map<string, HTMLElement>} */
  const notes = new Map();
  /** @param {DeliveryGroup} group */
  function byOtherMeans({ message, channel, audience }) {
    const key = `told-${message}-${channel}-${audience}`;
    const field = notes.get(key) ?? otherMeans(context, key, (note) => warnings.done({ message, channel, audience, by_other_means: true, note }), (error) => showError(t('warnings.deliveries.failed'), error));
    notes.set(key, field);
    return field;
  }

  /** @param {DeliveryGroup} group @param {NonNullable<DeliveryGroup['done']>} done @param {boolean} may */
  function ticked(group, { by, at, note, by_other_means: otherwise, history }, may) {
    return h('div', { 'data-done': '' }, actsOf(words, history)
      ?? h('p', { class: 'facts' }, t(otherwise ? 'warnings.act.told_otherwise' : 'warnings.done_by', { by: by ?? '', at: moment(at, language) }), note && ` · ${note}`),
    may && press(t('warnings.take_back'), 'take-back', () => takeBack(group, at)));
  }

  /** @param {DeliveryGroup} group @param {Warning} warning @param {boolean} may */
  function row(group, warning, may) {
    const { audience, superseded, done, history } = group;
    const tasks = groupTasks(group, may);
    return h('li', { class: tasks.open ? 'delivery open' : 'delivery', 'data-audience': audience },
      h('div', { class: 'delivery-head' }, h('span', {}, group.audience_title), counts(group), tasks.tick && press(t('warnings.mark_done'), 'done', () => tick(group))),
      group.product_query !== null && products.of(warning, group),
      done ? ticked(group, done, may && !superseded) : actsOf(words, history),
      !superseded && failures(group, may),
      tasks.otherwise && byOtherMeans(group));
  }

  /** A channel with what it needs, then whom it reaches. @param {DeliveryGroup[]} groups of one message and channel @param {Warning} warning @param {boolean} may */
  function channel(groups, warning, may) {
    const common = groups.find(({ product_query: query }) => query === null);
    return h('li', { class: 'delivery-channel', 'data-channel': groups[0].channel },
      h('div', { class: 'delivery-title' }, h('strong', {}, groups[0].title), common && products.of(warning, common)),
      h('ul', {}, ...groups.map((group) => row(group, warning, may))));
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
    const held = element.contains(document.activeElement) ? document.activeElement : null;
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
    if (held instanceof HTMLElement && element.contains(held)) held.focus({ preventScroll: true });
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
