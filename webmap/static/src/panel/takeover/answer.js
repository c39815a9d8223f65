/** Who could take the homes over: the answer in one line, then part by part with the device to open and what it can carry. */

import { h } from '../../element.js';
import { countBeforeUnit, exactNumber, percent } from '../../format.js';
import { placeButton } from '../place_button.js';
import { planLink } from '../plan_links.js';

/** @typedef {import('../../takeover').Takeover} Takeover */
/** @typedef {import('../../takeover').TakeoverPart} TakeoverPart */

/**
 * @param {import('../context').PageContext} context
 * @param {Takeover} answer
 * @param {((part: TakeoverPart) => void) | null} onName what names a part's supplier; null for who may not
 */
export function takeoverAnswer(context, answer, onName) {
  const { t } = context.words;
  return h('div', { class: 'takeover-answer', 'data-takeover-answer': '' },
    h('p', { class: 'takeover-sentence' }, answer.sentence),
    answer.parts.length > 0 && h('ol', { class: 'takeover-parts' }, ...answer.parts.map((part) => partRow(context, part, onName))),
    answer.suppliers.length > 0 && suppliersTable(context, answer),
    answer.quotation && h('details', {}, h('summary', {}, t('takeover.clause'), answer.clause && planLink(context, answer.plan, answer.clause, { clause: answer.clause }, 'clause')),
      h('blockquote', { class: 'wording', lang: 'zh-CN' }, answer.quotation)),
    h('details', {}, h('summary', {}, t('takeover.assumptions')), h('ul', { class: 'assumptions' }, ...answer.assumptions.map(({ text }) => h('li', {}, text)))));
}

/** @param {import('../context').PageContext} context @param {TakeoverPart} part @param {((part: TakeoverPart) => void) | null} onName */
function partRow(context, part, onName) {
  const { t, language } = context.words;
  const name = part.supplier && onName && h('button', { type: 'button', class: part.capacity === 'enough' ? 'primary-button' : 'secondary-button', 'data-takeover-name': part.supplier.id }, t('takeover.name', { supplier: part.supplier.name }));
  if (name) name.addEventListener('click', () => onName?.(part));
  const townships = part.townships.map((row) => t('takeover.township', { name: row.name, customers: countBeforeUnit(row.customers, language) })).join(t('takeover.gap'));
  return h('li', { class: 'takeover-part', 'data-takeover-part': part.capacity },
    h('p', { class: 'takeover-head' }, h('strong', {}, t('takeover.homes', { customers: countBeforeUnit(part.customers, language) })), h('span', { class: `takeover-capacity ${part.capacity}` }, t(`takeover.capacity.${part.capacity}`, { share: percent(part.share, '') }))),
    part.share !== null && part.capacity === 'short' && bar(part.share),
    h('p', {}, part.text),
    h('p', { class: 'facts' }, townships),
    part.facilities.length > 0 && h('p', { class: 'facts' }, t('takeover.listed', { count: part.facilities.length }), ' ', ...part.facilities.slice(0, 6).flatMap(({ id, name: called }, index) => [index ? t('takeover.gap') : '', placeButton(context, { kind: 'facility', id }, called)])),
    part.tie && h('p', { class: 'facts' }, t('takeover.valve'), ' ', placeButton(context, { kind: 'node', id: part.tie.id }, part.tie.name), part.others.length > 0 && t('takeover.others', { names: part.others.map((other) => other.name).join(t('takeover.gap')) })),
    name);
}

/** How much of the demand can be carried. @param {number} share */
function bar(share) {
  const full = h('span');
  full.style.inlineSize = `${Math.round(share * 100)}%`;
  return h('span', { class: 'takeover-bar', 'aria-hidden': 'true' }, full);
}

/** @param {import('../context').PageContext} context @param {Takeover} answer */
function suppliersTable(context, { suppliers }) {
  const { t } = context.words;
  const mw = (/** @type {number | null} */ kw) => (kw === null ? t('takeover.unknown') : `${exactNumber(Math.round(kw / 100) / 10)} MW`);
  return h('table', { class: 'takeover-suppliers' },
    h('thead', {}, h('tr', {}, ...['supplier', 'load', 'taken', 'capacity', 'after'].map((key) => h('th', { scope: 'col' }, t(`takeover.column.${key}`))))),
    h('tbody', {}, ...suppliers.map((row) => h('tr', {}, h('th', { scope: 'row' }, placeButton(context, { kind: 'node', id: row.id }, row.name)),
      h('td', {}, mw(row.load_kw)), h('td', {}, mw(row.taken_kw)), h('td', {}, mw(row.capacity_kw), row.capacity_estimated && h('span', { class: 'facts' }, ` ${t('takeover.estimated')}`)),
      h('td', {}, percent(row.share_after, t('takeover.unknown')))))));
}
