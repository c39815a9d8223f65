/** The form of stocks and vehicles: what the data suggest, to be set right by people. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { COMMODITIES, SECONDS_CHOICES, UNIT, amountOf, withStock, withStockAdded, withVehicle, withVehicleAdded, without } from '../../state/dispatch.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../dispatch').Supply} Supply */
/** @typedef {import('../../dispatch').Commodity} Commodity */

/** The value of the choice of a place that stands for a point of its own. */
const OWN_POINT = '';

/** @param {import('../context').PageContext} context */
export function mountSupplyForm(context) {
  const { words: { t, language }, store, actions, data, catalog, dispatcher } = context;
  const element = h('div', { class: 'crew-form supply-form', 'data-supply-form': '' });

  const supply = () => dispatcher.supplyOf(store.get().dispatch);
  /** @param {Supply} next */
  const change = (next) => dispatcher.update({ supply: next });

  /** @param {string} key keeps the focus when the form is drawn anew @param {Record<string, any>} properties @param {() => void} action @param {...(Node | string)} children */
  function button(key, properties, action, ...children) {
    const made = h('button', { type: 'button', 'data-key': key, ...properties }, ...children);
    made.addEventListener('click', action);
    return made;
  }

  /** The middle of what is seen. @returns {import('../../types').Position} */
  function middle() {
    const [west, south, east, north] = catalog.bounds;
    const { view } = store.get();
    return view ? [Number(view.lng.toFixed(6)), Number(view.lat.toFixed(6))] : [(west + east) / 2, (south + north) / 2];
  }

  /** @param {{id: string, name: string}} item @param {(name: string) => void} set */
  function nameField(item, set) {
    const field = h('input', { type: 'text', value: item.name, maxLength: 100, 'data-key': `name ${item.id}`, 'aria-label': t('dispatch.name') });
    field.addEventListener('change', () => (field.value.trim() ? set(field.value.trim()) : (field.value = item.name)));
    return field;
  }

  /** @param {string} key @param {string} label @param {number | null} value @param {string} unit @param {(value: number | null) => void} set */
  function numberField(key, label, value, unit, set) {
    const field = h('input', { type: 'number', min: '0', step: 'any', value: value === null ? '' : String(value), placeholder: t('dispatch.unknown'), 'data-key': key, 'aria-label': label });
    field.addEventListener('change', () => set(amountOf(field.value)));
    return h('span', { class: 'size-field' }, field, unit);
  }

  /** @param {{id: string, name: string} & import('../../dispatch').Standing} item @param {(at: import('../../dispatch').Standing) => void} set */
  function placeField(item, set) {
    const sites = data.features('sites').filter(({ properties }) => properties.status === 'existing' || properties.id === item.site);
    const own = h('option', { value: OWN_POINT, selected: !item.site }, t(item.site ? 'dispatch.place.middle' : 'dispatch.place.own'));
    const select = h('select', { 'data-key': `place ${item.id}`, 'aria-label': t('dispatch.place', { name: item.name }) }, own,
      ...sites.map(({ properties }) => h('option', { value: properties.id, selected: properties.id === item.site }, properties.name)));
    select.addEventListener('change', () => set(select.value === OWN_POINT ? { depot: middle() } : { site: select.value }));
    return select;
  }

  /** @param {{id: string, name: string, commodity: Commodity, assumed?: boolean}} item @param {Node[]} fields */
  function row(item, ...fields) {
    return h('li', { 'data-supply': item.id, class: `hue-${item.commodity}` }, ...fields.slice(0, 1),
      button(`remove ${item.id}`, { class: 'icon-button', 'aria-label': t('remove', { name: item.name }) }, () => change(without(supply(), item.id)), sign('close')),
      h('div', { class: 'supply-facts' }, h('span', { class: 'supply-kind' }, t(`dispatch.commodity.${item.commodity}`)), ...fields.slice(1),
        item.assumed && h('span', { class: 'assumed-mark' }, t('dispatch.assumed'))));
  }

  /** @param {import('../../dispatch').StockEntry} stock */
  const stockRow = (stock) => row(stock, nameField(stock, (name) => change(withStock(supply(), stock.id, { name }))),
    numberField(`amount ${stock.id}`, t('dispatch.amount', { name: stock.name }), stock.amount ?? null, UNIT[stock.commodity], (amount) => change(withStock(supply(), stock.id, { amount }))),
    placeField(stock, (at) => change(withStock(supply(), stock.id, at))));

  /** @param {import('../../dispatch').VehicleEntry} vehicle */
  const vehicleRow = (vehicle) => row(vehicle, nameField(vehicle, (name) => change(withVehicle(supply(), vehicle.id, { name }))),
    numberField(`load ${vehicle.id}`, t('dispatch.load', { name: vehicle.name }), vehicle.load, UNIT[vehicle.commodity], (load) => change(load ? withVehicle(supply(), vehicle.id, { load }) : { ...supply() })),
    placeField(vehicle, (at) => change(withVehicle(supply(), vehicle.id, at))));

  /** @param {'stock' | 'vehicle'} what */
  function adders(what) {
    const add = what === 'stock' ? withStockAdded : withVehicleAdded;
    return h('div', { class: 'field-row supply-add', role: 'group', 'aria-label': t(`dispatch.add.${what}`) }, h('span', { class: 'facts' }, t(`dispatch.add.${what}`)),
      ...COMMODITIES.map((commodity) => button(`add ${what} ${commodity}`, { class: 'secondary-button', 'data-add': `${what} ${commodity}` },
        () => change(add(supply(), commodity, t(`dispatch.new.${what}.${commodity}`), { depot: middle() })), sign('plus'), t(`dispatch.commodity.${commodity}`))));
  }

  /** Stocks or vehicles behind one line that counts them. @param {'stock' | 'vehicle'} what @param {{commodity: Commodity, assumed?: boolean}[]} items @param {Node[]} rows */
  function part(what, items, rows) {
    const kinds = COMMODITIES.map((commodity) => ({ commodity, count: items.filter((one) => one.commodity === commodity).length })).filter(({ count }) => count > 0)
      .map(({ commodity, count }) => `${t(`dispatch.commodity.${commodity}`)} ${count}`).join(t('list_comma'));
    const guessed = items.filter((one) => one.assumed).length;
    return h('details', { 'data-fold': what, 'data-part': what },
      h('summary', {}, t(`dispatch.${what}s`), ' ', h('span', { class: 'facts' }, kinds || t(`dispatch.no_${what}s`)), guessed > 0 && h('span', { class: 'assumed-mark' }, t('dispatch.assumed_count', { count: guessed }))),
      h('ul', { class: 'crew-rows' }, ...rows), adders(what));
  }

  /** @param {Supply} shown */
  function limits(shown) {
    const hours = numberField('keep', t('dispatch.keep'), shown.keep_hours ?? null, t('hours'), (keep) => change({ ...supply(), keep_hours: keep && keep <= 720 ? keep : null }));
    /** @type {HTMLInputElement} */ (hours.firstElementChild).placeholder = t('dispatch.keep.horizon');
    const choices = [...new Set([...SECONDS_CHOICES, shown.seconds])].sort((a, b) => a - b);
    const seconds = h('select', { 'data-key': 'seconds' }, ...choices.map((value) => h('option', { value: String(value), selected: value === shown.seconds }, t('restoration.seconds', { seconds: value }))));
    seconds.addEventListener('change', () => change({ ...supply(), seconds: Number(seconds.value) }));
    return h('div', { class: 'field-row form-foot' }, h('label', { class: 'size-field' }, t('dispatch.keep'), hours), h('label', { class: 'size-field' }, t('restoration.limit'), seconds));
  }

  /** @param {PageState} state */
  function render(state) {
    const held = element.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : null;
    const shown = dispatcher.supplyOf(state.dispatch);
    const assumed = [...shown.stocks, ...shown.vehicles].some((one) => one.assumed);
    const open = new Set([...element.querySelectorAll('details[open]')].map((one) => one.getAttribute('data-fold')));
    replaceChildren(element,
      h('p', { class: 'facts' }, t('dispatch.about')),
      button('run', { class: 'primary-button wide', 'data-dispatch': '' }, () => void dispatcher.run(), t('dispatch.run')),
      h('p', { class: 'source' }, t('restoration.from', { at: moment(actions.now(), language) })),
      state.dispatch.plan && button('back', { class: 'text-button' }, () => dispatcher.update({ editing: false }), t('restoration.back')),
      assumed && h('p', { class: 'example-note' }, t('dispatch.example')),
      part('stock', shown.stocks, shown.stocks.map(stockRow)), part('vehicle', shown.vehicles, shown.vehicles.map(vehicleRow)),
      limits(shown),
      state.dispatch.supply && button('suggest', { class: 'text-button' }, () => dispatcher.update({ supply: null }), t('crew.suggest')));
    for (const one of element.querySelectorAll('details')) one.open = open.has(one.getAttribute('data-fold'));
    if (held) /** @type {HTMLElement | null} */ (element.querySelector(`[data-key="${CSS.escape(held)}"]`))?.focus({ preventScroll: true });
  }
  return { element, render };
}
