/** The level: the plan's levels as choices, the suggested one with its reason, what could raise it, who approves and issues. */

import { h, replaceChildren } from '../../../element.js';
import { planLink } from '../../plan_links.js';
import { decisionWords } from '../../decide/words.js';
import { needsReason } from './decided.js';
import { folded, sectionShell } from './section.js';
import { toldFigures } from './told.js';

const LONGEST_REASON = 2000;

/** @param {import('./section.js').Form} form @returns {import('./section.js').Section} */
export function levelSection(form) {
  const { context } = form;
  const { t } = context.words;
  const told = toldFigures(form);
  const choices = h('div', { class: 'draft-levels', role: 'radiogroup', 'aria-labelledby': 'draft-level-title' });
  const why = h('p', { class: 'draft-why', role: 'status', 'data-draft-why': '' });
  const clauses = h('div', {});
  const rise = h('details', { class: 'draft-fold draft-rise', hidden: true }, h('summary', {}), told.element);
  const reason = h('textarea', { id: 'draft-reason', rows: 2, maxLength: LONGEST_REASON, 'data-draft-reason': '' });
  const reasonField = h('div', { class: 'draft-field', hidden: true }, h('label', { htmlFor: reason.id }), reason);
  const who = h('p', { class: 'draft-who', 'data-draft-who': '' });
  const shell = sectionShell('level', t('draft.level'), choices, why, rise, reasonField, who, clauses);
  let built = '';
  let quoted = '';
  let opened = false;

  reason.addEventListener('input', () => form.decide('level', { reason: reason.value }));

  /** @param {string} key @param {string} name */
  function choose(key, name) {
    const { suggestion } = /** @type {import('../../../warnings_draft').Suggested} */ (form.suggested());
    form.decide('level', { level: key === suggestion.level ? null : key }, t('draft.done.level', { name }));
  }

  /** @param {import('../../../warnings_draft').Suggested} suggested */
  function showChoices({ levels, suggestion }) {
    const chosen = form.draft().decided.level ?? suggestion.level;
    const key = JSON.stringify([levels, suggestion.level]);
    if (key !== built) {
      built = key;
      const held = choices.contains(document.activeElement);
      replaceChildren(choices, ...levels.map((level) => {
        const radio = h('input', { type: 'radio', name: 'draft-level', value: level.key });
        radio.addEventListener('change', () => choose(level.key, level.name));
        const met = level.key === suggestion.level;
        return h('label', { class: 'draft-level', 'data-level-choice': level.key, 'data-suggested': met ? '' : null }, radio, h('strong', {}, level.name), met && h('span', { class: 'draft-badge' }, t('draft.suggested')));
      }));
      if (held) /** @type {HTMLElement | null} */ (choices.querySelector(`input[value="${chosen}"]`))?.focus();
    }
    for (const radio of choices.querySelectorAll('input')) radio.checked = radio.value === chosen;
  }

  /** @param {import('../../../warnings_draft').Suggested} suggested */
  function showReason(suggested) {
    const other = needsReason(form.draft().decided, suggested);
    reasonField.hidden = !other;
    const label = suggested.suggestion.level_name ? t('draft.reason_other', { name: suggested.suggestion.level_name }) : t('draft.reason_none');
    replaceChildren(/** @type {HTMLElement} */ (reasonField.firstElementChild), label);
    if (document.activeElement !== reason) reason.value = form.draft().decided.reason;
  }

  /** @param {import('../../../warnings_draft').Suggested} suggested */
  function showRise({ suggestion }) {
    const to = suggestion.levels.find(({ key }) => key === suggestion.could_rise_to);
    rise.hidden = !suggestion.could_rise_by.length && !Object.keys(form.draft().decided.told).length;
    const summary = to ? t(suggestion.level ? 'draft.could_rise' : 'draft.could_be', { name: to.name, count: suggestion.could_rise_by.length }) : t('draft.answered');
    replaceChildren(/** @type {HTMLElement} */ (rise.firstElementChild), summary);
    // Without a level the answers are what is missing, so they are asked at once.
    if (suggestion.level === null && !opened) rise.open = opened = true;
    told.render();
  }

  /** @param {import('../../../warnings_draft').Suggested} suggested */
  function showWho({ authority, suggestion }) {
    const say = decisionWords(context.words);
    who.hidden = clauses.hidden = !authority;
    if (!authority) return;
    const any = (/** @type {string[]} */ offices) => offices.map(say.office).join(t('level.or'));
    // Who approves may issue too; the line says who else does.
    const others = authority.issuers.filter((office) => !authority.approvers.includes(office));
    const issuers = any(others.length ? others : authority.issuers);
    const text = authority.approved_by.length
      ? t('draft.who_approved', { approvers: any(authority.approvers), unit: authority.issued_by, issuers })
      : t('draft.who_alone', { unit: authority.issued_by, issuers });
    replaceChildren(who, text, planLink(context, suggestion.plan, authority.clause, { clause: authority.clause }));
  }

  /** @param {import('../../../warnings_draft').Suggested} suggested */
  function showClauses({ suggestion, authority }) {
    const level = form.draft().decided.level ?? suggestion.level;
    const rule = suggestion.levels.find(({ key }) => key === level);
    const key = JSON.stringify([rule, authority]);
    if (key === quoted) return undefined;
    quoted = key;
    const open = clauses.querySelector('details')?.open ?? false;
    if (!rule) return replaceChildren(clauses);
    const quote = (/** @type {string | null | undefined} */ text) => (text ? h('blockquote', { class: 'wording', lang: 'zh-CN' }, text) : null);
    const fold = folded(context, t('draft.plan_says', { clause: rule.clause }),
      quote(rule.criteria), rule.reading && h('p', { class: 'facts' }, t('draft.reading', { text: rule.reading })),
      quote(authority?.procedure), authority?.action ? h('p', { class: 'facts' }, t('draft.action')) : null, quote(authority?.action), quote(authority?.targeted_notice), ...(authority?.remarks ?? []).map((text) => h('p', { class: 'facts' }, text)),
      authority && h('p', { class: 'facts' }, t('draft.lifting', { clause: authority.lifting_clause })), quote(authority?.lifting));
    fold.open = open;
    replaceChildren(clauses, fold);
    return undefined;
  }

  function render() {
    const suggested = form.suggested();
    shell.element.setAttribute('aria-busy', String(form.working().suggestion));
    if (!suggested) return replaceChildren(why, t('draft.asking'));
    showChoices(suggested);
    replaceChildren(why, suggested.suggestion.could_rise_by.length ? firstSentence(suggested.suggestion.why) : suggested.suggestion.why);
    showRise(suggested);
    showReason(suggested);
    showWho(suggested);
    showClauses(suggested);
    return undefined;
  }

  return {
    key: 'level', element: shell.element, render, tell: shell.tell,
    focus(lack) {
      if (lack?.part === 'level' && !rise.hidden) rise.open = true;
      shell.focus(lack?.part === 'reason' ? reason : choices.querySelector('input'));
    },
  };
}

/** What else is said of figures nobody knows stands in the questions below. @param {string} text */
const firstSentence = (text) => /^.*?(?:。|\.(?=\s|$))/s.exec(text)?.[0] ?? text;
