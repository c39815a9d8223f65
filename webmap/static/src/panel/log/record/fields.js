/** The fields of one kind of entry, made from its table. */

import { FIELDS } from '../../../state/record_kinds.js';
import { brokenControl, celsiusControl, choiceControl, hoursControl, itemControl, levelControl, lineControl, networksControl, textControl, unitControl } from './controls.js';
import { placeControl, townshipsControl } from './combobox.js';
import { figureControl } from './figure_control.js';
import { measureControl } from './measure_control.js';
import { fieldShell } from './shell.js';

/** @typedef {import('../../../state/record_kinds.js').Field} Field */

/** Fields that always say something. */
const STATED = ['level', 'networks', 'townships'];

const CONTROLS = {
  text: textControl, line: lineControl, hours: hoursControl, level: levelControl, unit: unitControl, broken: brokenControl,
  networks: networksControl, choice: choiceControl, place: placeControl, townships: townshipsControl, figure: figureControl,
  measure: measureControl, celsius: celsiusControl, item: itemControl,
};

/**
 * @param {import('../../context').PageContext} context @param {string} kind @param {Record<string, unknown>} start
 * @returns {import('./shell.js').Shell[]}
 */
export function fieldsOf(context, kind, start) {
  const { t, has } = context.words;
  /** Words of a field of this kind, else of all fields of that name. @param {string} key @param {string} name */
  const word = (key, name) => [`record.${key}.${kind}.${name}`, `record.${key}.${name}`].find(has);

  return FIELDS[kind].map((field) => {
    const label = t(word('field', field.name) ?? `record.field.${field.name}`);
    const hint = word('hint', field.name);
    /** @type {any} */
    const detail = ['choice', 'item'].includes(field.type) ? (/** @type {string} */ value) => t(`record.choice.${field.name}.${value}`) : label;
    const control = CONTROLS[field.type](context, field, start, detail);
    return fieldShell(context.words, { name: field.name, label, hint: hint && t(hint), required: field.required, optional: !field.required && !STATED.includes(field.type) }, control);
  });
}
