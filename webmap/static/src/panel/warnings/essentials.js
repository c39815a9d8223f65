/** Exactly what is submitted, approved or issued: real or drill, where it goes, what it changes, what holds there already. */

import { h } from '../../element.js';
import { moment } from '../../format.js';
import { alreadyWarned } from './already_warned.js';
import { goingRows, pendingVersion } from './going_out.js';
import { differencesOf } from './versions.js';
import { warningWords } from './words.js';

/** @typedef {import('../../warnings').Warning} Warning */

/** What of the reminders says that the version is of an earlier picture. */
const EARLIER = ['log_went_on', 'data_changed'];

/**
 * The box before a step, the same in the form and on the card.
 * @param {import('../context').PageContext} context @param {Warning} warning
 * @param {import('../../warnings').Briefing | null | undefined} briefing undefined while it is asked for, null where it could not be told
 */
export function essentials(context, warning, briefing) {
  const { words } = context;
  const { t, language } = words;
  const version = pendingVersion(warning);
  const inForce = warning.versions.find((one) => one.version === warning.in_force?.version);
  const issuing = briefing && (briefing.issuing?.version === version.version ? briefing.issuing : null);
  const rows = [...goingRows(words, warning, issuing, warningWords(context).level(warning)),
    { key: 'version', lines: [t('warnings.version_by', { version: version.version, by: version.by, at: moment(version.at, language) })] }];
  if (inForce) {
    const changed = differencesOf(context, inForce, version).map(({ term, before, after, brief }) => (brief ? `${term} ${before} → ${after}` : term));
    rows.push({ key: 'changes', lines: [changed.length ? changed.join(t('list_comma')) : t('warnings.no_difference')] });
  }
  const already = alreadyWarned(context);
  already.show(issuing ?? version.area);
  return h('div', { class: 'essentials', 'data-essentials': version.version },
    h('p', { class: warning.drill ? 'issue-kind drill' : 'issue-kind', 'data-issue-kind': warning.drill ? 'drill' : 'real' }, t(warning.drill ? 'draft.is_drill' : 'draft.is_real')),
    already.element,
    h('dl', {}, ...rows.map(({ key, lines }) => h('div', { 'data-confirm': key }, h('dt', {}, t(`warnings.row.${key}`)), h('dd', {}, ...lines.map((line) => h('span', {}, line)))))),
    ...warning.reminders.filter(({ code }) => EARLIER.includes(code)).map(({ text }) => h('p', { class: 'essentials-since', role: 'status' }, text)));
}
