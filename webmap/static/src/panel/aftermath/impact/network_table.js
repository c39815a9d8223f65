/** What each network lost, and when half, nine tenths and all of it were back. */

import { networksHit } from '../../../aftermath/figures.js';
import { h } from '../../../element.js';
import { duration, exactNumber, percent, shortNumber, timeOn } from '../../../format.js';
import { definitions, section, table } from './parts.js';
import { impactWords } from './say.js';

/** @typedef {import('../../../aftermath').Impact} Impact */
/** @typedef {import('../../../aftermath').NetworkImpact} NetworkImpact */

/** @param {import('../../context').PageContext} context @param {Impact} impact */
export function networkTable(context, impact) {
  const { words, words: { t, language }, titles } = context;
  const say = impactWords(context);

  /** @param {NetworkImpact} own @param {'50' | '90' | '100'} share */
  function back({ restored, first_loss_at: first }, share) {
    const reached = restored[share];
    if (!reached) return first ? t('aftermath.not_back') : '—';
    return h('span', { title: timeOn(reached.at, impact.until, language) }, duration(reached.hours, language));
  }

  /** @param {NetworkImpact} own */
  function hit(own) {
    const share = own.customers_total > 0 ? percent(own.customers_hit / own.customers_total, t('aftermath.unknown')) : '';
    return h('span', {}, say.count(own.customers_hit, own.customers_unknown > 0), share && h('small', {}, share));
  }

  /** kWh are written as they are, large ones in ten thousands or thousands. @param {NetworkImpact} own */
  function unserved({ unserved: { value, unit, unknown_points: unknown } }) {
    const text = `${shortNumber(value, language)} ${unit === 'm3' ? 'm³' : unit}`;
    return unknown > 0 ? h('span', { title: t('aftermath.unserved_unknown', { count: unknown }) }, value > 0 ? t('at_least', { count: text }) : t('aftermath.unknown')) : text;
  }

  const all = networksHit(impact);
  const lost = all.map(([network, own]) => [titles.network(network), hit(own), exactNumber(own.peak_customers), say.count(own.customer_hours, own.customers_unknown > 0), unserved(own)]);
  const times = all.map(([network, own]) => [titles.network(network), own.first_loss_at ? timeOn(own.first_loss_at, impact.begins_at ?? own.first_loss_at, language) : '—', back(own, '50'), back(own, '90'), back(own, '100')]);
  /** @param {string[]} keys */
  const heads = (keys) => keys.map((key) => t(`aftermath.column.${key}`));
  return section('networks', t('aftermath.networks'), table(heads(['network', 'customers', 'peak', 'customer_hours', 'unserved']), lost),
    table(heads(['network', 'first_loss', 'back50', 'back90', 'back100']), times), definitions(words, impact, ['customers_hit', 'customer_hours', 'energy', 'time_to_restore']));
}
