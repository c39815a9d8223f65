/** Townships ticked in a list by county, or clicked on the map. */

import { h, replaceChildren } from '../../../element.js';
import { codesOf, hasAllTownships } from './parts.js';

/** @param {import('./section.js').Form} form @param {import('./area_tools.js').AreaToolbox} tools */
export function townshipTool(form, tools) {
  const { context } = form;
  const { t, titleOf } = context.words;
  const list = h('div', { class: 'draft-townships' });
  const onMap = h('button', { type: 'button', class: 'secondary-button', 'data-draft-map': 'township' });
  onMap.addEventListener('click', pickOnMap);
  const element = h('div', { class: 'draft-tool', 'data-draft-panel': 'townships' }, onMap, list);
  let built = '';

  function pickOnMap() {
    tools.onMap({ mode: 'township', onPick: ({ kind, id }) => kind === 'township' && tools.toggleTownship(id) });
  }

  /** The plan's own county first. */
  function counties() {
    const own = context.catalog.plans.find(({ key }) => key === form.suggested()?.suggestion.plan)?.county_code;
    /** @type {Map<string, {code: string, name: string}[]>} */
    const found = new Map();
    for (const { properties } of context.data.features('townships')) {
      const rows = found.get(properties.county_code) ?? [];
      rows.push({ code: properties.code, name: properties.name });
      found.set(properties.county_code, rows);
    }
    return [...found].sort(([one], [other]) => Number(other === own) - Number(one === own) || one.localeCompare(other));
  }

  /** @param {string} code of a county */
  function countyName(code) {
    const feature = context.data.features('counties').find(({ properties }) => properties.code === code);
    return feature?.properties.name ?? titleOf(context.catalog.plans.find((plan) => plan.county_code === code)?.county_name) ?? code;
  }

  /** @param {string} name @param {string[]} codes of its townships */
  function wholeCounty(name, codes) {
    const button = h('button', { type: 'button', class: 'secondary-button small-button', 'data-draft-county': codes.join(' ') }, t('draft.whole_county', { name, count: codes.length }));
    button.addEventListener('click', () => tools.toggleCounty(name, codes));
    return button;
  }

  function build() {
    const found = counties();
    const key = JSON.stringify(found);
    if (key === built) return;
    built = key;
    replaceChildren(list, ...found.map(([county, rows], index) => h('details', { open: index === 0 },
      h('summary', {}, t('draft.county', { name: countyName(county), count: rows.length })),
      wholeCounty(countyName(county), rows.map(({ code }) => code)),
      h('div', { class: 'draft-ticks' }, ...rows.map(({ code, name }) => {
        const tick = h('input', { type: 'checkbox', value: code, 'data-draft-township': code });
        tick.addEventListener('change', () => tools.toggleTownship(code));
        return h('label', {}, tick, name);
      })))));
  }

  function render() {
    build();
    const chosen = new Set(codesOf(tools.parts(), tools.operation()));
    for (const tick of list.querySelectorAll('input')) tick.checked = chosen.has(tick.value);
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('[data-draft-county]'))) {
      button.setAttribute('aria-pressed', String(hasAllTownships(tools.parts(), button.dataset.draftCounty?.split(' ') ?? [], tools.operation())));
    }
    const picking = context.store.get().mode === 'township' && context.mapTask.current?.mode === 'township';
    onMap.setAttribute('aria-pressed', String(picking));
    replaceChildren(onMap, t(picking ? 'draft.map_stop' : 'draft.map_townships'));
  }
  return {
    element, render,
    /** At once on the map: that is the quickest way, and the list is there beside it. */
    begin: () => context.store.get().mode !== 'township' && pickOnMap(),
  };
}
