/** What changed in the data since the version that an incident rests on, and going on with the new ones. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { RequestFailed, getJson } from '../../request.js';
import { drillMark } from '../drill.js';
import { refusalNote } from '../decide/refusal.js';
import { formField } from '../form_field.js';
import { modal } from '../modal.js';
import { shortVersion } from './lines.js';

const LONGEST_REASON = 2000;

/** @param {import('../context').PageContext} context @param {() => void} onAdopted */
export function mountPinned(context, onAdopted) {
  const { words, store, log } = context;
  const { t, language } = words;
  const dialog = modal('#pinned', t('close'));
  const refusal = refusalNote(context);

  async function open() {
    const { view } = store.get().log;
    if (!view) return;
    dialog.setTitle(view.incident.drill && drillMark(words), t('pinned.title'));
    refusal.clear();
    replaceChildren(dialog.body, h('p', { class: 'facts', role: 'status' }, t('pinned.asking')));
    dialog.open();
    try {
      show(await getJson(`/api/incidents/${view.incident.id}/data?lang=${language}`));
    } catch (reason) {
      if (!(reason instanceof RequestFailed)) throw reason;
      const again = h('button', { type: 'button', class: 'text-button' }, t('retry'));
      again.addEventListener('click', () => void open());
      replaceChildren(dialog.body, h('div', { class: 'form-refusal', role: 'alert' }, h('p', {}, h('strong', {}, reason.error.message || t('error.unreachable', { status: 0 }))), reason.error.remedy && h('p', { class: 'remedy' }, reason.error.remedy), again));
    }
  }

  /** @param {import('../../pinned').PinnedChanges} changes */
  function show(changes) {
    const rows = changes.layers.map((layer) => h('tr', {}, h('th', { scope: 'row' }, layer.title), ...[layer.added, layer.changed, layer.removed].map((count) => h('td', {}, count ? count.toLocaleString(language) : '–'))));
    const heads = ['layer', 'added', 'changed', 'removed'].map((key) => h('th', { scope: 'col' }, t(`pinned.${key}`)));
    const table = rows.length > 0 && h('table', { class: 'pinned-changes' }, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows));
    const later = changes.later.map((one) => h('li', {}, h('strong', {}, t('pinned.version', { version: shortVersion(one.version) })), ' ',
      [one.written_at && moment(one.written_at, language), one.author, one.note].filter(Boolean).join(' · ')));
    const gone = changes.gone.length > 0 && h('p', { class: 'pinned-gone', role: 'note' }, t('pinned.gone', { count: changes.gone_count, names: changes.gone.map(({ name }) => name).join('、') }));
    replaceChildren(dialog.body, h('p', { class: 'pinned-sentence' }, t('pinned.sentence', { version: shortVersion(changes.version), present: shortVersion(changes.present) })),
      table || h('p', { class: 'facts' }, t('pinned.same')), h('ul', { class: 'pinned-later' }, ...later), gone, adopting(changes.present));
  }

  /** @param {string} present */
  function adopting(present) {
    if (!log.canRecord()) return h('p', { class: 'facts' }, t('pinned.may_not'));
    const reason = h('textarea', { rows: 2, maxLength: LONGEST_REASON });
    const field = formField('pinned-reason', t('decide.reason'), reason, { hint: t('pinned.reason_hint') });
    const send = h('button', { type: 'submit', class: 'primary-button', 'data-adopt': '' }, t('pinned.adopt', { version: shortVersion(present) }));
    const leave = h('button', { type: 'button', class: 'text-button' }, t('pinned.leave'));
    const form = h('form', { class: 'decide-form', noValidate: true }, field.element, refusal.element, h('div', { class: 'form-actions' }, send, leave));
    leave.addEventListener('click', () => dialog.close());
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (send.disabled) return;
      send.disabled = true;
      const said = reason.value.trim();
      const fact = { kind: 'data_adopted', happened_at: log.happenedAt(), data_version: present, ...(said && { reason: said }) };
      const stored = await log.record([fact], t('pinned.adopted'), { undoable: false, onRefused: refusal.show });
      send.disabled = false;
      if (!stored) return;
      dialog.close();
      onAdopted();
    });
    return form;
  }
  return { open };
}
