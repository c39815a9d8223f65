/** The form, top to bottom, and the button that sends, always within reach of the thumb. */

import { h } from '../element.js';
import { newKey } from '../log/api.js';
import { EMPTY_DRAFT, bodyOf, missing } from './draft.js';
import { createMore } from './more.js';
import { openDraft } from './own_draft.js';
import { createWhat } from './what.js';
import { createWhere } from './where.js';

/** What is typed is kept after so long a pause. */
const KEEP_MS = 400;

/**
 * @param {object} parts
 * @param {import('../i18n.js').Translator} parts.words @param {import('./api.js').FieldApi} parts.api
 * @param {HTMLElement} parts.element @param {import('../field').FieldShelf} parts.shelf
 * @param {() => import('../field').FieldStart | null} parts.start
 * @param {() => {id: string, display_name: string} | null} parts.person whose phone it is
 * @param {(item: import('../field').FieldItem) => Promise<boolean>} parts.onKeep takes a report; whether the phone keeps it
 * @param {(item: import('../field').FieldItem) => Promise<boolean>} parts.onSend whether it arrived
 */
export async function createForm({ words, api, element, shelf, start, person, onKeep, onSend }) {
  const { t } = words;
  const own = await openDraft(shelf, () => person()?.id ?? null);
  let timer = 0;
  const parts = { words, api, draft: own.now, change, start };
  const what = createWhat(parts);
  const where = createWhere(parts);
  const more = createMore(parts);
  const said = h('p', { class: 'field-missing', role: 'alert' });
  const send = h('button', { type: 'button', class: 'field-send', 'data-send': '' }, t('onsite.send'));
  send.addEventListener('click', () => void submit());
  element.replaceChildren(what.element, where.element, more.element, what.belongs, h('div', { class: 'field-foot' }, said, send));

  /** @param {Partial<import('../field').FieldDraft>} next */
  function change(next) {
    own.replace({ ...own.now(), ...next });
    said.textContent = '';
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void own.keep(), KEEP_MS);
    render();
  }

  async function submit() {
    const known = start();
    const reporter = person();
    if (own.isOthers()) await turn();
    const draft = own.now();
    const lacking = missing(draft) ?? (known && reporter ? null : 'onsite.missing.start');
    if (lacking || !known || !reporter) {
      said.textContent = t(lacking ?? 'onsite.missing.start');
      if (lacking === 'onsite.missing.what') what.element.scrollIntoView({ block: 'start' });
      return;
    }
    const titles = [known.whats.find(({ key }) => key === draft.what)?.title, draft.element?.name ?? known.townships.find(({ code }) => code === draft.township)?.name];
    const item = { key: newKey(), person: reporter.id, author: reporter.display_name, keptAt: Date.now(), title: titles.filter(Boolean).join(' · '), body: bodyOf(draft, known, new Date()) };
    send.disabled = true;
    try {
      const isKept = await onKeep(item);
      const sent = onSend(item);
      // The next one can be filled in while this one goes out.
      own.replace({ ...EMPTY_DRAFT, plan: draft.plan, incident: draft.incident, incidentChosen: draft.incidentChosen });
      window.clearTimeout(timer);
      // On a full phone the draft is all that is left of it should the page be closed before it arrived.
      if (isKept) await own.forget();
      where.clear();
      render();
      send.disabled = false;
      if ((await sent) && !isKept) await own.forget();
    } finally {
      send.disabled = false;
    }
  }

  /** Somebody else has the phone: what stood here is not shown to them. */
  async function turn() {
    window.clearTimeout(timer);
    const turned = own.turn();
    where.clear();
    render();
    await turned;
    where.arrived();
    render();
  }

  function render() {
    what.render();
    where.render();
    more.render();
  }
  render();
  return {
    arrived() {
      render();
      where.arrived();
    },
    /** Who is there was asked. */
    async known() {
      if (own.isOthers()) await turn();
    },
  };
}
