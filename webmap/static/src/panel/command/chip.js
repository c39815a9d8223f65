/** In the top bar: the clock of the report due next, once it is near or over; pressed, the commander's view opens. */

import { countdown } from '../../command/countdown.js';
import { find, h } from '../../element.js';
import { sign } from '../../icons.js';
import { presentMs } from '../../reports/next_report.js';
import { addHours, msFromIso } from '../../state/clock.js';

const TICK_MS = 1_000;

/** @param {import('../context').PageContext} context */
export function mountReportChip(context) {
  const { words: { t }, store } = context;
  const clock = h('strong', {});
  const chip = h('button', { type: 'button', class: 'report-chip', hidden: true, 'data-report-chip': '' }, sign('clock'), clock);
  chip.addEventListener('click', () => store.update({ tab: 'command' }));
  find('#level-button').after(chip);

  function tick() {
    const { log: { view, now, known }, marks, hours } = store.get();
    const next = known === null ? view?.next_report : null;
    const nowMs = !view || now !== null ? context.now() : msFromIso(view.at);
    const counted = view && next ? countdown(next.due_at, next.interval_minutes, presentMs({ drill: view.incident.drill, at: view.at, nowMs, lookedAt: addHours(marks.at, hours) }), next.at_once) : null;
    const shown = counted !== null && counted.tone !== 'quiet';
    if (chip.hidden === shown) chip.hidden = !shown;
    if (!shown || !next) return;
    chip.dataset.tone = counted.tone;
    const text = `${counted.tone === 'over' ? '+' : ''}${counted.clock}`;
    if (clock.textContent !== text) clock.textContent = text;
    chip.title = t(counted.tone === 'over' ? 'command.chip_over' : 'command.chip_near', { title: next.title });
    chip.setAttribute('aria-label', chip.title);
  }
  window.setInterval(() => {
    if (!document.hidden) tick();
  }, TICK_MS);
  return { tick };
}
