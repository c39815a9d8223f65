/** Two people at one warning: in what versions differ, and what one changed taken into what the other typed. Pure. */

import { msFromIso } from '../../../state/clock.js';
import { contentOf } from './decided.js';

/** @typedef {import('../../../warnings').WarningContent} WarningContent */
/** @typedef {import('../../../warnings_draft').Decided} Decided */
/** @typedef {{part: 'level' | 'area' | 'starts_at' | 'expires_at' | 'channels' | 'targeted' | 'text' | 'contact', name?: string, lang?: 'zh' | 'en'}} Difference */

/**
 * In what two contents differ.
 * @param {WarningContent} one @param {WarningContent} other
 * @returns {Difference[]}
 */
export function differences(one, other) {
  /** @param {unknown} a @param {unknown} b */
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  /** @type {Difference[]} */
  const found = [];
  if (one.level !== other.level) found.push({ part: 'level' });
  if (!same(one.area, other.area)) found.push({ part: 'area' });
  for (const part of /** @type {const} */ (['starts_at', 'expires_at'])) if (msFromIso(one[part]) !== msFromIso(other[part])) found.push({ part });
  for (const lang of /** @type {const} */ (['zh', 'en'])) {
    const names = new Set([...Object.keys(one.texts[lang]), ...Object.keys(other.texts[lang])]);
    for (const name of names) if ((one.texts[lang][name] ?? '') !== (other.texts[lang][name] ?? '')) found.push({ part: 'text', name, lang });
  }
  if (!same([...one.channels].sort(), [...other.channels].sort())) found.push({ part: 'channels' });
  if ((one.targeted ?? false) !== (other.targeted ?? false)) found.push({ part: 'targeted' });
  if ((one.contact ?? '') !== (other.contact ?? '')) found.push({ part: 'contact' });
  return found;
}

/**
 * What somebody else changed since `before` is taken over where the person here left it alone; where both changed the
 * same, what was typed here stays.
 * @param {Decided} decided @param {import('../../../warnings_draft').Suggested} suggested
 * @param {WarningContent} before as it was when the person here began @param {WarningContent} theirs
 * @returns {{decided: Decided, taken: Difference[], clashing: Difference[]}}
 */
export function merged(decided, suggested, before, theirs) {
  const own = differences(before, contentOf(decided, suggested));
  /** @param {Difference} change */
  const changedHere = ({ part, name, lang }) => (part === 'text' && name && lang
    // What is only suggested anew was not typed by anybody.
    ? name in decided.texts[lang] && decided.texts[lang][name].text !== (before.texts[lang][name] ?? '')
    : own.some((one) => one.part === part));
  /** @type {Difference[]} */
  const taken = [];
  /** @type {Difference[]} */
  const clashing = [];
  for (const change of differences(before, theirs)) (changedHere(change) ? clashing : taken).push(change);
  return { decided: taken.reduce((all, change) => withTheirs(all, change, theirs), decided), taken, clashing };
}

/** @param {Decided} decided @param {Difference} change @param {WarningContent} theirs @returns {Decided} */
function withTheirs(decided, { part, name, lang }, theirs) {
  if (part === 'level') return { ...decided, level: theirs.level, reason: theirs.reason ?? decided.reason };
  if (part === 'area') return { ...decided, parts: [...theirs.area.parts] };
  if (part === 'starts_at') return { ...decided, startsAt: theirs.starts_at };
  if (part === 'expires_at') return { ...decided, expiresAt: theirs.expires_at };
  if (part === 'channels') return { ...decided, channels: [...theirs.channels] };
  if (part === 'targeted') return { ...decided, targeted: theirs.targeted ?? false };
  if (part === 'contact') return { ...decided, contact: theirs.contact ?? '' };
  if (!name || !lang) return decided;
  const texts = { ...decided.texts[lang], [name]: { text: theirs.texts[lang][name] ?? '', base: null } };
  return { ...decided, texts: { ...decided.texts, [lang]: texts } };
}
