/** Exactly what is approved or issued: the version with its essentials, what it changes, and what went on since it was drafted. */

import { h } from '../../element.js';
import { exactNumber, moment } from '../../format.js';
import { changedTexts } from '../../warnings/state.js';
import { itemTitle, squareKm } from './reading.js';
import { warningWords } from './words.js';

/** @typedef {import('../../warnings').Warning} Warning */
/** @typedef {import('../../warnings').WarningVersion} WarningVersion */

/** What the log or the data told since the version was made. @param {import('../context').PageContext} context @param {import('../../types').PageState} state @param {WarningVersion} version */
function since({ words: { t }, catalog }, { log }, { resolved }) {
  const notes = [];
  const later = (log.view?.length ?? 0) - resolved.known;
  if (log.view && log.known === null && later > 0) notes.push(t('warnings.log_since', { count: later, number: resolved.known }));
  if (resolved.data_version !== catalog.data_version) notes.push(t('warnings.data_since'));
  return notes;
}

/** @param {import('../context').PageContext} context @param {import('../../types').PageState} state @param {Warning} warning */
export function essentials(context, state, warning) {
  const { words: { t, language } } = context;
  const say = warningWords(context);
  const version = warning.versions.find((one) => one.version === warning.pending?.version) ?? warning.versions[warning.versions.length - 1];
  const inForce = warning.versions.find((one) => one.version === warning.in_force?.version);
  const { content, area } = version;
  const changed = inForce ? changedTexts(inForce.content.texts.zh, content.texts.zh).map(({ item }) => itemTitle(context, item)) : [];
  const rows = /** @type {[string, string][]} */ ([
    [t('warnings.row.version'), t('warnings.version_by', { version: version.version, by: version.by, at: moment(version.at, language) })],
    [t('warnings.row.level'), warning.level_name],
    [t('warnings.row.area'), `${say.places(area.townships.map(({ name }) => name))} · ${squareKm(area.area_km2)} km²`],
    [t('warnings.row.until'), `${moment(content.starts_at, language)} – ${moment(content.expires_at, language)}`],
    [t('warnings.row.inside'), t('warnings.row.inside_text', { people: exactNumber(area.inside.people), vulnerable: exactNumber(area.inside.vulnerable_people), schools: area.inside.schools, hospitals: area.inside.hospitals })],
  ]);
  if (inForce) rows.push([t('warnings.row.changes'), changed.length ? changed.join(t('list_comma')) : t('warnings.row.no_text_changed')]);
  return h('div', { class: 'essentials', 'data-essentials': version.version },
    h('dl', {}, ...rows.flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)])),
    ...since(context, state, version).map((text) => h('p', { class: 'essentials-since', role: 'status' }, text)));
}
