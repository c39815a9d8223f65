/** The area: its parts, ways to change it, who is inside, what the shape that is sent adds, who is left outside. */

import { h, replaceChildren } from '../../../element.js';
import { percent } from '../../../format.js';
import { sign } from '../../../icons.js';
import { alreadyWarned } from '../already_warned.js';
import { areaTools } from './area_tools.js';
import { areaChips } from './chips.js';
import { partsOf } from './decided.js';
import { insideFigures } from './inside.js';
import { withPlaces } from './parts.js';
import { sectionShell } from './section.js';

const MOST_NAMES = 4;

/** @param {import('./section.js').Form} form @returns {import('./section.js').Section & {close: () => void}} */
export function areaSection(form) {
  const { context } = form;
  const { t } = context.words;
  const chips = areaChips(form);
  const tools = areaTools(form);
  const inside = insideFigures(context);
  const empty = h('p', { class: 'draft-empty', hidden: true }, t('draft.area_empty'));
  const outside = h('div', { class: 'draft-outside-note', role: 'status', hidden: true, 'data-draft-outside': '' });
  const already = alreadyWarned(context);
  const notes = h('div', { class: 'draft-notes' });
  const undo = h('button', { type: 'button', class: 'text-button draft-undo', hidden: true, 'data-draft-undo': '' });
  undo.addEventListener('click', () => form.undo());
  const shell = sectionShell('area', t('draft.area'), chips.element, empty, already.element, inside.element, outside, tools.element, notes);
  shell.aside.append(undo);

  /** @param {import('../../../warnings').WarningArea} area */
  function showOutside({ outside: left }) {
    outside.hidden = !left.length;
    if (!left.length) return;
    const names = left.slice(0, MOST_NAMES).map(({ name }) => name).join(t('draft.comma'));
    const add = h('button', { type: 'button', class: 'secondary-button', 'data-draft-take-in': '' }, t('draft.take_in'));
    add.addEventListener('click', () => form.decide('area', { parts: withPlaces(partsOf(form.draft().decided, form.suggested()), left.map(({ id }) => id)) }, t('draft.done.taken_in', { count: left.length })));
    replaceChildren(outside, h('p', {}, sign('alert'), h('span', {}, t(left.length > MOST_NAMES ? 'draft.outside_more' : 'draft.outside', { count: left.length, names }))), add);
  }

  /** @param {import('../../../warnings').WarningArea} area */
  function showNotes({ sending, notes: said, area_km2: ground }) {
    const added = sending.added_km2 > 0.005 ? t('draft.sending_adds', { km2: sending.added_km2.toFixed(2), share: percent(sending.added_share, '') }) : t('draft.sending_same');
    replaceChildren(notes, ...said.map((text) => h('p', { class: 'facts' }, text)),
      h('p', { class: 'facts', 'data-draft-sending': '' }, t('draft.sending', { km2: ground < 10 ? ground.toFixed(2) : Math.round(ground), count: sending.count, points: sending.points }), added));
  }

  function render() {
    const area = form.area();
    shell.element.setAttribute('aria-busy', String(form.working().area));
    chips.render();
    tools.render();
    const parts = partsOf(form.draft().decided, form.suggested());
    const nowhere = form.suggested() !== null && (!parts.length || (area?.empty === true && !form.working().area));
    empty.hidden = !nowhere;
    inside.element.hidden = !area || nowhere;
    notes.hidden = !area || nowhere;
    already.show(nowhere ? null : area);
    if (area && !nowhere) {
      inside.show(/** @type {any} */ (area.inside));
      showNotes(area);
      showOutside(area);
    } else outside.hidden = true;
    const last = form.undoable();
    undo.hidden = last === null;
    undo.title = last ? t('draft.undo_what', { what: last }) : '';
    replaceChildren(undo, sign('undo'), t('undo'), h('kbd', { 'aria-hidden': 'true' }, 'Ctrl+Z'));
  }

  return {
    key: 'area', element: shell.element, render, tell: shell.tell,
    focus: () => {
      shell.focus();
      tools.focus();
    },
    close: tools.close,
  };
}
