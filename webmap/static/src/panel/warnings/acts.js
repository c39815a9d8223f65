/** What people did about deliveries: the latest act in sight, those before it folded. */

import { h } from '../../element.js';
import { moment } from '../../format.js';

/** @typedef {import('../../warnings').DeliveryAct} DeliveryAct */

/** The latest first; what was done for many at once is one act. @param {DeliveryAct[]} acts @returns {DeliveryAct[]} */
export function latestFirst(acts) {
  const once = [...new Map(acts.map((act) => [JSON.stringify([act.at, act.act, act.by, act.note]), act])).values()];
  return once.map((act, index) => ({ act, index })).sort((a, b) => Date.parse(b.act.at) - Date.parse(a.act.at) || b.index - a.index).map(({ act }) => act);
}

/** @param {import('../../i18n.js').Translator} words @param {DeliveryAct[]} acts @returns {HTMLElement | null} */
export function actsOf({ t, language }, acts) {
  const [latest, ...before] = latestFirst(acts);
  if (!latest) return null;
  const line = (/** @type {DeliveryAct} */ { act, by, at, note }) => [t(`warnings.act.${act}`, { by, at: moment(at, language) }), note].filter(Boolean).join(' · ');
  return h('div', { class: 'facts', 'data-acts': before.length + 1 }, h('p', { 'data-act': latest.act }, line(latest)),
    before.length > 0 && h('details', { class: 'warning-more' }, h('summary', {}, t('warnings.acts_before', { count: before.length })), h('ul', {}, ...before.map((act) => h('li', { 'data-act': act.act }, line(act))))));
}
