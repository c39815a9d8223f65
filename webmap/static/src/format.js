/** Numbers, times and durations as people of the two languages write them. Pure. */

import { isoFromMs, msFromIso } from './state/clock.js';

/** @typedef {import('./types').Language} Language */

const WEEKDAYS = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** @param {number} value */
export function exactNumber(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/**
 * A count short enough for a headline: 万 in Chinese from ten thousand on.
 * @param {number} value @param {Language} language
 * @returns {{number: string, unit: string}}
 */
export function headlineNumber(value, language) {
  if (language === 'zh' && value >= 9999.5) {
    const tenThousands = value / 10_000;
    return { number: tenThousands >= 100 ? String(Math.round(tenThousands)) : trimmed(tenThousands), unit: '万' };
  }
  if (language === 'en' && value >= 99_999.5) return { number: trimmed(value / 1000), unit: 'k' };
  return { number: exactNumber(Math.round(value)), unit: '' };
}

/** @param {number} value */
function trimmed(value) {
  return value.toFixed(1).replace(/\.0$/, '');
}

/** @param {number} value @param {Language} language */
export function shortNumber(value, language) {
  const { number, unit } = headlineNumber(value, language);
  return unit === '万' ? `${number} ${unit}` : number + unit;
}

/** A count before its unit: in Chinese no space after 万, one after a figure; elsewhere the words have the space. @param {number} count @param {Language} language */
export function countBeforeUnit(count, language) {
  const text = shortNumber(count, language);
  return language === 'zh' && /\d$/.test(text) ? `${text} ` : text;
}

/** @param {number | null | undefined} share fraction of 1 @param {string} unknown words for an unknown share */
export function percent(share, unknown) {
  if (share === null || share === undefined) return unknown;
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return '< 0.1 %';
  // All but a few is not all.
  if (value >= 99.5 && value < 100) return value < 99.9 ? `${(Math.floor(value * 10) / 10).toFixed(1)} %` : '> 99.9 %';
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

/** @param {string} iso @param {Language} language @returns {string} 1月12日 周一 08:00 */
export function moment(iso, language) {
  const [date, time] = isoFromMs(msFromIso(iso)).split('T');
  const [year, month, day] = date.split('-').map(Number);
  const weekday = WEEKDAYS[language][new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  const clock = time.slice(0, 5);
  if (language === 'en') return `${weekday} ${day} ${MONTHS_EN[month - 1]}, ${clock}`;
  return `${month}月${day}日 ${weekday} ${clock}`;
}

/** A time beside others of the same day: the clock alone. @param {string} iso @param {string} day any time of that day @param {Language} language */
export function timeOn(iso, day, language) {
  const [one, other] = [iso, day].map((time) => isoFromMs(msFromIso(time)).slice(0, 10));
  return one === other ? isoFromMs(msFromIso(iso)).slice(11, 16) : moment(iso, language);
}

/** Whole minutes gone by, as the server counts them. @param {number} hours @param {Language} language @returns {string} 3 小时 40 分 */
export function duration(hours, language) {
  const seconds = Math.round(hours * 3600);
  if (seconds > 0 && seconds < 60) return language === 'en' ? 'under a minute' : '不到 1 分';
  const minutes = Math.floor(seconds / 60);
  const days = Math.floor(minutes / 1440);
  const parts = { d: days >= 3 ? days : 0, h: 0, m: minutes % 60 };
  parts.h = Math.floor((minutes - parts.d * 1440) / 60);
  const words = language === 'en' ? { d: ' d', h: ' h', m: ' min' } : { d: ' 天', h: ' 小时', m: ' 分' };
  const said = [];
  if (parts.d) said.push(parts.d + words.d);
  if (parts.h) said.push(parts.h + words.h);
  if (parts.m && !parts.d) said.push(parts.m + words.m);
  return said.join(' ') || `0${words.m}`;
}

/** Hours left beside a symbol, where a phrase is too long. @param {number} hours @returns {string} 3:40 */
export function clockDuration(hours) {
  if (hours >= 99.5) return `${Math.round(hours / 24)} d`;
  const minutes = Math.floor(Math.round(hours * 3600) / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** @param {number} metres @param {Language} language */
export function distance(metres, language) {
  const words = language === 'en' ? [' km', ' m'] : [' 公里', ' 米'];
  return metres >= 1000 ? (metres / 1000).toFixed(metres >= 10_000 ? 1 : 2) + words[0] : Math.round(metres) + words[1];
}

/** @param {number} lng degrees @param {number} lat degrees @returns {string} 112.85123°E 35.49876°N */
export function coordinates(lng, lat) {
  const east = `${Math.abs(lng).toFixed(5)}°${lng < 0 ? 'W' : 'E'}`;
  const north = `${Math.abs(lat).toFixed(5)}°${lat < 0 ? 'S' : 'N'}`;
  return `${east} ${north}`;
}
