/** Exactly what is approved or issued: the version with its essentials, what it changes, and what went on since it was drafted. */

import { h } from '../../element.js';
import { exactNumber, moment } from '../../format.js';
import { squareKm } from './reading.js';
import { differencesOf } from './versions.js';
import { warningWords } from './words.js';

/** @typedef {import('../../warnings').Warning} Warning */

/** What of the reminders says that the version is of an earlier picture. */
const EARLIER = ['log_went_on', 'data_changed'];

/** @param {import('../context').PageContext} context @param {Warning} warning */
export function essentials(context, warning) {
  const { words: { t, language } } = context;
  const say = warningWords(context);
  const version = warning.versions.find((one) => one.version === warning.pending?.version) ?? warning.versions[warning.versions.length - 1];
  const inForce = warning.versions.find((one) => one.version === warning.in_force?.version);
  const { content, area } = version;
  const { inside } = area;
  const changed = inForce ? differencesOf(context, inForce, version).map(({ term, before, after, brief }) => (brief ? `${term} ${before} → ${after}` : term)) : [];
  const rows = /** @type {[string, string][]} */ ([
    [t('warnings.row.version'), t('warnings.version_by', { version: version.version, by: version.by, at: moment(version.at, language) })],
    [t('warnings.row.level'), say.level(warning)],
    [t('warnings.row.area'), `${say.places(area.townships.map(({ name }) => name))} · ${squareKm(area.area_km2)} km²`],
    [t('warnings.row.until'), `${moment(content.starts_at, language)} – ${moment(content.expires_at, language)}`],
    [t('warnings.row.inside'), t(inside.people_network ? 'warnings.row.inside_text' : 'warnings.row.inside_unknown',
      { people: exactNumber(inside.people), vulnerable: exactNumber(inside.vulnerable_people), schools: inside.schools, hospitals: inside.hospitals })],
  ]);
  if (inForce) rows.push([t('warnings.row.changes'), changed.length ? changed.join(t('list_comma')) : t('warnings.no_difference')]);
  return h('div', { class: 'essentials', 'data-essentials': version.version },
    h('dl', {}, ...rows.flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)])),
    ...warning.reminders.filter(({ code }) => EARLIER.includes(code)).map(({ text }) => h('p', { class: 'essentials-since', role: 'status' }, text)));
}
