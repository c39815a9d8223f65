/** Sentences that the map says of its places. */

import { reserveLasts } from './classify.js';
import { mapLook } from './panel/aftermath/look.js';
import { distance, duration, percent, shortNumber, timeOn } from './format.js';
import { verbOf } from './state/operations.js';
import { warningWords } from './panel/warnings/words.js';
import { momentNow } from './warnings/on_map.js';

/**
 * @param {import('./panel/context').PageContext} context
 * @param {(ref: import('./types').PlaceRef) => HTMLElement | null} card
 * @returns {import('./map/view.js').MapWords}
 */
export function mapWords({ words, titles, store }, card) {
  const impact = (/** @type {import('./aftermath').AftermathState} */ aftermath) => mapLook(words, aftermath);
  const say = warningWords({ words });
  const { t, language } = words;

  /** @param {import('./map/picker.js').Picked} picked */
  function kindOf({ kind, feature: { properties } }) {
    if (kind === 'facility') return titles.category(properties.category);
    if (kind === 'township') return '';
    if (kind === 'road') return t('road');
    const layer = kind === 'node' ? 'network_nodes' : 'network_lines';
    return `${titles.network(properties.network)} · ${titles.value(layer, 'kind', properties.kind)}`;
  }

  return {
    north: t('north'),
    closeLabel: t('place'),
    card,
    iconOf: titles.categoryIcon,
    impact,
    distance: (metres) => distance(metres, language),
    name(picked) {
      const lost = picked.kind === 'township' && impact(store.get().aftermath)?.townships.get(picked.feature.properties.code);
      if (lost) return lost.said;
      const kind = kindOf(picked);
      const name = `${picked.feature.properties.name}${kind ? ` · ${kind}` : ''}`;
      const { mode, weakness } = store.get();
      if (mode === 'fault') return t('pointer.fault', { name });
      const rated = weakness?.byId.get(picked.id);
      return rated ? t('vulnerability.pointer', { name, customers: shortNumber(rated.customers, language) }) : name;
    },
    facility({ properties }, status) {
      const state = status?.state ?? 'supplied';
      const left = state === 'on_reserve' && status && status.hours_left !== null
        ? t('state.left', { left: duration(status.hours_left, language) }) : t(reserveLasts(status) ? 'state.lasts' : `state.${state}`);
      return `${properties.name}: ${left}`;
    },
    township(status, share, network) {
      return t('township.aria', { name: status.name, network: titles.network(network), share: percent(share, t('customers_unknown')) });
    },
    fault: (name, { repaired, rank }) => t(repaired ? 'mark.fault_repaired' : rank === null ? 'mark.fault' : 'mark.fault_ranked', { name, rank: rank ?? '' }),
    corner: (what, number) => t(`editing.${what}`, { number }),
    site: ({ name, look, text, reason, pressable }) => {
      const said = look === 'new' ? t('siting.mark.new', { name, number: text }) : look === 'letters' ? t('siting.mark.letters', { name, letters: text }) : t(`siting.mark.${look}`, { name });
      const press = pressable && t(look === 'out' ? 'siting.mark.take_in' : 'siting.mark.leave_out');
      return [said, reason, press].filter(Boolean).join(t('siting.semicolon'));
    },
    warning(warning, group) {
      const until = group === 'past' ? warning.status_title : t(group === 'planned' ? 'warnings.map_planned' : 'warnings.until', { at: timeOn(warning.in_force?.expires_at ?? warning.expires_at, momentNow(store.get()), language).replace(/ 周.(?= )/, '') });
      return { label: `${say.level(warning)} · ${until}`, drill: warning.drill ? t('incidents.drill') : null };
    },
    step: (step) => t(`mark.device.${verbOf(step)}`, { name: step.name, order: step.order }),
  };
}
