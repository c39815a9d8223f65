/** How well names of places fit what is written, and in which order those that fit are listed. Pure. */

/**
 * @typedef {object} Named
 * @property {string} name @property {string} id
 * @property {string} about its kind in words: 「变电站」 finds substations whose names do not say so
 * @property {number} rank of its kind, the better known first
 * @property {boolean} affected by the incident
 */

/** Full-width figures and letters count as the plain ones. @param {string} text */
const plain = (text) => text.normalize('NFKC').toLowerCase();
/** @param {string} text */
const withoutBlanks = (text) => plain(text).replace(/\s+/g, '');

/** The written parts: words between blanks, and figures apart from letters. @param {string} text */
function partsOf(text) {
  return plain(text).match(/\d+|[^\s\d]+/g) ?? [];
}

/** Whether a part stands in a text; figures not in the middle of others, so that 「3」 is not found in 「13」. @param {string} text @param {string} part */
function holds(text, part) {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!/^\d/.test(part) || !/\d/.test(text[at - 1] ?? '')) return true;
  }
  return false;
}

/** Whether what is written stands in a name as it is, with its last figures ending there. @param {string} text @param {string} wanted */
function holdsWhole(text, wanted) {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const cutsBefore = /^\d/.test(wanted) && /\d/.test(text[at - 1] ?? '');
    const cutsAfter = /\d$/.test(wanted) && /\d/.test(text[at + wanted.length] ?? '');
    if (!cutsBefore && !cutsAfter) return true;
  }
  return false;
}

/** @param {Named} place @param {string} text @returns {number | null} lower is better; null where it does not fit */
function classOf(place, text) {
  const wanted = withoutBlanks(text);
  const parts = partsOf(text);
  if (!wanted) return null;
  const name = withoutBlanks(place.name);
  const id = plain(place.id);
  if (name === wanted || id === wanted) return 0;
  if (name.startsWith(wanted)) return holdsWhole(name, wanted) ? 1 : 2;
  if (holdsWhole(name, wanted)) return 3;
  if (parts.every((part) => holds(name, part))) return 4;
  const kinds = `${name} ${withoutBlanks(place.about)}`;
  if (parts.every((part) => holds(kinds, part))) return 5;
  return /\D/.test(wanted) && id.includes(wanted) ? 6 : null;
}

const inNaturalOrder = new Intl.Collator('zh-CN', { numeric: true });

/**
 * Exact first, then what begins so, then what holds all parts, then what is of that kind. Among equals what is affected
 * comes first, then the better known kind, then names with their figures in order.
 * @template T
 * @param {T[]} places @param {string} text @param {(place: T) => Named} tell
 * @returns {T[]} none for an empty text
 */
export function matching(places, text, tell) {
  return places
    .map((place) => ({ place, told: tell(place) }))
    .map((item) => ({ ...item, fit: classOf(item.told, text) }))
    .filter(({ fit }) => fit !== null)
    .sort((a, b) => Number(a.fit) - Number(b.fit)
      || Number(b.told.affected) - Number(a.told.affected)
      || a.told.rank - b.told.rank
      || inNaturalOrder.compare(a.told.name, b.told.name))
    .map(({ place }) => place);
}
