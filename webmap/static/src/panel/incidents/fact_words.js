/** What a fact says, in the few words that a list to be sent needs. */

import { timeOn } from '../../format.js';
import { figureWords } from '../level/words.js';

/** @typedef {import('../../log').NewFact} NewFact */

/** @param {import('../context').PageContext} context */
export function factWords(context) {
  const { words, data, actions } = context;
  const { t, language } = words;
  const say = figureWords(context);

  /** @param {unknown} id of whatever has a name on the map */
  function nameOf(id) {
    const key = String(id);
    for (const kind of /** @type {const} */ (['road', 'township', 'site'])) {
      const name = data.find({ kind, id: key })?.properties.name;
      if (name) return String(name);
    }
    return actions.nameOf(key);
  }

  /** @param {NewFact} fact @param {string} plan */
  function what(fact, plan) {
    const { kind } = fact;
    if (kind === 'fault_located') return t('incidents.fact.fault_located', { name: nameOf(fact.element) });
    if (kind === 'area_drawn') return t('incidents.fact.area_drawn', { names: area(fact) });
    if (kind === 'figure_reported') return figure(fact, plan);
    if (kind === 'device_operated') return device(fact);
    if (kind === 'unit_placed') return t('incidents.fact.unit_placed', { unit: t(`unit.of.${String(fact.commodity)}`), name: nameOf(fact.facility) });
    if (kind === 'repaired') return t('incidents.fact.repaired', { name: String(fact.element).startsWith('area') ? t('repair.area') : nameOf(fact.element) });
    if (kind === 'road_closed') return t(fact.closed === false ? 'incidents.fact.road_opened' : 'incidents.fact.road_closed', { name: nameOf(fact.road) });
    if (kind === 'priority_ordered') return t('incidents.fact.priority_ordered');
    return words.has(`incidents.fact.${kind}`) ? t(`incidents.fact.${kind}`) : kind;
  }

  /** @param {NewFact} fact */
  function area({ area: drawn, townships }) {
    const names = Array.isArray(townships) ? townships.map(nameOf) : [];
    return [drawn ? t('incidents.fact.drawn') : '', ...names].filter(Boolean).join(t('list_comma'));
  }

  /** @param {NewFact} fact @param {string} plan */
  function figure({ figure: key, value }, plan) {
    const described = say.figureOf(plan, String(key));
    return t('incidents.fact.figure_reported', { name: say.title(plan, String(key)), value: say.value(described, /** @type {any} */ (value)) });
  }

  /** @param {NewFact} fact */
  function device({ device: id, action, outcome }) {
    if (outcome === 'stuck') return t('incidents.fact.device_stuck', { name: nameOf(id) });
    const kind = data.find({ kind: 'node', id: String(id) })?.properties.kind === 'valve' ? 'valve' : 'switch';
    return t('incidents.fact.device_operated', { verb: t(`operations.do.${String(action)}.${kind}`), name: nameOf(id) });
  }

  return {
    /** @param {NewFact} fact @param {string} plan @param {string} day a time of the day that needs no date */
    say: (fact, plan, day) => `${timeOn(fact.happened_at, day, language)} ${what(fact, plan)}`,
  };
}
