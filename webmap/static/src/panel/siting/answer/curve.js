/** The curve over the number of new sites. Each of its points is a button that asks with that number. */

import { h, replaceChildren, svg } from '../../../element.js';
import { chosenNumber, decimalsOf, drawCurve } from '../../../siting/curve.js';

/** @typedef {import('../../../siting').SitingPlan} SitingPlan */
/** @typedef {import('../../../siting').SitingRun} SitingRun */
/** @typedef {import('../../../siting/curve.js').Spot} Spot */
/** @typedef {import('../../../siting/curve.js').Measure} Measure */

/** In units of the drawing, which is as wide as the panel. */
const FRAME = { width: 400, height: 176, left: 52, right: 20, top: 14, bottom: 30 };

/** @param {import('../../context').PageContext} context @param {import('../words.js').SitingWords} say */
export function curvePart({ words: { t }, siting }, say) {
  const element = h('section', { class: 'siting-part', 'data-siting-curve': '' });

  /** @param {number} value @param {Measure} measure @param {SitingPlan} plan */
  const told = (value, measure, { unit }) => (measure === 'share' ? say.share(value) : say.way(value, unit));

  /** What a point says to who does not see it, and in its hint. @param {Spot} spot @param {Measure} measure @param {SitingPlan} plan */
  function sentence({ sites, value, gain, proven, infeasible }, measure, plan) {
    const number = t('siting.new_count', { count: sites });
    if (infeasible) return t('siting.curve.infeasible', { number });
    if (value === null) return t('siting.curve.unknown', { number });
    const step = gain === null || Math.abs(gain) < 1e-9 ? '' : measure === 'share' ? t('siting.curve.gain', { points: (100 * gain).toFixed(1) }) : t('siting.curve.shorter', { distance: say.way(Math.abs(gain), plan.unit) });
    return [t('siting.curve.point', { number, value: told(value, measure, plan) }), step, !proven && t('siting.curve.unproven')].filter(Boolean).join(t('siting.semicolon'));
  }

  /** @param {SitingRun} run @param {Spot} spot @param {Measure} measure @param {SitingPlan} plan */
  function point(run, spot, measure, plan) {
    const text = sentence(spot, measure, plan);
    const button = h('button', { type: 'button', class: `curve-point${spot.asked ? ' asked' : ''}${spot.proven ? '' : ' unproven'}`, title: text, 'aria-label': `${text}${t('siting.semicolon')}${t(spot.asked ? 'siting.curve.this' : 'siting.curve.press')}`, 'aria-current': spot.asked ? 'true' : null, disabled: spot.y === null, 'data-curve-sites': spot.sites });
    button.style.left = `${(100 * spot.x) / FRAME.width}%`;
    button.style.top = `${(100 * (spot.y ?? FRAME.height - FRAME.bottom)) / FRAME.height}%`;
    button.addEventListener('click', () => !spot.asked && void siting.solveWith(run, spot.sites));
    return button;
  }

  /** @param {ReturnType<typeof drawCurve>} curve @param {SitingPlan} plan */
  function drawing({ spots, ticks, path, measure }, plan) {
    const frame = svg('svg', { viewBox: `0 0 ${FRAME.width} ${FRAME.height}`, 'aria-hidden': 'true', class: 'curve-drawing' });
    const factor = measure === 'share' ? 100 : 1;
    const decimals = decimalsOf(ticks.map(({ value }) => factor * value));
    for (const { value, y } of ticks) {
      const label = svg('text', { x: FRAME.left - 10, y: y + 4, 'text-anchor': 'end' });
      label.textContent = `${(factor * value).toFixed(decimals)}${measure === 'share' ? ' %' : ''}`;
      frame.append(svg('line', { x1: FRAME.left, x2: FRAME.width - FRAME.right, y1: y, y2: y, class: 'curve-rule' }), label);
    }
    frame.append(svg('path', { d: path, class: 'curve-line' }));
    const every = Math.max(1, Math.ceil(spots.length / 12));
    for (const [index, { x, sites, asked }] of spots.entries()) {
      if (index % every && !asked) continue;
      const label = svg('text', { x, y: FRAME.height - 8, 'text-anchor': 'middle', class: asked ? 'curve-asked' : '' });
      label.textContent = String(sites);
      frame.append(label);
    }
    return frame;
  }

  /** What one more or one less would change, in words. @param {ReturnType<typeof drawCurve>} curve @param {SitingPlan} plan */
  function neighbours({ spots, measure }, plan) {
    const at = chosenNumber(plan);
    const [less, here, more] = [at - 1, at, at + 1].map((sites) => spots.find((spot) => spot.sites === sites) ?? null);
    if (!here || here.value === null) return '';
    const parts = [more && more.value !== null && t('siting.curve.one_more', { value: told(more.value, measure, plan) }), less && less.value !== null && t('siting.curve.one_less', { value: told(less.value, measure, plan) })];
    return parts.filter(Boolean).join(t('siting.semicolon'));
  }

  return {
    element,
    /** @param {SitingRun} run @param {SitingPlan} plan */
    draw(run, plan) {
      const curve = drawCurve(plan, FRAME);
      element.hidden = curve.spots.filter(({ value }) => value !== null).length < 2;
      if (element.hidden) return;
      const said = neighbours(curve, plan);
      replaceChildren(element, h('h3', {}, t('siting.curve')),
        said && h('p', { 'data-curve-neighbours': '' }, said),
        h('p', { class: 'facts' }, t(`siting.curve.${curve.measure}`, { standard: say.standard(plan.study), unit: plan.unit === 'm' ? t('siting.unit_m') : t('siting.unit_min') })),
        h('div', { class: 'curve-frame', role: 'group', 'aria-label': t('siting.curve') }, drawing(curve, plan), ...curve.spots.map((spot) => point(run, spot, curve.measure, plan))));
    },
  };
}
