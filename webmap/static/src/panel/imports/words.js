/** Imports in words: layers, sizes, coordinate systems, what was recognised and why. */

import { exactNumber } from '../../format.js';
import { writtenLayers } from '../../imports/amounts.js';
import { datumOf, oldZone } from '../../imports/datum.js';

/** @typedef {import('../../imports').ImportReport} ImportReport */
/** @typedef {import('../../imports').Guess} Guess */

const KIB = 1024;

/** @param {Pick<import('../context').PageContext, 'words' | 'catalog'>} context */
export function importWords({ words, catalog }) {
  const { t, titleOf } = words;

  /** @param {string | null} key */
  const layerOf = (key) => catalog.layers.find((layer) => layer.key === key) ?? null;
  /** @param {string | null} key */
  const layer = (key) => titleOf(layerOf(key)?.title) || (key ?? t('imports.no_layer'));
  /** @param {string} key of a layer @param {string} name of a column */
  const field = (key, name) => titleOf(layerOf(key)?.fields.find((one) => one.name === name)?.title) || name;

  /** @param {number} count of bytes */
  function bytes(count) {
    if (count < KIB) return `${count} B`;
    if (count < KIB * KIB) return `${(count / KIB).toFixed(count < 10 * KIB ? 1 : 0)} KB`;
    return `${(count / KIB / KIB).toFixed(count < 10 * KIB * KIB ? 1 : 0)} MB`;
  }

  /** @param {string} value */
  function datum(value) {
    const { kind, zone, meridian } = datumOf(value);
    if (kind === 'web') return t(`imports.datum.${value}`);
    if (kind === 'degrees') return t(value.endsWith('4490') ? 'imports.datum.4490' : 'imports.datum.4326');
    const old = kind === 'other' ? oldZone(value) : null;
    if (old) return t(`imports.datum.old${old.zone === null ? '' : '_zone'}`, { system: t(`imports.datum.${old.system}`), width: old.width, zone: old.zone ?? '', meridian: old.meridian, code: value.replace('EPSG:', '') });
    if (kind === 'other') return value;
    return t(`imports.datum.${kind}${zone === null ? '' : '_zone'}`, { zone: zone ?? '', meridian: meridian ?? '', code: value.replace('EPSG:', '') });
  }

  /** Why a part of the plan was recognised as it was; "" where nothing is said. @param {Guess | null | undefined} guess @param {string} what */
  const because = (guess, what) => titleOf(guess?.because?.[what]);

  /** @param {number} count */
  const number = (count) => exactNumber(count);

  /** What each layer gains or loses: how many are written, what of that is new, what else becomes of its records. @param {ImportReport} report */
  function amounts(report) {
    return writtenLayers(report).map((row) => {
      const said = layer(row.layer);
      const beside = (/** @type {const} */ (['removed', 'same'])).filter((what) => row[what] > 0).map((what) => t(`imports.part.${what}`, { count: number(row[what]) }));
      const whole = row.written === 0 ? t('imports.writes_none', { layer: said })
        : row.added === row.written ? t('imports.writes_added', { layer: said, count: number(row.added) })
          : row.changed === row.written ? t('imports.writes_changed', { layer: said, count: number(row.changed) })
            : t('imports.writes_both', { layer: said, count: number(row.written), added: number(row.added), changed: number(row.changed) });
      return [whole, ...beside].join(t('imports.comma'));
    }).join(t('siting.semicolon'));
  }

  /** What will be written, and what stays out. @param {ImportReport} report */
  function writing(report) {
    const left = report.rejected > 0 ? t('imports.left_out', { count: number(report.rejected) }) : t('imports.none_left_out');
    return [amounts(report), left].join(t('siting.semicolon'));
  }

  /** What was written. @param {ImportReport} report */
  const wrote = (report) => amounts(report);

  return { layerOf, layer, field, bytes, datum, because, number, writing, wrote };
}

/** @typedef {ReturnType<typeof importWords>} ImportWords */
