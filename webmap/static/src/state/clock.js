/** Times of the incident: ISO strings with the district's own offset, whatever clock the browser is set to. Pure. */

const OFFSET_HOURS = 8;
const OFFSET = '+08:00';
const MS_PER_HOUR = 3_600_000;
const MS_PER_MINUTE = 60_000;

/** @param {number} milliseconds since the epoch @returns {string} for example 2026-01-12T08:00:00+08:00 */
export function isoFromMs(milliseconds) {
  return new Date(milliseconds + OFFSET_HOURS * MS_PER_HOUR).toISOString().slice(0, 19) + OFFSET;
}

/** @param {string} iso @returns {number} milliseconds since the epoch; NaN for what is not a time */
export function msFromIso(iso) {
  return Date.parse(iso);
}

/** @param {string} iso @param {number} hours @returns {string} */
export function addHours(iso, hours) {
  return hours === 0 ? iso : isoFromMs(msFromIso(iso) + hours * MS_PER_HOUR);
}

/** @param {string} from @param {string} to @returns {number} */
export function hoursBetween(from, to) {
  return (msFromIso(to) - msFromIso(from)) / MS_PER_HOUR;
}

/** The start of a new incident: now, rounded down to ten minutes. @param {number} nowMs @returns {string} */
export function roundedStart(nowMs) {
  const step = 10 * MS_PER_MINUTE;
  return isoFromMs(Math.floor(nowMs / step) * step);
}

/** Value of a `datetime-local` field. @param {string} iso */
export function localFieldValue(iso) {
  return isoFromMs(msFromIso(iso)).slice(0, 16);
}

/** @param {string} value of a `datetime-local` field @returns {string | null} null for an unfinished value */
export function isoFromLocalField(value) {
  const iso = `${value.length === 16 ? `${value}:00` : value}${OFFSET}`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

/** @param {string} text @returns {boolean} whether it is a time with an offset */
export function isIsoTime(text) {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)$/.test(text) && !Number.isNaN(Date.parse(text));
}
