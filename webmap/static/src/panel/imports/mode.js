/** What becomes of the records that are there, and whether lines are joined. */

import { h } from '../../element.js';
import { exactNumber } from '../../format.js';

/** @typedef {import('./recognised.js').FormOf} FormOf */

/** @type {import('../../imports').ImportMode[]} */
const MODES = ['merge', 'replace'];
/** Metres within which ends are taken to meet, where nothing else was said. */
const USUAL_TOLERANCE_M = 1;
const MOST_TOLERANCE_M = 50;

/** @param {import('../context').PageContext} context */
export function modeSection(context) {
  const { words: { t, titleOf } } = context;

  /** @param {FormOf} of */
  function modes({ plan, layer, correct }) {
    return h('fieldset', { class: 'form-field' }, h('legend', {}, t('imports.mode')), ...MODES.map((mode) => {
      const radio = h('input', { type: 'radio', name: 'import-mode', id: `import-mode-${mode}`, value: mode, checked: plan.mode === mode });
      radio.addEventListener('change', () => correct({ ...plan, mode }));
      const about = t(layer.count ? `imports.mode.${mode}.about` : 'imports.mode.empty', { layer: titleOf(layer.title), count: exactNumber(layer.count) }) + (mode === 'replace' && layer.count && layer.key.startsWith('network_') ? ` ${t('imports.mode.replace.networks')}` : '');
      return h('label', { class: 'check-row' }, radio, h('span', {}, h('strong', {}, t(`imports.mode.${mode}`)), h('span', { class: 'facts' }, about)));
    }));
  }

  /** @param {FormOf} of */
  function topology({ plan, layer, correct }) {
    if (layer.key !== 'network_lines') return null;
    const box = h('input', { type: 'checkbox', id: 'import-topology', checked: plan.topology !== null });
    box.addEventListener('change', () => correct({ ...plan, topology: box.checked ? { tolerance_m: USUAL_TOLERANCE_M, make_nodes: true } : null }));
    return h('div', { class: 'form-field' }, h('span', { class: 'field-title' }, t('imports.topology')),
      h('label', { class: 'check-row' }, box, h('span', {}, t('imports.topology.join'), h('span', { class: 'facts' }, t('imports.topology.about')))),
      plan.topology && tolerance(plan, plan.topology, correct), plan.topology && nodes(plan, plan.topology, correct));
  }

  /** @param {import('../../imports').ImportPlan} plan @param {import('../../imports').TopologyPlan} topology @param {FormOf['correct']} correct */
  function tolerance(plan, topology, correct) {
    const input = h('input', { type: 'number', id: 'import-tolerance', class: 'short', min: '0', max: String(MOST_TOLERANCE_M), step: 'any', value: String(topology.tolerance_m) });
    input.addEventListener('change', () => {
      const value = Number(input.value);
      const wrong = input.value === '' || !(value > 0 && value <= MOST_TOLERANCE_M);
      input.setAttribute('aria-invalid', String(wrong));
      if (!wrong) correct({ ...plan, topology: { ...topology, tolerance_m: value } });
    });
    return h('div', { class: 'field-row' }, h('label', { htmlFor: 'import-tolerance' }, t('imports.topology.tolerance')), h('span', { class: 'size-field' }, input, t('imports.metres')));
  }

  /** @param {import('../../imports').ImportPlan} plan @param {import('../../imports').TopologyPlan} topology @param {FormOf['correct']} correct */
  function nodes(plan, topology, correct) {
    const box = h('input', { type: 'checkbox', id: 'import-make-nodes', checked: topology.make_nodes });
    box.addEventListener('change', () => correct({ ...plan, topology: { ...topology, make_nodes: box.checked } }));
    return h('label', { class: 'check-row' }, box, h('span', {}, t('imports.topology.nodes')));
  }

  return {
    /** @param {FormOf} of */
    draw: (of) => h('section', { class: 'siting-section' }, h('h4', {}, t('imports.how')), modes(of), topology(of)),
  };
}
