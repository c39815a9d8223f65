/** Step 2: where. The phone's position, a tap on the small map, or a township; then what stands there. */

import { h, replaceChildren } from '../element.js';
import { distance } from '../format.js';
import { createFieldMap } from '../map/field_map.js';
import { RequestFailed, wasAborted } from '../request.js';
import { planOf } from './draft.js';
import { locate, mayLocate } from './locating.js';

/** @typedef {import('../field').FieldDraft} FieldDraft */

/** Listed at first; the rest on demand. */
const NEAR_AT_FIRST = 5;

/**
 * @param {object} parts
 * @param {import('../i18n.js').Translator} parts.words @param {import('./api.js').FieldApi} parts.api
 * @param {() => FieldDraft} parts.draft @param {(change: Partial<FieldDraft>) => void} parts.change
 * @param {() => import('../field').FieldStart | null} parts.start
 */
export function createWhere({ words: { t, language }, api, draft, change, start }) {
  const locateButton = h('button', { type: 'button', class: 'field-button', 'data-locate': '' }, t('onsite.locate'));
  const said = h('p', { class: 'field-said', role: 'status' });
  const mapPlace = h('div', { class: 'field-map', 'aria-label': t('onsite.map') });
  const township = h('select', { id: 'field-township' });
  const near = h('div', { class: 'field-near', role: 'radiogroup', 'aria-label': t('onsite.near'), hidden: true });
  const nearSaid = h('p', { class: 'field-hint', role: 'status' });
  const map = createFieldMap(mapPlace, { onPick: pick, zoomIn: t('onsite.zoom_in'), zoomOut: t('onsite.zoom_out') });
  /** @type {import('../field').NearAnswer | null} */
  let answer = null;
  /** @type {AbortController | null} */
  let asking = null;
  let all = false;
  let stop = () => {};
  locateButton.hidden = !mayLocate();
  const element = h('section', { class: 'field-step' }, h('h2', {}, t('onsite.where')),
    locateButton, !mayLocate() && h('p', { class: 'field-hint', 'data-insecure': '' }, t('onsite.insecure')), said,
    mapPlace, h('p', { class: 'field-hint' }, t('onsite.tap')), near, nearSaid,
    h('label', { htmlFor: 'field-township', class: 'field-label' }, t('onsite.township')), township);

  locateButton.addEventListener('click', () => {
    stop();
    said.textContent = t('onsite.locating');
    locateButton.disabled = true;
    stop = locate((position, accuracyM) => {
      moved(position, accuracyM, true);
    }, (failure) => {
      locateButton.disabled = false;
      if (failure) said.textContent = t(`onsite.locate.${failure}`);
    });
  });
  township.addEventListener('change', () => change({ township: township.value || null }));

  /** A finger is not as exact as it looks, but nobody measured how exact. @param {import('../types').Position} position */
  function pick(position) {
    stop();
    moved(position, null, false);
  }

  /** @param {import('../types').Position} position @param {number | null} accuracyM @param {boolean} move */
  function moved(position, accuracyM, move) {
    change({ position, accuracyM, element: null, unsure: false });
    tellPosition();
    map.setPosition(position, accuracyM, move);
    void ask(position);
  }

  function tellPosition() {
    const { position, accuracyM } = draft();
    if (!position) said.textContent = '';
    else said.textContent = accuracyM === null ? t('onsite.position_tapped') : t('onsite.position', { accuracy: Math.max(1, accuracyM) });
  }

  /** @param {import('../types').Position} position */
  async function ask(position) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    nearSaid.textContent = t('onsite.near.asking');
    try {
      answer = await api.near(position, signal);
    } catch (reason) {
      if (wasAborted(reason)) return;
      if (!(reason instanceof RequestFailed)) throw reason;
      answer = null;
      near.hidden = true;
      nearSaid.textContent = t('onsite.near.offline');
      return;
    }
    all = false;
    if (answer.township && answer.township !== draft().township) change({ township: answer.township });
    nearSaid.textContent = answer.elements.length ? '' : t(answer.township ? 'onsite.near.none' : 'onsite.near.outside', { within: answer.within_m });
    map.setLines(answer.lines);
    render();
  }

  /** Roads first where the road is the matter, last where it is not. */
  function sorted() {
    const isRoad = (/** @type {import('../field').NearElement} */ { layer }) => layer === 'roads' || layer === 'coal_routes';
    const listed = answer?.elements ?? [];
    const [roads, others] = [listed.filter(isRoad), listed.filter((item) => !isRoad(item))];
    return draft().what === 'road' ? [...roads, ...others] : [...others, ...roads];
  }

  /** @param {import('../field').NearElement} item */
  function row(item) {
    const isIt = draft().element?.id === item.id;
    const about = [item.network_title, item.title, distance(item.distance_m, language)].filter(Boolean).join(' · ');
    const button = h('button', { type: 'button', class: 'field-choice', role: 'radio', 'aria-checked': String(isIt), 'data-near': item.id },
      h('span', { class: `field-network network-${item.network ?? 'other'}`, 'aria-hidden': 'true' }),
      h('span', { class: 'field-choice-text' }, h('strong', {}, item.name), h('span', {}, about)), h('span', { class: 'field-it' }, isIt ? t('onsite.is_it.chosen') : t('onsite.is_it')));
    button.addEventListener('click', () => {
      change({ element: isIt ? null : { id: item.id, name: item.name }, unsure: false });
      render();
    });
    return button;
  }

  function renderNear() {
    const { unsure, element: chosen } = draft();
    const listed = sorted();
    // What was chosen before the page was thrown away is still chosen, also without a network.
    const kept = chosen && !listed.some(({ id }) => id === chosen.id) ? chosen : null;
    near.hidden = listed.length === 0 && !kept;
    if (near.hidden) return;
    const shown = all ? listed : listed.slice(0, NEAR_AT_FIRST);
    if (chosen && !kept && !shown.some(({ id }) => id === chosen.id)) shown.push(...listed.filter(({ id }) => id === chosen.id));
    const dont = h('button', { type: 'button', class: 'field-choice', role: 'radio', 'aria-checked': String(unsure), 'data-near': '' }, h('span', { class: 'field-choice-text' }, h('strong', {}, t('onsite.unsure'))));
    dont.addEventListener('click', () => {
      change({ unsure: true, element: null });
      render();
    });
    const more = h('button', { type: 'button', class: 'field-more', hidden: shown.length >= listed.length }, t('onsite.near.more', { count: listed.length - shown.length }));
    more.addEventListener('click', () => {
      all = true;
      render();
    });
    replaceChildren(near, h('h3', {}, t('onsite.near')), kept && h('p', { class: 'field-said' }, t('onsite.near.kept', { name: kept.name })), ...shown.map(row), dont, more);
    map.setElement(answer?.elements.find(({ id }) => id === chosen?.id)?.geometry ?? null);
  }

  /** The townships of the plan come first; the others may be wanted all the same. */
  function renderTownships() {
    const known = start();
    if (!known) return;
    const county = planOf(draft(), known)?.county_code ?? '';
    const option = (/** @type {{code: string, name: string}} */ { code, name }) => h('option', { value: code }, name);
    const own = known.townships.filter(({ code }) => code.startsWith(county));
    const other = known.townships.filter(({ code }) => !code.startsWith(county));
    replaceChildren(township, h('option', { value: '' }, t('onsite.township.none')), ...own.map(option), other.length > 0 && h('optgroup', { label: t('onsite.township.others') }, ...other.map(option)));
    township.value = draft().township ?? '';
  }

  function render() {
    renderNear();
    renderTownships();
  }

  return {
    element, render,
    /** Once the ground is known, and once more when it is newer. */
    arrived() {
      const known = start();
      if (!known) return;
      map.resized();
      map.setTownships(known.townships);
      const { position, accuracyM } = draft();
      const county = planOf(draft(), known)?.county_code ?? '';
      if (position) map.setPosition(position, accuracyM, true);
      else map.fit(known.townships.filter(({ code }) => code.startsWith(county)).map(({ code }) => code), known.townships);
      tellPosition();
      if (position && !answer) void ask(position);
      render();
    },
    clear() {
      stop();
      asking?.abort();
      answer = null;
      nearSaid.textContent = said.textContent = '';
      map.setPosition(null, null, false);
      map.setLines([]);
      render();
    },
  };
}
