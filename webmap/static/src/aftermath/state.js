/** What the page keeps of an incident's impact and reports, and how a link says it. Pure. */

import { DOCUMENTS } from '../reports/documents.js';
import { NETWORKS } from '../state/marks.js';

/** @typedef {import('../aftermath').AftermathState} AftermathState */
/** @typedef {import('../aftermath').MapChoice} MapChoice */
/** @typedef {import('../types').PageState} PageState */

/** @type {AftermathState['tab'][]} */
export const TABS = ['impact', 'review', 'reports'];
/** @type {MapChoice['measure'][]} */
export const MEASURES = ['people_hours', 'customer_hours', 'hours_per_customer', 'hours_to_restore', 'peak_customers', 'people_hit'];
/** @type {MapChoice['scheme'][]} */
export const SCHEMES = ['natural_breaks', 'quantiles', 'fixed'];
export const COUNTS = [3, 4, 5];
/** @type {MapChoice} */
export const USUAL_MAP = { style: 'choropleth', measure: 'people_hours', network: null, scheme: 'natural_breaks', count: 5 };

/** @type {AftermathState} */
export const NO_AFTERMATH = {
  open: false, tab: 'impact', map: USUAL_MAP, answer: null, asked: null, told: null, failure: null, stopped: false, row: null, playing: false, speed: 2,
};

/** Whether the panel stands there: of an incident that is not loaded nothing can be said. @param {Pick<PageState, 'aftermath' | 'log'>} state */
export const afterShown = ({ aftermath, log }) => aftermath.open && log.id !== null;

/**
 * @param {AftermathState} aftermath @param {PageState['report']} [report] the document that is open, kept where nothing else is said
 * @returns {string | null} what stands in a link; null while the panel is closed
 */
export function encodeAftermath({ open, tab, map }, report = null) {
  if (!open) return null;
  if (tab === 'reports' && report !== null) return `${tab}.${report}`;
  const unusual = Object.keys(USUAL_MAP).some((key) => map[/** @type {keyof MapChoice} */ (key)] !== USUAL_MAP[/** @type {keyof MapChoice} */ (key)]);
  return unusual ? [tab, map.style, map.measure, map.network ?? 'all', map.scheme, map.count].join('~') : tab;
}

/** The document of the reports that a link opens. @param {string} text @returns {PageState['report']} */
export function decodeReport(text) {
  const [tab, kind] = text.split('.');
  return tab === 'reports' ? DOCUMENTS.find((document) => document === kind) ?? null : null;
}

/** @param {string} text @returns {Partial<AftermathState> | null} null when it cannot be read */
export function decodeAftermath(text) {
  if (decodeReport(text) !== null) return { open: true, tab: 'reports' };
  const [tab, style, measure, network, scheme, count, ...rest] = text.split('~');
  const known = TABS.find((key) => key === tab);
  if (!known || rest.length) return null;
  if (style === undefined) return { open: true, tab: known };
  const map = {
    style: ['choropleth', 'bivariate'].find((key) => key === style), measure: MEASURES.find((key) => key === measure),
    // People are counted over all networks at once.
    network: network === 'all' || measure === 'people_hit' ? null : NETWORKS.find((key) => key === network), scheme: SCHEMES.find((key) => key === scheme),
    count: COUNTS.find((number) => String(number) === count),
  };
  if (Object.values(map).includes(undefined)) return null;
  return { open: true, tab: known, map: /** @type {MapChoice} */ (map) };
}
