/** What has been marked, where each mark can be corrected or taken away; then plan, assumptions and exports. */

import { h, replaceChildren } from '../element.js';
import { sign } from '../icons.js';
import { isoFromLocalField, localFieldValue } from '../state/clock.js';
import { AREA, hasArea } from '../state/interventions.js';
import { NETWORKS } from '../state/marks.js';
import { createDoneRows } from './done_rows.js';
import { PRIORITY_LIST, planLink, showRevision } from './plan_links.js';

/** @typedef {import('../types').PageState} PageState */

/** @param {import('./context').PageContext} context @param {HTMLElement} element */
export function mountCauses(context, element) {
  const { words, titles, actions, data, zoomTo } = context;
  const { t } = words;
  const done = createDoneRows(context);

  /** @param {string} label @param {() => void} action */
  function removeButton(label, action) {
    const button = h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label }, sign('close'));
    button.addEventListener('click', action);
    return button;
  }

  /** @param {import('../types').Fault} fault */
  function faultRow(fault) {
    const name = actions.nameOf(fault.element);
    const time = h('input', { type: 'datetime-local', value: localFieldValue(fault.at), 'aria-label': t('cause.time', { name }) });
    time.addEventListener('change', () => {
      const at = isoFromLocalField(time.value);
      if (at) actions.setFaultTime(fault.element, at);
    });
    const place = h('button', { type: 'button', class: 'cell-button' }, name);
    place.addEventListener('click', () => {
      const ref = data.elementRef(fault.element);
      if (ref) zoomTo(ref);
    });
    return h('li', { 'data-fault-row': fault.element }, place, time, removeButton(t('remove', { name }), () => actions.removeFault(fault.element)), done.repair(fault.element, name));
  }

  /** @param {import('../types').DrawnArea} area @param {number} index */
  function areaRow(area, index) {
    const name = `${t(`area.${area.kind}`)} ${index + 1}`;
    const size = area.kind === 'polygon' ? null : h('label', { class: 'size-field' }, t(area.kind === 'circle' ? 'area.radius' : 'area.width'), sizeField(area, index), t('metres'));
    return h('li', { 'data-area-row': String(index) }, h('span', {}, name), size, removeButton(t('remove', { name }), () => actions.removeArea(index)));
  }

  /** @param {import('../types').DrawnArea} area @param {number} index */
  function sizeField(area, index) {
    const field = h('input', { type: 'number', min: '10', max: '50000', step: '10', value: String(Math.round(area.sizeM)) });
    field.addEventListener('change', () => {
      const metres = Number(field.value);
      if (metres >= 10 && metres <= 50_000) actions.setAreaSize(index, metres);
      else field.value = String(Math.round(area.sizeM));
    });
    return field;
  }

  function groundRow() {
    const name = t('log.logged_area');
    return h('li', { 'data-ground-row': '' }, h('span', {}, name), removeButton(t('remove', { name }), () => actions.removeGround()));
  }

  /** @param {string} code */
  function townshipRow(code) {
    const name = data.find({ kind: 'township', id: code })?.properties.name ?? code;
    return h('li', { 'data-picked-township': code }, h('span', {}, name), removeButton(t('remove', { name }), () => actions.toggleTownship(code)));
  }

  /** @param {PageState} state */
  function networkChoice(state) {
    const boxes = NETWORKS.map((network) => {
      const box = h('input', { type: 'checkbox', checked: state.marks.networks.includes(network) });
      box.addEventListener('change', () => actions.toggleAreaNetwork(network));
      return h('label', {}, box, titles.network(network));
    });
    return h('fieldset', { class: 'network-choice' }, h('legend', {}, t('cause.networks')), ...boxes);
  }

  /** @param {PageState} state */
  function render(state) {
    const { faults, areas, townships, logged } = state.marks;
    const clear = h('button', { type: 'button', class: 'text-button' }, t('clear'));
    clear.addEventListener('click', () => actions.clear());
    replaceChildren(element,
      h('h3', {}, t('cause.title')),
      h('ul', { class: 'cause-rows' }, ...faults.map(faultRow), logged?.ground && groundRow(), ...areas.map(areaRow), ...townships.map(townshipRow)),
      hasArea(state.marks) && h('div', { class: 'area-repair' }, networkChoice(state), done.repair(AREA, t('repair.area'))),
      ...done.section(), !logged && clear,
      ...assumptions(state.assessment));
  }

  /** @param {import('../types').Assessment | null} assessment */
  function assumptions(assessment) {
    if (!assessment) return [];
    const { plan } = assessment;
    const revision = h('p', { class: 'revision-note', hidden: true });
    void showRevision(context, revision, plan.key);
    return [
      h('h3', {}, t('plan')),
      h('p', { class: 'facts' }, planLink(context, plan.key, `${plan.title}（${plan.document_number}）`, {}, 'plan-link')), revision,
      h('h3', {}, t('assumptions')),
      h('ul', { class: 'assumptions' }, ...assessment.assumptions.map(({ code, text, clause }) =>
        h('li', {}, text, clause && planLink(context, plan.key, t('clause', { clause }), code === 'tier_order' ? { section: PRIORITY_LIST } : { clause })))),
      h('p', { class: 'source' }, t('basis.source', { version: assessment.data_version })),
    ];
  }
  return { render };
}
