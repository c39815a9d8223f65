/** The strip of a drill that plays a script: how far it is, what comes when, and how it is held, sped up and stopped. */

import { countdown, drillMoment, isUnderWay, secondsLeft, speeds } from '../../drills/countdown.js';
import { createDrillSession } from '../../drills/session.js';
import { find, h, replaceChildren } from '../../element.js';
import { timeOn } from '../../format.js';
import { sign } from '../../icons.js';
import { drillMark } from '../drill.js';

/** @typedef {import('../../drills').ToldDrill} ToldDrill */

const TICK_MS = 250;
/** For so long a second press stops the script. */
const SURE_MS = 5_000;

/** @param {import('../context').PageContext} context */
export function mountDrillStrip(context) {
  const { words, store } = context;
  const { t, language } = words;
  const strip = find('#drill-strip');
  /** @type {ToldDrill | null} */
  let told = null;
  let ticking = 0;
  const session = createDrillSession({ store, language, live: context.live, onTold: show });

  const wait = h('span', { class: 'drill-wait' });
  const what = h('span', { class: 'drill-what' });
  const next = h('span', { class: 'drill-next', 'data-drill-next': '' }, wait, what);
  const clock = h('span', { class: 'drill-clock', 'data-drill-clock': '' });
  const notes = h('div', { class: 'menu popover drill-notes', id: 'drill-notes', hidden: true });
  const notesButton = h('button', { type: 'button', class: 'bar-button', 'aria-expanded': 'false', 'aria-controls': 'drill-notes', 'data-drill-notes': '' }, sign('list'), h('span', {}, t('drills.notes')));
  notesButton.addEventListener('click', () => showNotes(notes.hidden));
  notes.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    showNotes(false);
    notesButton.focus();
  });
  const buttons = {
    pause: press('pause', 'pause', () => act('pause')),
    resume: press('resume', 'play', () => act('resume')),
    step: press('step', 'right', () => act('step')),
    stop: press('stop', 'close', stop),
  };
  const speed = h('select', { 'aria-label': t('drills.speed'), 'data-drill-speed': '' });
  speed.addEventListener('change', () => void act('speed', { speed: Number(speed.value) }));
  let sure = 0;

  /** @param {string} key @param {Parameters<typeof sign>[0]} icon @param {() => void} onPress */
  function press(key, icon, onPress) {
    const button = h('button', { type: 'button', class: 'bar-button', title: t(`drills.${key}`), 'data-drill-change': key }, sign(icon), h('span', { class: 'drill-word' }, t(`drills.${key}`)));
    button.addEventListener('click', onPress);
    return button;
  }

  /** @param {Parameters<typeof session.change>[0]} change @param {object} [body] */
  async function act(change, body) {
    const error = await session.change(change, body);
    if (error) context.showError(t('drills.failed'), error);
  }

  /** What is stopped does not go on: it takes a second press. */
  function stop() {
    if (!sure) {
      sure = window.setTimeout(unsure, SURE_MS);
      replaceChildren(buttons.stop, sign('close'), h('span', {}, t('drills.stop_sure')));
      return;
    }
    unsure();
    void act('stop');
  }

  function unsure() {
    window.clearTimeout(sure);
    sure = 0;
    replaceChildren(buttons.stop, sign('close'), h('span', { class: 'drill-word' }, t('drills.stop')));
  }

  /** @param {boolean} open */
  function showNotes(open) {
    notes.hidden = !open;
    notesButton.setAttribute('aria-expanded', String(open));
  }

  /** @param {ToldDrill | null} now */
  function show(now) {
    const before = told;
    told = now;
    const drill = now?.drill ?? null;
    strip.hidden = !isUnderWay(drill);
    window.clearInterval(ticking);
    if (!now || strip.hidden) {
      showNotes(false);
      if (before && drill && isUnderWay(before.drill) && before.drill.incident === drill.incident) context.showNote(t(`drills.${drill.state}`, { title: drill.title }));
      return;
    }
    fill(now.drill);
    tick();
    if (now.drill.state === 'playing') ticking = window.setInterval(tick, TICK_MS);
  }

  /** @param {import('../../drills').Drill} drill */
  function fill(drill) {
    strip.dataset.state = drill.state;
    const held = drill.state === 'playing' ? null : h('strong', { class: 'drill-held', 'data-drill-held': '' }, t(`drills.state.${drill.state}`));
    const error = drill.error && h('span', { class: 'drill-error', role: 'alert' }, `${drill.error.message}${t('sentence_gap')}${drill.error.remedy}`);
    const { pause, resume, step, stop: end } = buttons;
    const focused = document.activeElement;
    if (drill.may_control) {
      replaceChildren(speed, ...speeds(drill.speed).map((value) => h('option', { value: String(value) }, t('drills.times', { speed: value }))));
      speed.value = String(drill.speed);
    }
    const control = drill.may_control && h('span', { class: 'drill-control', role: 'group', 'aria-label': t('drills.control') }, drill.state === 'playing' ? pause : resume, step, speed, end);
    replaceChildren(strip, drillMark(words), h('span', { class: 'drill-script' }, drill.title),
      h('span', { class: 'drill-position', 'data-drill-position': String(drill.position) }, 
        h('span', { class: 'drill-long' }, t('drills.position', { position: drill.position, steps: drill.steps })), h('span', { class: 'drill-short', 'aria-hidden': 'true' }, `${drill.position}/${drill.steps}`)),
      held, error || next, clock, h('span', { class: 'spacer' }), drill.directs && h('span', { class: 'menu-anchor' }, notesButton, notes), control);
    // A press leaves the focus where it was, also where pause has become resume.
    if (focused === pause || focused === resume) (drill.state === 'playing' ? pause : resume).focus();
    else if (focused instanceof HTMLElement && strip.contains(focused)) focused.focus();
    fillNotes(drill);
  }

  /** @param {import('../../drills').Drill} drill */
  function fillNotes({ last_said: last, next: coming }) {
    const lines = [
      ['drills.notes.now', last],
      ['drills.notes.next', coming?.what],
      ['drills.notes.watch', coming?.said],
    ].flatMap(([key, text]) => (key && text ? [h('dt', {}, t(key)), h('dd', {}, text)] : []));
    replaceChildren(notes, lines.length ? h('dl', {}, ...lines) : h('p', { class: 'empty' }, t('drills.notes.none')));
  }

  function tick() {
    if (!told) return;
    const now = Date.now();
    const left = secondsLeft(told, now);
    const { drill } = told;
    const coming = drill.next?.what ?? '';
    wait.textContent = left === null ? '' : left === 0 ? t('drills.now') : t('drills.next', { clock: countdown(left) });
    what.textContent = [wait.textContent && coming && t('drills.colon'), coming].filter(Boolean).join('');
    next.title = coming;
    clock.textContent = t('drills.clock', { at: timeOn(drillMoment(told, now), drill.begins_at, language) });
  }

  return { session };
}
