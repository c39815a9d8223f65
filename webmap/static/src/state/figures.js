/** Reported figures between what people write and what the incident document carries. Pure. */

/** @typedef {import('../types').FigureKind} FigureKind */
/** @typedef {import('../types').FigureValue} FigureValue */
/** @typedef {import('../types').PlanFigure} PlanFigure */

/** What multiplies a number in front of it: 1.2亿, 800万, 3 million. */
const MULTIPLES = /** @type {Record<string, number>} */ ({ 万: 1e4, 亿: 1e8, k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, billion: 1e9 });
const NUMBER = /^([+-]?[\d.]+)(万|亿|k|thousand|m|million|billion)?元?$/i;

/** Twelve digits: 0.29 · 100 is 29, not 28.999999999999996. @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(12));
}

/**
 * The value of an entry: `30` for a share is 0.3, `1000万` is 10000000.
 * @param {FigureKind} kind @param {string} text as written; `true`, `false` and a choice's key for those kinds
 * @returns {FigureValue | null} null when empty, which is unknown; the text itself when it cannot be read, so that the
 *   server says what is wrong with it and nothing written is lost
 */
export function readEntry(kind, text) {
  const written = text.trim();
  if (!written) return null;
  if (kind === 'flag') return written === 'true' ? true : written === 'false' ? false : written;
  if (kind === 'choice') return written;
  // Input methods write full-width digits and signs.
  const plain = written.normalize('NFKC').replace(/[,\s]/g, '').replace(kind === 'share' ? /%$/ : /$^/, '');
  const [, digits, multiple] = NUMBER.exec(plain) ?? [];
  const number = digits === undefined ? NaN : Number(digits) * (multiple ? MULTIPLES[multiple.toLowerCase()] : 1);
  if (!Number.isFinite(number)) return written;
  return rounded(kind === 'share' ? number / 100 : number);
}

/** What the entry of a value reads. @param {FigureKind} kind @param {FigureValue | null | undefined} value */
export function entryText(kind, value) {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'number') return String(value);
  return String(rounded(kind === 'share' ? value * 100 : value));
}

/** Groups in the order of the form, each known by what its figures' keys begin with or hold. @type {[string, RegExp][]} */
const GROUPS = [
  ['people', /death|injur|loss_yuan/],
  ['extent', /^affected_|^beyond_/],
  ['grid', /customers_out|load_lost|blackout|power/],
  ['coal', /^coal_/],
  ['gas', /^gas_|pipeline/],
  ['judgement', /judgement/],
];

/** @param {string} key of a figure @returns {string} key of its group */
export function groupOf(key) {
  if (key.startsWith('heat_')) return 'heat';
  return GROUPS.find(([, pattern]) => pattern.test(key))?.[0] ?? 'other';
}

/** @param {PlanFigure[]} figures @returns {{group: string, figures: PlanFigure[]}[]} groups that have any, in the form's order */
export function grouped(figures) {
  const order = ['people', 'extent', 'grid', 'heat', 'gas', 'coal', 'other', 'judgement'];
  return order
    .map((group) => ({ group, figures: figures.filter(({ key }) => groupOf(key) === group) }))
    .filter((entry) => entry.figures.length > 0);
}

/**
 * A plan's hint fit for the form, where shares are entered as percent: without the words that ask for a fraction, which
 * are meant for files.
 * @param {string} hint
 */
export function formHint(hint) {
  const kept = hint
    .replace(/(^|，)以小数填写，[^；]*/, '')
    .replace(/(^|, )as a fraction: [^;]*/i, '')
    .replace(/^[；;]\s*/, '');
  return kept.charAt(0).toUpperCase() + kept.slice(1);
}

/**
 * How far a figure is from what a clause needs, whichever way.
 * @param {import('../types').Shortfall[]} shortfalls
 * @returns {import('../types').Shortfall[]} those that are short of it, the others hold already
 */
export function gaps(shortfalls) {
  return shortfalls.filter(({ observed, needed }) => observed !== needed && rounded(Math.abs(needed - observed)) > 0);
}

/** Moves one entry of a list. @template T @param {T[]} list @param {number} from @param {number} to @returns {T[]} */
export function moved(list, from, to) {
  const target = Math.min(Math.max(to, 0), list.length - 1);
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, target), list[from], ...rest.slice(target)];
}
