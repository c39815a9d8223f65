/** One warning: what it says and until when, the next step, who is inside, what became of its messages, versions, steps. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { secondsUntil, shownVersion } from '../../warnings/state.js';
import { drillMark } from '../drill.js';
import { createDeliveries } from './deliveries.js';
import { createNextStep } from './next_step.js';
import { areaSection, contentSection, insideSection } from './reading.js';
import { timeline } from './timeline.js';
import { createVersions } from './versions.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../warnings').Warning} Warning */

/** @param {import('../context').PageContext} context */
export function createWarningCard(context) {
  const { words, store, warnings } = context;
  const { t } = words;
  const say = warningWords(context);
  const back = h('button', { type: 'button', class: 'text-button warning-back', 'data-warnings-back': '' }, sign('right'), t('warnings.all'));
  back.addEventListener('click', () => void warnings.open(null));
  const head = h('div', { class: 'warning-head' });
  const next = createNextStep(context);
  const deliveries = createDeliveries(context);
  const versions = createVersions(context);
  const body = h('div', { class: 'warning-body' });
  const steps = h('div', {});
  const element = h('article', { class: 'warning-card', hidden: true }, back, head, next.element, body, deliveries.element, versions.element, steps);
  /** @type {Warning | null} */
  let drawn = null;

  /** What counts now, in one line. @param {Warning} warning @param {string} now */
  function standing({ in_force: inForce, status_title: title, pending }, now) {
    if (!inForce) return [h('p', { class: 'warning-standing' }, h('strong', {}, title))];
    const left = secondsUntil(inForce.expires_at, now);
    return [
      h('p', { class: 'warning-standing', 'data-in-force': inForce.version },
        h('strong', {}, left > 0 ? say.left(inForce.expires_at, now) : t('warnings.expired')), ' ', h('span', {}, say.until(inForce.expires_at, now))),
      h('p', { class: 'facts' }, t('warnings.issued_by', { office: say.office(inForce.office), at: say.at(inForce.issued_at, now), version: inForce.version }),
        pending && ` · ${t('warnings.preparing', { version: pending.version })}`),
    ];
  }

  /** @param {Warning} warning @param {string} now */
  function drawHead(warning, now) {
    const version = shownVersion(warning);
    replaceChildren(head,
      h('h3', { class: 'warning-title', tabIndex: -1 }, warning.drill && drillMark(words), warning.level_name),
      h('p', { class: 'warning-places' }, say.places(version.area.townships.map(({ name }) => name))),
      ...standing(warning, now),
      ...warning.reminders.map(({ code, text }) => h('p', { class: 'warning-reminder', 'data-reminder': code }, sign('clock'), text)),
      warning.synthetic && h('p', { class: 'facts' }, t('sample')));
  }

  /** @param {Warning} warning */
  function drawBody(warning) {
    const version = shownVersion(warning);
    const again = (/** @type {string} */ name) => body.querySelector(`details[data-part="${name}"]`)?.hasAttribute('open') ?? false;
    replaceChildren(body, insideSection(context, version), contentSection(context, warning, version), areaSection(context, version, again('area')));
    replaceChildren(steps, timeline(context, warning));
  }

  /** @param {PageState} state @param {string} now */
  function render(state, now) {
    const { detail, deliveries: sent, failed } = state.warnings;
    element.setAttribute('aria-busy', String(!detail));
    if (!detail) {
      drawn = null;
      next.close();
      replaceChildren(head, h('p', { class: 'empty', role: 'status' }, failed ? failed.message || t('warnings.not_known') : t('warnings.loading')));
      for (const part of [body, steps]) replaceChildren(part);
      for (const part of [next.element, deliveries.element, versions.element]) part.hidden = true;
      return;
    }
    const another = drawn?.id !== detail.id;
    drawHead(detail, now);
    next.render(state, detail, now);
    if (drawn !== detail) {
      drawBody(detail);
      versions.render(detail);
    }
    drawn = detail;
    deliveries.render(detail, sent);
    if (another) store.update({ hoveredWarning: null });
  }
  return { element, render };
}
