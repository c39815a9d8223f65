/** The form of crews and mobile units: what the data suggest, to be set right by people. */

import { h, replaceChildren } from '../../element.js';
import { exactNumber, moment } from '../../format.js';
import { sign } from '../../icons.js';
import { SECONDS_CHOICES, crewSites } from '../../state/crews.js';
import { NETWORKS } from '../../state/marks.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../response').CrewEntry} CrewEntry */

/** @param {import('../context').PageContext} context */
export function mountCrewForm(context) {
  const { words, store, actions, data, catalog, restorer } = context;
  const { t, language } = words;
  const element = h('div', { class: 'crew-form', 'data-crew-form': '' });

  /** @param {string} key keeps the focus when the form is drawn anew @param {Record<string, any>} properties @param {() => void} action @param {...(Node | string)} children */
  function button(key, properties, action, ...children) {
    const made = h('button', { type: 'button', 'data-key': key, ...properties }, ...children);
    made.addEventListener('click', action);
    return made;
  }

  /** Where a new crew starts: where the last one does, else the first site, else the middle of what is seen. @returns {Pick<CrewEntry, 'site' | 'depot'>} */
  function start() {
    const last = actions.response().crews.at(-1);
    if (last) return last.site ? { site: last.site } : { depot: last.depot };
    const [first] = crewSites(data.features('sites'));
    if (first) return { site: String(first.properties.id) };
    const [west, south, east, north] = catalog.bounds;
    const { view } = store.get();
    return { depot: view ? [view.lng, view.lat] : [(west + east) / 2, (south + north) / 2] };
  }

  /** @param {CrewEntry} crew */
  function siteChoice(crew) {
    const sites = crewSites(data.features('sites'));
    if (!sites.length || !crew.site) return h('span', { class: 'facts' }, t('crew.from_map'));
    const select = h('select', { 'data-key': `site ${crew.id}`, 'aria-label': t('crew.site', { name: crew.name }) },
      ...sites.map(({ properties }) => h('option', { value: properties.id, selected: properties.id === crew.site }, properties.name)));
    select.addEventListener('change', () => actions.changeCrew(crew.id, { site: select.value }));
    return select;
  }

  /** @param {CrewEntry} crew */
  function crewRow(crew) {
    const name = h('input', { type: 'text', value: crew.name, maxLength: 60, 'data-key': `name ${crew.id}`, 'aria-label': t('crew.name_field') });
    name.addEventListener('change', () => (name.value.trim() ? actions.changeCrew(crew.id, { name: name.value.trim() }) : (name.value = crew.name)));
    const skills = NETWORKS.map((skill) => button(`skill ${crew.id} ${skill}`,
      { class: `skill skill-${skill}`, 'aria-pressed': String(crew.skills.includes(skill)) }, () => actions.toggleSkill(crew.id, skill), t(`skill.${skill}`)));
    return h('li', { 'data-crew': crew.id }, name,
      button(`remove ${crew.id}`, { class: 'icon-button', 'aria-label': t('remove', { name: crew.name }) }, () => actions.removeCrew(crew.id), sign('close')),
      h('div', { class: 'skills', role: 'group', 'aria-label': t('crew.skills', { name: crew.name }) }, ...skills), siteChoice(crew));
  }

  /** @param {import('../../response').UnitEntry} unit */
  function unitRow(unit) {
    const kind = t(`unit.${unit.kind}`);
    const capacity = unit.capacity ? `${exactNumber(unit.capacity)} kW` : t('unit.capacity_unknown');
    return h('li', { 'data-unit': unit.id }, h('span', {}, unit.name, ' ', h('span', { class: 'facts' }, `${kind} · ${capacity}`)),
      button(`remove ${unit.id}`, { class: 'icon-button', 'aria-label': t('remove', { name: unit.name }) }, () => actions.removeUnit(unit.id), sign('close')));
  }

  /** @param {number} count */
  function counter(count) {
    const crews = () => actions.response().crews;
    return h('div', { class: 'counter', role: 'group', 'aria-label': t('crew.count') },
      button('fewer', { class: 'icon-button', 'aria-label': t('crew.fewer'), disabled: count === 0 }, () => actions.removeCrew(crews()[crews().length - 1].id), sign('minus')),
      h('output', {}, t('crew.number', { count })),
      button('more', { class: 'icon-button', 'aria-label': t('crew.more') }, () => actions.addCrew(start()), sign('plus')));
  }

  /** @param {number} seconds */
  function timeLimit(seconds) {
    const choices = [...new Set([...SECONDS_CHOICES, seconds])].sort((a, b) => a - b);
    const select = h('select', { 'data-key': 'seconds' }, ...choices.map((value) => h('option', { value: String(value), selected: value === seconds }, t('restoration.seconds', { seconds: value }))));
    select.addEventListener('change', () => actions.setSeconds(Number(select.value)));
    return h('label', { class: 'size-field' }, t('restoration.limit'), select);
  }

  /** @param {PageState} state */
  function render(state) {
    const held = element.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : null;
    const response = actions.response();
    const example = !state.marks.response && catalog.synthetic && response.crews.length > 0;
    replaceChildren(element,
      h('div', { class: 'form-head' }, h('h3', {}, t('crew.title')), counter(response.crews.length)),
      example && h('p', { class: 'example-note' }, t('crew.example')),
      response.crews.length === 0 && h('p', { class: 'empty' }, t('crew.none')),
      h('ul', { class: 'crew-rows' }, ...response.crews.map(crewRow)),
      h('h3', {}, t('unit.title')),
      response.units.length ? h('ul', { class: 'unit-rows' }, ...response.units.map(unitRow)) : h('p', { class: 'facts' }, t('unit.none')),
      h('div', { class: 'field-row form-foot' }, timeLimit(response.seconds),
        state.marks.response && button('suggest', { class: 'text-button' }, () => actions.suggestCrews(), t('crew.suggest'))),
      button('run', { class: 'primary-button wide', 'data-restore': '' }, () => void restorer.run(), t('restoration.run')),
      h('p', { class: 'source' }, t('restoration.from', { at: moment(actions.now(), language) })),
      state.restoration.plan && button('back', { class: 'text-button' }, () => store.update({ editingCrews: false }), t('restoration.back')));
    if (held) /** @type {HTMLElement | null} */ (element.querySelector(`[data-key="${CSS.escape(held)}"]`))?.focus({ preventScroll: true });
  }
  return { element, render };
}
