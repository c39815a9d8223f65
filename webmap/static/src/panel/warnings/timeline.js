/** The steps of a warning, the latest first: who took which in what office, when, and what they remarked. */

import { h } from '../../element.js';
import { moment } from '../../format.js';

/** @param {import('../context').PageContext} context @param {import('../../warnings').Warning} warning */
export function timeline({ words }, { steps }) {
  const { t, language } = words;
  const rows = [...steps].reverse().map((step) => h('li', { 'data-step': step.kind },
    h('p', { class: 'step-said' }, step.said),
    step.remarks && h('blockquote', {}, step.remarks),
    h('p', { class: 'facts' }, moment(step.at, language))));
  return h('section', { 'data-warning-steps': '' }, h('h4', {}, t('warnings.steps')), h('ol', { class: 'warning-steps' }, ...rows));
}
