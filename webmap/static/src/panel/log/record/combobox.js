/** A place chosen by typing its name. The id goes to the server; what was typed stays until a place is chosen. */

import { h, replaceChildren } from '../../../element.js';
import { RequestFailed } from '../../../request.js';
import { ROAD_LAYERS, createPlaceNames } from '../../place_names.js';

/** @typedef {import('../../place_names.js').Entry} Entry */
/** @typedef {import('../../../types').PlaceRef} PlaceRef */

const MOST = 8;
/** Numbers for the ids of lists. */
const made = { count: 0 };

/**
 * @param {import('../../context').PageContext} context
 * @param {() => Entry[]} entries
 * @param {{label: string, onChoose: (entry: Entry | null) => void}} options `onChoose` hears null while something else is typed
 */
export function placeCombobox(context, entries, { label, onChoose }) {
  const { words: { t }, data, actions } = context;
  const places = createPlaceNames(context);
  const listId = `record-places-${made.count++}`;
  const input = h('input', { type: 'text', role: 'combobox', autocomplete: 'off', placeholder: t('record.place_hint'), 'aria-expanded': 'false', 'aria-controls': listId, 'aria-autocomplete': 'list' });
  const list = h('ul', { class: 'place-options', id: listId, role: 'listbox', 'aria-label': label, hidden: true });
  const status = h('p', { class: 'facts', role: 'status', hidden: true });
  const element = h('div', { class: 'place-combobox' }, input, list, status);
  /** @type {Entry[]} */
  let shown = [];
  let active = -1;
  /** @type {Entry | null} */
  let chosen = null;

  /** @param {boolean} open */
  function setOpen(open) {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    if (!open) activate(-1);
  }

  /** @param {number} index */
  function activate(index) {
    active = index;
    [...list.children].forEach((row, at) => row.setAttribute('aria-selected', String(at === index)));
    const row = list.children[index];
    if (!row) return input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
    return undefined;
  }

  /** @param {Entry | null} entry */
  function choose(entry) {
    chosen = entry;
    if (entry) input.value = entry.name;
    setOpen(false);
    status.hidden = true;
    onChoose(entry);
  }

  /** @param {Entry} entry @param {number} index */
  function row(entry, index) {
    const item = h('li', { role: 'option', id: `${listId}-${index}`, 'aria-selected': 'false', 'data-place-option': entry.ref.id }, h('strong', {}, entry.name), ' ', h('span', { class: 'facts' }, entry.about));
    // Before the field loses the focus.
    item.addEventListener('pointerdown', (event) => event.preventDefault());
    item.addEventListener('click', () => {
      choose(entry);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    item.addEventListener('pointerenter', () => actions.hover(entry.ref));
    return item;
  }

  function search() {
    if (chosen && input.value === chosen.name) return;
    if (chosen) onChoose((chosen = null));
    const all = places.fitting(entries(), input.value);
    shown = all.slice(0, MOST);
    replaceChildren(list, ...shown.map(row));
    setOpen(shown.length > 0);
    status.hidden = !input.value.trim() || (shown.length > 0 && all.length <= MOST);
    status.textContent = shown.length ? t('record.places_more', { count: all.length - shown.length }) : t('record.places_none');
  }

  input.addEventListener('input', search);
  input.addEventListener('blur', () => {
    setOpen(false);
    actions.hover(null);
    // A whole name typed by hand is a choice, where only one place has it.
    const same = chosen ? [] : entries().filter(({ name, ref }) => [name, ref.id].includes(input.value.trim()));
    if (same.length === 1) choose(same[0]);
  });
  input.addEventListener('keydown', (event) => {
    const open = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return search();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      return activate((active + step + shown.length) % shown.length);
    }
    if (!open) return undefined;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(shown[Math.max(active, 0)]);
    } else if (event.key === 'Tab' && active >= 0) choose(shown[active]);
    return undefined;
  });

  return {
    element, input, choose,
    chosen: () => chosen,
    /** @param {string[]} layers that the names come from, where they are loaded on demand */
    async waitFor(layers) {
      try {
        await Promise.all(layers.filter((layer) => !data.has(layer)).map((layer) => data.load(layer)));
        if (document.activeElement === input) search();
      } catch (reason) {
        if (!(reason instanceof RequestFailed)) throw reason;
        status.hidden = false;
        status.textContent = t('record.places_failed');
      }
    },
  };
}

/**
 * @param {import('../../context').PageContext} context @param {import('../../../state/record_kinds.js').Field} field
 * @param {Record<string, unknown>} start @param {string} label
 * @returns {import('./shell.js').Control}
 */
export function placeControl(context, { name, of }, start, label) {
  const { words: { t } } = context;
  const places = createPlaceNames(context);
  const entries = { element: places.elements, device: places.devices, facility: places.facilities, road: places.roads }[of ?? 'element'];
  const box = placeCombobox(context, entries, { label, onChoose: () => {} });
  const given = typeof start[name] === 'string' ? start[name] : '';
  const setGiven = () => {
    const entry = given && !box.chosen() && !box.input.value ? entries().find(({ ref }) => ref.id === given) : null;
    if (entry) box.choose(entry);
  };
  setGiven();
  if (of === 'road') void box.waitFor(ROAD_LAYERS).then(setGiven);
  return {
    element: box.element, focusable: box.input,
    read: () => ({ [name]: box.chosen()?.ref.id ?? '' }),
    wrong: () => (box.input.value.trim() && !box.chosen() ? t('record.place_unknown') : ''),
  };
}

/**
 * Several townships, each taken out again by its own button.
 * @param {import('../../context').PageContext} context @param {import('../../../state/record_kinds.js').Field} field
 * @param {Record<string, unknown>} start @param {string} label
 * @returns {import('./shell.js').Control}
 */
export function townshipsControl(context, { name }, start, label) {
  const { words: { t } } = context;
  const places = createPlaceNames(context);
  /** @type {string[]} */
  let codes = Array.isArray(start[name]) ? [...start[name]] : [];
  const chips = h('ul', { class: 'record-chips' });
  const box = placeCombobox(context, () => places.townships().filter(({ ref }) => !codes.includes(ref.id)), {
    label,
    onChoose: (entry) => {
      if (!entry) return;
      codes.push(entry.ref.id);
      box.choose(null);
      box.input.value = '';
      draw();
    },
  });

  function draw() {
    const names = new Map(places.townships().map(({ ref, name: said }) => [ref.id, said]));
    replaceChildren(chips, ...codes.map((code) => {
      const said = names.get(code) ?? code;
      const remove = h('button', { type: 'button', class: 'record-chip', 'aria-label': t('remove', { name: said }) }, said, ' ×');
      remove.addEventListener('click', () => {
        codes = codes.filter((other) => other !== code);
        draw();
        box.input.focus();
      });
      return h('li', {}, remove);
    }));
  }
  draw();
  return {
    element: h('div', {}, chips, box.element), focusable: box.input, also: ['area'],
    read: () => ({ [name]: codes }),
    wrong() {
      if (box.input.value.trim()) return t('record.place_unknown');
      return codes.length || start.area ? '' : t('record.no_township');
    },
  };
}
