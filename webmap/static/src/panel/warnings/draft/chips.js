/** The parts that the area is put together from: each turned between in and out, and taken away, by its own buttons. */

import { h, replaceChildren } from '../../../element.js';
import { sign } from '../../../icons.js';
import { partsOf } from './decided.js';
import { withTurned, withoutPart } from './parts.js';

/** @typedef {import('../../../warnings').AreaPart} AreaPart */

/** @param {import('./section.js').Form} form */
export function areaChips(form) {
  const { context } = form;
  const { t } = context.words;
  const list = h('ul', { class: 'draft-chips', 'aria-label': t('draft.parts') });

  /** What a part is called until the server has named it. @param {AreaPart} part */
  function nameOf(part) {
    if (part.kind === 'townships') {
      const names = part.codes.map((code) => context.data.find({ kind: 'township', id: code })?.properties.name ?? code);
      return names.length > 3 ? t('draft.part.townships', { count: names.length }) : names.join(t('draft.comma'));
    }
    if (part.kind === 'strip') return t('draft.part.strip', { name: context.actions.nameOf(part.element), metres: part.distance_m });
    if (part.kind === 'element') return t('draft.part.element', { name: context.actions.nameOf(part.element) });
    if (part.kind === 'outage') return t(part.until_horizon ? 'draft.part.outage' : 'draft.part.outage_now');
    return t('draft.part.drawn');
  }

  /** @param {AreaPart[]} parts @param {string} label */
  const decide = (parts, label) => form.decide('area', { parts }, label);

  /** @param {AreaPart} part @param {number} index @param {string} title */
  function chip(part, index, title) {
    const parts = () => partsOf(form.draft().decided, form.suggested());
    const out = part.operation === 'minus';
    const turn = h('button', { type: 'button', class: 'draft-turn', 'aria-label': t(out ? 'draft.turn_in' : 'draft.turn_out', { name: title }), title: t(out ? 'draft.turn_in' : 'draft.turn_out', { name: title }) }, out ? '−' : '+');
    turn.addEventListener('click', () => decide(withTurned(parts(), index), t(out ? 'draft.done.turned_in' : 'draft.done.turned_out', { name: title })));
    const remove = h('button', { type: 'button', class: 'draft-remove', 'aria-label': t('remove', { name: title }), title: t('remove', { name: title }) }, sign('close'));
    remove.addEventListener('click', () => {
      decide(withoutPart(parts(), index), t('draft.done.part_removed', { name: title }));
      const next = list.children[Math.min(index, list.children.length - 1)]?.querySelector('.draft-remove');
      if (next instanceof HTMLElement) next.focus();
    });
    return h('li', { class: 'draft-chip', 'data-part': part.kind, 'data-operation': part.operation }, turn, h('span', {}, title), remove);
  }

  function render() {
    const parts = partsOf(form.draft().decided, form.suggested());
    const area = form.area();
    const known = area && !form.working().area && area.parts.length === parts.length ? area.parts : null;
    const titles = parts.map((part, index) => (known?.[index]?.kind === part.kind && known[index].title) || nameOf(part));
    const drawn = JSON.stringify([parts, titles]);
    if (list.dataset.drawn === drawn) return;
    list.dataset.drawn = drawn;
    replaceChildren(list, ...parts.map((part, index) => chip(part, index, titles[index])));
  }
  return { element: list, render };
}
