/** What goes out when a version is issued, as rows of a table: said alike in the form and on the card. Pure. */

import { countBeforeUnit, exactNumber, moment } from '../../format.js';
import { squareKm } from './reading.js';

/** @typedef {import('../../warnings').Warning} Warning */
/** @typedef {import('../../warnings').WarningVersion} WarningVersion */
/** @typedef {import('../../warnings').Briefing} Briefing */
/** `lines`: each stands by itself. @typedef {{key: string, lines: string[]}} Row */

/** The plans' word for where a warning holds. */
const PLACE = '预警区域或场所';

/** The version in preparation, else the one that was written last. @param {Warning} warning @returns {WarningVersion} */
export const pendingVersion = ({ versions, pending }) => versions.find(({ version }) => version === pending?.version) ?? versions[versions.length - 1];

/** @param {import('../../i18n.js').Translator} words @param {Briefing['issuing'] | undefined} issuing undefined while it is asked for, null where it could not be told */
function channelLines({ t, has }, issuing, /** @type {string[]} */ keys) {
  if (!issuing) {
    const named = keys.map((key) => (has(`warnings.channel.${key}`) ? t(`warnings.channel.${key}`) : key));
    return [...named, t(issuing === undefined ? 'warnings.going.counting' : 'warnings.going.not_counted')];
  }
  return issuing.channels.map(({ title, recipients, without_address: without, for_all: forAll, why_not: whyNot }) => {
    if (whyNot) return t('warnings.going.off', { title, why: whyNot });
    const to = forAll ? t('warnings.going.public', { title }) : t('warnings.going.to', { title, count: exactNumber(recipients) });
    return without ? t('warnings.going.without', { to, count: exactNumber(without) }) : to;
  });
}

/**
 * Level, area, people, times, channels: what whoever issues answers for.
 * @param {import('../../i18n.js').Translator} words @param {Warning} warning @param {Briefing['issuing'] | undefined} issuing
 * @param {string} level as it is called @returns {Row[]}
 */
export function goingRows(words, warning, issuing, level) {
  const { t, language } = words;
  const { content, area } = pendingVersion(warning);
  const { inside } = area;
  const names = area.townships.map(({ name }) => name).join(t('list_comma')) || t('warnings.nowhere');
  const place = content.texts[language][PLACE] ?? content.texts.zh[PLACE] ?? '';
  const numbers = { people: exactNumber(inside.people), vulnerable: exactNumber(inside.vulnerable_people), schools: inside.schools, hospitals: inside.hospitals };
  return [
    { key: 'level', lines: [level] },
    { key: 'area', lines: [...(place && place !== names ? [place] : []), `${names} · ${squareKm(area.area_km2)} km²`] },
    { key: 'people', lines: inside.people_network
      ? [t('draft.confirm_people', { count: countBeforeUnit(inside.people, language) }), t('warnings.going.inside', numbers)]
      : [t('warnings.row.inside_unknown', numbers)] },
    { key: 'until', lines: [`${moment(content.starts_at, language)} – ${moment(content.expires_at, language)}`] },
    { key: 'channels', lines: content.channels.length || issuing ? channelLines(words, issuing, content.channels) : [t('draft.no_channel')] },
    { key: 'contact', lines: [content.contact || t('warnings.no_contact')] },
  ];
}
