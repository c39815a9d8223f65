/** What a person decided of a warning, laid over what is suggested. Pure. */

import { msFromIso } from '../../../state/clock.js';

/** @typedef {import('../../../warnings_draft').Decided} Decided */
/** @typedef {import('../../../warnings_draft').Suggested} Suggested */
/** @typedef {import('../../../warnings_draft').Lack} Lack */
/** @typedef {import('../../../warnings').WarningContent} WarningContent */
/** @typedef {import('../../../warnings').AreaPart} AreaPart */
/** @typedef {'zh' | 'en'} Lang */

/** @returns {Decided} nothing: all of it is left to the suggestion */
export function nothingDecided() {
  return { level: null, reason: '', told: {}, startsAt: null, expiresAt: null, parts: null, texts: { zh: {}, en: {} }, channels: null, contact: '', targeted: false };
}

/** A version taken up again: all that it says was decided. @param {WarningContent} content @returns {Decided} */
export function decidedOf({ level, reason, told, starts_at: startsAt, expires_at: expiresAt, area, texts, channels, contact, targeted = false }) {
  /** @param {Record<string, string>} said */
  const written = (said) => Object.fromEntries(Object.entries(said).map(([name, text]) => [name, { text, base: null }]));
  return {
    level, reason: reason ?? '', told: /** @type {Decided['told']} */ ({ ...told }), startsAt, expiresAt, parts: [...area.parts],
    texts: { zh: written(texts.zh), en: written(texts.en) }, channels: [...channels], contact: contact ?? '', targeted,
  };
}

/** What the server is asked to suggest from. @param {Decided} decided @param {string} incident @param {string | null} [warning] that is changed */
export function question({ level, told, startsAt, expiresAt, parts, targeted }, incident, warning = null) {
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  return {
    incident, told: known, ...(warning && { warning }),
    ...(level && { level }), ...(startsAt && { starts_at: startsAt }), ...(expiresAt && { expires_at: expiresAt }), ...(parts && { area: { parts } }), ...(targeted && { targeted }),
  };
}

/** @param {Decided} decided @param {Suggested | null} suggested @returns {AreaPart[]} */
export function partsOf(decided, suggested) {
  return decided.parts ?? suggested?.content.area.parts ?? [];
}

/** @param {Decided} decided @param {Suggested} suggested @returns {string[]} keys */
export function channelsOf({ channels }, suggested) {
  return channels ?? suggested.content.channels;
}

/** @param {Decided} decided @param {Suggested} suggested @param {Lang} lang @param {string} name @returns {string} */
export function textOf({ texts }, { content }, lang, name) {
  return texts[lang][name]?.text ?? content.texts[lang][name] ?? '';
}

/**
 * Whether a text written by hand was written beside another suggestion than the one that stands now.
 * @param {Decided} decided @param {Suggested} suggested @param {Lang} lang @param {string} name
 */
export function isBehind({ texts }, { content }, lang, name) {
  const written = texts[lang][name];
  const now = content.texts[lang][name] ?? '';
  return written !== undefined && written.text !== now && now !== '' && written.base !== now;
}

/** @param {Decided} decided @param {Suggested} suggested @param {Lang} lang @param {string} name @param {string} text @returns {Decided} */
export function withText(decided, suggested, lang, name, text) {
  const base = suggested.content.texts[lang][name] ?? '';
  const { [name]: before, ...others } = decided.texts[lang];
  const own = text === base ? others : { ...others, [name]: { text, base: before && before.base !== null ? before.base : base } };
  return { ...decided, texts: { ...decided.texts, [lang]: own } };
}

/** The text is the suggestion's again. @param {Decided} decided @param {Lang} lang @param {string} name @returns {Decided} */
export function withoutText(decided, lang, name) {
  const { [name]: _, ...others } = decided.texts[lang];
  return { ...decided, texts: { ...decided.texts, [lang]: others } };
}

/** Texts that say what is suggested anyway were not written by hand. @param {Decided} decided @param {Suggested} suggested @returns {Decided} */
export function settled(decided, { content }) {
  /** @param {Lang} lang */
  const own = (lang) => Object.fromEntries(Object.entries(decided.texts[lang]).filter(([name, { text }]) => text !== (content.texts[lang][name] ?? '')));
  return { ...decided, texts: { zh: own('zh'), en: own('en') } };
}

/** Items whose Chinese was written by hand while the English is still the product's. @param {Decided} decided @returns {string[]} */
export function onlyChinese({ texts }) {
  return Object.keys(texts.zh).filter((name) => !(name in texts.en));
}

/** @param {Decided} decided @param {Suggested} suggested @returns {WarningContent} what is stored */
export function contentOf(decided, suggested) {
  const { content, items, level } = suggested;
  /** @param {Lang} lang */
  const texts = (lang) => Object.fromEntries(items.map(({ name }) => [name, textOf(decided, suggested, lang, name).trim()]).filter(([, text]) => text));
  const chosen = decided.level ?? level ?? content.level;
  return {
    level: chosen, networks: content.networks,
    starts_at: decided.startsAt ?? content.starts_at, expires_at: decided.expiresAt ?? content.expires_at,
    area: { parts: partsOf(decided, suggested) }, texts: { zh: texts('zh'), en: texts('en') },
    channels: channelsOf(decided, suggested), contact: decided.contact.trim() || null,
    // What was left in the browser by an earlier page may not say it.
    targeted: decided.targeted ?? false,
    told: Object.fromEntries(Object.entries(decided.told).filter(([, value]) => value !== null)),
    reason: needsReason(decided, suggested) ? decided.reason.trim() || null : null,
  };
}

/** Another level than the suggested one asks for a reason. @param {Decided} decided @param {Suggested} suggested */
export function needsReason({ level }, { suggestion }) {
  return level !== null && level !== suggestion.level;
}

/**
 * What keeps it from being submitted, in the order of the form.
 * @param {Decided} decided @param {Suggested} suggested @param {{empty: boolean} | null} area null while it is not known
 * @param {number} nowMs @returns {Lack[]}
 */
export function lacking(decided, suggested, area, nowMs) {
  /** @type {Lack[]} */
  const lacks = [];
  const content = contentOf(decided, suggested);
  const level = decided.level ?? suggested.suggestion.level;
  if (level === null) lacks.push({ part: 'level' });
  if (needsReason(decided, suggested) && !decided.reason.trim()) lacks.push({ part: 'reason' });
  if (!content.area.parts.length || area?.empty) lacks.push({ part: 'area' });
  const ends = msFromIso(content.expires_at);
  if (!(ends > nowMs) || !(ends > msFromIso(content.starts_at))) lacks.push({ part: 'time' });
  // Without a level nothing of the wording can be suggested: the level is what is missing.
  if (level !== null) for (const item of suggested.items) if (!content.texts.zh[item.name]) lacks.push({ part: 'text', item });
  return lacks;
}
