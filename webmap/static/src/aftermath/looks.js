/** From an impact to how the map draws each township: the whole incident, loss crossed with time, or an hour of it. Pure. */

import { msFromIso } from '../state/clock.js';

/** @typedef {import('../aftermath').ImpactAnswer} ImpactAnswer */
/** @typedef {import('../aftermath').MapChoice} MapChoice */
/** @typedef {import('../aftermath').MapLook} MapLook */
/** @typedef {import('../aftermath').TownshipLook} TownshipLook */
/**
 * What is said of a township: its name with the class it is in, and its figure where there is one.
 * @typedef {(name: string, label: string, value: number | null, unit: string) => string} Say
 */

/**
 * The class of a value: the first whose upper bound it does not exceed; above them all the last, which is open.
 * @param {number} value @param {number[]} breaks @returns {number} -1 for nothing at all
 */
export function classOf(value, breaks) {
  if (value <= 0) return -1;
  const found = breaks.findIndex((upper) => value <= upper);
  return found === -1 ? breaks.length : found;
}

/** @param {ImpactAnswer} answer @returns {Map<string, string>} names of townships by code */
const namesOf = ({ impact }) => new Map(impact.townships.flatMap(({ code, name }) => (code === null ? [] : [[code, name]])));

/**
 * @param {ImpactAnswer} answer @param {MapChoice} choice @param {number | null} row of the series; null for the whole incident
 * @param {Say} say @param {{unknown: string}} labels what an unknown loss is called at an hour
 * @returns {MapLook}
 */
export function lookOf(answer, choice, row, say, labels) {
  if (row !== null) return hourLook(answer, row, say, labels);
  return choice.style === 'bivariate' ? squareLook(answer, say) : classLook(answer, say);
}

/** @param {ImpactAnswer} answer @param {Say} say @returns {MapLook} */
function classLook(answer, say) {
  const { classes } = answer;
  const rows = classes.legend.map(({ key, ...rest }) => ({ key: String(key), ...rest }));
  const byKey = new Map(rows.map((entry) => [entry.key, entry]));
  /** @type {Map<string, TownshipLook>} */
  const townships = new Map();
  for (const [code, name] of namesOf(answer)) {
    const entry = byKey.get(String(classes.class_of[code] ?? 'unknown'));
    if (!entry) continue;
    townships.set(code, { key: entry.key, colour: entry.colour, hatched: entry.hatched, said: say(name, entry.label, classes.values[code] ?? null, classes.unit) });
  }
  return { kind: 'classes', title: classes.title, unit: classes.unit, at: null, rows, square: null, sentence: classes.sentence, notes: classes.notes, townships };
}

/** @param {ImpactAnswer} answer @param {Say} say @returns {MapLook} */
function squareLook(answer, say) {
  const { bivariate } = answer;
  const rows = bivariate.rows.map((entry) => ({ ...entry, key: entry.hatched ? 'unknown' : 'zero' }));
  /** @type {Map<string, TownshipLook>} */
  const townships = new Map();
  for (const [code, name] of namesOf(answer)) {
    const key = bivariate.class_of[code] ?? 'unknown';
    const row = rows.find((entry) => entry.key === key);
    const [time, loss] = key.split('-').map(Number);
    const colour = row?.colour ?? bivariate.colours[time]?.[loss];
    if (!colour) continue;
    const label = row?.label ?? `${bivariate.loss.title} ${bivariate.loss.labels[loss]}, ${bivariate.time.title} ${bivariate.time.labels[time]}`;
    townships.set(code, { key, colour, hatched: row?.hatched ?? false, said: say(name, label, null, '') });
  }
  return { kind: 'square', title: bivariate.title, unit: '', at: null, rows, square: bivariate, sentence: '', notes: bivariate.notes, townships };
}

/** People out of all networks, or customers of the one chosen, at a row of the series. @param {ImpactAnswer} answer @param {number} row @returns {number[]} in the order of `by_hour.codes` */
export function valuesAt({ impact: { by_hour: byHour }, classes: { network } }, row) {
  const all = network === null ? byHour.people_hit : byHour.customers_out[network];
  return all?.[row] ?? byHour.codes.map(() => 0);
}

/**
 * Townships of which nobody is known to be out at an hour, while consumer points that nobody knows the figures of may be.
 * @param {ImpactAnswer} answer @param {number} row @returns {Set<string | null>}
 */
export function unknownAt(answer, row) {
  const { impact, classes: { network } } = answer;
  const at = msFromIso(impact.series[row].at);
  const values = valuesAt(answer, row);
  const places = new Map(impact.by_hour.codes.map((code, index) => [code, values[index]]));
  const may = impact.townships.filter(({ code, networks }) => !places.get(code) && Object.entries(networks).some(([key, own]) => own.customers_unknown > 0
    && (network === null || key === network) && own.first_loss_at !== null && msFromIso(own.first_loss_at) <= at && (own.restored_at === null || at < msFromIso(own.restored_at))));
  return new Set(may.map(({ code }) => code));
}

/** @param {ImpactAnswer} answer @param {number} row @param {Say} say @param {{unknown: string}} labels @returns {MapLook} */
function hourLook(answer, row, say, labels) {
  const { hourly, impact } = answer;
  const names = namesOf(answer);
  const values = valuesAt(answer, row);
  const unsure = unknownAt(answer, row);
  const unknown = { key: 'unknown', label: labels.unknown, colour: '', count: 0, hatched: true };
  const rows = [{ key: 'zero', label: hourly.zero_label, colour: hourly.zero_colour, count: 0, hatched: false },
    ...hourly.labels.map((label, index) => ({ key: String(index), label, colour: hourly.colours[index], count: 0, hatched: false }))];
  /** @type {Map<string, TownshipLook>} */
  const townships = new Map();
  impact.by_hour.codes.forEach((code, index) => {
    if (code === null) return;
    const entry = unsure.has(code) ? unknown : rows[classOf(values[index], hourly.breaks) + 1];
    entry.count += 1;
    townships.set(code, { key: entry.key, colour: entry.colour, hatched: entry.hatched, said: say(names.get(code) ?? code, entry.label, entry === unknown ? null : values[index], hourly.unit) });
  });
  return { kind: 'hour', title: hourly.title, unit: hourly.unit, at: impact.series[row].at, rows: unknown.count ? [...rows, unknown] : rows, square: null, sentence: hourly.sentence, notes: [], townships };
}
