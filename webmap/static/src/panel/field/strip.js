/** Top of the tab 「日志」: reports from the place that wait for the viewer, when there are any. */

import { h, replaceChildren } from '../../element.js';
import { reportCard } from './card.js';
import { openFieldReports } from './open.js';
import { fieldSession, waitingFor } from './session.js';

/** Cards in the tab; the rest is in the dialog. */
const MOST_SHOWN = 3;

/** @param {import('../context').PageContext} context */
export function createFieldStrip(context) {
  const { words: { t }, store } = context;
  const session = fieldSession(context);
  const element = h('section', { class: 'onsite-strip', 'data-field-waiting': '', hidden: true });
  let shown = '';

  function render() {
    const { view, known } = store.get().log;
    const waiting = view && known === null ? waitingFor(session.all(), view.incident) : [];
    const key = JSON.stringify(waiting);
    // What is under the finger is not made anew while nothing of it changes.
    if (key === shown) return;
    shown = key;
    element.hidden = waiting.length === 0;
    const all = h('button', { type: 'button', class: 'text-button', 'data-all-field-reports': '' }, t('onsite.all'));
    all.addEventListener('click', () => openFieldReports(context));
    replaceChildren(element, h('div', { class: 'onsite-strip-head' }, h('h4', {}, t('onsite.to_confirm', { count: waiting.length })), all),
      h('ol', {}, ...waiting.slice(0, MOST_SHOWN).map((report) => reportCard(context, report, (deed, told) => openFieldReports(context, { deed, report: told })))),
      waiting.length > MOST_SHOWN && h('p', { class: 'facts' }, t('onsite.more_waiting', { count: waiting.length - MOST_SHOWN })));
  }
  session.onChange(render);
  return { element, render };
}
