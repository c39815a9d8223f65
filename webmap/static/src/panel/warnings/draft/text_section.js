/** What the warning says: the plan's items in their order, the English below, folded. */

import { h, replaceChildren } from '../../../element.js';
import { onlyChinese } from './decided.js';
import { sectionShell } from './section.js';
import { textItem } from './text_item.js';

const LONGEST_CONTACT = 200;

/** @param {import('./section.js').Form} form @returns {import('./section.js').Section} */
export function textSection(form) {
  const { t } = form.context.words;
  const chinese = h('div', { class: 'draft-items' });
  const english = h('div', { class: 'draft-items' });
  const stale = h('p', { class: 'draft-behind', hidden: true, 'data-draft-english': '' });
  const fold = h('details', { class: 'draft-fold', open: form.context.words.language === 'en' }, h('summary', {}, t('draft.english')), english);
  const contact = h('input', { type: 'text', id: 'draft-contact', maxLength: LONGEST_CONTACT, autocomplete: 'off' });
  const nobody = h('p', { class: 'draft-behind', id: 'draft-contact-none', 'data-draft-nobody': '' }, t('draft.contact_none'));
  const contactField = h('div', { class: 'draft-field' }, h('label', { htmlFor: contact.id }, t('draft.contact'), h('span', { class: 'facts' }, ' ', t('record.optional'))), contact, nobody);
  contact.setAttribute('aria-describedby', nobody.id);
  const shell = sectionShell('text', t('draft.text'), chinese, stale, fold, contactField);
  /** @type {Map<string, {zh: ReturnType<typeof textItem>, en: ReturnType<typeof textItem>}>} */
  const shown = new Map();
  let built = '';

  contact.addEventListener('input', () => form.decide('text', { contact: contact.value }));
  fold.addEventListener('toggle', () => shown.forEach(({ en }) => en.fit()));

  /** @param {import('../../../warnings_draft').DraftItem[]} items */
  function build(items) {
    const key = JSON.stringify(items);
    if (key === built) return;
    built = key;
    shown.clear();
    for (const item of items) shown.set(item.name, { zh: textItem(form, item, 'zh'), en: textItem(form, item, 'en') });
    replaceChildren(chinese, ...[...shown.values()].map(({ zh }) => zh.element));
    replaceChildren(english, ...[...shown.values()].map(({ en }) => en.element));
  }

  function render() {
    const suggested = form.suggested();
    shell.element.setAttribute('aria-busy', String(form.working().suggestion));
    if (!suggested) return;
    build(suggested.items);
    for (const { zh, en } of shown.values()) {
      zh.render(suggested);
      en.render(suggested);
    }
    const { decided } = form.draft();
    const names = onlyChinese(decided).filter((name) => shown.has(name));
    stale.hidden = !names.length;
    replaceChildren(stale, t('draft.english_behind', { names: names.join(t('draft.comma')) }));
    if (document.activeElement !== contact) contact.value = decided.contact;
    nobody.hidden = decided.contact.trim() !== '';
  }

  return {
    key: 'text', element: shell.element, render, tell: shell.tell,
    focus(lack) {
      const item = lack?.item && shown.get(lack.item.name)?.zh;
      shell.focus(null);
      item?.element.scrollIntoView({ block: 'center' });
      item?.focus();
    },
  };
}
