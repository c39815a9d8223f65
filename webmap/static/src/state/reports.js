/** Reported figures and orders as parts of a link. Pure. */

/** @typedef {import('../types').FigureValue} FigureValue */

/** `~` parts the pieces of a part of a link, so it may not stand inside one. @param {string} text */
export const piece = (text) => encodeURIComponent(text).replaceAll('~', '%7E');

/** @param {string} text @returns {string | null} null for what is no encoded text */
export function pieceText(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Numbers and yes or no as they are, texts behind an apostrophe. @param {FigureValue} value */
function encodeValue(value) {
  return typeof value === 'string' ? `'${value}` : String(value);
}

/** @param {string} text @returns {FigureValue | null} null when it cannot be read */
function decodeValue(text) {
  if (text.startsWith("'")) return text.slice(1);
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}

/** @param {string} plan @param {Record<string, FigureValue>} figures @returns {string} `plan~key~value~key~value` */
export function encodeFigures(plan, figures) {
  const entries = Object.entries(figures).flatMap(([key, value]) => [key, encodeValue(value)]);
  return [plan, ...entries].map(piece).join('~');
}

/** @param {string} text @returns {{plan: string, figures: Record<string, FigureValue>} | null} what can be read of it */
export function decodeFigures(text) {
  const [plan, ...rest] = text.split('~').map(pieceText);
  if (!plan) return null;
  /** @type {Record<string, FigureValue>} */
  const figures = {};
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const [key, written] = [rest[index], rest[index + 1]];
    const value = written === null ? null : decodeValue(written);
    if (key && value !== null) figures[key] = value;
  }
  return Object.keys(figures).length ? { plan, figures } : null;
}

/** @param {string} plan @param {import('../types').PriorityOrder} order @returns {string} `plan~reason~class~class` */
export function encodeOrder(plan, { reason, categories }) {
  return [plan, reason, ...categories].map(piece).join('~');
}

/** @param {string} text @returns {{plan: string, order: import('../types').PriorityOrder} | null} null when it cannot be read */
export function decodeOrder(text) {
  const [plan, reason, ...categories] = text.split('~').map(pieceText);
  const known = categories.filter((category) => typeof category === 'string' && category !== '');
  if (!plan || !reason || !known.length) return null;
  return { plan, order: { reason, categories: /** @type {string[]} */ (known) } };
}
