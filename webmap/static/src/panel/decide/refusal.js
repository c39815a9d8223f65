/** Why something was not written: what the server says, the clause it rests on with the plan's words, and what can be done. */

import { h, replaceChildren } from '../../element.js';
import { moment } from '../../format.js';
import { planLink } from '../plan_links.js';
import { problemText } from '../form_field.js';

/** @param {import('../context').PageContext} context */
export function refusalNote(context) {
  const { words, store } = context;
  const { t, language } = words;
  const element = h('div', { class: 'form-refusal', role: 'alert', hidden: true, 'data-refused': '' });

  /** @param {import('../../types').PageError} error */
  function show({ message, remedy, problems, status, clause, quotation, entries, code }) {
    const plan = store.get().log.view?.incident.plan;
    element.hidden = false;
    element.dataset.refused = code;
    replaceChildren(element,
      h('p', {}, h('strong', {}, message || t(status ? 'error.server' : 'error.unreachable', { status }))),
      ...(entries ?? []).map(({ happened_at: at, author, said }) => h('p', {}, `${moment(at, language)} ${author} ${said}`)),
      ...problems.map((problem) => h('p', {}, problemText(problem, t('sentence_gap')))),
      quotation && h('blockquote', { class: 'wording', lang: 'zh-CN' }, clause && plan && planLink(context, plan, clause, { clause }, 'clause-before'), quotation),
      remedy && h('p', { class: 'remedy' }, remedy),
      !status && h('p', { class: 'remedy' }, t('decide.not_sent')));
    element.scrollIntoView({ block: 'nearest' });
  }

  function clear() {
    element.hidden = true;
    element.dataset.refused = '';
    replaceChildren(element);
  }
  return { element, show, clear };
}
