/** One warning: what it says and until when, the next step, who is inside, what became of its messages, versions, steps. */

import { h, replaceChildren } from '../../element.js';
import { sign } from '../../icons.js';
import { secondsUntil, shownVersion } from '../../warnings/state.js';
import { drillMark } from '../drill.js';
import { createDeliveries } from './deliveries.js';
import { concerned } from './list.js';
import { OF_PENDING, createNextStep } from './next_step.js';
import { areaSection, contentSection, insideSection } from './reading.js';
import { timeline } from './timeline.js';
import { createUndelivered } from './undelivered.js';
import { createVersions } from './versions.js';
import { warningWords } from './words.js';

/** @typedef {import('../../types').PageState} PageState */
/** @typedef {import('../../warnings').Warning} Warning */

/** @param {import('../context').PageContext} context */
export function createWarningCard(context) {
  const { words, store, warnings } = context;
  const { t } = words;
  const say = warningWords(context);
  const back = h('button', { type: 'button', class: 'text-button warning-back', 'data-warnings-back': '' });
  back.addEventListener('click', () => void warnings.open(null));
  const head = h('div', { class: 'warning-head' });
  const next = createNextStep(context);
  const deliveries = createDeliveries(context);
  const missed = createUndelivered(context, deliveries.element);
  const versions = createVersions(context);
  const body = h('div', { class: 'warning-body' });
  const steps = h('div', {});
  const element = h('article', { class: 'warning-card', hidden: true }, back, head, missed.element, next.element, body, deliveries.element, versions.element, steps);
  /** @type {Warning | null} */
  let drawn = null;
  /** @type {number | null} */
  let read = null;
  /** The warning that a link opened with its own view. */
  let placed = (store.get().view && store.get().warnings.open) ?? '';

  /** What counts now, in one line. @param {Warning} warning @param {string} now */
  function standing({ in_force: inForce, status_title: title, synthetic }, now) {
    const sample = synthetic && ` · ${t('sample')}`;
    if (!inForce) return [h('p', { class: 'warning-standing' }, h('strong', {}, title), h('span', { class: 'facts' }, sample))];
    const left = secondsUntil(inForce.expires_at, now);
    return [
      h('p', { class: 'warning-standing', 'data-in-force': inForce.version },
        h('strong', {}, left > 0 ? say.left(inForce.expires_at, now) : t('warnings.expired')), ' ', h('span', {}, say.until(inForce.expires_at, now))),
      h('p', { class: 'facts' }, t('warnings.issued_by', { office: say.office(inForce.office), at: say.at(inForce.issued_at, now), version: inForce.version }), sample),
    ];
  }

  /** The level in force where another is prepared. @param {PageState} state @param {Warning} warning @param {string} now */
  function drawHead(state, warning, now) {
    const told = state.warnings.list.find(({ id }) => id === warning.id);
    const version = shownVersion(warning, null);
    const places = told?.townships ?? version?.area.townships.map(({ name }) => name) ?? [];
    const held = head.contains(document.activeElement);
    replaceChildren(head,
      h('h3', { class: 'warning-title', tabIndex: -1 }, warning.drill && drillMark(words), say.level(warning.in_force && told ? told : warning)),
      h('p', { class: 'warning-places' }, say.places(places)),
      ...standing(warning, now),
      ...(concerned(state, warning) ? warning.reminders : []).filter(({ code }) => !OF_PENDING.includes(code)).map(({ code, text }) =>
        h('p', { class: 'warning-reminder', 'data-reminder': code }, sign('clock'), code === 'expires_soon' ? t('warnings.reminder.expires_soon') : text)));
    if (held) focus();
  }

  /** Two versions that matter: the one in force and the one prepared. @param {Warning} warning @param {number} read */
  function choice({ in_force: inForce, pending }, read) {
    if (!inForce || !pending) return null;
    const buttons = [[inForce.version, 'warnings.read_in_force'], [pending.version, 'warnings.read_pending']].map(([version, key]) => {
      const button = h('button', { type: 'button', 'aria-pressed': String(version === read), 'data-read': version }, t(String(key), { version }));
      button.addEventListener('click', () => warnings.read(Number(version)));
      return button;
    });
    return h('div', { class: 'version-choice', role: 'group', 'aria-label': t('warnings.content') }, ...buttons);
  }

  /** @param {Warning} warning @param {number | null} reading */
  function drawBody(warning, reading) {
    const version = shownVersion(warning, reading);
    if (!version) {
      // Who may not see the incident reads what everybody can.
      replaceChildren(body, h('p', {}, h('a', { class: 'text-button', href: `/warnings?lang=${words.language}`, target: '_blank', rel: 'noopener', 'data-public-warnings': '' }, t('warnings.public_page'))));
      return replaceChildren(steps);
    }
    const open = body.querySelector('details[data-part="area"]')?.hasAttribute('open') ?? false;
    const held = body.contains(document.activeElement) ? document.activeElement?.getAttribute('data-read') : null;
    replaceChildren(body, choice(warning, version.version), insideSection(context, version), contentSection(context, version), areaSection(context, version, open));
    if (held) /** @type {HTMLElement | null} */ (body.querySelector(`[data-read="${held}"]`))?.focus({ preventScroll: true });
    return replaceChildren(steps, timeline(context, warning));
  }

  /** The map goes to the ground of a warning just opened, unless a link says where to look. @param {Warning} warning */
  function goThere(warning) {
    const version = shownVersion(warning, null);
    if (placed !== warning.id && version && !version.area.empty) context.fitDraftArea(version.area);
    placed = '';
  }

  /** @param {PageState} state @param {string} now */
  function render(state, now) {
    const { detail, deliveries: sent, failed, reading } = state.warnings;
    replaceChildren(back, state.log.id === null ? sign('close') : sign('right'), t(state.log.id === null ? 'close' : 'warnings.all'));
    element.setAttribute('aria-busy', String(!detail));
    if (!detail) {
      drawn = null;
      next.close();
      replaceChildren(head, h('p', { class: 'empty', role: 'status' }, failed ? failed.message || t('warnings.not_known') : t('warnings.loading')));
      for (const part of [body, steps]) replaceChildren(part);
      for (const part of [missed.element, next.element, deliveries.element, versions.element]) part.hidden = true;
      return;
    }
    const another = drawn?.id !== detail.id;
    drawHead(state, detail, now);
    next.render(state, detail, now);
    if (drawn !== detail || read !== reading) drawBody(detail, reading);
    if (drawn !== detail) versions.render(detail);
    [drawn, read] = [detail, reading];
    deliveries.render(detail, sent);
    missed.render(sent?.warning === detail.id ? sent : null);
    if (another) goThere(detail);
  }
  function focus() {
    const title = /** @type {HTMLElement | null} */ (head.querySelector('.warning-title'));
    (title ?? back).focus({ preventScroll: true });
  }

  return { element, render, focus };
}
