/** One item of the content that the plan asks for, in one language: its text, whose words they are, the way back to them. */

import { h, replaceChildren } from '../../../element.js';
import { isBehind, textOf, withText, withoutText } from './decided.js';

const LONGEST_TEXT = 2000;

/**
 * @param {import('./section.js').Form} form @param {import('../../../warnings_draft').DraftItem} item @param {'zh' | 'en'} lang
 */
export function textItem(form, item, lang) {
  const { t } = form.context.words;
  const area = h('textarea', { id: `draft-text-${lang}-${item.name}`, rows: 1, maxLength: LONGEST_TEXT, lang: lang === 'zh' ? 'zh-CN' : 'en', 'data-draft-text': item.name });
  const basis = h('span', { class: 'draft-basis' });
  const missing = h('span', { class: 'missing-mark', hidden: true }, t('draft.item_missing', { clause: item.clause }));
  const back = h('button', { type: 'button', class: 'text-button draft-back' });
  const behind = h('p', { class: 'draft-behind', hidden: true });
  const element = h('div', { class: 'draft-item', 'data-draft-item': item.name },
    h('div', { class: 'draft-item-head' }, h('label', { htmlFor: area.id }, item.name, item.title && item.title !== item.name && h('span', { class: 'facts' }, ' ', item.title)), missing, basis), area, behind, back);

  area.addEventListener('input', () => {
    const suggested = form.suggested();
    if (suggested) form.decide('text', withText(form.draft().decided, suggested, lang, item.name, area.value));
    fit();
  });
  back.addEventListener('click', () => {
    form.decide('text', withoutText(form.draft().decided, lang, item.name), t('draft.done.text_back', { name: item.name }));
    area.focus();
  });

  /** As high as what is written. */
  function fit() {
    area.style.height = 'auto';
    if (area.scrollHeight) area.style.height = `${area.scrollHeight + 2}px`;
  }

  /** @param {import('../../../warnings_draft').Suggested} suggested */
  function render(suggested) {
    const { decided } = form.draft();
    const text = textOf(decided, suggested, lang, item.name);
    if (area.value !== text) {
      area.value = text;
      fit();
    }
    const own = item.name in decided.texts[lang];
    const now = suggested.content.texts[lang][item.name] ?? '';
    missing.hidden = lang !== 'zh' || text.trim() !== '';
    replaceChildren(basis, t(own ? 'draft.basis.written' : `draft.basis.${suggested.basis[item.name] ?? 'ours'}`));
    basis.hidden = !missing.hidden || (!own && !now);
    element.classList.toggle('missing', !missing.hidden);
    const late = isBehind(decided, suggested, lang, item.name);
    behind.hidden = !late;
    replaceChildren(behind, late && t('draft.behind', { text: now }));
    back.hidden = !own || !now;
    replaceChildren(back, t(late ? 'draft.take_new' : 'draft.take_back'));
  }
  return { element, render, fit, focus: () => area.focus() };
}
