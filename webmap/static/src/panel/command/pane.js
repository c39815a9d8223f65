/** Tab 「指挥」: the report due next, the measures by working group, whom to call, who has the command. */

import { createCommandAsking } from '../../command/asking.js';
import { h, replaceChildren } from '../../element.js';
import { callList } from './calls.js';
import { mountReportChip } from './chip.js';
import { handoverSection } from './handover.js';
import { measureList } from './measures.js';
import { reportTimers } from './timers.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../command').Command} Command */

/** @param {import('../context').PageContext} context @param {HTMLElement} pane */
export function mountCommand(context, pane) {
  const { words: { t, language }, store } = context;
  const chip = mountReportChip(context);
  const waiting = h('p', { class: 'empty', role: 'status' }, t('command.asking'));
  const failure = h('div', { class: 'form-refusal', role: 'alert', hidden: true });
  const parts = [reportTimers(context), measureList(context), callList(context), handoverSection(context)];
  const body = h('div', { class: 'command', hidden: true }, ...parts.map(({ element }) => element));
  replaceChildren(pane, waiting, failure, body);
  /** @type {string | null} */
  let incident = null;

  const asking = createCommandAsking(language, store.get, (answer, error) => {
    if (answer && answer.incident !== store.get().log.id) return;
    failure.hidden = error === null;
    if (error) replaceChildren(failure, h('p', {}, h('strong', {}, t('command.failed')), ' ', error.message || t('error.unreachable')), error.remedy && h('p', { class: 'remedy' }, error.remedy));
    waiting.hidden = answer !== null || error !== null || !body.hidden;
    if (!answer) return;
    body.hidden = false;
    for (const part of parts) part.show(answer);
  });

  /** @param {PageState} state @param {(...keys: (keyof PageState)[]) => boolean} changed */
  function render(state, changed) {
    if (state.log.id !== incident) {
      incident = state.log.id;
      asking.forget();
      body.hidden = true;
      waiting.hidden = false;
      failure.hidden = true;
    }
    if (changed('log')) chip.tick();
    if (!pane.hidden && changed('log', 'tab', 'viewer')) asking.need();
  }
  window.setInterval(() => {
    if (document.hidden || pane.hidden || !pane.offsetParent) return;
    asking.need();
  }, 5_000);
  return { render };
}
