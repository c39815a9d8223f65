/**
 * The page's state as the hash of its address, so that a link restores what was seen. Pure.
 *
 * `#v=35.4912,112.8500,12&p=energy-chengqu&t=2026-01-12T08:00:00%2B08:00&h=4&f=e-1,e-2@2026-...&a=polygon~...&tw=140502100
 * &g=energy-chengqu~coal_stock_share~0.35&o=energy-chengqu~reason~hospital~government&x=e-sw-1,e-sw-2&w=electricity
 * &r=e-1~2026-...&m=f-7~electricity~2026-...&d=e-sw-3~close~2026-...&cr=r-00017`; `pr`, `pm`, `pd` are what a plan adds,
 * `c`, `u`, `rh`, `fx`, `cs` crews, units, repair hours, steps fixed by hand and seconds, `pf` the hours after the start from
 * which a plan was made with them, to be made again. While a what-if is looked at,
 * the link's own marks are the present and `if` holds those of the what-if, written in the same way.
 * `i` names an incident of the log and `k` the entry after which it is looked at; its marks are the log's and not in the
 * link, and `h` is there only while the time looked at does not go along with the clock. `n` is the warning whose card is open,
 * told from networks by not being any. `site` names the siting runs that are looked at, or `new` while one is asked for.
 * `data` is what is open of the panel of data: `import:<id>`, `imports`, `versions`, `layers`, `edit`; `edit` is the draft that is worked on.
 * `after` is the tab of what comes after the event, with the map's choice where it is not the usual one, or with the report that is open.
 */

import { decodeAftermath, decodeReport, encodeAftermath } from './aftermath/state.js';
import { decodeFilm, encodeFilm } from './film/state.js';
import { decodeEdit } from './editing/state.js';
import { decodeData, encodeData } from './imports/state.js';
import { decodeSiting, encodeSiting } from './siting/state.js';
import { NETWORKS, emptyMarks } from './state/marks.js';
import { isIsoTime } from './state/clock.js';
import { decodeFigures, decodeOrder, encodeFigures, encodeOrder } from './state/reports.js';
import { decodeWall, encodeWall } from './wall/link.js';
import { RESPONSE_PARTS, decodeResponse, encodeResponse } from './state/response_link.js';

/** @typedef {import('./types').PageState} PageState */
/** @typedef {import('./types').DrawnArea} DrawnArea */
/** @typedef {import('./types').Position} Position */
/** @typedef {{key: string, text: string}} Unreadable */
/** @typedef {Partial<Omit<PageState, 'siting' | 'aftermath' | 'imports' | 'editing'>> & {editing?: string | null, siting?: Partial<PageState['siting']>, imports?: Partial<PageState['imports']>, aftermath?: Partial<PageState['aftermath']>, language?: import('./types').Language, planFromHours?: number | null, incident?: string | null, known?: number | null, warning?: string | null, filmWanted?: PageState['film']['wanted'], unreadable: Unreadable[]}} Restored `unreadable` in the link's order */

/** Degrees are kept to 5 decimals: a metre. */
const SCALE = 1e5;

/**
 * @param {PageState} state
 * @param {import('./types').Language} language
 * @param {Record<string, boolean>} startLayers what is switched on without a link; only differences are written
 * @returns {string} without the leading #
 */
export function encodeLink(state, language, startLayers) {
  const { view } = state;
  const link = new URLSearchParams();
  if (view) link.set('v', `${view.lat.toFixed(5)},${view.lng.toFixed(5)},${view.zoom}`);
  if (state.log.id ?? state.log.wanted) encodeIncident(link, state);
  else encodeCalculation(link, state);
  if (state.warnings.open) link.append('n', state.warnings.open);
  const site = encodeSiting(state.siting);
  if (site) link.set('site', site);
  const opened = encodeData(state.imports);
  if (opened) link.set('data', opened);
  if (opened === 'edit' && state.editing.id) link.set('edit', state.editing.id);
  const after = encodeAftermath(state.aftermath, state.report);
  if (after) link.set('after', after);
  const film = encodeFilm(state.film);
  if (film) link.set('film', film);
  if (state.shading !== 'worst') link.set('s', state.shading);
  if (state.vulnerability) link.set('w', state.vulnerability);
  const switched = Object.entries(state.layers)
    .filter(([key, shown]) => shown !== startLayers[key])
    .map(([key, shown]) => (shown ? key : `-${key}`));
  if (switched.length) link.set('l', switched.join(','));
  link.set('lang', language);
  if (state.theme !== 'system') link.set('theme', state.theme);
  if (state.wall) link.set('wall', '1');
  encodeWall(link, state.scenes);
  return link.toString();
}

/** @param {URLSearchParams} link is added to @param {PageState} state */
function encodeIncident(link, { log, hours, film }) {
  link.set('i', log.id ?? log.wanted ?? '');
  // A film says its moment itself.
  if (film.open) return;
  if (log.known !== null) link.set('k', String(log.known));
  else if (log.id !== null && !log.following) link.set('h', String(Number(hours.toFixed(4))));
}

/** @param {URLSearchParams} link is added to @param {PageState} state */
function encodeCalculation(link, state) {
  if (state.hours) link.set('h', String(Number(state.hours.toFixed(4))));
  encodeMarks(link, state.present ?? directed(state));
  if (planShown(state)) link.set('pf', String(Number(state.restoration.fromHours.toFixed(4))));
  if (!state.present) return;
  const whatIf = new URLSearchParams();
  encodeMarks(whatIf, directed(state));
  link.set('if', whatIf.toString());
}

/** @param {PageState} state */
const planShown = ({ restoration }) => restoration.plan !== null || restoration.working;

/** The marks with the crews of the plan shown, also where they are those that the data suggest. @param {PageState} state */
function directed(state) {
  const { marks, restoration } = state;
  return planShown(state) ? { ...marks, response: marks.response ?? restoration.response } : marks;
}

/** @param {URLSearchParams} link is added to @param {import('./types').IncidentMarks} marks */
function encodeMarks(link, marks) {
  link.set('p', marks.plan);
  link.set('t', marks.at);
  if (marks.horizonHours !== 72) link.set('hz', String(marks.horizonHours));
  for (const fault of marks.faults) {
    link.append('f', fault.at === marks.at ? fault.element : `${fault.element}@${fault.at}`);
  }
  for (const area of marks.areas) link.append('a', encodeArea(area));
  if (marks.townships.length) link.set('tw', marks.townships.join(','));
  if (marks.networks.length < NETWORKS.length) link.set('n', marks.networks.join(','));
  for (const [plan, figures] of Object.entries(marks.figures)) {
    if (Object.keys(figures).length) link.append('g', encodeFigures(plan, figures));
  }
  for (const [plan, order] of Object.entries(marks.orders)) link.append('o', encodeOrder(plan, order));
  if (marks.inoperable.length) link.set('x', marks.inoperable.join(','));
  encodeResponse(link, marks);
}

/**
 * What a link says. Parts that cannot be read are left out and named; ids are not checked here, the server does that.
 * @param {string} hash @param {string} plan the plan and time of a link that names none @param {string} at
 * @returns {Restored}
 */
export function decodeLink(hash, plan, at) {
  const link = new URLSearchParams(hash.replace(/^#/, ''));
  /** @type {Restored} */
  const restored = { marks: decodeMarks(link, plan, at), present: null, unreadable: unreadableParts(link) };
  const whatIf = link.get('if');
  if (whatIf && restored.marks) {
    const parts = new URLSearchParams(whatIf);
    restored.present = restored.marks;
    restored.marks = decodeMarks(parts, restored.present.plan, restored.present.at);
    restored.unreadable.push(...unreadableParts(parts));
  }
  const view = decodeView(link.get('v'));
  if (view) restored.view = view;
  restored.incident = link.get('i') || null;
  restored.known = restored.incident && isEntryNumber(link.get('k') ?? '') ? Number(link.get('k')) : null;
  restored.warning = link.getAll('n').find((text) => !areNetworks(text) && isId(text)) ?? null;
  const hours = Number(link.get('h') ?? 0);
  restored.hours = hours >= 0 && hours <= 720 ? hours : 0;
  restored.planFromHours = planFrom(link, restored);
  const shading = link.get('s');
  restored.shading = NETWORKS.find((network) => network === shading) ?? 'worst';
  restored.vulnerability = NETWORKS.find((network) => network === link.get('w')) ?? null;
  restored.siting = decodeSiting(link.get('site') ?? '') ?? {};
  restored.imports = decodeData(link.get('data') ?? '') ?? {};
  restored.editing = decodeEdit(link.get('edit') ?? '');
  restored.filmWanted = restored.incident ? decodeFilm(link.get('film') ?? '') : null;
  restored.aftermath = (restored.incident && decodeAftermath(link.get('after') ?? '')) || {};
  restored.report = restored.incident ? decodeReport(link.get('after') ?? '') : null;
  restored.layers = decodeLayers(link.get('l'));
  const theme = link.get('theme');
  restored.theme = theme === 'light' || theme === 'dark' ? theme : 'system';
  restored.wall = link.get('wall') === '1';
  restored.scenes = decodeWall(link);
  const language = link.get('lang');
  if (language === 'zh' || language === 'en') restored.language = language;
  return restored;
}

/** When the crews of the plan to be made again start; of a plan played in an older link, at the incident's start. @param {URLSearchParams} link @param {Restored} restored */
function planFrom(link, { marks }) {
  const hours = Number(link.get('pf'));
  if (link.has('pf') && hours >= 0 && hours <= 720) return hours;
  return marks?.planned ? 0 : null;
}

/** @param {string} text */
const isEntryNumber = (text) => /^[1-9]\d{0,8}$/.test(text);

/** @param {string} text */
const areNetworks = (text) => text.split(',').every((name) => NETWORKS.some((network) => network === name));

/** What a warning's id is written with; a list of networks has commas. @param {string} text */
const isId = (text) => /^[\w-]{8,64}$/.test(text);

/** How each part that can be wrong is read; the rest says itself what it does not know. @type {Record<string, (text: string) => boolean>} */
const READABLE = {
  v: (text) => decodeView(text) !== null,
  t: isIsoTime,
  hz: (text) => Number(text) > 0 && Number(text) <= 720,
  h: (text) => Number(text) >= 0 && Number(text) <= 720,
  pf: (text) => Number(text) >= 0 && Number(text) <= 720,
  i: (text) => text !== '',
  k: isEntryNumber,
  f: (text) => text.split('@')[0] !== '' && (!text.includes('@') || isIsoTime(text.split('@')[1])),
  a: (text) => decodeArea(text) !== null,
  n: (text) => areNetworks(text) || isId(text),
  site: (text) => decodeSiting(text) !== null,
  data: (text) => decodeData(text) !== null,
  edit: (text) => decodeEdit(text) !== null,
  after: (text) => decodeAftermath(text) !== null,
  s: (text) => text === 'worst' || NETWORKS.some((network) => network === text),
  g: (text) => decodeFigures(text) !== null,
  o: (text) => decodeOrder(text) !== null,
  ...Object.fromEntries(Object.entries(RESPONSE_PARTS).map(([key, read]) => [key, (/** @type {string} */ text) => read(text) !== null])),
};

/** @param {URLSearchParams} link @returns {Unreadable[]} */
function unreadableParts(link) {
  return [...link].filter(([key, text]) => key in READABLE && !READABLE[key](text)).map(([key, text]) => ({ key, text }));
}

/** @param {URLSearchParams} link @param {string} plan @param {string} at */
function decodeMarks(link, plan, at) {
  const time = link.get('t') ?? '';
  const marks = emptyMarks(link.get('p') || plan, isIsoTime(time) ? time : at);
  const horizon = Number(link.get('hz'));
  if (horizon > 0 && horizon <= 720) marks.horizonHours = horizon;
  for (const text of link.getAll('f')) {
    const [element, own] = text.split('@');
    if (element) marks.faults.push({ element, at: own && isIsoTime(own) ? own : marks.at });
  }
  for (const text of link.getAll('a')) {
    const area = decodeArea(text);
    if (area) marks.areas.push(area);
  }
  marks.townships = (link.get('tw') ?? '').split(',').filter(Boolean);
  marks.inoperable = [...new Set((link.get('x') ?? '').split(',').filter(Boolean))];
  const networks = (link.getAll('n').find(areNetworks) ?? '').split(',');
  const known = NETWORKS.filter((network) => networks.includes(network));
  if (known.length) marks.networks = known;
  for (const text of link.getAll('g')) {
    const read = decodeFigures(text);
    if (read) marks.figures = { ...marks.figures, [read.plan]: read.figures };
  }
  for (const text of link.getAll('o')) {
    const read = decodeOrder(text);
    if (read) marks.orders = { ...marks.orders, [read.plan]: read.order };
  }
  return { ...marks, ...decodeResponse(link) };
}

/** @param {string | null} text @returns {import('./types').View | null} */
function decodeView(text) {
  const [lat, lng, zoom] = (text ?? '').split(',').map(Number);
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180 && zoom >= 0 && zoom <= 22)) return null;
  return { lat, lng, zoom };
}

/** @param {string | null} text */
function decodeLayers(text) {
  /** @type {Record<string, boolean>} */
  const layers = {};
  for (const key of (text ?? '').split(',').filter(Boolean)) {
    if (key.startsWith('-')) layers[key.slice(1)] = false;
    else layers[key] = true;
  }
  return layers;
}

/** `kind~size in metres~path`, the path as differences of whole numbers, base 36. @param {DrawnArea} area */
export function encodeArea(area) {
  let [x, y] = [0, 0];
  const steps = area.path.flatMap(([lng, lat]) => {
    const [nextX, nextY] = [Math.round(lng * SCALE), Math.round(lat * SCALE)];
    const pair = [nextX - x, nextY - y];
    [x, y] = [nextX, nextY];
    return pair.map((value) => value.toString(36));
  });
  return [area.kind, Math.round(area.sizeM), steps.join('.')].join('~');
}

/** Fewest positions that make each kind of area. */
const LEAST_POSITIONS = { polygon: 3, circle: 1, corridor: 2 };

/** @param {string} text @returns {DrawnArea | null} null when it cannot be read */
export function decodeArea(text) {
  const [kind, size, steps] = text.split('~');
  if (kind !== 'polygon' && kind !== 'circle' && kind !== 'corridor') return null;
  const numbers = (steps ?? '').split('.').map((value) => parseInt(value, 36));
  if (numbers.length % 2 || numbers.some(Number.isNaN)) return null;
  /** @type {Position[]} */
  const path = [];
  let [x, y] = [0, 0];
  for (let index = 0; index < numbers.length; index += 2) {
    x += numbers[index];
    y += numbers[index + 1];
    path.push([x / SCALE, y / SCALE]);
  }
  const sizeM = Number(size);
  if (path.length < LEAST_POSITIONS[kind] || (kind !== 'polygon' && !(sizeM > 0))) return null;
  return { kind, path, sizeM: sizeM || 0 };
}
