/** The card of a place: what it is, how it stands, why, and the way to mark it as broken. */

import { badge } from '../badge.js';
import { reserveLasts, shareOf } from '../classify.js';
import { h } from '../element.js';
import { duration, exactNumber, moment, percent } from '../format.js';
import { sign } from '../icons.js';
import { NETWORKS } from '../state/marks.js';
import { operatedAs } from '../state/operations.js';
import { createCardActions } from './card_actions.js';
import { causeChain } from './cause_chain.js';
import { createLossWords } from './vulnerability_words.js';

/** @typedef {import('../types').PlaceRef} PlaceRef */
/** @typedef {import('../types').Feature} Feature */

/** Fields of an element worth a line, where they are known. */
const ELEMENT_FIELDS = ['voltage_kv', 'diameter_mm', 'demand_kw', 'demand_m3_per_h', 'customers', 'population', 'vulnerable_people'];

/** @param {import('./context').PageContext} context */
export function createPlaceCard(context) {
  const { words, titles, data, store, actions } = context;
  const { t, language } = words;
  const lossWords = createLossWords(context);
  const offers = createCardActions(context);

  /** @param {string} name @param {string} subtitle @param {(Node | false | null)[]} content */
  function card(name, subtitle, content) {
    const close = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('close') }, sign('close'));
    close.addEventListener('click', () => actions.select(null));
    return h('article', { class: 'place-card', 'data-place-card': '' },
      h('header', {}, h('div', {}, h('h3', {}, name), h('p', { class: 'facts' }, subtitle)), close), ...content.filter((part) => part !== false && part !== null));
  }

  /** @param {string} id */
  function faultButton(id) {
    const marked = store.get().marks.faults.some((fault) => fault.element === id);
    const button = h('button', { type: 'button', class: marked ? 'secondary-button' : 'primary-button', 'data-mark-fault': id }, marked ? t('card.unmark') : t('card.mark'));
    button.addEventListener('click', () => (marked ? actions.removeFault(id) : actions.addFault(id)));
    return button;
  }

  /** @param {Feature} feature @param {string} layer */
  function element({ properties }, layer) {
    const { assessment } = store.get();
    const outage = assessment?.outages[/** @type {import('../types').Network} */ (properties.network)];
    const dead = outage?.unsupplied_nodes.includes(properties.id) || outage?.dead_lines.includes(properties.id);
    const rows = ELEMENT_FIELDS.filter((field) => typeof properties[field] === 'number' && properties[field] > 0).map((field) =>
      h('div', {}, h('dt', {}, titles.field(layer, field)), h('dd', {}, exactNumber(properties[field]), ' ', titles.unit(layer, field) ?? '')));
    return card(properties.name, `${titles.network(properties.network)} · ${titles.value(layer, 'kind', properties.kind)}`, [
      dead ? h('p', { class: 'state-failed' }, t('card.dead')) : null,
      properties.normally_open === true ? h('p', { class: 'facts' }, t(`device.normally_open.${operatedAs(properties.kind)}`)) : null,
      rows.length > 0 && h('dl', {}, ...rows), lossWords(properties), offers.device(properties), offers.repair(properties.id, properties.name),
      provenance(properties, layer), faultButton(properties.id)]);
  }

  /** @param {Feature} feature */
  function facility({ properties }) {
    const status = store.get().assessment?.facilities.find((entry) => entry.id === properties.id);
    const state = status?.state ?? 'supplied';
    const left = state === 'on_reserve' && status && status.hours_left !== null ? t('state.left', { left: duration(status.hours_left, language) }) : t(reserveLasts(status) ? 'state.lasts' : `state.${state}`);
    const when = status?.fails_at && h('p', { class: 'facts' }, t(state === 'failed' ? 'failed_at' : 'fails_at', { at: moment(status.fails_at, language) }));
    return card(properties.name, titles.category(properties.category), [
      h('p', { class: `card-state state-${state}` }, badge(titles.categoryIcon(properties.category), state, status?.hours_left ?? null), h('strong', {}, left)),
      when || null,
      status?.back_at ? h('p', { class: 'facts', 'data-back-at': '' }, t('back_at', { at: moment(status.back_at, language) })) : null,
      status && status.causes.length > 0 ? causeChain(status, words) : null,
      offers.units(properties.id, properties.name), offers.reserve(properties.id), offers.repair(properties.id, properties.name),
      provenance(properties, 'facilities'), faultButton(properties.id)]);
  }

  /** @param {Feature} feature */
  function township({ properties }) {
    const status = store.get().assessment?.townships.find((entry) => entry.code === properties.code);
    const rows = status ? NETWORKS.map((network) => {
      const loss = status.commodities[network];
      return loss && h('tr', {}, h('th', { scope: 'row' }, titles.network(network)), h('td', {}, exactNumber(loss.customers_out)), h('td', {}, percent(shareOf(loss), t('customers_unknown'))));
    }) : [];
    const population = properties.population ? h('p', { class: 'facts' }, `${titles.field('townships', 'population')} ${exactNumber(properties.population)}`) : null;
    const picked = store.get().marks.townships.includes(properties.code);
    const button = h('button', { type: 'button', class: 'secondary-button', 'data-pick-township': properties.code }, t(picked ? 'card.unpick' : 'card.pick'));
    button.addEventListener('click', () => {
      actions.select(null);
      actions.toggleTownship(properties.code);
    });
    const heads = ['network', 'customers', 'share'].map((key) => h('th', { scope: 'col' }, t(`column.${key}`)));
    return card(properties.name, titles.value('townships', 'kind', properties.kind), [
      rows.length > 0 && h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows.filter((row) => row !== undefined))),
      population, provenance(properties, 'townships'), button]);
  }

  /** @param {Record<string, any>} properties @param {string} layer */
  function provenance(properties, layer) {
    if (!properties.provenance) return null;
    return h('p', { class: 'source' }, `${titles.field(layer, 'provenance')}: ${titles.value(layer, 'provenance', properties.provenance)}`);
  }

  /** @param {PlaceRef} ref @returns {HTMLElement | null} */
  return (ref) => {
    const feature = data.find(ref);
    if (!feature) return null;
    if (ref.kind === 'facility') return facility(feature);
    if (ref.kind === 'township') return township(feature);
    if (ref.kind === 'node' || ref.kind === 'line') return element(feature, ref.kind === 'node' ? 'network_nodes' : 'network_lines');
    if (ref.kind === 'road') return card(feature.properties.name, t('road'), [offers.road(feature.properties), provenance(feature.properties, 'roads')]);
    const what = ['kind', 'status'].map((field) => titles.value('sites', field, feature.properties[field])).join(' · ');
    return card(feature.properties.name, what, [provenance(feature.properties, 'sites')]);
  };
}
