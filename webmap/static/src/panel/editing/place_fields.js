/** Where a point stands, in figures: for those who have a survey's coordinates, or no pointer. */

import { h } from '../../element.js';
import { formField } from '../form_field.js';

const DECIMALS = 7;

/**
 * @param {import('../../i18n.js').Translator} words @param {import('../../types').Geometry | null} geometry of a point; null for none yet
 * @param {() => void} onChange
 */
export function placeFields({ t }, geometry, onChange) {
  const figuresOf = (/** @type {import('../../types').Geometry | null} */ of) => (of ? /** @type {number[]} */ (of.coordinates).map((value) => String(Number(value.toFixed(DECIMALS)))) : ['', '']);
  let figures = figuresOf(geometry);
  const [lng, lat] = figures.map((value) => {
    const input = h('input', { type: 'text', inputMode: 'decimal', value, autocomplete: 'off', class: 'edit-figure' });
    input.addEventListener('input', onChange);
    return input;
  });
  const east = formField('edit-place-lng', t('editing.longitude'), lng);
  const north = formField('edit-place-lat', t('editing.latitude'), lat);
  return {
    element: h('div', { class: 'edit-place' }, east.element, north.element),
    /** Where it stands now, unless that was written by hand. @param {import('../../types').Geometry | null} moved */
    show(moved) {
      if (lng.value.trim() !== figures[0] || lat.value.trim() !== figures[1]) return;
      figures = figuresOf(moved);
      [lng.value, lat.value] = figures;
    },
    changed: () => lng.value.trim() !== figures[0] || lat.value.trim() !== figures[1],
    /** @param {string[]} texts */
    tell: (texts) => east.tell(texts),
    /** @returns {import('../../types').Position | null} null for what is no longitude and latitude */
    read() {
      const [x, y] = [lng, lat].map(({ value }) => (value.trim() === '' ? NaN : Number(value)));
      return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
    },
  };
}
