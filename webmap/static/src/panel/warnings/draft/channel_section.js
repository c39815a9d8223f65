/** By which channels it goes out, and to whom: the plan's words, what is not set up here and why, counts. */

import { h, replaceChildren } from '../../../element.js';
import { exactNumber } from '../../../format.js';
import { planLink } from '../../plan_links.js';
import { forAdministrators } from '../for_administrators.js';
import { channelsOf } from './decided.js';
import { sectionShell } from './section.js';

/** @typedef {import('../../../warnings_draft').DraftChannel} DraftChannel */

/** @param {import('./section.js').Form} form @returns {import('./section.js').Section} */
export function channelSection(form) {
  const { context } = form;
  const { t } = context.words;
  const list = h('ul', { class: 'draft-channels' });
  const drill = h('p', { class: 'draft-drill-note', hidden: true }, t('draft.drill_channels'));
  const targeted = h('input', { type: 'checkbox', 'data-targeted': '' });
  const targetedWhy = h('span', { class: 'facts' });
  const ownNotices = h('label', {}, targeted, h('span', {}, h('span', {}, t('draft.targeted')), targetedWhy));
  const groups = h('ul', { class: 'draft-recipients' });
  const notes = h('div', { class: 'draft-notes' });
  const shell = sectionShell('channels', t('draft.channels'), drill, list, h('div', { class: 'draft-channels' }, ownNotices), h('h4', {}, t('draft.recipients')), groups, notes);
  let built = '';
  targeted.addEventListener('change', () => form.decide('channels', { targeted: targeted.checked }, t(targeted.checked ? 'draft.done.targeted' : 'draft.done.targeted_off')));

  /** @param {string} key @param {string} title @param {boolean} on */
  function set(key, title, on) {
    const suggested = form.suggested();
    if (!suggested) return;
    const others = channelsOf(form.draft().decided, suggested).filter((one) => one !== key);
    form.decide('channels', { channels: on ? [...others, key] : others }, t(on ? 'draft.done.channel' : 'draft.done.channel_off', { title }));
  }

  /** @param {DraftChannel} channel */
  function row({ key, title, plan_words: words, available, why_not: whyNot, setting, recipients, no_mobile: landlines }) {
    const tick = h('input', { type: 'checkbox', value: key, disabled: !available, 'data-channel': key });
    tick.addEventListener('change', () => set(key, title, tick.checked));
    const about = [
      words.length > 0 && t('draft.plan_words', { words: words.join(t('draft.comma')) }),
      available && recipients !== null && t('draft.channel_recipients', { count: exactNumber(recipients) }),
      available && Boolean(landlines) && t('draft.no_mobile', { count: exactNumber(landlines ?? 0) }),
      !available && (whyNot ?? t('draft.channel_off')),
    ].filter(Boolean).join(t('draft.semicolon'));
    return h('li', { class: available ? '' : 'draft-off' }, h('label', {}, tick, h('span', {}, h('strong', {}, title), about && h('span', { class: 'facts' }, about))), forAdministrators(context.words, null, setting ? [setting] : []));
  }

  /** Where the plan asks for notices of their own at this level nobody leaves them out. @param {import('../../../warnings_draft').Suggested} suggested */
  function showTargeted({ authority, suggestion }) {
    const always = Boolean(authority?.targeted_notice);
    ownNotices.classList.toggle('draft-off', always);
    targeted.disabled = always;
    targeted.checked = always || (form.draft().decided.targeted ?? false);
    const key = JSON.stringify([always, authority?.clause]);
    if (targetedWhy.dataset.of === key) return;
    targetedWhy.dataset.of = key;
    replaceChildren(targetedWhy, always && t('draft.targeted_always'), always && authority && planLink(context, suggestion.plan, authority.clause, { clause: authority.clause }));
  }

  function render() {
    const suggested = form.suggested();
    drill.hidden = !context.store.get().log.view?.incident.drill;
    if (!suggested) return;
    const key = JSON.stringify(suggested.channels);
    if (key !== built) {
      built = key;
      replaceChildren(list, ...suggested.channels.map(row));
    }
    showTargeted(suggested);
    const chosen = channelsOf(form.draft().decided, suggested);
    for (const tick of list.querySelectorAll('input')) tick.checked = chosen.includes(tick.value);
    const { groups: rows, notes: said } = suggested.recipients;
    replaceChildren(groups, ...rows.map(({ key: group, title, count, restricted, without_address: without }) => h('li', { 'data-recipients': group },
      h('span', {}, title), h('strong', {}, t('draft.recipient_count', { count: exactNumber(count) })), restricted > 0 && h('span', { class: 'facts' }, t('draft.recipient_restricted', { count: exactNumber(restricted) })), without > 0 && h('span', { class: 'draft-without' }, t('draft.without_address', { count: exactNumber(without) })))));
    replaceChildren(notes, ...said.map((text) => h('p', { class: 'facts' }, text)), !chosen.length && h('p', { class: 'draft-behind' }, t('draft.no_channel')));
  }

  return { key: 'channels', element: shell.element, render, tell: shell.tell, focus: () => shell.focus(list.querySelector('input')) };
}
