/** What the map and its legend show of an impact, in words of the page: worked out once for both while nothing changes. */

import { lookOf } from '../../aftermath/looks.js';
import { exactNumber } from '../../format.js';

/** @typedef {import('../../aftermath').AftermathState} AftermathState */
/** @typedef {import('../../aftermath').MapLook} MapLook */

/** @type {{answer: AftermathState['answer'], row: number | null, style: string, look: MapLook | null}} */
let last = { answer: null, row: null, style: '', look: null };

/** @param {import('../../i18n.js').Translator} words @param {AftermathState} aftermath @returns {MapLook | null} null while there is nothing to show */
export function mapLook({ t }, { open, answer, map, row }) {
  if (!open || !answer) return null;
  if (last.answer === answer && last.row === row && last.style === map.style) return last.look;
  const look = lookOf(answer, map, row, (name, label, value, unit) => (value === null ? t('aftermath.township_class', { name, label }) : t('aftermath.township_value', { name, value: exactNumber(value >= 100 ? Math.round(value) : value), unit, label })), { unknown: t('aftermath.unknown') });
  last = { answer, row, style: map.style, look };
  return look;
}
