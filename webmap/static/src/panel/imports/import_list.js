/** A file to choose, and the imports there are: those under way, then those that are over. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { sign } from '../../icons.js';
import { isOver, isUnderWay } from '../../imports/state.js';
import { dropZone } from './drop_zone.js';
import { refusalNote } from './refusal.js';
import { importWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../imports').ImportDocument} ImportDocument */

/** Imports that are over and listed before the rest is asked for. */
const FEW = 6;

/** @param {import('../context').PageContext} context */
export function mountImportList(context) {
  const { words: { t, language }, imports } = context;
  const say = importWords(context);
  const zone = dropZone(context);
  const wanted = h('p', { class: 'import-wanted', hidden: true });
  const refusal = refusalNote(context, 'import-refused');
  const going = h('section', { class: 'siting-section', hidden: true });
  const over = h('section', { class: 'siting-section', hidden: true });
  const element = h('div', { class: 'import-list' }, wanted, zone.element, refusal.element, going, over);
  let all = false;
  /** @type {PageState | null} */
  let last = null;

  /** @param {ImportDocument} document */
  function row(document) {
    const { id, file, layer, state, author, mine, updated_at: at } = document;
    const button = h('button', { type: 'button', class: 'import-row', 'data-import': id, 'data-state': state },
      h('strong', {}, file.name),
      h('span', { class: 'import-row-state' }, isUnderWay(document) && h('span', { class: 'working-dot', 'aria-hidden': 'true' }), t(`imports.state.${state}`)),
      h('span', { class: 'facts' }, [layer && say.layer(layer), mine ? t('imports.mine') : author, moment(at, language)].filter(Boolean).join(' · ')));
    button.addEventListener('click', () => imports.look(id));
    return h('li', {}, button);
  }

  /** @param {HTMLElement} section @param {string} heading @param {ImportDocument[]} documents @param {HTMLElement | null} [more] */
  function show(section, heading, documents, more = null) {
    section.hidden = !documents.length;
    replaceChildren(section, h('h3', {}, heading), h('ul', { class: 'import-rows' }, ...documents.map(row)), more);
  }

  /** @param {PageState} state */
  function render(state) {
    last = state;
    const { list, limitBytes, wanted: layer, refused, lost } = state.imports;
    wanted.hidden = layer === null;
    if (layer) {
      const free = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('imports.any_layer'), title: t('imports.any_layer'), 'data-import-any': '' }, sign('close'));
      free.addEventListener('click', () => imports.begin(null));
      replaceChildren(wanted, h('span', {}, t('imports.for_layer', { layer: say.layer(layer) })), free);
    }
    zone.say(t('imports.drop'), limitBytes ? t('imports.limit', { size: say.bytes(limitBytes) }) : '');
    refusal.show(refused ?? lost);
    const documents = (list ?? []).filter(({ state: is }) => is !== 'discarded');
    const ended = documents.filter(isOver);
    const more = all || ended.length <= FEW ? null : h('button', { type: 'button', class: 'text-button' }, t('imports.more', { count: ended.length - FEW }));
    more?.addEventListener('click', () => {
      all = true;
      if (last) render(last);
    });
    show(going, t('imports.going'), documents.filter((document) => !isOver(document)));
    show(over, t('imports.over'), all ? ended : ended.slice(0, FEW), more);
  }
  return { element, render };
}
